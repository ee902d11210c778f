"""A register as text with delimiters: its encoding and delimiter found out, its rows by their lines."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from itertools import chain

from onrecord.exposure._given import Source
from onrecord.exposure._lines import MOST, Lines, Making, known_headings
from onrecord.exposure._model import Register, RegisterError

Progress = Callable[[int, int], None]
"""Is told how much was read, and of how much, in one unit."""

MOST_BYTES = 512 * 2**20
"""Bytes of a register's text at most: 500 for each of `MOST` rows."""

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 2**20
_EVERY = 4096
"""Rows after which the progress is told."""


def read_csv(path: Source, make: Making, progress: Progress | None = None) -> Register:
    """The register in a text file; `make` begins to take its rows by the headings. Raises `RegisterError`."""
    size = path.size
    if size > MOST_BYTES:
        raise RegisterError(
            f"{path.name}: {size / 2**20:,.0f} MiB; at most {MOST_BYTES // 2**20} MiB are read. Part it."
        )
    encoding = _encoding_of(path)
    with path.open() as raw, TextIOWrapper(raw, encoding, newline="") as stream:
        before, first, delimiter = _beginning(stream, path.name)
        reader = csv.reader(chain([first], stream), delimiter=delimiter, strict=True)
        try:
            headings = next(reader)
        except csv.Error as error:
            raise RegisterError(
                f"{path.name}: the headings on line {before + 1} cannot be read: {_told(error)}."
            ) from None
        lines = make(path.name, headings, text_only=True)
        width = len(lines.headings)
        for number in range(2, MOST + 2):
            start = before + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                why, end = _told(error), before + reader.line_num
                lines.refuse(start, f"{why}; lines {start} to {end} are not read" if end > start else why)
                continue
            if number > MOST:
                raise RegisterError(f"{path.name}: more than {MOST:,} rows. Part it into several files.")
            if len(cells) == width or not cells:
                lines.add(start, cells)
            else:
                _add_odd(lines, start, cells, delimiter)
            if progress is not None and not number % _EVERY:
                progress(min(raw.tell(), size), size)
    if progress is not None:
        progress(size, size)
    if encoding == "cp1252":
        return lines.register(path.name, ["The file is no UTF-8; its letters are read as Windows-1252."])
    return lines.register(path.name)


def _add_odd(lines: Lines, line: int, cells: list[str], delimiter: str) -> None:
    """A row with more or fewer cells than there are headings."""
    width = len(lines.headings)
    if any(map(str.strip, cells)) and (len(cells) < width or any(map(str.strip, cells[width:]))):
        text = delimiter.join(cells)
        other = max((one for one in DELIMITERS if one != delimiter), key=text.count)
        if text.count(other) > 1 and text.count(other) + 1 > len(cells):
            mine, theirs = DELIMITERS[other], DELIMITERS[delimiter]
            why = f"it seems to have {mine} between them, where the headings have {theirs}"
        elif len(cells) < width:
            why = "the line may be cut off"
        else:
            why = f"put cells that have {DELIMITERS[delimiter]} in them between quotation marks"
        lines.refuse(line, f"has {len(cells)} cells, where there are {width} headings; {why}")
    else:
        lines.add(line, cells)


def _told(error: csv.Error) -> str:
    """What the parser of the standard library says, in words that say what to do."""
    said = str(error)
    if "unexpected end" in said or "field limit" in said:
        return "a quotation mark is opened and never closed"
    if "expected after" in said:
        return "a quotation mark stands within a cell; double it"
    return f"cannot be parted into cells ({said})"


def _encoding_of(path: Source) -> str:
    """UTF-8, UTF-16 or Windows-1252, whichever the whole file is in, tried in this order."""
    with path.open() as stream:
        begin = stream.read(4096)
    if not begin:
        raise RegisterError(f"{path.name}: the file is empty.")
    encodings = [name for bom, name in _BOMS if begin.startswith(bom)]
    if not encodings:
        # Of text in Latin letters, every other byte of UTF-16 is 0.
        zeros = (begin[0::2].count(0), begin[1::2].count(0))
        if max(zeros) > len(begin) / 4:
            encodings = ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]
        else:
            encodings = ["utf-8", "cp1252"]
    if any(_is_text(path, encoding) for encoding in encodings[:1]):
        return encodings[0]
    if encodings[1:] and _is_text(path, encodings[1]):
        return encodings[1]
    raise RegisterError(
        f"{path.name}: it is neither a workbook (XLSX) nor text in UTF-8, UTF-16 or Windows-1252. Save it as "
        "CSV (UTF-8) or as XLSX."
    )


def _is_text(path: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _beginning(stream: Iterator[str], name: str) -> tuple[int, str, str]:
    """How many lines stand before the headings, the first line of these, and the delimiter of the file.

    Before them may stand empty lines, notes that begin with `#`, and Excel's own `sep=;`.
    """
    asked = ""
    for before, line in enumerate(stream):
        bare = line.strip(" \t\r\n\"'")
        if bare.lower().startswith("sep=") and len(bare) <= 5:
            asked = line.strip("\r\n\"'")[4:5]
        elif bare and not bare.startswith("#") and bare.strip("".join(DELIMITERS)):
            return before, line, asked if asked in DELIMITERS and asked else _delimiter_of(line)
    raise RegisterError(f"{name}: it holds nothing but notes. Put headings and lines below them.")


def _delimiter_of(line: str) -> str:
    """The delimiter by which a line holds the most headings; where that is even, the most cells."""

    def found(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([line], delimiter=delimiter))
        except (csv.Error, StopIteration):
            return 0, 0
        return known_headings(cells), len(cells)

    return max(DELIMITERS, key=found)
