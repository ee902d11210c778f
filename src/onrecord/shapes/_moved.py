"""What moved about a supplier: between two dates, and over time (docs/dossier.md)."""

from __future__ import annotations

from typing_extensions import TypedDict

from onrecord.shapes._dossier import Counts, Period, ReaderUsed
from onrecord.shapes._lines import Moment, SetBy


class MovedLine(TypedDict):
    """A line that tells of a move, with its sentence, its origins, and the ids of its statements."""

    id: str
    sentence: str
    origins: list[str]
    statements: list[str]


class SupplierMove(TypedDict):
    """Something that moved about a supplier: a position, a case, an accusation, denial or examination, in
    words as `told`. `lost` is the day on which what told it fell away."""

    id: str
    kind: str
    actor: str | None
    scope: str
    before: str | None
    after: str | None
    lost: str | None
    told: str
    set_by: SetBy | None
    lines: list[MovedLine]


class SupplierChanges(TypedDict):
    """What moved about a supplier between two dates; `until` is null for all that is on record."""

    shape: str
    supplier: str
    since: str
    until: str | None
    language: str
    moves: list[SupplierMove]


class Tally(Period):
    """How many actors stood where at the end of a period: by position, by side, and in all."""

    positions: dict[str, int]
    sides: dict[str, int]
    actors: int


# Functional, since `from` is a word of Python's.
Turned = TypedDict(
    "Turned",
    {
        "moment": Moment | None,
        "actor": str | None,
        "name": str,
        "scope": str,
        "from": str | None,
        "to": str,
        "line": str | None,
        "set_by": SetBy | None,
    },
)
Turned.__doc__ = "An actor that took another position in one field, at a moment, or undated."


class OverTime(TypedDict):
    """How many actors stood where in each period, and who turned when. `outside` are actors whose position
    has no date."""

    shape: str
    supplier: str
    as_of: str | None
    known_at: str | None
    language: str
    machine_reading: bool
    readers: list[ReaderUsed]
    counts: Counts
    granularity: str | None
    periods: list[Tally]
    outside: int
    changes: list[Turned]
