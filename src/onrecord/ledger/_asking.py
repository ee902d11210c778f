"""What is read of a ledger: every question to it, in one state of it or as of a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from sqlalchemy import Connection, func, select

from onrecord.entities import Entity
from onrecord.ledger import (
    _deposits,
    _derived,
    _entities,
    _forms,
    _judgements,
    _log,
    _naming,
    _pages,
    _parts,
    _passed,
    _positions,
    _recognition,
    _said,
    _search,
    _statements,
)
from onrecord.ledger._bands import Near
from onrecord.ledger._codes import Known
from onrecord.ledger._columns import Array
from onrecord.ledger._current import current, scope
from onrecord.ledger._parts import Order
from onrecord.ledger._place import place_of, shown
from onrecord.ledger._recognition import Parent, Waiting
from onrecord.ledger._records import (
    Called,
    Copy,
    Counts,
    Deposit,
    Facets,
    Fault,
    Judgement,
    JudgementFilter,
    LogEnd,
    Part,
    SearchFilter,
    SearchHit,
    SetPosition,
    StoredEntity,
    StoredPage,
    StoredStatement,
    StoredUnread,
    Unreadable,
)
from onrecord.ledger._renderings import Renderings
from onrecord.ledger._schema import PageRow, ReadingRow, UnreadRow
from onrecord.ledger._segments import Loaded
from onrecord.ledger._snapshot import Snapshot
from onrecord.ledger._store import Store
from onrecord.pages import Page

T = TypeVar("T")


class Asking:
    """An open ledger as who only reads it has it; see `Ledger` for what its arguments mean."""

    def __init__(
        self, url: str | Path | None = None, *, create: bool = True, busy_timeout: float = 10.0
    ) -> None:
        self._store = Store(place_of(url), create=create, patience=busy_timeout)
        self._known = Known()
        self._loaded = Loaded()
        self._near = Near()
        self._renderings = Renderings()
        self._searches = _search.Searches()

    @property
    def place(self) -> Path | str:
        """The ledger's file, or its URL without the password."""
        place = self._store.place
        return place if isinstance(place, Path) else shown(place)

    def close(self) -> None:
        """Give up the file, or the connections. A `with` does it."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def holds(self, digest: str, reader: str, version: str) -> bool:
        """Whether that version of that reader has read the page with this digest."""
        return self._store.read(lambda connection: _pages.holds(connection, digest, reader, version))

    def pages(
        self,
        *,
        as_of: str | None = None,
        known_at: datetime | None = None,
        reader_version: str | None = None,
        undated: bool = True,
    ) -> tuple[StoredPage, ...]:
        """The pages, without their text."""

        def ask(connection: Connection) -> tuple[StoredPage, ...]:
            conditions = scope(as_of=as_of, known_at=known_at, version=reader_version, undated=undated)
            return _pages.pages(connection, conditions)

        return self._store.read(ask)

    def some_pages(
        self,
        limit: int,
        after: str | None = None,
        *,
        order: Order = "published",
        newest: bool = False,
        language: str | None = None,
        as_of: str | None = None,
        known_at: datetime | None = None,
    ) -> Part[StoredPage]:
        """Of `pages` at most `limit`, behind the page whose id `after` is, and how many there are in all.

        They stand by date of publication, as there, or by when the ledger took in their reading (`order`
        "learned"); the `newest` first is the same from behind. `language` (ISO 639) restricts them.
        `NotThere` where there is no page `after`; it need not be in that language.
        """
        asked = _parts.Asked(limit, after, order, newest)
        return self._snapshot(
            lambda connection, snapshot: _parts.some_pages(
                connection, snapshot, asked, language=language, renderings=self._renderings
            ),
            as_of=as_of,
            known_at=known_at,
        )

    def page(self, page_id: str) -> StoredPage | None:
        """The page whose id or digest begins so; None where none does, `AmbiguousId` where several do."""
        return self._store.read(lambda connection: _pages.page(connection, page_id))

    def content(self, page_id: str) -> Page | None:
        """The page whose id begins so as it was read: its original, its text, its runs kept and dropped."""

        def ask(connection: Connection) -> Page | None:
            stored = _pages.page(connection, page_id)
            return _pages.content(connection, stored) if stored else None

        return self._store.read(ask)

    def statements(
        self,
        *,
        entity: str | None = None,
        page: str | None = None,
        as_of: str | None = None,
        known_at: datetime | None = None,
        reader_version: str | None = None,
        undated: bool = True,
    ) -> tuple[StoredStatement, ...]:
        """Statements: those with that entity key as actor, target or source, those on one page, or all.

        Those that were rejected, or whose page was withdrawn, are among them and say so (`counts`).
        """

        def ask(connection: Connection) -> tuple[StoredStatement, ...]:
            conditions = scope(
                as_of=as_of, known_at=known_at, version=reader_version, page=page, undated=undated
            )
            judged = _judgements.held(connection, known_at=known_at, as_of=as_of)
            if entity is None:
                return tuple(_statements.statements(connection, conditions, judged))
            rows = _naming.statements(connection, self._loaded.get(connection), judged, entity)
            found = _statements.statements(connection, conditions, judged, rows)
            return tuple(
                one
                for one in found
                if entity in (one.statement.actor, one.statement.target, *one.statement.source)
            )

        return self._store.read(ask)

    def some_statements(
        self,
        limit: int,
        after: str | None = None,
        *,
        order: Order = "published",
        newest: bool = False,
        entity: str | None = None,
        other: str | None = None,
        page: str | None = None,
        language: str | None = None,
        type: str | None = None,
        status: str | None = None,
        judged: bool | None = None,
        among: Callable[[Snapshot], Array] | None = None,
        as_of: str | None = None,
        known_at: datetime | None = None,
    ) -> Part[StoredStatement]:
        """Of `statements` at most `limit`, behind the one whose id `after` is, and how many there are in all.

        They stand by their pages (see `some_pages`), and on a page by their places. Besides what `statements`
        asks for, `other` is one more entity that each must have, `language` is that of the page, `type` and
        `status` those of the statement as it was judged, and `judged` whether a person accepted, rejected or
        corrected it; `among` tells of each row of a snapshot's `statements` whether it is one of them.
        `NotThere` where the newest readings have no statement `after`; it need not be one of those asked for.
        """
        asked = _parts.Asked(limit, after, order, newest)
        to = _parts.Narrowed(entity, other, page, language, type, status, judged, among)
        return self._snapshot(
            lambda connection, snapshot: _parts.some_statements(
                connection, snapshot, asked, to, self._renderings
            ),
            as_of=as_of,
            known_at=known_at,
        )

    def statement(self, statement_id: str) -> StoredStatement | None:
        """The statement whose id begins so, also from an older reading; `AmbiguousId` where several do."""
        return self._store.read(
            lambda connection: _statements.statement(
                connection, self._loaded.get(connection), statement_id, _judgements.held(connection)
            )
        )

    def copies(self, pages: Iterable[str], *, known_at: datetime | None = None) -> tuple[Copy, ...]:
        """The near-copies among pages, given by their whole ids."""
        asked = set(pages)
        return self.snapshot(lambda snapshot: snapshot.copies_among(asked), known_at=known_at)

    def unread(
        self,
        *,
        entity: str | None = None,
        page: str | None = None,
        as_of: str | None = None,
        known_at: datetime | None = None,
        reader_version: str | None = None,
        undated: bool = True,
    ) -> tuple[StoredUnread, ...]:
        """Sentences that name the entity with that key (or anybody) and from which nothing was read."""

        def ask(connection: Connection) -> tuple[StoredUnread, ...]:
            conditions = scope(
                as_of=as_of, known_at=known_at, version=reader_version, page=page, undated=undated
            )
            judged = _judgements.held(connection, known_at=known_at, as_of=as_of)
            places = None
            if entity is not None:
                places = _naming.unread(connection, self._loaded.get(connection), judged, entity)
            return tuple(_statements.unread(connection, conditions, judged, places))

        return self._store.read(ask)

    def unreadable(self) -> tuple[Unreadable, ...]:
        """What could not be read when it was last looked at."""
        return self._store.read(_pages.unreadable)

    def some_unreadable(self, limit: int, after: str | None = None) -> Part[Unreadable]:
        """Of `unreadable` at most `limit`, behind the place `after`, and how many there are in all."""
        return self._store.read(lambda connection: _pages.some_unreadable(connection, limit, after))

    def snapshot(
        self, ask: Callable[[Snapshot], T], *, as_of: str | None = None, known_at: datetime | None = None
    ) -> T:
        """What `ask` makes of what was current at a time, in columns to count from. Where the server goes
        away meanwhile, it is asked anew.
        """
        return self._snapshot(lambda _, snapshot: ask(snapshot), as_of=as_of, known_at=known_at)

    def _snapshot(
        self,
        ask: Callable[[Connection, Snapshot], T],
        *,
        as_of: str | None = None,
        known_at: datetime | None = None,
    ) -> T:
        def work(connection: Connection) -> T:
            columns = self._loaded.get(connection)
            taken = Snapshot.taken(connection, columns, self._known, as_of=as_of, known_at=known_at)
            return ask(connection, taken)

        return self._store.read(work)

    def entities(self) -> tuple[StoredEntity, ...]:
        """The entities that are named, sorted by key."""
        return self.snapshot(lambda snapshot: snapshot.entities())

    def entity(self, name: str) -> StoredEntity | None:
        """The entity with that key or of that name, in upper or lower case; of several the most named."""
        return self.snapshot(lambda snapshot: snapshot.entity(name))

    def meant(self, name: str) -> Entity | None:
        """Whom a key or name means, who need not be on record where the catalogue or the languages list them;
        a key goes before names. None where nobody is."""
        told = " ".join(name.split())
        return self.snapshot(lambda snapshot: _said.meant(told, snapshot)) if told else None

    def nearest_entities(self, name: str, limit: int = 5) -> tuple[StoredEntity, ...]:
        """Entities with a key or name like that one, the nearest first: for "did you mean"."""
        return self.snapshot(lambda snapshot: snapshot.nearest_entities(name, limit))

    def called(self, key: str) -> tuple[Called, ...]:
        """The names under which pages speak of the entity with that key, by language."""
        return self._store.read(
            lambda connection: _entities.called(
                connection, self._loaded.get(connection), self._renderings, key, _judgements.held(connection)
            )
        )

    def parents(self) -> dict[str, Parent]:
        """By the key of each entity that is part of another what it is part of now."""
        return self._store.read(lambda connection: _recognition.parents(_judgements.held(connection)))

    def mentions(self) -> tuple[Waiting, ...]:
        """The names that wait to be recognised as entities, those told of most first, each with the nearest
        of those that are known."""
        return _recognition.waiting(self.entities())

    def positions_by_hand(
        self, supplier: str, *, as_of: str | None = None, known_at: datetime | None = None
    ) -> tuple[SetPosition, ...]:
        """The positions on the supplier with that key that persons set and that hold, by their days. Each
        counts from the first day that its date may mean."""
        return self._store.read(
            lambda connection: _positions.positions_by_hand(
                _judgements.held(connection, as_of=as_of, known_at=known_at), supplier
            )
        )

    def judged_positions(self, actor: str, supplier: str, scope: str) -> tuple[Judgement, ...]:
        """All judgements by which persons set where an actor stands on a supplier, both given by key, in a
        scope: in the order in which they were passed, undone ones too."""
        return self._store.read(
            lambda connection: _positions.judged_positions(connection, actor, supplier, scope)
        )

    def judgements(
        self, *, subject: str | None = None, known_at: datetime | None = None
    ) -> tuple[Judgement, ...]:
        """All judgements, or those of one subject, in the order in which they were passed; a statement's
        are also those in which it was judged together with others."""
        return self._store.read(
            lambda connection: _passed.judgements(connection, subject=subject, known_at=known_at)
        )

    def some_judgements(
        self,
        limit: int,
        after: str | None = None,
        *,
        newest: bool = False,
        wanted: JudgementFilter | None = None,
        known_at: datetime | None = None,
    ) -> Part[Judgement]:
        """Of `judgements` those `wanted`, at most `limit`, behind the one whose number `after` is, and how
        many there are in all; the last passed first where they are to be `newest` first. `NotThere`."""
        to = wanted or JudgementFilter()
        return self._store.read(
            lambda connection: _passed.some_judgements(
                connection, limit, after, newest=newest, wanted=to, known_at=known_at
            )
        )

    def unplaced(self) -> tuple[Judgement, ...]:
        """Judgements of statements that the newest reading of their page no longer gives."""
        return self._store.read(
            lambda connection: _judgements.unplaced(connection, self._loaded.get(connection))
        )

    def state(self) -> str:
        """A mark of all that the ledger holds: while it is the same, nothing was added. It is made from the
        last entry of the log and the last sighting, and tells nothing of changes made behind the log."""
        return self._store.read(_log.mark)

    def state_of_names(self) -> str:
        """A mark of who is named, and how often: while it is the same, `entities` and `mentions` are.
        Statements may be accepted and rejected, and pages withdrawn, meanwhile."""
        return self._store.read(_log.mark_of_names)

    def latest(self) -> datetime | None:
        """When something was last taken in or judged (UTC), by the ledger's own count; None where nothing
        was. Whatever it learns later has a later moment, so that two of these part what was known."""
        return self._store.read(_log.latest)

    def log_end(self) -> LogEnd:
        """How far the log goes now. Keep the digest elsewhere, and give it to `audit` later."""
        return self._store.read(_log.end)

    def audit(self, expect: str | None = None) -> tuple[Fault, ...]:
        """All that is not as the log says, or as the rows of which it was derived: none where nobody has
        changed anything behind it. `expect` is the digest of an entry that was once the last, or its
        beginning; that it is gone is a fault."""

        def work(connection: Connection) -> tuple[Fault, ...]:
            lost = tuple(_log.lost(connection, expect)) if expect is not None else ()
            # Where rows cannot be read, nothing can be compared with them: they come first, and alone.
            unreadable = tuple(_forms.faults(connection))
            if unreadable:
                return lost + unreadable
            return (
                *lost,
                *_log.verify(connection),
                *_deposits.faults(connection),
                *_derived.faults(connection),
            )

        return self._store.read(work)

    def deposits(
        self, kind: str, name: str | None = None, *, known_at: datetime | None = None
    ) -> tuple[Deposit, ...]:
        """The deposits of a kind, or of one name, in the order in which they were made, without their
        bytes."""
        return self._store.read(
            lambda connection: _deposits.deposits(connection, kind, name, known_at=known_at)
        )

    def deposited(self, deposit_id: int) -> bytes:
        """The bytes of a deposit, as they were given. `NoSuchDeposit`; `LedgerCorrupt` where they are not
        those any more."""
        return self._store.read(lambda connection: _deposits.deposited(connection, deposit_id))

    def search(
        self,
        words: str,
        *,
        language: str | None = None,
        limit: int = 20,
        after: int = 0,
        narrowed: SearchFilter | None = None,
    ) -> tuple[SearchHit, ...]:
        """Pages and quotes that hold all the words in whatever form their language bends them, best first,
        without the first `after`.

        Words within double quotes must stand next to each other. `language` (ISO 639) restricts the search;
        `narrowed` restricts it to more.
        """
        to = narrowed or SearchFilter(language)
        return self._snapshot(
            lambda connection, snapshot: _search.search(
                connection, self._found(connection, snapshot, words, to), words, limit, after
            )
        )

    def facets(self, words: str, narrowed: SearchFilter | None = None) -> Facets:
        """How the places that hold all the words fall apart by what the search could be narrowed to."""
        to = narrowed or SearchFilter()
        return self._snapshot(
            lambda connection, snapshot: _search.facets(self._found(connection, snapshot, words, to))
        )

    def _found(
        self, connection: Connection, snapshot: Snapshot, words: str, to: SearchFilter
    ) -> _search.Search:
        rendered = self._renderings.of(connection, snapshot.pages["reading"])
        return self._searches.found(connection, snapshot, rendered, words, to)

    def counts(self) -> Counts:
        """How much the ledger holds."""

        def ask(connection: Connection) -> Counts:
            # The columns hold statements and names; counting their rows would read them all.
            columns = self._loaded.get(connection)
            now = columns.current.tables
            unread = select(func.count(UnreadRow.reading_id)).join(
                ReadingRow, ReadingRow.id == UnreadRow.reading_id
            )
            return Counts(
                pages=connection.scalar(select(func.count(PageRow.id))) or 0,
                readings=len(columns),
                statements=len(now["statements"]["id"]),
                unread=connection.scalar(unread.where(current(ReadingRow))) or 0,
                unreadable=_pages.some_unreadable(connection, 0, None).total,
                entities=len(np.unique(now["mentions"]["key"])),
            )

        return self._store.read(ask)
