"""Two names side by side with what each rests on, to say whether they are one: for a page and for the API
alike."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.entities import catalogue_entry
from onrecord.entities.matching import Likeness, match_names
from onrecord.ledger import Called, Snapshot, StoredEntity
from onrecord.shapes import Statement
from onrecord.web._bench import Bench
from onrecord.web._found import known_of
from onrecord.web._second import Sight

_SAMPLE = 6
"""Statements of each of two names side by side."""
_OUTLETS = 12
"""Outlets of each."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its names by language, the outlets and the `pages` (rows of the ledger's) that name it,
    and some of its statements."""

    stored: StoredEntity
    called: tuple[Called, ...]
    outlets: tuple[str, ...]
    pages: frozenset[int]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both, how alike their names are, and on how many pages both stand."""

    sides: tuple[Side, Side]
    likeness: Likeness
    common: int

    @property
    def one(self) -> bool:
        """Whether both names are one entity's already."""
        return self.sides[0].stored.entity.key == self.sides[1].stored.entity.key


def side_by_side(bench: Bench, sees: Sight, a: str, b: str, language: str) -> SideBySide:
    """Two entities by any of their names. `Problem` where one is neither on record nor in the catalogue."""
    sides = _side(bench, sees, a, language), _side(bench, sees, b, language)
    one, other = (side.stored.entity for side in sides)
    likeness = match_names(one.name, other.name, "person" if one.kind == "person" else "company")
    return SideBySide(sides, likeness, len(sides[0].pages & sides[1].pages))


def called_of(bench: Bench, key: str) -> tuple[Called, ...]:
    """The names of an entity, by language: those that pages give it; where none names it, those that the
    catalogue lists for pages of every language (no language, no pages) and of one."""
    return tuple(bench.small(("called", key), lambda: bench.ledger.called(key))) or _listed(key)


def _listed(key: str) -> tuple[Called, ...]:
    entry = catalogue_entry(key)
    if entry is None:
        return ()
    local = (
        Called(name, language, 0)
        for held in (entry.local, entry.scripts)
        for language, names in held.items()
        for name in names
    )
    return (*(Called(name, None, 0) for name in dict.fromkeys((key, *entry.names))), *dict.fromkeys(local))


def _side(bench: Bench, sees: Sight, name: str, language: str) -> Side:
    stored = known_of(bench, name)
    key, names = stored.entity.key, bench.names()
    held = bench.ledger.some_statements(_SAMPLE, None, entity=key)

    def seen(snapshot: Snapshot) -> tuple[frozenset[int], tuple[str, ...]]:
        rows = snapshot.naming(key)
        return frozenset(rows.tolist()), tuple(snapshot.outlets(rows))

    pages, outlets = bench.ledger.snapshot(seen)
    told = tuple(sees.told(one, names, language) for one in held.items)
    return Side(stored, called_of(bench, key), outlets[:_OUTLETS], pages, told)
