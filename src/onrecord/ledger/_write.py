"""Taking a page and its reading in. Everything here runs inside one writing transaction and only inserts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from onrecord.ledger import _copies, _log, _search
from onrecord.ledger._dates import last_day
from onrecord.ledger._errors import BadDate, ReadingRefused
from onrecord.ledger._ids import fingerprint, statement_id
from onrecord.ledger._offsets import pack
from onrecord.ledger._records import Outcome
from onrecord.ledger._schema import (
    BlockRow,
    MentionNameRow,
    MentionRow,
    PageRow,
    ReadingRow,
    RenderingRow,
    RunRow,
    SightingRow,
    SourceRow,
    StatementRow,
    UnreadNameRow,
    UnreadRow,
    insert_row,
    insert_rows,
)
from onrecord.pages import Page, credited_agency
from onrecord.statements import Reading, Statement


def check(page: Page, reading: Reading) -> None:
    """Raise `ReadingRefused` unless statements lead back to words on the page, and names to entities."""
    if page.published is not None:
        try:
            last_day(page.published.value)
        except BadDate as error:
            raise ReadingRefused(f"The page's date of publication is none. {error}") from error
    length = len(page.original)
    known = {entity.key for entity in reading.entities}
    named: set[str] = set()
    for s in reading.statements:
        if not 0 <= s.sentence_start <= s.start < s.end <= s.sentence_end <= length:
            raise ReadingRefused(
                f"A statement's quote ({s.start} to {s.end}) does not lie in a sentence of the page."
            )
        if page.original[s.start : s.end] != s.quote:
            raise ReadingRefused(f"A quote is not what stands on the page at {s.start}: {s.quote!r}.")
        named.update(key for key in (s.actor, s.target, *s.source) if key is not None)
    for u in reading.unread:
        if not 0 <= u.start < u.end <= length:
            raise ReadingRefused(f"An unread sentence ({u.start} to {u.end}) does not lie on the page.")
        named.update(u.names)
    if named - known:
        raise ReadingRefused(
            f"The reading names without describing them: {', '.join(sorted(named - known))}."
        )


def is_news(connection: Connection, locator: str, digest: str | None, fault: tuple[str, str] | None) -> bool:
    """Whether what was found at a place is not what was last noted there. `fault` is code and message."""
    last = connection.execute(
        select(SightingRow.digest, SightingRow.code, SightingRow.message)
        .where(SightingRow.locator == locator)
        .order_by(SightingRow.id.desc())
        .limit(1)
    ).first()
    return last is None or tuple(last) != (digest, *(fault or (None, None)))


def see(
    connection: Connection,
    now: datetime | None,
    locator: str,
    digest: str | None,
    fault: tuple[str, str] | None,
) -> bool:
    """Note what was found at a place where that is news; True where it was."""
    if not is_news(connection, locator, digest, fault):
        return False
    code, message = fault or (None, None)
    now = now or _log.now(connection)
    connection.execute(
        insert(SightingRow).values(locator=locator, digest=digest, code=code, message=message, learned_at=now)
    )
    return True


def add(connection: Connection, page: Page, reading: Reading) -> Outcome:
    """Take in a page with what a reader took from it, unless this version of it was there before."""
    now = _log.now(connection)
    see(connection, now, page.locator, page.digest, None)
    page_row = connection.scalar(select(PageRow.id).where(PageRow.digest == page.digest))
    outcome: Outcome = "superseded"
    if page_row is None:
        page_row = insert_row(connection, PageRow, digest=page.digest, learned_at=now)
        outcome = "added"
    elif connection.scalar(
        select(ReadingRow.id).where(
            ReadingRow.page_id == page_row,
            ReadingRow.reader == reading.reader,
            ReadingRow.version == reading.version,
        )
    ):
        return "unchanged"
    rendering = _rendering(connection, now, page_row, page)
    reading_row = insert_row(
        connection,
        ReadingRow,
        page_id=page_row,
        rendering_id=rendering,
        reader=reading.reader,
        version=reading.version,
        learned_at=now,
    )
    _statements(connection, page, reading, rendering, reading_row)
    _unread(connection, page, reading, reading_row)
    _mentions(connection, reading, reading_row)
    detail = {
        "reader": reading.reader,
        "version": reading.version,
        "statements": len(reading.statements),
        "seal": _log.seals(connection, [reading_row])[reading_row],
    }
    _log.note(connection, now, "onrecord", "read", page.digest, detail)
    return outcome


def _rendering(connection: Connection, now: datetime, page_row: int, page: Page) -> int:
    mark = fingerprint(page)
    held = connection.scalar(
        select(RenderingRow.id).where(RenderingRow.page_id == page_row, RenderingRow.fingerprint == mark)
    )
    if held is not None:
        return held
    published = page.published
    rendering = insert_row(
        connection,
        RenderingRow,
        page_id=page_row,
        fingerprint=mark,
        locator=page.locator,
        encoding=page.encoding,
        outlet=page.outlet,
        title=page.title,
        published_value=published.value if published else None,
        published_precision=published.precision if published else None,
        published_evidence=published.evidence if published else None,
        published_confidence=published.confidence if published else None,
        published_until=last_day(published.value) if published else None,
        language=page.language,
        language_confidence=page.language_confidence,
        original=page.original,
        text=page.text,
        offsets=pack(page.offsets, page.ends),
        credit=credited_agency(page),
        learned_at=now,
    )
    _copies.note(connection, now, rendering, page.text)
    insert_rows(
        connection,
        BlockRow,
        [
            {"rendering_id": rendering, "position": i, "start": b.start, "end": b.end, "kind": b.kind}
            for i, b in enumerate(page.blocks)
        ],
    )
    insert_rows(
        connection,
        RunRow,
        [
            {
                "rendering_id": rendering,
                "position": i,
                "start": r.start,
                "end": r.end,
                "kept": r.kept,
                "reason": r.reason,
            }
            for i, r in enumerate(page.runs)
        ],
    )
    _search.index(connection, rendering, page.language, {None: _search.searchable(page.title, page.text)})
    return rendering


def _statements(
    connection: Connection, page: Page, reading: Reading, rendering: int, reading_row: int
) -> None:
    # What a reader says twice in the same words is one statement; the surer of the two is kept.
    distinct: dict[str, Statement] = {}
    for statement in sorted(reading.statements, key=lambda s: (-s.confidence, s.rule)):
        distinct.setdefault(statement_id(page.digest, statement), statement)
    values = [
        {
            "reading_id": reading_row,
            "public_id": public_id,
            "start": s.start,
            "end": s.end,
            "quote": s.quote,
            "sentence_start": s.sentence_start,
            "sentence_end": s.sentence_end,
            "sentence": _sentence(page, s),
            "type": s.type,
            "actor": s.actor,
            "target": s.target,
            "status": s.status,
            "topic": s.topic,
            "when": s.when,
            "confidence": s.confidence,
            "rule": s.rule,
        }
        for public_id, s in distinct.items()
    ]
    if not values:
        return
    inserted = connection.execute(
        insert(StatementRow).returning(StatementRow.public_id, StatementRow.id), values
    )
    rows = {row.public_id: row.id for row in inserted}
    insert_rows(
        connection,
        SourceRow,
        [
            {"statement_id": rows[public_id], "position": i, "entity_key": key}
            for public_id, s in distinct.items()
            for i, key in enumerate(s.source)
        ],
    )
    quotes: dict[int | None, str] = {rows[public_id]: s.quote for public_id, s in distinct.items()}
    _search.index(connection, rendering, page.language, quotes)


def _sentence(page: Page, s: Statement) -> str | None:
    whole = (s.start, s.end) == (s.sentence_start, s.sentence_end)
    return None if whole else page.original[s.sentence_start : s.sentence_end]


def _unread(connection: Connection, page: Page, reading: Reading, reading_row: int) -> None:
    unread = sorted(reading.unread, key=lambda u: (u.start, u.end))
    insert_rows(
        connection,
        UnreadRow,
        [
            {
                "reading_id": reading_row,
                "position": i,
                "start": u.start,
                "end": u.end,
                "sentence": page.original[u.start : u.end],
            }
            for i, u in enumerate(unread)
        ],
    )
    insert_rows(
        connection,
        UnreadNameRow,
        [
            {"reading_id": reading_row, "unread_position": i, "position": j, "entity_key": key}
            for i, u in enumerate(unread)
            for j, key in enumerate(u.names)
        ],
    )


def _mentions(connection: Connection, reading: Reading, reading_row: int) -> None:
    # A reader may list an entity more than once, with other names each time.
    first = {entity.key: entity for entity in reversed(reading.entities)}
    insert_rows(
        connection,
        MentionRow,
        [
            {"reading_id": reading_row, "key": e.key, "kind": e.kind, "name": e.name, "country": e.country}
            for e in first.values()
        ],
    )
    names = {(entity.key, name) for entity in reading.entities for name in entity.names}
    insert_rows(
        connection,
        MentionNameRow,
        [{"reading_id": reading_row, "key": key, "name": name} for key, name in sorted(names)],
    )
