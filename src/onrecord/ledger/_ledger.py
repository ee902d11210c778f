"""The ledger as its users see it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import EllipsisType, TracebackType
from typing import Any, Literal, Self, TypeVar

import numpy as np
from sqlalchemy import Connection, func, select

from onrecord.entities import Entity, EntityKind
from onrecord.ledger import (
    _by_hand,
    _deposits,
    _derived,
    _entities,
    _judgements,
    _log,
    _pages,
    _parts,
    _recognition,
    _said,
    _search,
    _statements,
    _write,
)
from onrecord.ledger._codes import Known, Word
from onrecord.ledger._copying import Progress, copy
from onrecord.ledger._current import current, scope
from onrecord.ledger._dates import last_day
from onrecord.ledger._errors import NotJudged
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
    Outcome,
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
from onrecord.ledger._schema import PageRow, ReadingRow, UnreadRow
from onrecord.ledger._segments import Loaded
from onrecord.ledger._snapshot import Snapshot
from onrecord.ledger._store import Store
from onrecord.pages import Page
from onrecord.statements import Reading, Statement

T = TypeVar("T")


class Ledger:
    """The record: pages, and what was read from them by which reader in which version. Use it in a `with`.

    `url` is a path, a `sqlite:///` or a `postgresql://` URL; None asks the environment's ONRECORD_LEDGER,
    else a file in the user's data folder. A ledger that is not there yet is made, unless `create` is False
    (`LedgerNotFound`); the database on a server must be there. `busy_timeout` is how many seconds to wait
    while another program writes, or until a server that is away is back.

    Answers come from each page's newest reading unless an older `reader_version` is asked for. `as_of` is a
    day, month or year; it admits what had surely been published by its end, so a page dated to a month
    counts from the end of that month. Pages without a date are admitted too, with `published` None
    for the caller to show, unless `undated` is False. `known_at` is a moment: only what the ledger had taken
    in by then counts, by the readings and judgements of that time. Every method may raise a `LedgerError`.
    """

    def __init__(
        self, url: str | Path | None = None, *, create: bool = True, busy_timeout: float = 10.0
    ) -> None:
        self._store = Store(place_of(url), create=create, patience=busy_timeout)
        self._known = Known()
        self._loaded = Loaded()
        self._languages = _parts.Languages()

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

    def add(self, page: Page, reading: Reading) -> Outcome:
        """Take in a page and what a reader took from it, as one transaction; say whether that was new.

        A page is its bytes: found at a second place it is the same page, which then has two locators.
        `ReadingRefused` where a statement does not lead back to the page's words.
        """
        return self.add_all([(page, reading)])[0]

    def add_all(self, pairs: Iterable[tuple[Page, Reading]]) -> list[Outcome]:
        """Take in several pages with what a reader took from each, all as one transaction, which is quicker;
        say of each whether it was new. `ReadingRefused` where one is refused; then none is taken in.
        """
        taken = list(pairs)
        for page, reading in taken:
            _write.check(page, reading)
        known = self._known.words
        outcomes, words = self._store.write(lambda connection: _write.add(connection, taken, known))
        self._known.learn(words)
        return outcomes

    def add_locator(self, digest: str, locator: str) -> bool:
        """Note that a page that is held was found at this place; False where that was known."""
        if not self._store.read(lambda connection: _write.is_news(connection, locator, digest, None)):
            return False
        return self._store.write(lambda connection: _write.see(connection, locator, digest, None))

    def add_unreadable(self, locator: str, digest: str | None, code: str, message: str) -> bool:
        """Note that what is at this place could not be read, and why; False where that was known."""
        fault = (code, message)
        return self._store.write(lambda connection: _write.see(connection, locator, digest, fault))

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
                connection, snapshot, asked, language=language, languages=self._languages
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
            return _statements.statements(connection, conditions, judged, entity)

        return self._store.read(ask)

    def some_statements(
        self,
        limit: int,
        after: str | None = None,
        *,
        order: Order = "published",
        newest: bool = False,
        entity: str | None = None,
        page: str | None = None,
        language: str | None = None,
        type: str | None = None,
        status: str | None = None,
        judged: bool | None = None,
        as_of: str | None = None,
        known_at: datetime | None = None,
    ) -> Part[StoredStatement]:
        """Of `statements` at most `limit`, behind the one whose id `after` is, and how many there are in all.

        They stand by their pages (see `some_pages`), and on a page by their places. Besides what `statements`
        asks for, `language` is that of the page, `type` and `status` those of the statement as it was judged,
        and `judged` whether a person accepted, rejected or corrected it. `NotThere` where the newest readings
        have no statement `after`; it need not be one of those asked for.
        """
        asked = _parts.Asked(limit, after, order, newest)
        return self._snapshot(
            lambda connection, snapshot: _parts.some_statements(
                connection,
                snapshot,
                asked,
                entity=entity,
                page=page,
                language=language,
                type=type,
                status=status,
                judged=judged,
                languages=self._languages,
            ),
            as_of=as_of,
            known_at=known_at,
        )

    def statement(self, statement_id: str) -> StoredStatement | None:
        """The statement whose id begins so, also from an older reading; `AmbiguousId` where several do."""
        return self._store.read(
            lambda connection: _statements.statement(connection, statement_id, _judgements.held(connection))
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
            return _statements.unread(connection, conditions, entity, judged)

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

    def nearest_entities(self, name: str, limit: int = 5) -> tuple[StoredEntity, ...]:
        """Entities with a key or name like that one, the nearest first: for "did you mean"."""
        return self.snapshot(lambda snapshot: snapshot.nearest_entities(name, limit))

    def called(self, key: str) -> tuple[Called, ...]:
        """The names under which pages speak of the entity with that key, by language."""
        return self._store.read(
            lambda connection: _entities.called(connection, key, _judgements.held(connection))
        )

    def parents(self) -> dict[str, Parent]:
        """By the key of each entity that is part of another what it is part of now."""
        return self._store.read(lambda connection: _recognition.parents(_judgements.held(connection)))

    def judge(
        self,
        kind: Literal["accept", "reject", "correct"],
        statement_id: str,
        *,
        who: str,
        why: str = "",
        changes: dict[str, Any] | None = None,
        seen: int | EllipsisType | None = ...,
    ) -> Judgement:
        """Accept, reject or correct a statement, whose whole id is given; `changes` are the corrected fields
        (`actor`, `target`, `status` …). It takes the place of what was judged of it before.

        `seen` is the number of the last judgement of it that whoever judges saw, None for none; where
        another came since, or that one was undone, it is `JudgedMeanwhile`, with the other. Left out, nothing
        is asked. `NotJudged` where there is no such statement, or a correction does not fit.
        """
        if (kind == "correct") != bool(changes):
            raise NotJudged("A correction, and only a correction, says what to change.")
        payload = _judgements.correction(changes or {}) if kind == "correct" else {}

        return self._store.write(
            lambda connection: _judgements.judge(
                connection, kind, (statement_id,), who=who, why=why, payload=payload, seen=seen
            )
        )

    def judge_all(
        self,
        kind: Literal["accept", "reject"],
        statement_ids: Collection[str],
        *,
        who: str,
        why: str = "",
        seen: int | EllipsisType | None = ...,
    ) -> Judgement:
        """Accept or reject several statements, given by their whole ids, as one judgement, which is undone as
        one. `seen` is the number of the last judgement at all that whoever judges saw: where one of these was
        judged since, it is `JudgedMeanwhile`, and none is. One statement alone is judged as by `judge`.
        """
        return self._store.write(
            lambda connection: _judgements.judge(
                connection, kind, statement_ids, who=who, why=why, payload={}, seen=seen
            )
        )

    def add_statement(
        self,
        page: str,
        start: int,
        end: int,
        *,
        type: str,
        actor: str | None,
        target: str | None = None,
        status: str = "asserted",
        topic: str | None = None,
        when: str | None = None,
        source: Iterable[str] = (),
        kinds: Mapping[str, EntityKind] | None = None,
        quote: str | None = None,
        who: str,
        why: str = "",
    ) -> Judgement:
        """Say a statement that no reader gave, of the words from `start` to `end` (offsets in the original)
        of the page whose id begins so. It counts as any other, under the rule `by-hand`, until the judgement
        is undone, and outlives later readings; the judgement's subject is its id.

        `actor`, `target` and those of `source` are names or keys; a name that is neither on record nor in the
        catalogue becomes a mention, a company unless `kinds` says otherwise. Where `quote` is given, it must
        be what stands there. `NotJudged` where something does not fit, or is on record already; `BadDate`.
        """
        fields = {
            "type": type, "actor": actor, "target": target, "status": status, "topic": topic, "when": when,
            "source": tuple(source),
        }  # fmt: skip
        content, payload = self._payload(page, (start, end), fields, kinds or {})
        if quote is not None and quote != payload["quote"]:
            raise NotJudged(f"The words are not what stands on the page at {start}: {quote!r}.")
        known = self._known.words

        def work(connection: Connection) -> tuple[Judgement, dict[Word, int]]:
            passed = _said.say(connection, content, payload, who=who, why=why)
            if _said.statement_now(connection, content.digest, passed.subject):
                return passed, {}
            return passed, _write.lay_beside(connection, content, passed, known)

        passed, words = self._store.write(work)
        self._known.learn(words)
        return passed

    def would_state(
        self,
        page: str,
        start: int,
        end: int,
        fields: Mapping[str, Any],
        kinds: Mapping[str, EntityKind] | None = None,
    ) -> tuple[Statement, tuple[Entity, ...]]:
        """The statement that `add_statement` would add, and whom it names; nothing is written. The same
        errors."""
        _, payload = self._payload(page, (start, end), fields, kinds or {})
        named = (Entity(key, kind, name, (), country) for key, kind, name, country in payload["named"])
        return _said.statement_said(payload), tuple(named)

    def _payload(
        self, page: str, span: tuple[int, int], fields: Mapping[str, Any], kinds: Mapping[str, EntityKind]
    ) -> tuple[Page, dict[str, Any]]:
        content = self.content(page)
        if content is None:
            raise NotJudged(f"There is no page {page}.")
        around = [(s.statement.sentence_start, s.statement.sentence_end) for s in self.statements(page=page)]
        around += [(one.unread.start, one.unread.end) for one in self.unread(page=page)]
        payload = self.snapshot(
            lambda snapshot: _said.payload_of(content, span, fields, kinds, around, snapshot)
        )
        return content, payload

    def merge(self, key: str, into: str, *, who: str, why: str = "") -> Judgement:
        """Say that two entities are one: what was read of `key` is of `into` from now on."""

        def work(connection: Connection) -> Judgement:
            if _judgements.merges_round(_judgements.held(connection), key, into):
                raise NotJudged(f"'{key}' and '{into}' are one already.")
            return _judgements.passed(connection, "merge", key, who=who, why=why, payload={"into": into})

        return self._store.write(work)

    def recognise(
        self,
        key: str,
        *,
        who: str,
        why: str = "",
        kind: EntityKind | None = None,
        name: str | None = None,
        names: Iterable[str] = (),
        country: str | None = None,
        part_of: str | None = None,
    ) -> Judgement:
        """Say that a mention is an entity, and what it is: its kind, the name it goes by and others, its
        state (ISO 3166-1 alpha-2), and the key of the one it belongs to. What is not given stays as it was
        read.
        """
        told = {"kind": kind, "name": name, "names": tuple(names), "country": country, "part_of": part_of}
        return self._store.write(
            lambda connection: _recognition.recognise(connection, key, told, who=who, why=why)
        )

    def dismiss(self, key: str, *, who: str, why: str = "") -> Judgement:
        """Say that a mention is no entity, but words that were taken for a name."""
        return self._store.write(
            lambda connection: _judgements.passed(connection, "dismiss", key, who=who, why=why)
        )

    def mentions(self) -> tuple[Waiting, ...]:
        """The names that wait to be recognised as entities, those told of most first, each with the nearest
        of those that are known."""
        return _recognition.waiting(self.entities())

    def split(self, key: str, page: str, into: str, *, who: str, why: str = "") -> Judgement:
        """Say that on one page (its whole id) an entity's key means another entity."""
        payload = {"page": page, "into": into}
        return self._store.write(
            lambda connection: _judgements.passed(connection, "split", key, who=who, why=why, payload=payload)
        )

    def withdraw(self, page: str, on: str, *, who: str, why: str = "") -> Judgement:
        """Note that a page (its whole id) was withdrawn by whoever published it, on a day: from then on what
        it says no longer counts."""
        payload = {"on": last_day(on)}
        return self._store.write(
            lambda connection: _judgements.passed(
                connection, "withdraw", page, who=who, why=why, payload=payload
            )
        )

    def set_position(
        self, actor: str, supplier: str, *, scope: str, code: str, since: str, who: str, why: str = ""
    ) -> Judgement:
        """Say where an actor stands on a supplier, both given by key, since a day, month or year: it holds
        over what was read, until the next one that is set. `scope` and `code` are the words of
        `standing/data/positions.yaml`, which this room does not know and takes as they are.
        """
        told = {"supplier": supplier, "scope": scope, "code": code, "since": since.strip()}
        return self._store.write(
            lambda connection: _by_hand.set_position(connection, actor, told, who=who, why=why)
        )

    def positions_by_hand(
        self, supplier: str, *, as_of: str | None = None, known_at: datetime | None = None
    ) -> tuple[SetPosition, ...]:
        """The positions on the supplier with that key that persons set and that hold, by their days. Each
        counts from the first day that its date may mean."""
        return self._store.read(
            lambda connection: _by_hand.positions_by_hand(
                _judgements.held(connection, as_of=as_of, known_at=known_at), supplier
            )
        )

    def undo(self, judgement: int, *, who: str, why: str = "") -> Judgement:
        """Undo a judgement; what held before it holds again. `NoSuchJudgement`, `NotJudged`."""
        known = self._known.words

        def work(connection: Connection) -> tuple[Judgement, dict[Word, int]]:
            undone = _judgements.undo(connection, judgement, who=who, why=why)
            content = _said.page_of(connection, undone)
            words = _write.lay_beside(connection, content, undone, known) if content else {}
            return undone, words

        undone, words = self._store.write(work)
        self._known.learn(words)
        return undone

    def judgements(
        self, *, subject: str | None = None, known_at: datetime | None = None
    ) -> tuple[Judgement, ...]:
        """All judgements, or those of one subject, in the order in which they were passed; a statement's
        are also those in which it was judged together with others."""
        return self._store.read(
            lambda connection: _judgements.judgements(connection, subject=subject, known_at=known_at)
        )

    def some_judgements(
        self,
        limit: int,
        after: str | None = None,
        *,
        newest: bool = False,
        subject: str | None = None,
        known_at: datetime | None = None,
    ) -> Part[Judgement]:
        """Of `judgements` at most `limit`, behind the one whose number `after` is, and how many there are in
        all; the last passed first where they are to be `newest` first. `NotThere`."""
        return self._store.read(
            lambda connection: _judgements.some_judgements(
                connection, limit, after, newest=newest, subject=subject, known_at=known_at
            )
        )

    def unplaced(self) -> tuple[Judgement, ...]:
        """Judgements of statements that the newest reading of their page no longer gives."""
        return self._store.read(_judgements.unplaced)

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

    def audit(self) -> tuple[Fault, ...]:
        """Everything that is not as the log says: none where nobody has changed anything behind it."""
        return self._store.read(
            lambda connection: (
                *_log.verify(connection),
                *_deposits.faults(connection),
                *_derived.faults(connection),
            )
        )

    def deposit(self, kind: str, name: str, data: bytes, *, detail: dict[str, Any], who: str) -> Deposit:
        """Keep bytes of another room as the newest version of what has that kind and name, as one
        transaction; `detail`, of what JSON can say, is kept with them. Where the newest version holds the
        same bytes and detail, nothing is added, and that one is given.
        """
        ready = _deposits.Bytes(data)
        return self._store.write(
            lambda connection: _deposits.deposit(connection, kind, name, ready, detail, who=who)
        )

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
        return self._store.read(lambda connection: _search.search(connection, words, to, limit, after))

    def facets(self, words: str, narrowed: SearchFilter | None = None) -> Facets:
        """How the places that hold all the words fall apart by what the search could be narrowed to."""
        return self._store.read(
            lambda connection: _search.facets(connection, words, narrowed or SearchFilter())
        )

    def settle(self) -> None:
        """Bring all that the ledger holds into its one file, which can then be moved alone, or read where
        nothing can be written; on a server, nothing. `LedgerLocked` where others have it open."""
        self._store.settle()

    def copy_into(self, other: Ledger, progress: Progress | None = None) -> dict[str, int]:
        """Copy all of this ledger into an empty one, on either database, and compare both row for row; how
        many rows each table has. One state is copied, whoever writes meanwhile. A ledger that holds the very
        same already is left as it is. `NotCopied` where it holds anything else.
        """
        return copy(self._store, other._store, progress)

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
