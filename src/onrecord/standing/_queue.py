"""The statements that nobody has judged, those first in which a mistake would matter most."""

from __future__ import annotations

import hashlib
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
    """Statements to review in their order."""

    def __init__(self, rows: Array, stakes: Array, doubt: Array, reasons: Array, again: Array) -> None:
        self.rows = rows
        self._columns = stakes, doubt, reasons, again

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> Queued:
        stakes, doubt, reasons, again = (column[at] for column in self._columns)
        return Queued(int(self.rows[at]), float(stakes), float(doubt), reasons_of(int(reasons)), bool(again))

    def __iter__(self) -> Iterator[Queued]:
        return (self[at] for at in range(len(self)))

    def place(self, row: int) -> int | None:
        """Where the statement of that row stands; None where it is not in the queue."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None

    def put_off(self, rows: Collection[int]) -> Queue:
        """The same with these at the end, in the order in which they are given."""
        last = [at for row in rows if (at := self.place(row)) is not None]
        if not last:
            return self
        stays = np.ones(len(self), dtype=bool)
        stays[last] = False
        order = np.concatenate((np.flatnonzero(stays), np.array(last, dtype=np.int64)))
        return Queue(self.rows[order], *(column[order] for column in self._columns))


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
        again = np.zeros(len(order), dtype=bool)
        again[_second(snapshot, found, once, second)] = True
        waits = (said["counts"] & ~said["judged"]) | again
        waits &= _fits(snapshot, wanted)
        at = order[waits[order]]
        return Queue(said["id"][at], found.stakes[at], found.doubt[at], found.reasons[at], again[at])

    return ledger.snapshot(ask)


def needing_second(
    ledger: Record, ids: Collection[str], second: Second, *, followed: Collection[str] = ()
) -> frozenset[str]:
    """Which of the statements with these ids need a second person's judgement."""
    if not ids or (not second.types and second.stakes is None):
        return frozenset()

    def ask(snapshot: Snapshot) -> frozenset[str]:
        _, found = _ranked(snapshot, followed)
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
    """All rows by what is at stake with them, kept as long as nothing is read and nothing that was read is
    corrected, merged or split: accepting and rejecting, most of what is done, moves no other statement."""
    judged = snapshot.judged
    corrected = sorted((s, j.id) for s, j in judged.statements.items() if j.kind == "correct")
    split = sorted((page, sorted(keys.items())) for page, keys in judged.split.items())
    told = repr((corrected, sorted(judged.merged.items()), split, sorted(followed)))
    name = f"ranked {hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()}"
    held = snapshot.kept.get(name)
    if held is None:
        found = stakes_of(snapshot, followed)
        said = snapshot.statements
        ranks = snapshot.kept.get("page ranks")
        if ranks is None:
            ranks = snapshot.kept["page ranks"] = {"rank": snapshot.page_ranks()}
        order = np.lexsort((said["id"], ranks["rank"][said["row"]], -found.score))
        held = {
            "order": order, "stakes": found.stakes, "doubt": found.doubt, "reasons": found.reasons
        }  # fmt: skip
        older = [key for key in list(snapshot.kept) if key.startswith("ranked ")]
        for key in older[: max(0, len(older) - _KEPT + 1)]:
            snapshot.kept.pop(key, None)
        snapshot.kept[name] = held
    return held["order"], Stakes(held["stakes"], held["doubt"], held["reasons"])


def _second(snapshot: Snapshot, found: Stakes, ids: Collection[str], second: Second | None) -> list[int]:
    """The places of those of these statements that need a second person, and whose page stands."""
    if not ids or second is None or (not second.types and second.stakes is None):
        return []
    types = set(snapshot.numbers.find("type", second.types).values())
    said, judged = snapshot.statements, snapshot.judged
    places = snapshot.places(ids)
    # It goes by what was read: nobody corrects a statement out of a second person's sight.
    corrected = {id for id in places if (j := judged.statements.get(id)) is not None and j.kind == "correct"}
    looked_at = places if judged.withdrawn else corrected
    rows = {int(said["id"][places[id]]): id for id in looked_at}
    stored = {rows[row]: one for row, one in snapshot.said(sorted(rows)).items()}

    def needs(id: str, at: int) -> bool:
        one = stored.get(id)
        if one is not None and one.withdrawn is not None:
            return False
        if id in corrected and one is not None and one.as_read is not None:
            return second.stakes is not None or one.as_read.type in second.types
        high = second.stakes is not None and float(found.stakes[at]) >= second.stakes
        return high or int(said["type"][at]) in types

    return [at for id, at in places.items() if needs(id, at)]


def _fits(snapshot: Snapshot, wanted: Wanted) -> Array:
    said, numbers = snapshot.statements, snapshot.numbers

    def number(kind: str, text: str) -> int:
        return numbers.find(kind, [text]).get(text, -1)

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
