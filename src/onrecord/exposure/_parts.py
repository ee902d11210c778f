"""The parts of a workbook (Office Open XML, ECMA-376) but for its sheets, and what no part of a register has:
more than so much text, a document type, a password."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

MOST_UNPACKED = 2**30
"""Bytes of all parts of a workbook together, unpacked: a full sheet of twelve columns has some 650 MB."""
MOST_TEXTS = 2**28
"""Bytes of the table of texts, which is held in memory."""
MOST_RATIO = 200
"""How many times smaller a part may be packed. Sheets come to 5 to 40; deflate can do 1,032 (zlib, "Maximum
Compression Factor"), which only a part that is made for it reaches."""

_SMALL = 2**20
"""Bytes below which a part's ratio says nothing."""
_CHUNK = 2**16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Refused(Exception):
    """A file or part that is none of a register's: what it is."""


@dataclass(frozen=True, slots=True)
class Book:
    """What cells refer to: the texts, the styles that make a number a date or a percentage, day 0."""

    texts: list[str]
    dates: frozenset[str]
    percents: frozenset[str]
    epoch: datetime


def look(archive: zipfile.ZipFile) -> None:
    """Raises `Refused` for what is no workbook, and for one that unpacks to more than a register can be. The
    sizes are those that the archive states; `zipfile` unpacks no part further than that."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        if "content.xml" in names:
            raise Refused("an OpenDocument file (ODS), which is not read here")
        if "xl/workbook.bin" in names:
            raise Refused("a binary workbook (XLSB), which is not read here")
        raise Refused("an archive that is no workbook")
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MOST_UNPACKED:
        most = MOST_UNPACKED // 2**20
        raise Refused(f"it unpacks to {unpacked / 2**20:,.0f} MiB; a register has {most:,} MiB at most")
    for part in archive.infolist():
        if part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Refused(
                f"its part {part.filename[:80]} unpacks to over {MOST_RATIO} times its size, as no sheet does"
            )


def parser_of(place: str) -> expat.XMLParserType:
    """A parser that gives names as `namespace name` and refuses a document type: no part may declare one
    (ECMA-376 part 2, 8.2.4), and entities that unfold without end come in by it."""

    def declared(*_: object) -> None:
        raise Refused(f"its part {place[:80]} declares a document type, as no workbook does")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = declared
    return parser


def feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    """Parse a part to its end."""
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _each(archive: zipfile.ZipFile, place: str, start: Start, end: End | None = None) -> None:
    """Go through a part, names without their namespaces."""
    parser = parser_of(place)

    def begun(name: str, given: dict[str, str]) -> None:
        start(_local(name), {_local(key): value for key, value in given.items()})

    parser.StartElementHandler = begun
    if end is not None:
        ended = end
        parser.EndElementHandler = lambda name: ended(_local(name))
    with archive.open(place) as stream:
        feed(parser, stream)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Title and place of each sheet that is shown, in their order."""
    targets: dict[str, str] = {}
    listed: list[tuple[str, str]] = []

    def link(_: str, given: dict[str, str]) -> None:
        if given.get("Type", "").endswith("/worksheet"):
            place = posixpath.normpath(posixpath.join("/xl", given.get("Target", "")))
            targets[given.get("Id", "")] = place.lstrip("/")

    def sheet(name: str, given: dict[str, str]) -> None:
        if name == "sheet" and given.get("state", "visible") == "visible" and given.get("id") in targets:
            listed.append((given.get("name", ""), targets[given["id"]]))

    _each(archive, "xl/_rels/workbook.xml.rels", link)
    _each(archive, "xl/workbook.xml", sheet)
    return listed


def book(archive: zipfile.ZipFile) -> Book:
    """What the cells of a workbook refer to."""
    names = set(archive.namelist())
    texts = _texts(archive) if "xl/sharedStrings.xml" in names else []
    dates, percents = _styles(archive) if "xl/styles.xml" in names else (frozenset[str](), frozenset[str]())
    of_1904 = False

    def properties(name: str, given: dict[str, str]) -> None:
        nonlocal of_1904
        of_1904 |= name == "workbookPr" and given.get("date1904") in ("1", "true")

    _each(archive, "xl/workbook.xml", properties)
    return Book(texts, dates, percents, CALENDAR_MAC_1904 if of_1904 else CALENDAR_WINDOWS_1900)


def _texts(archive: zipfile.ZipFile) -> list[str]:
    """The shared texts: each the text of its runs, without what tells how to pronounce it."""
    place = "xl/sharedStrings.xml"
    if archive.getinfo(place).file_size > MOST_TEXTS:
        raise Refused(f"its texts come to more than {MOST_TEXTS // 2**20} MiB")
    found: list[str] = []
    parts: list[str] = []
    kept = 0
    parser = parser_of(place)

    def start(name: str, _: dict[str, str]) -> None:
        if name.endswith(" t"):
            del parts[kept:]

    def end(name: str) -> None:
        nonlocal kept
        if name.endswith(" t"):
            kept = len(parts)
        elif name.endswith(" rPh"):
            parts.pop()
            kept = len(parts)
        elif name.endswith(" si"):
            found.append("".join(parts[:kept]))
            parts.clear()
            kept = 0

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = parts.append
    with archive.open(place) as stream:
        feed(parser, stream)
    return found


def _styles(archive: zipfile.ZipFile) -> tuple[frozenset[str], frozenset[str]]:
    """The cell styles, by their places, that make a number a date, and a percentage."""
    formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    styles: list[str] = []
    inside = False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            formats.setdefault(given.get("numFmtId", ""), given.get("formatCode", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(formats.get(given.get("numFmtId", "0"), ""))

    def end(name: str) -> None:
        nonlocal inside
        inside &= name != "cellXfs"

    _each(archive, "xl/styles.xml", start, end)
    dates = frozenset(str(place) for place, code in enumerate(styles) if is_date_format(code))
    return dates, frozenset(str(place) for place, code in enumerate(styles) if "%" in code)
