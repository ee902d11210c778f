"""A search over everything, for the page and for the API: places on pages, and what is found elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Query

from onrecord.ledger import Facets, SearchFilter, SearchHit
from onrecord.present import ThingKind
from onrecord.web._bench import Bench
from onrecord.web._elsewhere import KINDS, Some, find, unread_registers
from onrecord.web._second import Sight

SOME = 10
"""Things of each kind that are shown beside the places, unless the search is narrowed to that kind."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """To what a search is narrowed: places as a `SearchFilter` has it, or things of one `kind`."""

    places: SearchFilter
    kind: ThingKind | None = None

    @property
    def kinds(self) -> tuple[ThingKind, ...]:
        """The kinds of things that are looked for: all or the one, and none where only places have what it is
        narrowed to."""
        if any(asdict(self.places).values()):
            return ()
        return KINDS if self.kind is None else (self.kind,)

    def told(self) -> dict[str, str]:
        """The facets with the values to which they are narrowed."""
        found = {name: value for name, value in asdict(self.places).items() if value}
        return found if self.kind is None else {**found, "kind": self.kind}

    def having(self, facet: str, value: str | None) -> Narrowing:
        """Narrowed to a value of a facet, or no longer by it."""
        other: Any = value
        if facet != "kind":
            return replace(self, places=replace(self.places, **{facet: other}))
        if value in KINDS:
            return Narrowing(replace(self.places, kind=None), other)
        return Narrowing(replace(self.places, kind=other))

    def asked(self) -> dict[str, str]:
        """What an address asks for it; `language` there is that of the workbench."""
        told = self.told()
        if "language" in told:
            told["in_language"] = told.pop("language")
        return told


def _narrowed(
    in_language: Annotated[
        str | None, Query(max_length=10, description="Only in this language (ISO 639).")
    ] = None,
    kind: Annotated[
        str | None,
        Query(
            pattern="^(page|statement|entity|entry|register|judgement|)$",
            description="Only pages, statements, entities, entries of lists, parties of registers, or "
            "judgements.",
        ),
    ] = None,
    outlet: Annotated[str | None, Query(max_length=500, description="Only in this outlet.")] = None,
    year: Annotated[str | None, Query(pattern=r"^(\d{4}|)$", description="Only of this year.")] = None,
    type: Annotated[str | None, Query(max_length=40, description="Only statements of this type.")] = None,
) -> Narrowing:
    places = SearchFilter(in_language or None, None, outlet or None, year or None, type or None)
    return Narrowing(places).having("kind", kind or None)


Narrowed = Annotated[Narrowing, Depends(_narrowed)]
"""To what a search is narrowed."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found: places, the best first, and whether there are `more`; things by their kinds; and
    to what it can be narrowed, by facet the values with how many there are. `unread` are registers that
    could not be looked through."""

    places: tuple[SearchHit, ...]
    more: bool
    things: Mapping[ThingKind, Some]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    counted: Facets
    unread: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many places and things were found; there may be more places (`counted.more`)."""
        return self.counted.counted + sum(some.total for some in self.things.values())


def searched(bench: Bench, sees: Sight, asked: str, narrowed: Narrowing, limit: int, after: int) -> Searched:
    """What holds all words: so many places, or where it is narrowed to a kind of things so many of these,
    behind the first `after`. Of things of all kinds the first few (`SOME`)."""
    hits: tuple[SearchHit, ...] = ()
    counted = Facets(0, False, {})
    if narrowed.kind is None:
        hits = bench.ledger.search(asked, limit=limit + 1, after=after, narrowed=narrowed.places)
        counted = bench.small(
            ("facets", asked, narrowed.places), lambda: bench.ledger.facets(asked, narrowed.places)
        )
        things = {kind: find(bench, sees, asked, kind, SOME) for kind in narrowed.kinds}
        more = len(hits) > limit
    else:
        things = {kind: find(bench, sees, asked, kind, limit, after) for kind in narrowed.kinds}
        more = any(after + len(some.hits) < some.total for some in things.values())
    by = dict(counted.by)
    kinds = (*by.pop("kind", ()), *((kind, some.total) for kind, some in things.items() if some.total))
    return Searched(
        hits[:limit],
        more,
        things,
        {"kind": kinds, **by} if kinds else by,
        counted,
        unread_registers(bench) if "register" in things else (),
    )
