"""Parties as the bytes that the ledger keeps: one JSON object a line, always the same for the same parties.

What is as a `Party` has it without being told stands in no line; nor does anything that a newer version of
On Record does not know stop an older one from reading it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from typing import Any

from onrecord.lists._model import ListedName, Party

_DEFAULTS = {f.name: f.default for f in fields(Party) if f.default is not MISSING}
_NAMES = frozenset(f.name for f in fields(Party))
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def encode(parties: Iterable[Party]) -> bytes:
    """Parties as lines of JSON, in their order."""
    return b"".join(_line(party) for party in parties)


def decode(data: bytes) -> tuple[Party, ...]:
    """The parties that `encode` made bytes of."""
    return tuple(map(_party, rows_in(data.splitlines())))


def find(data: bytes, id: str) -> Party | None:
    """The party of that id in what `encode` made; the others are not made into parties."""
    sign = f'"id":{_encode(id)}'.encode("utf-8", "surrogatepass")
    found = (_party(row) for row in rows_in(line for line in data.splitlines() if sign in line))
    return next((party for party in found if party.id == id), None)


def party_in(line: bytes) -> Party:
    """The party of one line of what `encode` made."""
    return next(map(_party, rows_in([line])))


def _line(party: Party) -> bytes:
    row: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(party, name)
        if name == "names":
            row[name] = [[listed.text, listed.quality] for listed in value]
        elif value != _DEFAULTS.get(name, MISSING):
            row[name] = value
    return _encode(row).encode("utf-8", "surrogatepass") + b"\n"


def rows_in(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Lines of what `encode` made as JSON has them, without being made into parties."""
    # As one array: the reader of JSON is then called once, not for every line.
    joined = b"[" + b",".join(lines) + b"]"
    yield from json.loads(joined.decode("utf-8", "surrogatepass"))


def _party(row: dict[str, Any]) -> Party:
    told = {name: value for name, value in row.items() if name in _NAMES}
    told["names"] = tuple(ListedName(text, quality) for text, quality in row["names"])
    for name in ("programs", "citations", "countries", "addresses"):
        if name in told:
            told[name] = tuple(told[name])
    if "identifiers" in told:
        told["identifiers"] = tuple((kind, number) for kind, number in told["identifiers"])
    return Party(**told)
