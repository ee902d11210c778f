"""Where many actors stand on many suppliers, for a terminal and as Markdown."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.present._markdown import escape, joined, row
from onrecord.present._standings import Cell, StandingsView
from onrecord.present._terminal import COLOUR, legend, printed, table

_ACTOR, _SUPPLIER, _LINES = 22, 10, 3
"""Columns that the name of an actor and that of a supplier take at most, and the lines of the latter."""
_OTHER, _SET = "+", "*"
"""The marks beside a sign: a position in another field; set by a person."""
_CELL = 3
"""Columns that a cell takes at least: a sign with its two marks."""


def _heading(name: str) -> list[str]:
    """A supplier's name in a few short lines; what does not fit is cut."""
    # Its console is only asked for the width of a tab, of which a name has none.
    folded = Text(name).wrap(Console(), _SUPPLIER, overflow="fold")
    lines = [line.plain.rstrip() for line in folded]
    if len(lines) <= _LINES:
        return lines
    last = f"{set_cell_size(lines[_LINES - 1], _SUPPLIER - 1).rstrip()}…"
    return [*lines[: _LINES - 1], last]


def _fitting(view: StandingsView, width: int) -> dict[str, list[str]]:
    """The headings of the suppliers that fit, in order; one at least."""
    names = (cell_len(view.bare(actor)) for actor in view.actors)
    taken = min(max(names), _ACTOR) + 1
    shown: dict[str, list[str]] = {}
    for supplier in view.suppliers:
        heading = _heading(view.bare(supplier))
        taken += max(_CELL, *map(cell_len, heading)) + 1
        if shown and taken > width:
            break
        shown[supplier] = heading
    return shown


def _marks(cell: Cell) -> str:
    return (_OTHER if cell.others else "") + (_SET if cell.by_hand else "")


def _table(view: StandingsView, shown: dict[str, list[str]]) -> Table:
    made = table()
    made.show_header = True
    made.add_column(Text(view.words("who")), max_width=_ACTOR, overflow="fold")
    for heading in shown.values():
        width = max(_CELL, *map(cell_len, heading))
        made.add_column(Text("\n".join(heading)), width=width, no_wrap=True, overflow="crop")
    for actor in view.actors:
        cells = []
        for supplier in shown:
            cell = view.cell(actor, supplier)
            sign = Text()
            if cell is not None:
                sign.append(view.position_symbol(cell.present.code), COLOUR[cell.present.side])
                sign.append(_marks(cell), "dim")
            cells.append(sign)
        made.add_row(Text(view.bare(actor)), *cells)
    return made


def standings_terminal(view: StandingsView, *, width: int = 80, colour: bool = False) -> str:
    """A table of signs with as many suppliers as fit, its legend, and what persons set."""
    shown: list[RenderableType] = [Text(f"{view.name}. {view.as_of()}.", "bold"), Text(view.caption())]
    if view.actors:
        suppliers = _fitting(view, width)
        cells = view.cells(suppliers)
        entries = [view.position(code) for code in view.codes(cells, others=False)]
        if any(cell.others for cell in cells):
            entries.append(f"{_OTHER} {view.words('mark_other')}")
        if any(cell.by_hand for cell in cells):
            entries.append(f"{_SET} {view.words('mark_set')}")
        shown += [Text(), _table(view, suppliers), Text(), legend(entries, width)]
        if left := len(view.suppliers) - len(suppliers):
            shown.append(Text(view.words("suppliers_left", n=left), "dim"))
        shown += [Text(told, "dim") for told in view.set_lines(cells)]
        shown += [Text(), Text(f"{view.words('machine_title')}. {view.machine()}", "dim")]
    return printed(Group(*shown), width=width, colour=colour)


def standings_markdown(view: StandingsView) -> str:
    """A table with the positions in words and their dates, and what persons set."""
    lines = [f"# {escape(view.name)}", "", escape(f"{view.as_of()}."), "", escape(view.caption()), ""]
    if view.actors:
        heads = [view.words("who"), *map(view.bare, view.suppliers)]
        lines += [row(map(escape, heads)), row("---" for _ in heads)]
        for actor in view.actors:
            cells = (view.cell(actor, supplier) for supplier in view.suppliers)
            told = (escape(view.told(cell)) if cell is not None else "" for cell in cells)
            lines.append(row([escape(view.bare(actor)), *told]))
        lines.append("")
        listed = view.cells(view.suppliers)
        lines += [escape(" · ".join(map(view.position, view.codes(listed)))), ""]
        lines += [f"- {escape(told)}" for told in view.set_lines(listed)]
        lines += ["", f"> **{escape(view.words('machine_title'))}.** {escape(view.machine())}"]
    return joined(lines)
