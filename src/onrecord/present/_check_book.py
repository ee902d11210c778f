"""A check of a register as a workbook, for those who go on with it in a spreadsheet. No cell is a formula:
what came from a page, a list or the register is kept as text."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from onrecord.exposure import outlines
from onrecord.present._catalogue import capital
from onrecord.present._check_view import CheckView, ToldFinding
from onrecord.present._plain import plain

_LONGEST = 32_767
_ROWS = 1_048_576
"""Characters of a cell and rows of a sheet at most (Excel specifications and limits)."""
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "#")
"""What a spreadsheet may take for the beginning of a formula, or of an error ("#N/A")."""
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDE = {
    "what": 60,
    "note": 40,
    "party": 32,
    "about": 32,
    "how": 40,
    "source": 36,
    "citation": 30,
    "name": 60,
}
_PLAIN = 14
"""Characters that columns are wide: those that hold sentences or names, and all others."""

Cell = str | int | float | None


def check_book(view: CheckView) -> bytes:
    """The check as the bytes of an XLSX file; each sheet has a filter and its headings frozen."""
    book = Workbook(write_only=True)
    book.properties.creator = view.words("product")
    book.properties.title = f"{view.name}. {view.as_of()}."
    _sheet(book, view.say("findings"), _FINDINGS, _headings(view, _FINDINGS), _finding_rows(view))
    if view.lines:
        _sheet(book, view.say("register"), _LINES, _headings(view, _LINES), _line_rows(view))
    _sheet(book, view.say("not_looked"), ("what",), [view.say("unseen")], _unseen_rows(view))
    columns = ("name", "kind", "of_day", "age", "size")
    headings = [view.say(column) for column in columns]
    _sheet(book, view.say("sources_sheet"), columns, headings, _source_rows(view))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_FINDINGS = (
    "line", "id", "party", "kind", "what", "since", "how", "about", "words", "origins", "statements",
    "source", "citation", "score", "explanation", "change", "finding",
)  # fmt: skip
_LINES = (
    "line", "id", "sort", "party", "operator", "state", "layer", "goods", "us_share", "since", "until",
    "note", "findings",
)  # fmt: skip


def _headings(view: CheckView, columns: Sequence[str]) -> list[str]:
    spoken = {"kind", "what", "how"}
    return [view.say(column) if column in spoken else view.column(column) for column in columns]


def _sheet(
    book: Any, title: str, columns: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    sheet = book.create_sheet(title)
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE.get(column, _PLAIN)
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet, value=heading) for heading in headings]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    wrapped = WriteOnlyCell(sheet)
    wrapped.alignment = _WRAPPED
    last = 1
    for last, row in enumerate(rows, 2):
        if last > _ROWS:
            break
        sheet.append([_cell(sheet, value, wrapped) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{min(last, _ROWS)}"


def _cell(sheet: Any, value: Cell, wrapped: Any) -> Any:
    """A cell whose text stays text, also when somebody edits it. What needs no care is given as it stands,
    which takes half the time; and the style of long ones is taken from one that has it (`wrapped`), since
    openpyxl looks through all styles of a book for each that is set."""
    if not isinstance(value, str):
        return value
    harmless = value.isascii() and value.isprintable()
    text = (value if harmless else plain(value))[:_LONGEST]
    if not text:
        return None
    if not text.startswith(_SIGNS) and len(text) <= _PLAIN:
        return text
    cell = WriteOnlyCell(sheet)
    cell.value = text
    cell.data_type = "s"
    if len(text) > _PLAIN:
        cell._style = copy(wrapped._style)
    if text.startswith(_SIGNS):
        cell.quotePrefix = True
    return cell


def _finding_rows(view: CheckView) -> Iterable[Sequence[Cell]]:
    for group in view.each_group():
        for told in group.findings:
            finding = told.finding
            yield (
                *_beginning(view, told),
                view.voices(finding),
                finding.origins,
                view.statements(finding),
                view.source(finding),
                finding.citation,
                finding.score,
                view.explanation(finding),
                view.say("new") if finding.new else "",
                finding.id,
            )
    for finding in view.check.gone:
        begins, ends = _beginning(view, view.told(finding)), (view.say("gone"), finding.id)
        yield (*begins, *[""] * (len(_FINDINGS) - len(begins) - len(ends)), *ends)


def _beginning(view: CheckView, told: ToldFinding) -> tuple[Cell, ...]:
    """The first cells of a finding: on which line it is, what it is, since when and about whom."""
    finding, line = told.finding, view.lines.get(told.finding.line)
    return (
        finding.line,
        line.id if line is not None else "",
        line.party if line is not None else finding.about,
        told.kind,
        told.what,
        finding.since or "",
        told.reach,
        finding.about,
    )


def _line_rows(view: CheckView) -> Iterable[Sequence[Cell]]:
    found = Counter(one.line for one in outlines(view.check.findings))
    for line in view.lines.values():
        yield (
            line.line,
            line.id,
            view.sort(line),
            line.party,
            line.operator or "",
            line.state or "",
            view.layer(line),
            line.goods or "",
            line.us_share,
            line.since or "",
            line.until or "",
            line.note,
            found[line.line],
        )


def _unseen_rows(view: CheckView) -> Iterable[Sequence[Cell]]:
    for told in view.unseen():
        yield (told,)
    for told in view.remarks:
        yield (told,)
    for told in view.bad():
        yield (f"{capital(view.say('bad'))}: {told}",)


def _source_rows(view: CheckView) -> Iterable[Sequence[Cell]]:
    for one, (name, kind, _, age, _) in zip(view.looked(), view.looked_rows(), strict=True):
        yield (name, kind, one.as_of, age, one.size)
