"""A view with what can be looked up for it: the face that standing counts from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection, func, select

from onrecord.entities import Entity
from onrecord.ledger import _by_id, _codes, _entities, _positions, _statements, _view
from onrecord.ledger._bulk import asked, rows_for
from onrecord.ledger._columns import Array, Columns, found_at, keep, micros, newest, ordinal, recalled
from onrecord.ledger._confidences import Confidences
from onrecord.ledger._dates import last_day
from onrecord.ledger._ids import page_id
from onrecord.ledger._judgements import Judged, held
from onrecord.ledger._numbers import Numbers
from onrecord.ledger._overlay import lay_over, statement_rows, withdraw, withdrawn
from onrecord.ledger._recognition import Parent, parents, recognition_of
from onrecord.ledger._records import (
    Copy,
    Quote,
    Recognition,
    SetPosition,
    StoredEntity,
    StoredStatement,
    StoredUnread,
)
from onrecord.ledger._schema import PageRow, ReadingRow, RenderingRow, SightingRow

T = TypeVar("T")

_WHOLES = 2
"""States of judgement of which all that is current is kept in mind."""
_SAID = 10_000
"""Statements that are kept in mind, 2 KB each."""
_SIGHTED = select(func.max(SightingRow.id))
_READINGS = select(ReadingRow.id).join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
_DIGESTS = select(PageRow.id, PageRow.digest).where(asked(PageRow.id))


class Snapshot(_view.View):
    """What the ledger held at a time, to be counted and looked up as long as its transaction lasts.

    `whole` is the same whenever published, with what was withdrawn still counted: by the end of `day` (an
    ordinal; None: of any) only some of it was published, and the pages in the rows `withdrawn` of it count no
    longer. What is made of the whole can be kept (`remembered`) and then cut to any day.
    """

    whole: Snapshot
    day: int | None
    withdrawn: Array

    def remembered(self, kind: str, key: str, make: Callable[[], T], *, most: int) -> T:
        """What was made of the whole for a key, made now where it was not yet; the last `most` of a kind are
        kept in mind, for as long as nothing is added to the ledger and nothing judged."""
        place = key, self.judged.mark
        found: T | None = recalled(self.kept, kind, place)
        if found is None:
            known = len(self.numbers.invented)
            found = make()
            # What only this question has a number for means nothing to the next.
            if len(self.numbers.invented) == known:
                keep(self.kept, kind, place, found, most=most)
        return found

    @classmethod
    def taken(
        cls,
        connection: Connection,
        columns: Columns,
        known: _codes.Known,
        *,
        as_of: str | None,
        known_at: datetime | None,
    ) -> Snapshot:
        """Of all columns, what was published by the end of `as_of` and known by `known_at`; `known` are words
        that the process knows."""
        judged = held(connection, known_at=known_at, as_of=as_of)
        now = columns.current if known_at is None else columns.of(newest(columns, micros(known_at)))
        whole = cls._whole(Numbers(connection, known), judged, now, known.confidences)
        day = None if as_of is None else ordinal(last_day(as_of))
        found = cls._of(_view.published_by(whole, day))
        found.whole, found.day, found.withdrawn = whole, day, withdrawn(connection, whole)
        withdraw(found, withdrawn(connection, found))
        return found

    @classmethod
    def _whole(cls, numbers: Numbers, judged: Judged, now: Columns, confident: Confidences) -> Snapshot:
        """What was current, whenever published, with what was judged of it but for withdrawals."""
        there = recalled(now.kept, "whole", judged.mark)
        if there is not None:
            tables, invented = there
            numbers.take(invented)
            return cls(numbers=numbers, judged=judged, kept=now.kept, confident=confident, **tables)
        seen = _view.of_all(numbers, judged, now, confident)
        lay_over(numbers.connection, seen)
        tables = {name: getattr(seen, name) for name in _view.TABLES}
        keep(now.kept, "whole", judged.mark, (tables, dict(numbers.invented)), most=_WHOLES)
        return cls._of(seen)

    @classmethod
    def _of(cls, seen: _view.View) -> Snapshot:
        return cls(**{field.name: getattr(seen, field.name) for field in fields(_view.View)})

    @property
    def _connection(self) -> Connection:
        return self.numbers.connection

    @property
    def copied(self) -> tuple[Array, Array, Array]:
        """The rows of pages that are near-copies, of those that they are near-copies of, and the share of
        shingles that both have."""
        here = self.copies["other"] >= 0
        row, other, share = (self.copies[name][here] for name in ("row", "other", "share"))
        return row, other, share / 1000

    def entities(
        self, keys: Iterable[str] | None = None, *, counted: bool = True
    ) -> tuple[StoredEntity, ...]:
        """The entities with these keys, or all, sorted by key. Where they are not to be `counted`, their
        statements are 0."""
        return _entities.entities(self, keys, counted=counted)

    def entity(self, name: str, *, counted: bool = True) -> StoredEntity | None:
        """The entity with that key or of that name, in upper or lower case; of several the most named. Where
        it is not to be `counted`, its statements are 0."""
        return _entities.entity(self._connection, self, name, counted=counted)

    def recognition(self, entity: Entity) -> Recognition:
        """How far a name is known to be an entity."""
        return recognition_of(entity.key, entity.kind, self.judged)

    def parents(self, *, on: str | None = None) -> dict[str, Parent]:
        """By the key of each entity that is part of another what it is part of: now, or on an ISO day."""
        return parents(self.judged, on=on)

    def named(self, names: Iterable[str]) -> dict[str, StoredEntity]:
        """By each of these names the entity that a page calls so; of several the most named."""
        return _entities.named(self._connection, self, names)

    def nearest_entities(self, name: str, limit: int = 5) -> tuple[StoredEntity, ...]:
        """Entities with a key or name like that one, the nearest first."""
        return _entities.nearest(self._connection, self, name, limit)

    def naming(self, key: str) -> Array:
        """The rows of the pages that name the entity with that key."""
        number = self.numbers.find_one("key", key)
        return np.unique(self.mentions["row"][self.mentions["key"] == number])

    def outlets(self, rows: Array) -> tuple[str, ...]:
        """The outlets of the pages in these rows, by name."""
        found = set(self.pages["outlet"][rows].tolist()) - {0}
        return tuple(sorted(self.numbers.texts("key", found).values()))

    def kinds(self) -> Array:
        """The kind of each entity (a word of kind `kind`), by the number of its key."""
        return _entities.kinds(self)

    def beginning(self, prefix: str) -> dict[str, int]:
        """The keys that begin so, with their numbers."""
        return _codes.beginning(self._connection, "key", prefix)

    def said(self, rows: Sequence[int]) -> dict[int, StoredStatement]:
        """The statements with these ids of rows (`statements["id"]`), by those ids."""
        # They never change; where their pages were found may, as more is sighted.
        sighted = self._connection.scalar(_SIGHTED)
        held: dict[int, StoredStatement] | None = recalled(self.kept, "said", sighted)
        if held is None or len(held) > _SAID:
            held = {}
            keep(self.kept, "said", sighted, held, most=1)
        found = {row: held[row] for row in rows if row in held}
        missing = [row for row in rows if row not in found]
        if missing:
            read = _statements.of_rows(self._connection, missing)
            held.update(read)
            found.update(read)
        return {row: _statements.as_judged(one, self.judged) for row, one in found.items()}

    def page_ranks(self) -> Array:
        """Of each row of `pages` its place among all by their digests: an order that does not hang on when a
        page was read."""
        pages = self.pages["page"]
        held = self.digests(pages.tolist())
        told = [held.get(page, "") for page in pages.tolist()]
        rank = np.empty(len(told), dtype=np.int64)
        rank[sorted(range(len(told)), key=told.__getitem__)] = np.arange(len(told))
        return rank

    def statement_ids(self, rows: Iterable[int]) -> dict[int, str]:
        """The public ids of the statements with these ids of rows, by those."""
        said, wanted = self.whole.statements, np.unique(np.fromiter(rows, dtype=np.int64))
        at = found_at(said["id"], wanted)
        return dict(zip(wanted.tolist(), _by_id.ids(said, at), strict=True))

    def confidences(self) -> Array:
        """How sure the reader was of each row of `statements`, from 0 to 1."""
        ids = self.statements["id"]
        return self.confident.get(self._connection, int(ids.max()) if len(ids) else 0)[ids]

    def places(self, statement_ids: Iterable[str]) -> dict[str, int]:
        """The rows of `statements` of those with these public ids that are there."""
        return dict(statement_rows(self, statement_ids))

    def in_language(self, language: str) -> Array:
        """For each row of `pages` whether it is in a language (ISO 639)."""
        place = "in", language, self.day
        held: Array | None = self.kept.get(place)
        if held is None:
            asked = _READINGS.where(RenderingRow.language == language)
            found = np.array(list(self._connection.scalars(asked)), dtype=np.int64)
            held = self.kept[place] = np.isin(self.pages["reading"], found)
        return held

    def quoted(self, rows: Iterable[int]) -> dict[int, Quote]:
        """The ids and quotes of the statements with these ids of rows, by those ids: of very many at once."""
        return _statements.quotes(self._connection, rows)

    def left(self, places: Sequence[tuple[int, int]]) -> tuple[StoredUnread, ...]:
        """The unread sentences at these places: each a reading's id and a position."""
        return tuple(_statements.unread(self._connection, [], self.judged, places))

    def copies_among(self, pages: Collection[str]) -> tuple[Copy, ...]:
        """The near-copies among pages, given by their whole ids."""
        row, other, share = self.copied
        rows = np.unique(np.concatenate((row, other)))
        digests = self.digests(self.pages["page"][rows].tolist())
        ids = {int(at): page_id(digests[int(self.pages["page"][at])]) for at in rows}
        found: dict[tuple[str, str], float] = {}
        for one, two, alike in zip(row.tolist(), other.tolist(), share.tolist(), strict=True):
            pair = min(ids[one], ids[two]), max(ids[one], ids[two])
            if pair[0] in pages and pair[1] in pages:
                found[pair] = max(alike, found.get(pair, 0.0))
        return tuple(Copy(a, b, alike) for (a, b), alike in sorted(found.items()))

    def positions_by_hand(self, supplier: str | None = None) -> tuple[SetPosition, ...]:
        """The positions on a supplier, given by its key, or on all, that persons set."""
        return _positions.positions_by_hand(self.judged, supplier)

    def digests(self, pages: Iterable[int]) -> dict[int, str]:
        """The digests of pages, by the ids of their rows."""
        return {row.id: row.digest for row in rows_for(self._connection, _DIGESTS, pages)}
