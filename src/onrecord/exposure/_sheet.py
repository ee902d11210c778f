"""The rows of a workbook's sheet, read as a stream.

A general reader of workbooks takes longer, and does not say which cells are merged while it streams.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel

from onrecord.exposure._cells import FORMULA, Odd
from onrecord.exposure._parts import Book, Refused, parser_of

_CHUNK = 2**16
_CELLS = 16_384
"""Columns of a sheet at most (Excel specifications and limits)."""

Row = tuple[int, list[str]]


class Sheet:
    """Goes through a sheet's rows. `merged` has its merged areas once all rows have been read."""

    def __init__(self, stream: IO[bytes], place: str, book: Book) -> None:
        self._stream, self._place, self._book = stream, place, book
        self.merged: list[str] = []
        self.read = 0
        """Bytes that were read."""

    def __iter__(self) -> Iterator[Row]:
        """Number and cells of each row that is there. A cell is its text: dates in ISO form, percentages with
        their sign; `Odd` where it holds no value."""
        rows: list[Row] = []
        parser = parser_of(self._place)
        self._listen(parser, rows)
        while chunk := self._stream.read(_CHUNK):
            parser.Parse(chunk)
            self.read += len(chunk)
            yield from rows
            rows.clear()
        parser.Parse(b"", True)
        yield from rows

    def _listen(self, parser: expat.XMLParserType, rows: list[Row]) -> None:
        """Have the parser put each row into `rows`. What is in here runs for each element, millions of times,
        so all that it needs is at hand in local names."""
        texts, columns, merged = self._book.texts, _Columns(), self.merged
        parts: list[str] = []
        """The pieces of text of the cell in hand; the first `kept` of them stood within a value."""
        cells: list[str] = []
        number = kept = silent = 0
        kind = style = ""
        formula = False
        c = v = t = row = f = merge = rph = ""

        def start(name: str, given: dict[str, str]) -> None:
            nonlocal number, kept, silent, kind, style, formula, c, v, t, row, f, merge, rph
            if name == c:
                reference = given.get("r")
                if reference is not None:
                    at = columns[reference.rstrip("0123456789")]
                    if at != len(cells):
                        if at < len(cells):
                            raise ValueError("cells out of order")
                        cells.extend([""] * (at - len(cells)))
                kind, style, formula, kept = given.get("t", "n"), given.get("s", "0"), False, 0
                parts.clear()
            elif name in (v, t):
                del parts[kept:]
            elif name == row:
                number = int(given.get("r") or number + 1)
                cells.clear()
            elif name == f:
                formula = True
            elif name == rph:
                silent = kept
            elif name == merge:
                merged.append(given.get("ref", ""))
            elif not c:
                space = name.rpartition(" ")[0]
                c, v, t, row, f, merge, rph = (
                    f"{space} {one}" for one in ("c", "v", "t", "row", "f", "mergeCell", "rPh")
                )
                if name != f"{space} worksheet":
                    raise Refused("its first sheet is no table")

        def end(name: str) -> None:
            nonlocal kept
            if name in (v, t):
                kept = len(parts)
            elif name == c:
                if formula:
                    cells.append(FORMULA)
                elif not kept:
                    cells.append("")
                else:
                    text = parts[0] if kept == 1 else "".join(parts[:kept])
                    if kind == "s":
                        cells.append(texts[int(text)])
                    elif kind == "inlineStr":
                        cells.append(text)
                    else:
                        cells.append(self._value(kind, text, style))
                if len(cells) > _CELLS:
                    raise ValueError("more columns than a sheet has")
            elif name == row:
                rows.append((number, cells.copy()))
            elif name == rph:
                kept = silent

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = parts.append

    def _value(self, kind: str, value: str, style: str) -> str:
        if kind == "n":
            return self._number(value, style)
        if kind == "e":
            return Odd(f"holds {value[:20]}, which is no value; put the value in its place")
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "d":
            return value.partition("T")[0]
        return value

    def _number(self, value: str, style: str) -> str:
        number = float(value)
        if style in self._book.dates:
            try:
                return str(from_excel(number, self._book.epoch))[:10]
            except (ValueError, OverflowError, TypeError):
                return Odd(f"holds {value[:20]} as a date, which is none")
        if style in self._book.percents:
            return f"{number * 100:.10g} %"
        return f"{number:.15g}"


class _Columns(dict[str, int]):
    """Letters of a column → its place, from 0."""

    def __missing__(self, letters: str) -> int:
        if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
            raise ValueError(letters)
        place = 0
        for one in letters.upper():
            place = place * 26 + ord(one) - ord("A") + 1
        self[letters] = place - 1
        return place - 1
