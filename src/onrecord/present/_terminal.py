"""A dossier for a terminal: tables that fit 80 columns. Text reaches Rich as `Text`, never as markup."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.present._catalogue import ENGLISH
from onrecord.present._chart import bands
from onrecord.present._extent import actors_left, laid_out, origins_of
from onrecord.present._lines import (
    GROUPED_AFTER,
    GROUPED_BEFORE,
    Heading,
    Item,
    Remark,
    case_lines,
    dispute_lines,
    group_lines,
    listed_lines,
    position_lines,
    set_lines,
)
from onrecord.present._listed import Marks
from onrecord.present._plain import plain
from onrecord.present._told import Told
from onrecord.present._view import View
from onrecord.standing import Dossier, Position, Stance, side_of

COLOUR = {"against": "red", "for": "cyan", "open": "yellow"}
"""The colour of each side; its sign tells it too."""
_WIDTH = 80


def printed(renderable: RenderableType, *, width: int = _WIDTH, colour: bool = False) -> str:
    """What a terminal of that width would show, as text; with the codes for colour only where asked."""
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    console.print(renderable)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def table(*columns: str, **settings: object) -> Table:
    """An empty table in the dossier's style."""
    made = Table(box=None, padding=(0, 1, 0, 0), show_header=bool(columns), header_style="dim", expand=False)
    for column in columns:
        made.add_column(Text(column), overflow="fold", **settings)  # type: ignore[arg-type]
    return made


def told_item(view: View, told: Told) -> RenderableType:
    """A line with its numbers, and its first quote in its own language."""
    numbers = "".join(f"[{number}]" for number in told.numbers)
    head = Text(f"{told.sentence} ").append(numbers, "dim")
    if told.spread:
        head.append(f" ({told.spread})", "dim")
    quote = told.quotes[0]
    words_of = Text(f"“{quote.text}”", "italic").append(f" [{quote.number}] {quote.where}", "dim")
    if told.line.statements > 1:
        words_of.append(f", {view.words('quote_more', n=told.line.statements - 1)}", "dim")
    return Group(Padding(head, (0, 0, 0, 2)), Padding(words_of, (0, 0, 0, 4)))


def _items(view: View, items: Iterable[Item]) -> Group:
    shown: list[RenderableType] = []
    for item in items:
        if isinstance(item, Heading):
            if shown and item.depth == 1:
                shown.append(Text())
            shown.append(
                Padding(
                    Text(item.text, "bold" if item.depth == 1 else "underline"), (0, 0, 0, item.depth - 1)
                )
            )
        elif isinstance(item, Remark):
            shown.append(Padding(Text(item.text, "dim"), (0, 0, 0, 2)))
        else:
            shown.append(told_item(view, item))
    return Group(*shown)


def _section(view: View, key: str) -> Group:
    rule = Rule(Text(view.title(key), "bold"), align="left", characters="─", style="dim")
    return Group(Text(), rule, Text(view.lede(key), "dim italic"), Text())


def _head(view: View) -> Group:
    lines = [Text(f"{view.name}", "bold"), Text(view.as_of())]
    lines += [Text(extra) for extra in (view.known_as(), view.relatives()) if extra]
    lines += [Text(" · ".join(view.counts()), "dim")]
    lines += [Text(told) for told in (laid_out(view),) if told]
    lines.append(Text())
    lines.append(Text(f"{view.words('machine_title')}. ", "bold yellow").append(view.machine(), "not bold"))
    return Group(*lines)


def _code(view: View, stance: Stance) -> Text:
    return Text(f"{view.position_symbol(stance.code)} {view.stance_alone(stance)}", COLOUR[stance.side])


def _numbers(position: Position) -> str:
    numbers = sorted({n for line in position.present.support for n in line.numbers})
    return " ".join(f"[{number}]" for number in numbers)


def _voices(view: View, position: Position) -> str:
    told = view.voices(position)
    return f"{told} ({origins_of(view, position)})" if len(position.origins) > 1 else told


def _positions(view: View) -> Table:
    made = table()
    made.show_header = True
    for name, width in (("position", 20), ("who", 22), ("since", 13), ("says_who", 14), ("references", 7)):
        made.add_column(Text(view.words(name)), overflow="fold", max_width=width)
    for position in view.dossier.positions:
        made.add_row(
            _code(view, position.present),
            Text(view.bare(position.actor), "bold"),
            Text(view.since(position.present)),
            Text(_voices(view, position)),
            Text(_numbers(position), "dim"),
        )
    return made


def _matrix(view: View) -> RenderableType:
    calendar = view.dossier.calendar
    if calendar is None:
        return Text()
    made = table()
    made.show_header = True
    made.add_column(Text(view.words("who")), max_width=22, overflow="fold")
    year = ""
    for period in calendar.periods:
        this, part = view.period(period)
        if period.start is None:
            head = f"\n<{period.end[2:4]}"
        else:
            head = f"{this[2:] if this != year else '  '}\n{part}"
            year = this
        made.add_column(Text(head), width=3, no_wrap=True)
    for position in view.dossier.positions:
        cells = []
        for band in bands(position.course):
            code = band.code
            if code is None:
                cells += [Text("")] * band.span
                continue
            style = COLOUR[side_of(code)]
            cells += [Text(f"{view.position_symbol(code)}──", style)] + [Text("───", style)] * (band.span - 1)
        made.add_row(Text(view.bare(position.actor)), *cells)
    made.padding = (0, 0, 0, 0)
    return made


def legend(entries: Iterable[str], width: int) -> Text:
    """Signs with what they mean, none parted from it at the end of a line."""
    lines = [""]
    for entry in entries:
        longer = f"{lines[-1]}  {entry}" if lines[-1] else entry
        lines[-1:] = [longer] if len(longer) <= width else [lines[-1], entry]
    return Text("\n".join(lines), "dim")


def _legend(view: View) -> Text:
    return Text(
        "  ".join(f"{row['symbol']} {row['label']}" for row in view.messages["positions"].values()), "dim"
    )


def _timeline(view: View) -> Table:
    made = table(view.words("date"), view.words("read_as"))
    for event in view.dossier.timeline:
        told = view.told(event.line)
        date = Text(view.short_date(event.moment.value))
        if event.moment.basis == "published":
            date.append(f"\n{view.words('published_mark')}", "dim")
        if event.to_come:
            date.append(f"\n{view.words('to_come')}", "dim")
        numbers = "".join(f"[{number}]" for number in told.numbers)
        made.add_row(date, Text(f"{told.sentence} ").append(numbers, "dim"))
    return made


def _sources(view: View) -> Table:
    made = table(
        view.words("number"),
        view.words("page"),
        view.words("date"),
        view.words("language"),
        view.words("count"),
        view.words("left"),
    )
    for source in view.dossier.sources:
        page = Text(plain(source.outlet) if source.outlet else view.words("no_outlet"), "bold")
        page.append(f" {plain(source.title) if source.title else view.words('no_title')}", "not bold")
        page.append(f"\n{plain(source.locator)}", "not bold dim")
        made.add_row(
            Text(f"[{source.number}]"),
            page,
            Text(view.short_date(source.published) if source.published else view.words("undated")),
            Text(view.language_name(source.language) or view.words("none")),
            Text(str(source.statements)),
            Text(str(source.unread)),
        )
    return made


def _unread(view: View) -> Table:
    made = table(view.words("text"), view.words("references"))
    for left in view.dossier.unread:
        made.add_row(Text(f"“{plain(left.text)}”", "italic"), Text(f"[{left.source}]", "dim"))
    return made


def _standing(view: View) -> list[RenderableType]:
    if not view.dossier.positions:
        return [Text(view.words("nothing"))]
    left = [Text(told, "dim") for told in (actors_left(view),) if told]
    return [_matrix(view), Text(), _legend(view), Text(), _positions(view), *left]


def standing_terminal(
    dossier: Dossier, language: str = ENGLISH, *, width: int = _WIDTH, colour: bool = False
) -> str:
    """The matrix alone."""
    view = View(dossier, language)
    head = Text(f"{view.name}. {view.as_of()}.", "bold")
    note = Text(f"{view.words('machine_title')}. {view.machine()}", "dim")
    extent = [Text(told) for told in (laid_out(view),) if told]
    shown: list[RenderableType] = [head, *extent, Text(), *_standing(view), Text()]
    if any(set_lines(view)):
        shown += [_items(view, set_lines(view)), Text()]
    return printed(Group(*shown, note), width=width, colour=colour)


def dossier_terminal(
    dossier: Dossier,
    language: str = ENGLISH,
    *,
    marks: Marks | None = None,
    width: int = _WIDTH,
    colour: bool = False,
) -> str:
    """The whole dossier."""
    view = View(dossier, language, marks)
    shown: list[RenderableType] = [_head(view)]
    for key in view.messages["sections"]:
        if not view.held(key):
            continue
        shown.append(_section(view, key))
        if key == "positions":
            shown += [*_standing(view), Text(), _items(view, position_lines(view))]
        elif key == "listed":
            shown.append(_items(view, listed_lines(view)))
        elif key == "disputes":
            shown.append(_items(view, dispute_lines(view)))
        elif key == "cases":
            shown.append(_items(view, case_lines(view)))
        elif key in GROUPED_BEFORE + GROUPED_AFTER:
            shown.append(_items(view, group_lines(view, key)))
        else:
            shown.append({"timeline": _timeline, "sources": _sources, "unread": _unread}[key](view))
    return printed(Group(*shown), width=width, colour=colour)
