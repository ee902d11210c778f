"""Rows of a CSV file with the lines on which they begin, and whether the last one is whole."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from onrecord.lists.readers._decode import Text

# The byte that ends a file in MS-DOS; OFAC still writes it.
DOS_END = "\x1a"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line on which it begins, and its cells. Of the last one: whether the file ends within a
    quotation (`cut`), without a line end (`unended`), without any end of the last cell (`open`)."""

    line: int
    cells: tuple[str, ...]
    cut: bool = False
    unended: bool = False
    open: bool = False

    def under(self, header: Sequence[str]) -> dict[str, str]:
        """Cells by the column's name, their spaces and line ends folded."""
        return {name: " ".join(cell.split()) for name, cell in zip(header, self.cells, strict=False) if name}


class _Lines:
    """Lines of a text, remembering those of the present row."""

    def __init__(self, text: str) -> None:
        # Line ends of old Macs would make one line of the whole.
        self.text = text if "\n" in text else text.replace("\r", "\n")
        self.number = 0
        self.row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        text, at = self.text, 0
        while at < len(text):
            end = text.find("\n", at) + 1 or len(text)
            line, at = text[at:end], end
            self.number += 1
            self.row.append(line)
            yield line


def read_rows(text: Text, delimiter: str = ",") -> Iterator[Row]:
    """The rows of a CSV, without empty ones. A row within which the file ends comes last and is `cut`; so is
    one that runs on because a quotation mark is never closed."""
    lines = _Lines(text.text)
    reader = csv.reader(iter(lines), delimiter=delimiter)
    held: Row | None = None
    raw: list[str] = []
    while True:
        lines.row, line = [], lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            # A field longer than csv.field_size_limit: a quotation mark that is never closed.
            yield from (held,) if held else ()
            yield Row(line, (), cut=True)
            return
        if any(cell.strip(" " + DOS_END) for cell in cells):
            if held:
                yield held
            held, raw = Row(line, tuple(cells)), lines.row
    if held:
        yield _last(held, "".join(raw), text.cut, delimiter)


def _last(row: Row, raw: str, cut: bool, delimiter: str) -> Row:
    try:
        list(csv.reader(StringIO(raw, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        cut = cut or "unexpected end" in str(error)
    unended = not raw.endswith(("\n", "\r"))
    closed = raw.endswith('"') or raw.rstrip(" ").endswith("-0-")
    return Row(row.line, row.cells, cut, unended, unended and not closed)


def first_rows(text: str, count: int, delimiter: str = ",") -> list[tuple[str, ...]]:
    """The cells of the first rows, to recognise a format by."""
    head = text[:100_000]
    try:
        rows = csv.reader(StringIO(head, newline=""), delimiter=delimiter)
        return [tuple(row) for row in islice((row for row in rows if row), count)]
    except csv.Error:
        return []


def fits(row: Row, columns: int) -> str | None:
    """What is wrong with the number of a row's cells, None where nothing is. More cells than columns are
    right where the others are empty."""
    if len(row.cells) < columns:
        return f"The row has {len(row.cells)} columns of {columns}."
    if any(cell.strip() for cell in row.cells[columns:]):
        return f"The row has {len(row.cells)} columns where the others have {columns}."
    return None


def is_cut(row: Row, columns: int, free: Collection[int] = ()) -> bool:
    """Whether the file ends within the row: in a quotation, before its last column, or (there is no line end)
    perhaps in its last cell. Columns in `free` may be the last and lack their end: no name or id is lost in
    them."""
    short = len(row.cells) < columns
    return row.cut or (row.unended and short) or (row.open and len(row.cells) - 1 not in free)
