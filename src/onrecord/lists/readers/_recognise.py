"""Tells from a list's bytes which list it is, and reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.lists._model import ListError, ReadList
from onrecord.lists.readers._csl import COLUMNS as CSL_COLUMNS
from onrecord.lists.readers._csl import read_csl_csv, read_csl_json
from onrecord.lists.readers._decode import Text, decode
from onrecord.lists.readers._eu import read_eu_csv, read_eu_xml
from onrecord.lists.readers._ofac_advanced import read_ofac_advanced
from onrecord.lists.readers._ofac_csv import Part, part_of, read_ofac_csv
from onrecord.lists.readers._ofac_xml import read_ofac_xml
from onrecord.lists.readers._opensanctions import SIMPLE_COLUMNS, is_ftm, read_ftm, read_simple
from onrecord.lists.readers._own import delimiter_of, read_own
from onrecord.lists.readers._table import first_rows
from onrecord.lists.readers._uk import is_uk_header, read_ofsi_xml, read_uk_csv, read_uk_xml
from onrecord.lists.readers._un import read_un
from onrecord.lists.readers._unpack import unpack
from onrecord.lists.readers._xml import XmlStream

_EXPECTED = (
    "Lists that are read: OFAC's (sdn.csv, sdn.xml, sdn_advanced.xml and the non-SDN ones), the US "
    "Consolidated Screening List (CSV, JSON), the UN's (XML), the EU's (XML 1.1, CSV), the UK's (CSV, XML), "
    "OpenSanctions (entities.ftm.json, targets.simple.csv), and a CSV of your own with a column “name”."
)
_XML_READERS = {
    "sdnList": read_ofac_xml,
    "Sanctions": read_ofac_advanced,
    "CONSOLIDATED_LIST": read_un,
    "ArrayOfFinancialSanctionsTarget": read_ofsi_xml,
    "Designations": read_uk_xml,
    "export": read_eu_xml,
}
_BLANK = b" \t\r\n\xef\xbb\xbf"
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|script)\b", re.IGNORECASE)
_UTF16 = (b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00?\x00", b"\x00<\x00?")


def read_list(data: bytes, *, name: str, list: str | None = None) -> ReadList:
    """A published restriction list, or one of the user's own, recognised by its content.

    `data` is the file as it was fetched: plain, gzipped, or a zip that holds it (or OFAC's CSV files
    together). `name` is its name or URL, for messages and where the content leaves open which list it is;
    `list` is the short name under which its versions shall be kept, instead of the one that the format gives.

    Entries that cannot be used become problems with their lines; a list that ends in the middle is not
    `whole`, and has the entries before. Raises `ListError` where it is no list, or not one that may be
    opened safely: too large, a document type in XML, an archive that unpacks beyond measure.
    """
    return read_list_files({name: data}, list=list)


def read_list_files(files: Mapping[str, bytes], *, list: str | None = None) -> ReadList:
    """A list that is published in several files: OFAC's primary names with the aliases, addresses and
    comments that stand in files of their own. `files` are their bytes by their names. As `read_list`."""
    if not files:
        raise ListError("No file was given.")
    unpacked: dict[str, bytes] = {}
    for name, data in files.items():
        unpacked.update(unpack(data, name))
    read = _read_one(unpacked) if len(unpacked) == 1 else _read_several(unpacked)
    return replace(read, list=list) if list else read


@dataclass(frozen=True, slots=True)
class _Table:
    """A file of text, and which of OFAC's files it is, if one."""

    text: Text
    part: Part | None


def _read_one(files: Mapping[str, bytes]) -> ReadList:
    [(name, data)] = files.items()
    return _read_xml(data, name) if _is_markup(data, name) else _read_text(_table(data, name), name)


def _table(data: bytes, name: str) -> _Table:
    text = decode(data, name)
    return _Table(text, part_of(first_rows(text.text, 2)))


def _read_several(files: Mapping[str, bytes]) -> ReadList:
    """OFAC's parts; else the one file among them that is a list."""
    tables = {name: _table(data, name) for name, data in files.items() if not _is_markup(data, name)}
    parts: dict[Part, tuple[str, Text]] = {}
    for name, table in tables.items():
        if table.part in parts:
            raise ListError(f"{name} and {parts[table.part][0]} are both OFAC's {table.part} file; name one.")
        if table.part:
            parts[table.part] = (name, table.text)
    if parts:
        return _read_ofac_parts(parts)
    read: ReadList | None = None
    chosen = ""
    refused: ListError | None = None
    for name, data in files.items():
        try:
            found = _read_one({name: data})
        except ListError as error:
            refused = error
            continue
        if read:
            raise ListError(f"{chosen} and {name} are both lists; name one.")
        read, chosen = found, name
    if read is None:
        raise refused or ListError(_EXPECTED)
    return read


def _read_ofac_parts(parts: Mapping[Part, tuple[str, Text]]) -> ReadList:
    if "primary" not in parts:
        part, (name, _) = next(iter(parts.items()))
        raise ListError(
            f"{name} is OFAC's {part} file, which names no party by itself; give the primary file (sdn.csv, "
            "cons_prim.csv) with it."
        )
    texts = {part: text for part, (_, text) in parts.items()}
    return read_ofac_csv(texts, {part: name for part, (name, _) in parts.items()})


def _is_markup(data: bytes, name: str) -> bool:
    start = data[:512].lstrip(_BLANK)
    if _WEB.match(start) or (
        start.startswith(b"<") and _WEB.search(data[:2048]) and b"<?xml" not in start[:5]
    ):
        raise ListError(f"{name} is a web page, no list; fetch the file behind its link. {_EXPECTED}")
    return start.startswith(b"<") or data.startswith(_UTF16)


def _read_xml(data: bytes, name: str) -> ReadList:
    data = data.lstrip(b" \t\r\n") if data[:1] in (b" ", b"\t", b"\r", b"\n") else data
    stream = XmlStream(data, name)
    root = stream.head()
    if root is None:
        raise ListError(f"{name} begins like XML but is none. {_EXPECTED}")
    if root.tag.lower() == "html":
        raise ListError(f"{name} is a web page, no list; fetch the file behind its link. {_EXPECTED}")
    if root.tag not in _XML_READERS:
        raise ListError(f"{name} is XML with <{root.tag[:80]}> outermost, no list that is known. {_EXPECTED}")
    return _XML_READERS[root.tag](data, name)


def _read_text(table: _Table, name: str) -> ReadList:
    text = table.text
    # Two columns of numbers and text are OFAC's comments beside its other files only.
    if table.part and table.part != "comment":
        return _read_ofac_parts({table.part: (name, text)})
    start = text.text[:4096].lstrip()
    if not start:
        raise ListError(f"{name} holds nothing but spaces; fetch the list again.")
    if start[0] in "{[":
        return _read_json(text, name)
    rows = first_rows(text.text, 3)
    header = {cell.strip() for cell in rows[0]} if rows else set()
    if header >= CSL_COLUMNS:
        return read_csl_csv(text, name)
    if header >= SIMPLE_COLUMNS:
        return read_simple(text, name)
    if any(is_uk_header(row) for row in rows):
        return read_uk_csv(text, name)
    semicolons = first_rows(text.text, 1, ";")
    if semicolons and {"Entity_LogicalId", "NameAlias_WholeName"} <= {cell.strip() for cell in semicolons[0]}:
        return read_eu_csv(text, name)
    if delimiter := delimiter_of(start.partition("\n")[0]):
        return read_own(text, name, delimiter)
    raise ListError(f"{name} is no list that is known. {_EXPECTED}")


def _read_json(text: Text, name: str) -> ReadList:
    first = text.text.lstrip().partition("\n")[0]
    if is_ftm(first):
        return read_ftm(text, name)
    head = text.text[:20_000]
    if '"results"' in head or ('"source"' in head and '"alt_names"' in head):
        return read_csl_json(text, name)
    raise ListError(f"{name} is JSON, but no list that is known. {_EXPECTED}")
