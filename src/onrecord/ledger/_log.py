"""The log of all that was done to a ledger, each entry bound to the one before it by a hash.

An entry's digest is the SHA-256 of the digest before it and of what the entry says; an entry for a reading
holds the digest of all that the reading took (its seal). So who changes a row, takes one out or puts one in
between afterwards is found out by `verify`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from onrecord.ledger._records import KINDS, Fault
from onrecord.ledger._schema import (
    EntryRow,
    JudgementRow,
    MentionNameRow,
    MentionRow,
    PageRow,
    ReadingRow,
    RenderingRow,
    SightingRow,
    SourceRow,
    StatementRow,
    UnreadNameRow,
    UnreadRow,
    insert_row,
)

_FIRST = "0" * 64
"""What stands before the first entry's digest."""
_STEP = 500
"""Readings whose rows are checked at once."""


def now(connection: Connection) -> datetime:
    """The moment at which a transaction learns what it writes: never before that of the last entry or
    sighting, also where the clock was set back."""
    last = [
        select(row.learned_at).order_by(row.id.desc()).limit(1).scalar_subquery()
        for row in (EntryRow, SightingRow)
    ]
    moments = [datetime.now(UTC)]
    moments += [moment for moment in connection.execute(select(*last)).one() if moment is not None]
    return max(moments)


def note(
    connection: Connection, at: datetime, who: str, action: str, subject: str, detail: dict[str, Any]
) -> int:
    """Add an entry; its id."""
    before = connection.scalar(select(EntryRow.digest).order_by(EntryRow.id.desc()).limit(1))
    told = canonical(detail)
    return insert_row(
        connection,
        EntryRow,
        learned_at=at,
        who=who,
        action=action,
        subject=subject,
        detail=told,
        digest=_digest(before or _FIRST, at, who, action, subject, told),
    )


def canonical(value: object) -> str:
    """A value as JSON, always the same for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _digest(before: str, at: datetime, who: str, action: str, subject: str, detail: str) -> str:
    moment = at.astimezone(UTC).isoformat()
    return _sha256([before, moment, who, action, subject, detail])


def _sha256(value: object) -> str:
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def seals(connection: Connection, readings: list[int]) -> dict[int, str]:
    """The digest of all that each reading took from its page."""
    parts: dict[int, list[list[Any]]] = {reading: [] for reading in readings}
    chains: defaultdict[int, list[str]] = defaultdict(list)
    for link in connection.execute(
        select(SourceRow.statement_id, SourceRow.entity_key)
        .join(StatementRow, StatementRow.id == SourceRow.statement_id)
        .where(StatementRow.reading_id.in_(readings))
        .order_by(SourceRow.statement_id, SourceRow.position)
    ):
        chains[link.statement_id].append(link.entity_key)
    pages = select(ReadingRow.id.label("reading"), RenderingRow).join(
        RenderingRow, RenderingRow.id == ReadingRow.rendering_id
    )
    for page in connection.execute(pages.where(ReadingRow.id.in_(readings))):
        fields = [
            page.outlet,
            page.title,
            page.published_value,
            page.language,
            page.original,
            page.text,
            page.offsets,
        ]
        parts[page.reading].append(["page", *fields])
    statements = select(StatementRow).where(StatementRow.reading_id.in_(readings))
    for said in connection.execute(statements.order_by(StatementRow.reading_id, StatementRow.public_id)):
        fields = [said.public_id, said.start, said.end, said.quote, said.sentence_start, said.sentence_end]
        fields += [
            said.type,
            said.actor,
            said.target,
            said.status,
            said.topic,
            said.when,
            said.confidence,
            said.rule,
        ]
        parts[said.reading_id].append(["statement", *fields, *chains[said.id]])
    for left in connection.execute(
        select(UnreadRow, UnreadNameRow.entity_key)
        .join(
            UnreadNameRow,
            (UnreadNameRow.reading_id == UnreadRow.reading_id)
            & (UnreadNameRow.unread_position == UnreadRow.position),
        )
        .where(UnreadRow.reading_id.in_(readings))
        .order_by(UnreadRow.reading_id, UnreadRow.position, UnreadNameRow.position)
    ):
        parts[left.reading_id].append(["unread", left.start, left.end, left.sentence, left.entity_key])
    for mention in connection.execute(
        select(MentionRow)
        .where(MentionRow.reading_id.in_(readings))
        .order_by(MentionRow.reading_id, MentionRow.key)
    ):
        parts[mention.reading_id].append(
            ["mention", mention.key, mention.kind, mention.name, mention.country]
        )
    for name in connection.execute(
        select(MentionNameRow)
        .where(MentionNameRow.reading_id.in_(readings))
        .order_by(MentionNameRow.reading_id, MentionNameRow.key, MentionNameRow.name)
    ):
        parts[name.reading_id].append(["name", name.key, name.name])
    return {reading: _sha256(found) for reading, found in parts.items()}


def verify(connection: Connection) -> Iterator[Fault]:
    """Everything in the ledger that is not as its log says."""
    before, sealed, older = _FIRST, {}, 0
    for entry in connection.execute(select(EntryRow).order_by(EntryRow.id)):
        told = _digest(before, entry.learned_at, entry.who, entry.action, entry.subject, entry.detail)
        if told != entry.digest:
            yield Fault("entry", str(entry.id), "does not follow from the entry before it")
        before = entry.digest
        detail = json.loads(entry.detail)
        if entry.action == "begin":
            older = detail["readings"]
        if entry.action == "read":
            sealed[entry.subject, detail["reader"], detail["version"]] = detail["seal"]
    yield from _unlike(connection, sealed, older)
    yield from _unlike_judgements(connection)


def judged(payload: str, why: str, undoes: int | None) -> dict[str, Any]:
    """What the entry of a judgement holds of it."""
    return {"payload": payload, "why": why, "undoes": undoes}


def _unlike_judgements(connection: Connection) -> Iterator[Fault]:
    """Judgements that are not what their entry tells, and entries whose judgement is gone."""
    rows = connection.execute(
        select(JudgementRow, EntryRow.action, EntryRow.subject.label("told"), EntryRow.detail)
        .join(EntryRow, EntryRow.id == JudgementRow.entry_id)
        .order_by(JudgementRow.id)
    ).all()
    for row in rows:
        detail = canonical(judged(row.payload, row.why, row.undoes))
        if (row.kind, row.subject, detail) != (row.action, row.told, row.detail):
            yield Fault("judgement", str(row.id), "was changed since it was passed")
    known = {row.entry_id for row in rows}
    for entry in connection.scalars(select(EntryRow.id).where(EntryRow.action.in_(KINDS))):
        if entry not in known:
            yield Fault("entry", str(entry), "tells of a judgement that is gone")


def _unlike(connection: Connection, sealed: dict[tuple[str, str, str], str], older: int) -> Iterator[Fault]:
    """Readings whose rows are not what their entry sealed, and entries whose reading is gone. Those with an
    id up to `older` were there before the log, and have no seal."""
    held = connection.execute(
        select(ReadingRow.id, PageRow.digest, ReadingRow.reader, ReadingRow.version)
        .join(PageRow, PageRow.id == ReadingRow.page_id)
        .order_by(ReadingRow.id)
    ).all()
    for at in range(0, len(held), _STEP):
        rows = held[at : at + _STEP]
        found = seals(connection, [row.id for row in rows])
        for row in rows:
            seal = sealed.pop((row.digest, row.reader, row.version), None)
            if seal is None and row.id > older:
                yield Fault("reading", row.digest, "is in no entry")
            elif seal is not None and seal != found[row.id]:
                yield Fault("reading", row.digest, "was changed since it was taken in")
    for digest, reader, version in sealed:
        yield Fault("reading", digest, f"by {reader} {version} is gone")
