"""What any number of statements rest on, counted from columns: from how many publishers they descend, by
whose word they are told, since when.

A dossier asks that of one supplier; this asks it of all parties at once, by the same rules (`_origins`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from onrecord.ledger import Snapshot
from onrecord.standing._acts import days_of
from onrecord.standing._arrays import Array
from onrecord.standing._concern import of_nobody
from onrecord.standing._dates import moment_of
from onrecord.standing._model import Moment
from onrecord.standing._origins import make_origins

MOST_NAMED = 50
"""Of very many statements so many are named: a half that were told first, and a half told last."""
VOICES = 5
"""Of very many who say a thing so many are named, those that say it most often."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a thing on record rests on. `rows` are the ids of rows of its statements, in the order in which
    they were told (`Snapshot.quoted` gives their public ids), the first and the last of them where they are
    many; `told` counts all. `origins` counts the publishers from which all of them descend; `voices` are the
    keys of those by whose word they are told, whoever tells most first; `since` is the earliest moment.
    """

    rows: tuple[int, ...]
    told: int
    origins: int
    voices: tuple[str, ...]
    since: Moment | None


class Evidence:
    """Of every statement that counts, its `publisher` (as in `Origins`), its `voice` (the number of the key
    of its nearest source, else of its publisher; 0 for none), and the `first` and `last` day (ordinals, 0 for
    none) of the moment for which it speaks: its own `when`, else the day on which its page appeared;
    `published` is the first day on which that may have been, and `page` the place of its page among all by
    their digests.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        said = snapshot.statements
        rows = np.flatnonzero(said["counts"])
        size = len(said["id"])
        concern = of_nobody(snapshot, rows, snapshot.kinds())
        origins = make_origins(concern)
        self.snapshot = snapshot
        self.kinds = concern.kinds
        self.publisher = np.zeros(size, dtype=np.int64)
        self.publisher[rows] = origins.publisher
        nearest = np.zeros(snapshot.numbers.last("chain") + 1, dtype=np.int64)
        begins = snapshot.links["position"] == 0
        nearest[snapshot.links["chain"][begins]] = snapshot.links["key"][begins]
        source = nearest[said["chain"]]
        self.voice = np.where(source > 0, source, np.maximum(self.publisher, 0))
        when_first, when_last = days_of(snapshot, said["when"])
        page_first, page_last = (snapshot.pages[name][said["row"]] for name in ("first_day", "last_day"))
        self.by_when = when_first > 0
        self.published = page_first
        self.first = np.where(self.by_when, when_first, page_first)
        self.last = np.where(self.by_when, when_last, page_last)
        self.page = snapshot.page_ranks()[said["row"]]
        self._names = snapshot.numbers.texts("key", np.unique(self.voice).tolist())
        ordered = sorted(self._names, key=lambda number: self._names[number])
        self._rank = {number: rank for rank, number in enumerate(ordered)}

    def in_order(self, rows: Array) -> Array:
        """Rows of `snapshot.statements` in the order in which they were told, the undated last; of one day
        by the digests of their pages, lest it matter in which order pages were read."""
        first, ids = self.first[rows], self.snapshot.statements["id"][rows]
        return rows[np.lexsort((ids, self.page[rows], self.last[rows], first, first == 0))]

    def ground(self, rows: Array, most: int = MOST_NAMED) -> Ground:
        """What these rows of `snapshot.statements`, in order (`in_order`), rest on together, of which at
        `most` so many are named."""
        told = [(n, c) for n, c in Counter(self.voice[rows].tolist()).items() if n in self._names]
        told.sort(key=lambda one: (-one[1], self._rank[one[0]]))
        return Ground(
            tuple(self.snapshot.statements["id"][first_and_last(rows, most)].tolist()),
            len(rows),
            len(set(self.publisher[rows].tolist())),
            tuple(self._names[number] for number, _ in told[:VOICES]),
            self._since(rows),
        )

    def _since(self, rows: Array) -> Moment | None:
        return self.moment(int(rows[0])) if len(rows) else None

    def moment(self, row: int) -> Moment | None:
        """The moment for which a row of `snapshot.statements` speaks; None where none is known."""
        return moment_of(int(self.first[row]), int(self.last[row]), when=bool(self.by_when[row]))


S = TypeVar("S", Array, tuple[str, ...])


def first_and_last(several: S, most: int = MOST_NAMED) -> S:
    """Of several in their order so many at most: a half that stand first, and a half that stand last."""
    if len(several) <= most:
        return several
    half = most // 2
    if isinstance(several, tuple):
        return several[:half] + several[-half:]
    return np.concatenate((several[:half], several[-half:]))


def together(*columns: Array) -> tuple[Array, Array]:
    """The places of rows sorted by several columns of numbers, and where among them each group of rows that
    agree in all of them begins, with the end behind the last."""
    order = np.lexsort(columns[::-1])
    if not len(order):
        return order, np.zeros(1, dtype=np.int64)
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = np.any([column[order][1:] != column[order][:-1] for column in columns], axis=0)
    return order, np.append(np.flatnonzero(begins), len(order))
