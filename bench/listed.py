"""The names on the real lists of `shared/data/lists`, as the benches of matching take them: a simple reading,
so that matching is measured apart from the reading of lists."""

from __future__ import annotations

import csv
import io
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_OTHER_NAME = re.compile(r"(?:a|f|n)\.k\.a\. ['\"]?([^;'\"]+?)['\"]?(?:[;.]|$)")
_OWN_NOTE = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed party: its id, whether it is a person (or a vessel), and its names, the primary one first."""

    id: str
    kind: str
    names: tuple[str, ...]


def archive(shared: Path, name: str) -> dict[str, bytes]:
    """The files of an archive of `shared/data/lists`, by their name without folders."""
    with tarfile.open(shared / "data" / "lists" / f"{name}.tar.xz") as files:
        found = {Path(m.name).name: files.extractfile(m) for m in files.getmembers() if m.isfile()}
        return {file: data.read() for file, data in found.items() if data is not None}


def _rows(data: bytes) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(data.decode("utf-8", "replace")))


def _kind(word: str) -> str:
    lowered = word.strip().lower()
    if lowered in ("individual", "vessel", "aircraft"):
        return "person" if lowered == "individual" else "vessel"
    return "company"


def _sdn(data: bytes) -> Iterator[Listed]:
    for row in _rows(data):
        if len(row) >= 12 and row[0].strip().isdigit():
            others = [name.strip() for name in _OTHER_NAME.findall(row[11])]
            yield Listed(f"sdn-{row[0]}", _kind(row[2]), tuple(dict.fromkeys([row[1].strip(), *others])))


def _cons(primary: bytes, other: bytes) -> Iterator[Listed]:
    names: dict[str, list[str]] = {}
    for row in _rows(other):
        if len(row) >= 4:
            names.setdefault(row[0], []).append(row[3])
    for row in _rows(primary):
        if len(row) >= 3 and row[0].isdigit():
            listed = tuple(dict.fromkeys([row[1], *names.get(row[0], ())]))
            yield Listed(f"cons-{row[0]}", _kind(row[2]), listed)


def _csl(data: bytes) -> Iterator[Listed]:
    for row in csv.DictReader(io.StringIO(data.decode("utf-8", "replace"))):
        if row.get("_id") and row.get("name"):
            others = [name.strip() for name in (row["alt_names"] or "").split(";")]
            names = dict.fromkeys(filter(None, [row["name"].strip(), *others]))
            kind = _kind(row["type"] or "")
            if kind == "company" and "Denied Persons" in row["source"]:
                kind = "other"
            yield Listed(f"csl-{row['_id']}", kind, tuple(names))


def _un(data: bytes) -> Iterator[Listed]:
    for sort, kind in (("INDIVIDUAL", "person"), ("ENTITY", "company")):
        for entry in ElementTree.fromstring(data).iter(sort):
            parts = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
            name = " ".join(filter(None, ((entry.findtext(part) or "").strip() for part in parts)))
            others = [(alias.findtext("ALIAS_NAME") or "").strip() for alias in entry.iter(f"{sort}_ALIAS")]
            names = dict.fromkeys(filter(None, [name, *others]))
            yield Listed(f"un-{entry.findtext('DATAID')}", kind, tuple(names))


def listed(shared: Path) -> list[Listed]:
    """All parties of the lists of `shared`: SDN of January 2023 and what stood on it in 2019, the
    Consolidated Screening List, the non-SDN list, the United Nations' list. An id that occurs twice is taken
    the first time."""
    cons = archive(shared, "us-ofac-non-sdn-2025-12")
    found: dict[str, Listed] = {}
    for party in (
        *_sdn(archive(shared, "us-ofac-sdn-2023-01")["sdn.csv"]),
        *_sdn(archive(shared, "us-ofac-sdn-2019-01")["sdn.csv"]),
        *_csl(archive(shared, "us-csl-2023-11")["csl.csv"]),
        *_cons(cons["cons_prim.csv"], cons["cons_alt.csv"]),
        *_un(archive(shared, "un-2026-02")["UN_consolidated.xml"]),
    ):
        if party.names and party.names[0]:
            found.setdefault(party.id, party)
    return list(found.values())


def without_note(name: str) -> str:
    """A name without a note in brackets at its end."""
    return _OWN_NOTE.sub("", name)
