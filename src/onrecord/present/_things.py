"""What a search finds beside places on pages, and what JSON gives of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from onrecord import shapes

ThingKind = Literal["entity", "entry", "register", "judgement"]
"""`entry` is one of a restriction list, `register` a party of a register."""

_ROWS = 100
"""Rows of a register that are told of a party that stands in more."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a name. `texts` are what it is found by, `path` the segments of its address in the
    workbench. `id` is an entity's key, an entry's id, a register's name or a judgement's number; `of` the
    entity's kind, the list, the register, or the kind of judgement. `rows` are those of a register that name
    the party. `statement` is the one that was judged."""

    kind: ThingKind
    name: str
    texts: tuple[str, ...]
    path: tuple[str, ...]
    id: str
    of: str
    who: str = ""
    rows: tuple[int, ...] = ()
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class ThingHit:
    """A thing that was found, the text of it that holds most of what was asked for, and where in that."""

    thing: Thing
    text: str
    marks: tuple[tuple[int, int], ...]


def thing_fields(hit: ThingHit, address: Callable[..., str]) -> shapes.Thing:
    """Something that a search found beside places; `marks` are the spans of `text` that match, and `address`
    makes an address of segments."""
    thing = hit.thing
    return {
        "kind": thing.kind,
        "id": thing.id,
        "of": thing.of,
        "name": thing.name,
        "text": hit.text,
        "marks": [list(mark) for mark in hit.marks],
        "rows": list(thing.rows[:_ROWS]),
        "rows_total": len(thing.rows),
        "who": thing.who or None,
        "address": address(*thing.path),
    }
