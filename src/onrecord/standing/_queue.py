"""The statements that nobody has judged, those first in which a mistake would matter most."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from onrecord.ledger import Snapshot, StoredStatement
from onrecord.standing._arrays import Array
from onrecord.standing._record import Record
from onrecord.standing._stakes import Stakes, reasons_of, stakes_of

_KEPT = 3
"""Rankings that are kept of one state of what was read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements to review: about a supplier (its key), of a type, on pages in a language (ISO 639) or
    of an outlet. None asks nothing."""

    supplier: str | None = None
    type: str | None = None
    language: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Second:
    """What needs a second person's judgement: statements of some types, and those with which this much or
    more is at stake (None: none for that)."""

    types: tuple[str, ...] = ()
    stakes: float | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A statement in the queue, by the id of its row, and why it stands where it does: what is at stake, the
    doubt in its reading, and the reasons why more is at stake than with others of its type; `again` where a
    second person is to judge it."""

    row: int
    stakes: float
    doubt: float
    reasons: tuple[str, ...]
    again: bool

    @property
    def score(self) -> float:
        """Stakes times doubt: the more, the earlier."""
        return self.stakes * self.doubt


class Queue:
    """Statements to review in their order: `at` are their rows in `Snapshot.statements`, `rows` the ids of
    those rows."""

    def __init__(self, at: Array, ids: Array, stakes: Stakes, again: frozenset[int]) -> None:
        self._at, self._ids, self._stakes, self._again = at, ids, stakes, again

    @property
    def rows(self) -> Array:
        """The ids of the rows of all of them."""
        found: Array = self._ids[self._at]
        return found

    def __len__(self) -> int:
        return len(self._at)

    def __getitem__(self, place: int) -> Queued:
        at, told = int(self._at[place]), self._stakes
        reasons = reasons_of(int(told.reasons[at]))
        numbers = float(told.stakes[at]), float(told.doubt[at])
        return Queued(int(self._ids[at]), *numbers, reasons, at in self._again)

    def __iter__(self) -> Iterator[Queued]:
        return (self[place] for place in range(len(self)))

    def place(self, row: int) -> int | None:
        """Where the statement of that row stands; None where it is not in the queue."""
        at = int(np.searchsorted(self._ids, self._ids.dtype.type(row)))
        if at == len(self._ids) or self._ids[at] != row:
            return None
        found = np.flatnonzero(self._at == at)
        return int(found[0]) if len(found) else None

    def put_off(self, rows: Collection[int]) -> Queue:
        """The same with these at the end, in the order in which they are given."""
        last = [place for row in rows if (place := self.place(row)) is not None]
        if not last:
            return self
        stays = np.ones(len(self), dtype=bool)
        stays[last] = False
        at = np.concatenate((self._at[stays], self._at[last]))
        return Queue(at, self._ids, self._stakes, self._again)


def queue_of(
    ledger: Record,
    wanted: Wanted,
    *,
    followed: Collection[str] = (),
    once: Collection[str] = (),
    second: Second | None = None,
) -> Queue:
    """The statements that wait for a person, by stakes times doubt, then by their pages' digests and their
    place there: the same in whatever order they were read. What was judged, or whose page was withdrawn, is
    not among them; but of those that were judged `once` (their ids) the ones that need a `second` person.
    `followed` are keys of suppliers with whom more is at stake.
    """

    def ask(snapshot: Snapshot) -> Queue:
        order, found = _ranked(snapshot, followed)
        said = snapshot.statements
        again = frozenset(_second(snapshot, found, once, second))
        waits = said["counts"] & ~said["judged"]
        waits[list(again)] = True
        waits &= _fits(snapshot, wanted)
        return Queue(order[waits[order]], said["id"], found, again)

    return ledger.snapshot(ask)


def needing_second(ledger: Record, ids: Collection[str], second: Second) -> frozenset[str]:
    """Which of the statements with these ids need a second person's judgement, whoever follows whom."""
    if not ids or (not second.types and second.stakes is None):
        return frozenset()

    def ask(snapshot: Snapshot) -> frozenset[str]:
        _, found = _ranked(snapshot, ())
        rows = set(_second(snapshot, found, ids, second))
        return frozenset(id for id, at in snapshot.places(ids).items() if at in rows)

    return ledger.snapshot(ask)


def said_of(ledger: Record, rows: Collection[int]) -> dict[int, StoredStatement]:
    """The statements of these rows, by them."""
    return ledger.snapshot(lambda snapshot: snapshot.said(sorted(rows)))


def rows_of(ledger: Record, ids: Collection[str]) -> dict[str, int]:
    """The rows of the statements with these ids that are current."""

    def ask(snapshot: Snapshot) -> dict[str, int]:
        return {id: int(snapshot.statements["id"][at]) for id, at in snapshot.places(ids).items()}

    return ledger.snapshot(ask) if ids else {}


def _ranked(snapshot: Snapshot, followed: Collection[str]) -> tuple[Array, Stakes]:
    """All rows by what is at stake with them, kept until more is read: judging moves no other statement."""
    name = f"ranked {sorted({one for key in followed for one in snapshot.judged.meaning(key)})}"
    held = snapshot.kept.get(name)
    if held is None:
        found = stakes_of(snapshot, followed)
        ranks = snapshot.page_ranks()[snapshot.read["row"]]
        order = np.lexsort((snapshot.read["id"], ranks, -found.score)).astype(np.int32)
        held = {"order": order, "stakes": found.stakes, "doubt": found.doubt, "reasons": found.reasons}
        older = [key for key in list(snapshot.kept) if isinstance(key, str) and key.startswith("ranked ")]
        for key in older[: max(0, len(older) - _KEPT + 1)]:
            snapshot.kept.pop(key, None)
        snapshot.kept[name] = held
    return held["order"], Stakes(held["stakes"], held["doubt"], held["reasons"])


def _second(snapshot: Snapshot, found: Stakes, ids: Collection[str], second: Second | None) -> list[int]:
    """The places of those of these statements that need a second person, and whose page stands. It goes by
    what was read: nobody corrects a statement out of a second person's sight."""
    if not ids or second is None or (not second.types and second.stakes is None):
        return []
    types = set(snapshot.numbers.find("type", second.types).values())
    least = np.inf if second.stakes is None else second.stakes
    needed = [
        at
        for at in snapshot.places(ids).values()
        if int(snapshot.read["type"][at]) in types or float(found.stakes[at]) >= least
    ]
    if not snapshot.judged.withdrawn:
        return needed
    rows = {int(snapshot.read["id"][at]): at for at in needed}
    stands = {row for row, one in snapshot.said(sorted(rows)).items() if one.withdrawn is None}
    return [at for row, at in rows.items() if row in stands]


def _fits(snapshot: Snapshot, wanted: Wanted) -> Array:
    said, number = snapshot.statements, snapshot.numbers.find_one
    fits = np.ones(len(said["id"]), dtype=bool)
    if wanted.supplier is not None:
        key = number("key", wanted.supplier)
        fits &= (said["actor"] == key) | (said["target"] == key)
    if wanted.type is not None:
        fits &= said["type"] == number("type", wanted.type)
    if wanted.language is not None:
        fits &= snapshot.in_language(wanted.language)[said["row"]]
    if wanted.outlet is not None:
        fits &= snapshot.pages["outlet"][said["row"]] == number("key", wanted.outlet)
    return fits
