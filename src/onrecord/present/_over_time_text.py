"""How positions moved, for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.present._catalogue import ENGLISH
from onrecord.present._extent import laid_out
from onrecord.present._markdown import escape, head, joined, refs, row, source_rows
from onrecord.present._over_time import SIDES, OverTimeView
from onrecord.present._terminal import COLOUR, legend, printed, table
from onrecord.present._view import View
from onrecord.standing import Dossier, Tally, side_of

_LEAST = 10
"""Signs that a bar may have at least, however narrow the terminal: one for each position that there is."""


def _actors_a_sign(tallies: tuple[Tally, ...], width: int) -> int:
    """For how many actors one sign stands at most, so that no bar has more than `width` signs."""
    scale = 1
    while any(sum(_signs(count, scale) for _, count in tally.counts) > width for tally in tallies):
        scale += 1
    return scale


def _signs(count: int, scale: int) -> int:
    """How many signs stand for so many actors: whoever holds a position is seen, be it one of thousands."""
    return -(-count // scale)


def _bars(told: OverTimeView, width: int) -> tuple[Table, int]:
    """The bars, a row for each period, and for how many actors one sign stands at most."""
    view, tallies = told.view, told.found.tallies
    made = table()
    made.show_header = True
    made.add_column(Text(view.words("period")), no_wrap=True)
    made.add_column(Text(""), no_wrap=True)
    heads = [f"{view.position_symbol(code)} {told.side(side)}" for side, code in SIDES]
    figures = [[told.number(tally.on(side)) for side, _ in SIDES] for tally in tallies]
    for place, (side, _) in enumerate(SIDES):
        made.add_column(Text(heads[place], COLOUR[side]), justify="right", no_wrap=True)
    labels = [told.period(tally.period) for tally in tallies]
    taken = max(map(len, [view.words("period"), *labels])) + sum(
        max(map(len, [name, *(cells[place] for cells in figures)])) for place, name in enumerate(heads)
    )
    room = max(width - taken - len(made.columns), _LEAST)
    scale = _actors_a_sign(tallies, room)
    for label, cells, tally in zip(labels, figures, tallies, strict=True):
        bar = Text()
        for code, count in tally.counts:
            bar.append(view.position_symbol(code) * _signs(count, scale), COLOUR[side_of(code)])
        made.add_row(Text(label), bar, *map(Text, cells))
    return made, scale


def _turns(told: OverTimeView) -> Table:
    made = table()
    made.show_header = True
    names = (("date", 13), ("who", 20), ("from_to", 34), ("references", 9))
    for name, width in names:
        made.add_column(Text(told.view.words(name)), overflow="fold", max_width=width)
    for turn in told.turns:
        date = Text(turn.date)
        if turn.mark:
            date.append(f"\n{turn.mark}", "dim")
        moved = Text(f"{turn.before} → ")
        moved.append(turn.after, COLOUR[side_of(turn.turn.after)])
        beside = ", ".join(part for part in (turn.scope, turn.set_by) if part)
        if beside:
            moved.append(f" ({beside})", "dim")
        pages = " ".join(f"[{number}]" for number in turn.numbers)
        made.add_row(date, Text(turn.who, "bold"), moved, Text(pages, "dim"))
    return made


def over_time_terminal(
    dossier: Dossier, language: str = ENGLISH, *, width: int = 80, colour: bool = False
) -> str:
    """How positions moved, as bars of signs and a table of changes."""
    view = View(dossier, language)
    told = OverTimeView(view)
    shown: list[RenderableType] = [Text(f"{view.name}. {view.as_of()}.", "bold")]
    shown += [Text(extent) for extent in (laid_out(view),) if extent]
    shown += [Text(), Text(told.caption, "dim italic"), Text()]
    if told.codes:
        bars, scale = _bars(told, width)
        sign = view.words("sign_is") if scale == 1 else view.words("sign_up_to", n=scale)
        shown += [bars, Text(), Text(sign, "dim"), legend(map(told.position, told.codes), width)]
    shown += [Text(note, "dim") for note in told.notes()]
    if told.turns:
        shown += [Text(), Text(view.words("turns"), "bold"), Text(), _turns(told)]
    shown += [Text(), Text(f"{view.words('machine_title')}. {view.machine()}", "dim")]
    return printed(Group(*shown), width=width, colour=colour)


def _tallies(told: OverTimeView) -> Iterator[str]:
    heads = [told.view.words("period"), *map(told.position, told.codes)]
    heads += [*(told.side(side) for side, _ in SIDES), told.view.words("all_actors")]
    yield row(map(escape, heads))
    yield row(["---", *["---:"] * (len(heads) - 1)])
    for tally in told.found.tallies:
        figures = [*map(tally.of, told.codes), *(tally.on(side) for side, _ in SIDES), tally.total]
        yield row(map(escape, [told.period(tally.period), *map(told.number, figures)]))
    yield ""


def _turn_rows(told: OverTimeView) -> Iterator[str]:
    yield row(told.view.words(name) for name in ("date", "who", "from_to", "references"))
    yield row(["---"] * 4)
    for turn in told.turns:
        date = f"{turn.date} ({turn.mark})" if turn.mark else turn.date
        beside = ", ".join(part for part in (turn.scope, turn.set_by) if part)
        moved = f"{turn.before} → {turn.after}" + (f" ({beside})" if beside else "")
        yield row((escape(date), escape(turn.who), escape(moved), refs(turn.numbers)))
    yield ""


def over_time_markdown(dossier: Dossier, language: str = ENGLISH) -> str:
    """How positions moved, as a table of figures and a table of changes, with the sources."""
    view = View(dossier, language)
    told = OverTimeView(view)
    lines = [*head(view), "", f"## {view.words('over_time')}", "", f"*{escape(told.caption)}*", ""]
    if told.codes:
        lines += _tallies(told)
    for note in told.notes():
        lines += [escape(note), ""]
    if told.turns:
        lines += [f"## {view.words('turns')}", "", *_turn_rows(told)]
    return joined([*lines, f"## {view.title('sources')}", "", *source_rows(view)])
