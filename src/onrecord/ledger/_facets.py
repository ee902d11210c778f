"""Places in which words were found, told apart by what they can be narrowed to: counted from the columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from onrecord.ledger._columns import Array, found_at
from onrecord.ledger._records import Facets, SearchFilter
from onrecord.ledger._renderings import Rendered
from onrecord.ledger._snapshot import Snapshot
from onrecord.ledger._view import rows_of

_VALUES = 12
"""Values that a facet has at most, those of most places."""


class Fitting(NamedTuple):
    """What the index found: of each entry its id, how well it fits (the lower, the better), its rendering,
    and the statement whose quote it is (ids of rows; 0 where it is a page's text)."""

    entry: Array
    rank: Array
    rendering: Array
    statement: Array

    @classmethod
    def of(cls, rows: Iterable[tuple[int, float, int, int | None]]) -> Fitting:
        """From rows of the database."""
        held = [(entry, rank, rendering, said or 0) for entry, rank, rendering, said in rows]
        columns = zip(*held, strict=True) if held else ((),) * 4
        kinds = (np.int64, np.float64, np.int64, np.int64)
        return cls(*(np.array(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True)))


@dataclass(frozen=True)
class Places:
    """The entries that are of current readings: of each where its page stands in the snapshot, and where its
    statement does (-1 where it is a page's text)."""

    snapshot: Snapshot
    rendered: Rendered
    entry: Array
    rank: Array
    row: Array
    said: Array

    @classmethod
    def current(cls, snapshot: Snapshot, rendered: Rendered, fitting: Fitting) -> Places:
        """Of what was found what is of current readings. `rendered` is of the snapshot's pages."""
        ids = snapshot.statements["id"]
        said = np.minimum(found_at(ids, fitting.statement), max(len(ids) - 1, 0))
        there = ids[said] == fitting.statement if len(ids) else np.zeros(len(said), dtype=bool)
        of_text = fitting.statement == 0
        row = np.full(len(said), -1, dtype=np.int64)
        row[there] = snapshot.statements["row"][said[there]]
        row[of_text] = rows_of(rendered.rendering, fitting.rendering[of_text])
        said = np.where(there, said, -1)
        now = row >= 0
        return cls(snapshot, rendered, fitting.entry[now], fitting.rank[now], row[now], said[now])

    def narrowed(self, to: SearchFilter) -> Places:
        """Those that fit a filter, but for its language, in whose words the index was asked."""
        wanted = np.ones(len(self.entry), dtype=bool)
        if to.kind is not None:
            wanted &= (self.said < 0) == (to.kind == "page")
        if to.outlet is not None:
            wanted &= self.snapshot.pages["outlet"][self.row] == self.snapshot.numbers.find_one(
                "key", to.outlet
            )
        if to.year is not None:
            wanted &= self.years == int(to.year)
        if to.type is not None:
            wanted &= self.types == self.snapshot.numbers.find_one("type", to.type)
        held = {one.name: getattr(self, one.name) for one in fields(self)}
        cut = {name: array[wanted] for name, array in held.items() if isinstance(array, np.ndarray)}
        return Places(**held | cut)

    @cached_property
    def years(self) -> Array:
        """The year in which each page was published; 0 where nobody knows."""
        days, at = np.unique(self.snapshot.pages["first_day"][self.row], return_inverse=True)
        years = [date.fromordinal(day).year if day else 0 for day in days.tolist()]
        return np.array(years, dtype=np.int64)[at]

    @cached_property
    def types(self) -> Array:
        """The type of each statement, as it was judged; 0 for a page."""
        types = np.append(self.snapshot.statements["type"], 0)
        return types[self.said]

    def facets(self, *, more: bool) -> Facets:
        """How they fall apart; `more` says whether there are more than were told apart."""
        numbers, codes = self.snapshot.numbers, self.rendered.codes
        outlets = self.snapshot.pages["outlet"][self.row]
        by = {
            "kind": _counted((self.said < 0).astype(np.int64), {0: "statement", 1: "page"}),
            "language": _counted(
                self.rendered.language[self.row], {at: code for at, code in enumerate(codes) if code}
            ),
            "outlet": _counted(outlets, numbers.texts("key", np.unique(outlets).tolist())),
            "year": _counted(self.years, {year: f"{year:04}" for year in self.years.tolist() if year}),
            "type": _counted(self.types, numbers.texts("type", np.unique(self.types).tolist())),
        }
        return Facets(len(self.entry), more, {name: values for name, values in by.items() if values})

    def best(self, limit: int) -> list[tuple[int, float]]:
        """The entries that fit best, with their ranks; those that fit alike by the digest of their page and
        the id of their statement."""
        if not limit or not len(self.entry):
            return []
        last = np.sort(self.rank)[min(limit, len(self.rank)) - 1]
        at = np.flatnonzero(self.rank <= last)
        pages = self.snapshot.pages["page"][self.row[at]].tolist()
        digests = self.snapshot.digests(pages)
        public = np.append(self.snapshot.statements["public"], -1)[self.said[at]]
        keys = zip(
            self.rank[at].tolist(), map(digests.__getitem__, pages), public.tolist(), self.entry[at].tolist(),
            strict=True,
        )  # fmt: skip
        return [(entry, rank) for rank, _, _, entry in sorted(keys)[:limit]]


def _counted(values: Array, texts: dict[int, str]) -> tuple[tuple[str, int], ...]:
    """How often each value that has a text occurs, the most frequent first, so many of them at most."""
    found, counts = np.unique(values, return_counts=True)
    told = [
        (texts[value], n) for value, n in zip(found.tolist(), counts.tolist(), strict=True) if value in texts
    ]
    return tuple(sorted(told, key=lambda one: (-one[1], one[0]))[:_VALUES])
