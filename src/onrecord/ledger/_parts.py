"""Lists in parts: so many pages or statements at a time, in their order, and how many there are in all.

Which fit, how many they are and in what order they stand is counted from the columns (`_view`), over which
lies what persons judged; rows are fetched only of what is given, and of what the columns leave tied. So a
part of a million statements takes as long as one of a thousand, and is what `Ledger.pages` and
`Ledger.statements` would have there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np
from sqlalchemy import Connection, select

from onrecord.ledger import _by_id, _naming, _pages
from onrecord.ledger._bulk import asked, chunks, rows_for
from onrecord.ledger._columns import Array
from onrecord.ledger._current import begins, first_locator
from onrecord.ledger._errors import NotThere
from onrecord.ledger._overlay import of_row, statement_rows
from onrecord.ledger._records import Part, StoredPage, StoredStatement
from onrecord.ledger._renderings import Renderings
from onrecord.ledger._schema import PageRow, ReadingRow, StatementRow
from onrecord.ledger._snapshot import Snapshot

T = TypeVar("T")

Order = Literal["published", "learned"]
"""By what a list is ordered: by date of publication, outlet and place, those without a date last, as
`Ledger.pages` is; or by when the ledger took in the reading, and the page's digest."""

_UNDATED = 1 << 22
"""A day behind every other (ordinals of dates end at 3,652,059)."""
_YEAR = 366
"""Days of the longest period that a date may mean."""
_PLACES = select(PageRow.id, PageRow.digest, first_locator(PageRow.digest).label("locator")).where(
    asked(PageRow.id)
)
_SPANS = select(StatementRow.id, StatementRow.start, StatementRow.end, StatementRow.public_id).where(
    asked(StatementRow.id)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part: at most `limit` items behind the one with the id `after`, those first that come last in the
    order where it is to be `newest` first."""

    limit: int
    after: str | None
    order: Order
    newest: bool


def some_pages(
    connection: Connection,
    snapshot: Snapshot,
    asked: Asked,
    *,
    language: str | None = None,
    renderings: Renderings,
) -> Part[StoredPage]:
    """A part of the pages. `NotThere` where none has the id `after`."""
    pages = snapshot.pages
    wanted = np.ones(len(pages["page"]), dtype=bool)
    if language is not None:
        wanted = renderings.of(connection, pages["reading"]).among(language)
    queue = _Queue(connection, snapshot, asked, wanted.astype(np.int64))
    begin = 0
    if asked.after is not None:
        row = _row_of_page(connection, snapshot, asked.after)
        begin = queue.before(row) + int(wanted[row])
    rows, _ = queue.around(begin, asked.limit)
    found = {page.digest: page for page in _pages_of(connection, pages["reading"][rows].tolist())}
    places = queue.places(rows)
    items = tuple(found[places[row][1]] for row in rows.tolist())
    return _part(items, queue.total, begin, lambda page: page.id)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To which statements a list is narrowed, as far as given: as `Ledger.some_statements` has it."""

    entity: str | None = None
    other: str | None = None
    page: str | None = None
    language: str | None = None
    type: str | None = None
    status: str | None = None
    judged: bool | None = None
    among: Callable[[Snapshot], Array] | None = None


def some_statements(
    connection: Connection, snapshot: Snapshot, asked: Asked, to: Narrowed, renderings: Renderings
) -> Part[StoredStatement]:
    """A part of the statements that fit. `NotThere` where none has the id `after`."""
    said = snapshot.statements
    wanted = _fitting(connection, snapshot, to, renderings)
    weights = np.bincount(said["row"][wanted], minlength=len(snapshot.pages["page"]))
    queue = _Queue(connection, snapshot, asked, weights)

    def on(rows: Iterable[int]) -> list[int]:
        """The ids of rows of the statements wanted on these pages, in their order."""
        place: dict[int, int] = {}
        for number, row in enumerate(rows):
            here = of_row(said, row)
            place.update(dict.fromkeys(said["id"][here][wanted[here]].tolist(), number))
        spans = _spans(connection, place)
        ordered = sorted(place, key=spans.__getitem__, reverse=asked.newest)
        return sorted(ordered, key=place.__getitem__)

    begin = 0
    if asked.after is not None:
        anchor, row = _row_of_statement(snapshot, asked.after)
        here = on([row])
        spans = _spans(connection, [*here, anchor])
        last = spans[anchor]
        reached = [one for one in here if (spans[one] >= last if asked.newest else spans[one] <= last)]
        begin = queue.before(row) + len(reached)
    rows, first = queue.around(begin, asked.limit)
    ids = on(rows.tolist())[begin - first :][: asked.limit]
    found = snapshot.said(ids)
    return _part(tuple(found[id] for id in ids), queue.total, begin, lambda one: one.id)


def _part(items: tuple[T, ...], total: int, begin: int, key: Callable[[T], str]) -> Part[T]:
    more = begin + len(items) < total
    return Part(items, total, key(items[-1]) if items and more else None, begin)


def _fitting(connection: Connection, snapshot: Snapshot, to: Narrowed, renderings: Renderings) -> Array:
    """Of each row of `Snapshot.statements` whether it fits."""
    said = snapshot.statements
    wanted = np.ones(len(said["id"]), dtype=bool)
    if to.among is not None:
        wanted &= to.among(snapshot)
    for key in (to.entity, to.other):
        if key is not None:
            wanted &= _named(snapshot, key)
    for name, word in (("type", to.type), ("status", to.status)):
        if word is not None:
            wanted &= said[name] == snapshot.numbers.find_one(name, word)
    if to.judged is not None:
        at = [index for _, index in statement_rows(snapshot, snapshot.judged.statements)]
        told = np.zeros(len(wanted), dtype=bool)
        told[at] = True
        wanted &= told == to.judged
    if to.page is not None:
        wanted &= np.isin(said["row"], _rows_beginning(connection, snapshot, to.page))
    if to.language is not None:
        wanted &= renderings.of(connection, snapshot.pages["reading"]).among(to.language)[said["row"]]
    return wanted


class _Queue:
    """The pages in their order, each with how many items of it are wanted."""

    def __init__(self, connection: Connection, snapshot: Snapshot, asked: Asked, weights: Array) -> None:
        self._connection, self._snapshot, self._asked = connection, snapshot, asked
        self._keys = _keys(snapshot, asked)
        if asked.newest:
            self._keys = -self._keys
        rows = np.flatnonzero(weights)
        self._rows = rows[np.argsort(self._keys[rows], kind="stable")]
        self._sorted = self._keys[self._rows]
        self._weights = weights
        self._ends = np.cumsum(weights[self._rows])
        self._places: dict[int, tuple[str, str]] = {}

    @property
    def total(self) -> int:
        """How many items there are."""
        return int(self._ends[-1]) if len(self._ends) else 0

    def before(self, row: int) -> int:
        """How many items stand on pages before this one."""
        start, end = np.searchsorted(self._sorted, self._keys[row], "left"), self._end(self._keys[row])
        tied = self._tied(np.unique(np.append(self._rows[start:end], row)))
        ahead = tied[: int(np.flatnonzero(tied == row)[0])]
        return self._upto(int(start)) + int(self._weights[ahead].sum())

    def around(self, begin: int, limit: int) -> tuple[Array, int]:
        """The pages that the items from one place on, so many of them, stand on, in order; and how many items
        stand before the first of these pages."""
        last = min(begin + limit, self.total)
        if begin >= last:
            return np.empty(0, dtype=np.int64), begin
        start = int(np.searchsorted(self._ends, begin, "right"))
        start = int(np.searchsorted(self._sorted, self._sorted[start], "left"))
        end = self._end(self._sorted[int(np.searchsorted(self._ends, last, "left"))])
        rows = self._tied(self._rows[start:end])
        ends = self._upto(start) + np.cumsum(self._weights[rows])
        one, other = np.searchsorted(ends, begin, "right"), np.searchsorted(ends, last, "left")
        some = rows[int(one) : int(other) + 1]
        return some, int(ends[int(one)] - self._weights[some[0]])

    def places(self, rows: Array) -> dict[int, tuple[str, str]]:
        """Of pages where they were found first and their digests, by their rows."""
        pages = self._snapshot.pages["page"]
        missing = {int(pages[row]): row for row in rows.tolist() if row not in self._places}
        for id, digest, locator in rows_for(self._connection, _PLACES, missing):
            self._places[missing[id]] = (locator or "", digest)
        return self._places

    def _upto(self, at: int) -> int:
        return int(self._ends[at - 1]) if at else 0

    def _end(self, key: Any) -> int:
        return int(np.searchsorted(self._sorted, key, "right"))

    def _tied(self, rows: Array) -> Array:
        """These pages in order, also where their keys are the same."""
        if len(rows) == 1:
            return rows
        places, by_place = self.places(rows), self._asked.order == "published"

        def place(row: int) -> tuple[str, str]:
            locator, digest = places[row]
            return (locator if by_place else "", digest)

        ordered = sorted(rows.tolist(), key=place, reverse=self._asked.newest)
        keys = self._keys[ordered]
        return np.array(ordered, dtype=np.int64)[np.argsort(keys, kind="stable")]


def _keys(snapshot: Snapshot, asked: Asked) -> Array:
    """A number for each page by which it is ordered, as far as the columns go."""
    pages = snapshot.pages
    if asked.order == "learned":
        return pages["learned"]
    first, last = pages["first_day"].astype(np.int64), pages["last_day"].astype(np.int64)
    # Dates are sorted as they are written: a year before its first month, and that before its first day.
    days = (np.where(first == 0, _UNDATED, first) << 9) + _YEAR - (last - first)
    keys: Array = (days << 24) + _outlets(snapshot)[pages["outlet"]]
    return keys


def _outlets(snapshot: Snapshot) -> Array:
    """The place of each outlet in the alphabet, by the number of its name; 0 for none."""
    counts = np.bincount(snapshot.pages["outlet"], minlength=1)
    texts = snapshot.numbers.texts("key", np.flatnonzero(counts).tolist())
    ranks = {text: rank for rank, text in enumerate(sorted({"", *texts.values()}))}
    found = np.zeros(len(counts), dtype=np.int64)
    for number, text in texts.items():
        found[number] = ranks[text]
    return found


def _named(snapshot: Snapshot, entity: str) -> Array:
    """Of each statement, whether the entity with that key is its actor, target or one of its sources."""
    keys = np.array(list(snapshot.numbers.find("key", [entity]).values()), dtype=np.int64)
    return _naming.among(snapshot.statements, snapshot.links, keys)


def _rows_beginning(connection: Connection, snapshot: Snapshot, prefix: str) -> Array:
    """The rows of the pages whose digests begin so."""
    ids = connection.scalars(select(PageRow.id).where(begins(PageRow.digest, prefix)))
    return np.flatnonzero(np.isin(snapshot.pages["page"], np.array(list(ids), dtype=np.int64)))


def _row_of_page(connection: Connection, snapshot: Snapshot, after: str) -> int:
    rows = _rows_beginning(connection, snapshot, after)
    if len(rows) != 1:
        raise NotThere(after)
    return int(rows[0])


def _row_of_statement(snapshot: Snapshot, after: str) -> tuple[int, int]:
    """The id of the row of a statement, and the row of its page."""
    at = _by_id.beginning(snapshot.statements, after)
    if len(at) != 1:
        raise NotThere(after)
    return int(snapshot.statements["id"][at[0]]), int(snapshot.statements["row"][at[0]])


def _spans(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[int, int, str]]:
    """Of statements where their words begin and end on the page, and their public ids."""
    return {id: (start, end, public) for id, start, end, public in rows_for(connection, _SPANS, ids)}


def _pages_of(connection: Connection, readings: Sequence[int]) -> tuple[StoredPage, ...]:
    return tuple(
        page for some in chunks(readings) for page in _pages.pages(connection, [ReadingRow.id.in_(some)])
    )
