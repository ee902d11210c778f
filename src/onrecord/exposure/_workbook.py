"""A register as a workbook: the lines of its first sheet."""

from __future__ import annotations

import zipfile
import zlib
from itertools import islice
from xml.parsers import expat

from openpyxl.utils import range_boundaries

from onrecord.exposure._csv import Progress
from onrecord.exposure._given import Source
from onrecord.exposure._lines import MOST, Lines, Making, known_headings, letter
from onrecord.exposure._model import Register, RegisterError
from onrecord.exposure._parts import Book, Refused, book, look, sheets
from onrecord.exposure._sheet import Sheet
from onrecord.exposure._words import data

MOST_OF_BOOK = 524_288
"""Lines of a workbook at most. As XML a line takes four times as long as one of CSV."""

_EVERY = 4096
_FIRST = 50
"""Rows in which the other sheets are searched for headings."""


def read_workbook(path: Source, make: Making, progress: Progress | None = None) -> Register:
    """The register on the first sheet of an XLSX file; `make` begins to take its rows by the headings. Raises
    `RegisterError`."""
    try:
        with path.open() as stream, zipfile.ZipFile(stream) as archive:
            return _read(archive, path.name, make, progress)
    except Refused as error:
        raise RegisterError(f"{path.name}: {error}. Save it anew as XLSX, or as CSV.") from None
    except (
        RuntimeError,
        NotImplementedError,
    ) as error:  # a password, or a packing unknown
        raise RegisterError(
            f"{path.name}: it cannot be unpacked ({error}). Save it anew as XLSX, without a password."
        ) from None
    except (
        zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, ValueError, IndexError,
        OverflowError,
    ) as error:  # fmt: skip
        raise RegisterError(
            f"{path.name}: the workbook is damaged or cut off. Save it anew as XLSX, or as CSV."
        ) from error


def _read(archive: zipfile.ZipFile, name: str, make: Making, progress: Progress | None) -> Register:
    look(archive)
    if not (shown := sheets(archive)):
        raise Refused("it has no sheet")
    held = book(archive)
    (title, place), *others = shown
    _check_others(archive, held, name, title, others)
    lines = _lines(archive, place, held, name, make, progress)
    notes = set(data()["template"]["notes"].values())
    left = [other for other, _ in others if other not in notes]
    listed = ", ".join(f"'{other}'" for other in left[:10])
    return lines.register(name, [f"Of the sheets only '{title}' is read, not {listed}."] if left else [])


def _check_others(
    archive: zipfile.ZipFile, held: Book, name: str, title: str, others: list[tuple[str, str]]
) -> None:
    """Only the first sheet is read, so none of the others may be a register as well."""
    for other, place in others:
        with archive.open(place) as stream:
            for _, cells in islice(Sheet(stream, place, held), _FIRST):
                if known_headings(cells) > 2:
                    raise RegisterError(
                        f"{name}: the sheets '{title}' and '{other}' both have the headings of a register. "
                        "Put all lines on the first, or make a file of each."
                    )


def _lines(
    archive: zipfile.ZipFile, place: str, held: Book, name: str, make: Making, progress: Progress | None
) -> Lines:
    size = archive.getinfo(place).file_size
    lines: Lines | None = None
    head = 0
    with archive.open(place) as stream:
        sheet = Sheet(stream, place, held)
        for taken, (number, cells) in enumerate(sheet, 1):
            if number > MOST:
                raise ValueError("more rows than a sheet has")
            if lines is not None:
                lines.add(number, cells)
                if len(lines) > MOST_OF_BOOK:
                    raise RegisterError(
                        f"{name}: more than {MOST_OF_BOOK:,} lines, which take too long to read. Save it as "
                        f"CSV, of which {MOST:,} rows are read, or part it."
                    )
            elif (first := next(filter(str.strip, cells), "")) and not first.startswith("#"):
                lines, head = make(name, cells, text_only=False), number
            if progress is not None and not taken % _EVERY:
                progress(min(sheet.read, size), size)
    if lines is None:
        raise RegisterError(f"{name}: its first sheet is empty.")
    _refuse_merged(lines, sheet.merged, head, name)
    if progress is not None:
        progress(size, size)
    return lines


def _refuse_merged(lines: Lines, merged: list[str], head: int, name: str) -> None:
    """Rows with a cell that is merged with others: which of them its text belongs to cannot be known."""
    for area in merged:
        left, top, _, bottom = range_boundaries(area)
        if not left or not top or not bottom or bottom < head:
            continue
        if top <= head:
            raise RegisterError(f"{name}: the headings are merged in {area}. Part them, a heading a column.")
        for line in lines.numbers(top, bottom):
            lines.refuse(line, f"is merged with others ({area}); part them, and fill each", letter(left - 1))
