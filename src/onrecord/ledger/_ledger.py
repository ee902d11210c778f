"""The ledger as its users see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection

from onrecord.entities import Entity, EntityKind
from onrecord.ledger import (
    _carrying,
    _deposits,
    _judgements,
    _positions,
    _recognition,
    _said,
    _write,
)
from onrecord.ledger._asking import Asking
from onrecord.ledger._copying import Progress, copy
from onrecord.ledger._derived import NOTHING, Learned
from onrecord.ledger._errors import NotCopied, NotJudged
from onrecord.ledger._judgements import Seen
from onrecord.ledger._records import (
    Deposit,
    Judgement,
    Outcome,
)
from onrecord.pages import Page
from onrecord.statements import Reading, Statement


class Ledger(Asking):
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
        mind = self._mind()

        def work(connection: Connection) -> tuple[list[Outcome], Learned]:
            # Asked before anything is written: what the columns are kept from must be committed.
            judged = _carrying.judged_on(
                connection, lambda: self._loaded.get(connection), (page for page, _ in taken)
            )
            outcomes, learned = _write.add(connection, taken, mind)
            anew = (pair for pair, done in zip(taken, outcomes, strict=True) if done == "superseded")
            _carrying.carry(connection, judged, anew)
            return outcomes, learned

        outcomes, learned = self._store.write(work)
        self._known.learn(*learned)
        return outcomes

    def _mind(self) -> _write.Mind:
        return _write.Mind(self._known, self._near)

    def add_locator(self, digest: str, locator: str) -> bool:
        """Note that a page that is held was found at this place; False where that was known."""
        if not self._store.read(lambda connection: _write.is_news(connection, locator, digest, None)):
            return False
        return self._store.write(lambda connection: _write.see(connection, locator, digest, None))

    def add_unreadable(self, locator: str, digest: str | None, code: str, message: str) -> bool:
        """Note that what is at this place could not be read, and why; False where that was known."""
        fault = (code, message)
        return self._store.write(lambda connection: _write.see(connection, locator, digest, fault))

    def judge(
        self,
        kind: Literal["accept", "reject", "correct"],
        statement_id: str,
        *,
        who: str,
        why: str = "",
        changes: dict[str, Any] | None = None,
        seen: Seen = ...,
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
                connection,
                self._loaded.get(connection),
                kind,
                (statement_id,),
                who=who,
                why=why,
                payload=payload,
                seen=seen,
            )
        )

    def judge_all(
        self,
        kind: Literal["accept", "reject"],
        statement_ids: Collection[str],
        *,
        who: str,
        why: str = "",
        seen: Seen = ...,
    ) -> Judgement:
        """Accept or reject several statements, given by their whole ids, as one judgement, which is undone as
        one. `seen` is the number of the last judgement at all that whoever judges saw: where one of these was
        judged since, it is `JudgedMeanwhile`, and none is. One statement alone is judged as by `judge`.
        """
        return self._store.write(
            lambda connection: _judgements.judge(
                connection,
                self._loaded.get(connection),
                kind,
                statement_ids,
                who=who,
                why=why,
                payload={},
                seen=seen,
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
        scope: str | None = None,
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
            "type": type, "actor": actor, "target": target, "status": status, "topic": topic, "scope": scope,
            "when": when, "source": tuple(source),
        }  # fmt: skip
        content, payload = self._payload(page, (start, end), fields, kinds or {})
        if quote is not None and quote != payload["quote"]:
            raise NotJudged(f"The words are not what stands on the page at {start}: {quote!r}.")
        mind = self._mind()

        def work(connection: Connection) -> tuple[Judgement, Learned]:
            passed = _said.say(connection, content, payload, who=who, why=why)
            if _said.statement_now(connection, content.digest, passed.subject):
                return passed, NOTHING
            return passed, _write.lay_beside(connection, content, passed, mind)

        passed, learned = self._store.write(work)
        self._known.learn(*learned)
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

        if not into.strip():
            raise NotJudged("Name the entity that it is.")

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

    def split(self, key: str, page: str, into: str, *, who: str, why: str = "") -> Judgement:
        """Say that on one page (its whole id) an entity's key means another entity."""
        if not into.strip():
            raise NotJudged("Name the entity that is meant on that page.")
        payload = {"page": page, "into": into}
        return self._store.write(
            lambda connection: _judgements.passed(connection, "split", key, who=who, why=why, payload=payload)
        )

    def withdraw(self, page: str, on: str, *, who: str, why: str = "", seen: Seen = ...) -> Judgement:
        """Note that a page (its whole id) was withdrawn by whoever published it, on a day: from then on what
        it says no longer counts. `seen` is as in `judge`, of the withdrawals of this page."""
        return self._store.write(
            lambda connection: _judgements.withdraw(connection, page, on, who=who, why=why, seen=seen)
        )

    def set_position(
        self,
        actor: str,
        supplier: str,
        *,
        scope: str,
        code: str,
        since: str,
        who: str,
        why: str = "",
        seen: Seen = ...,
    ) -> Judgement:
        """Say where an actor stands on a supplier, both given by key, since a day, month or year: it holds
        over what was read, until the next one that is set. `scope` and `code` are the words of
        `standing/data/positions.yaml`, which this room does not know and takes as they are. `seen` is as in
        `judge`, of what was set of these two in that scope (`judged_positions`).
        """
        told = {"supplier": supplier, "scope": scope, "code": code, "since": since.strip()}
        return self._store.write(
            lambda connection: _positions.set_position(connection, actor, told, who=who, why=why, seen=seen)
        )

    def undo(self, judgement: int, *, who: str, why: str = "") -> Judgement:
        """Undo a judgement; what held before it holds again. `NoSuchJudgement`, `NotJudged`."""
        mind = self._mind()

        def work(connection: Connection) -> tuple[Judgement, Learned]:
            undone = _judgements.undo(connection, judgement, who=who, why=why)
            content = _said.page_of(connection, undone)
            if content is None:
                return undone, NOTHING
            return undone, _write.lay_beside(connection, content, undone, mind)

        undone, learned = self._store.write(work)
        self._known.learn(*learned)
        return undone

    def deposit(self, kind: str, name: str, data: bytes, *, detail: dict[str, Any], who: str) -> Deposit:
        """Keep bytes of another room as the newest version of what has that kind and name, as one
        transaction; `detail`, of what JSON can say, is kept with them. Where the newest version holds the
        same bytes and detail, nothing is added, and that one is given.
        """
        ready = _deposits.Bytes(data)
        return self._store.write(
            lambda connection: _deposits.deposit(connection, kind, name, ready, detail, who=who)
        )

    def settle(self) -> None:
        """Bring all that the ledger holds into its one file, which can then be moved alone, or read where
        nothing can be written; on a server, nothing. `LedgerLocked` where others have it open."""
        self._store.settle()

    def copy_into(self, other: Ledger, progress: Progress | None = None) -> dict[str, int]:
        """Copy all of this ledger into an empty one, on either database, and compare both row for row; how
        many rows each table has. One state is copied, whoever writes meanwhile. A ledger that holds the very
        same already is left as it is. `NotCopied` where it holds anything else, or is this one.
        """
        here, there = self.place, other.place
        if here == there or (isinstance(here, Path) and isinstance(there, Path) and here.samefile(there)):
            raise NotCopied(f"{there} is the ledger that is to be copied. Name another place for the copy.")
        return copy(self._store, other._store, progress)
