"""Asking the ledger for pages, statements and unread sentences.

Every answer is sorted the same way in whatever order the pages were read: by date of publication (the undated
last), outlet, place, and offset.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, tuple_, union
from sqlalchemy.orm import aliased

from onrecord.ledger._current import current, first_locator, page_order, published_by, published_of
from onrecord.ledger._errors import AmbiguousId
from onrecord.ledger._ids import page_id
from onrecord.ledger._offsets import unpack
from onrecord.ledger._records import StoredPage, StoredStatement, StoredUnread, Unreadable
from onrecord.ledger._schema import (
    BlockRow,
    PageRow,
    ReadingRow,
    RenderingRow,
    RunRow,
    SightingRow,
    SourceRow,
    StatementRow,
    UnreadNameRow,
    UnreadRow,
)
from onrecord.pages import Block, Page, Run
from onrecord.statements import Statement, Unread

_HEAD = (
    PageRow.digest,
    first_locator(PageRow.digest).label("locator"),
    RenderingRow.outlet,
    RenderingRow.title,
    RenderingRow.published_value,
    RenderingRow.published_precision,
    RenderingRow.published_evidence,
    RenderingRow.published_confidence,
    RenderingRow.language,
    ReadingRow.reader,
    ReadingRow.version,
)


def scope(
    *, as_of: str | None = None, version: str | None = None, page: str | None = None, undated: bool = True
) -> list[ColumnElement[bool]]:
    """The conditions on readings that a query asks for."""
    conditions = [current(ReadingRow, version)]
    if as_of is not None:
        conditions.append(published_by(as_of, undated=undated))
    elif not undated:
        conditions.append(RenderingRow.published_until.is_not(None))
    if page is not None:
        conditions.append(PageRow.digest.startswith(page, autoescape=True))
    return conditions


def _joined(
    query: Select[*tuple[Any, ...]], conditions: list[ColumnElement[bool]]
) -> Select[*tuple[Any, ...]]:
    return (
        query.join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
        .join(PageRow, PageRow.id == ReadingRow.page_id)
        .where(*conditions)
    )


def pages(connection: Connection, conditions: list[ColumnElement[bool]]) -> tuple[StoredPage, ...]:
    """The pages whose current reading meets the conditions."""
    counts = [
        select(func.count()).where(row.reading_id == ReadingRow.id).scalar_subquery().label(name)
        for row, name in ((StatementRow, "statements"), (UnreadRow, "unread"))
    ]
    extra = (RenderingRow.encoding, RenderingRow.language_confidence, ReadingRow.learned_at, *counts)
    query = _joined(select(*_HEAD, *extra).select_from(ReadingRow), conditions)
    digests = _joined(select(PageRow.digest).select_from(ReadingRow), conditions)
    locators: dict[str, set[str]] = defaultdict(set)
    for digest, locator in connection.execute(
        select(SightingRow.digest, SightingRow.locator).where(
            SightingRow.code.is_(None), SightingRow.digest.in_(digests)
        )
    ):
        locators[digest or ""].add(locator)
    found = [
        StoredPage(
            id=page_id(row.digest),
            digest=row.digest,
            locators=tuple(sorted(locators[row.digest])),
            encoding=row.encoding,
            outlet=row.outlet,
            title=row.title,
            published=published_of(row),
            language=row.language,
            language_confidence=row.language_confidence,
            reader=row.reader,
            version=row.version,
            learned_at=row.learned_at,
            statements=row.statements,
            unread=row.unread,
        )
        for row in connection.execute(query)
    ]
    return tuple(sorted(found, key=lambda p: (*page_order(p.published, p.outlet, p.locator), p.digest)))


def page(connection: Connection, prefix: str) -> StoredPage | None:
    """The page whose digest begins so; `AmbiguousId` where several do."""
    if not prefix:
        return None
    found = pages(connection, scope(page=prefix.lower()))
    if len(found) > 1:
        raise AmbiguousId(prefix, tuple(sorted(p.id for p in found)))
    return found[0] if found else None


def content(connection: Connection, stored: StoredPage) -> Page:
    """The page as its current reading saw it, whole."""
    row = connection.execute(
        _joined(select(RenderingRow).select_from(ReadingRow), scope(page=stored.digest))
    ).one()
    blocks = connection.execute(
        select(BlockRow).where(BlockRow.rendering_id == row.id).order_by(BlockRow.position)
    )
    runs = connection.execute(select(RunRow).where(RunRow.rendering_id == row.id).order_by(RunRow.position))
    offsets, ends = unpack(row.offsets)
    return Page(
        digest=stored.digest,
        locator=row.locator,
        encoding=row.encoding,
        original=row.original,
        text=row.text,
        offsets=offsets,
        ends=ends,
        blocks=tuple(Block(block.start, block.end, block.kind) for block in blocks),
        runs=tuple(Run(run.start, run.end, run.kept, run.reason) for run in runs),
        title=row.title,
        outlet=row.outlet,
        published=published_of(row),
        language=row.language,
        language_confidence=row.language_confidence,
    )


def naming(entity: str) -> ColumnElement[bool]:
    """Holds for statements in which the entity is actor, target or source. A union, so that indexes serve."""
    return StatementRow.id.in_(
        union(
            select(StatementRow.id).where(StatementRow.actor == entity),
            select(StatementRow.id).where(StatementRow.target == entity),
            select(SourceRow.statement_id).where(SourceRow.entity_key == entity),
        )
    )


def statements(connection: Connection, conditions: list[ColumnElement[bool]]) -> tuple[StoredStatement, ...]:
    """The statements that meet the conditions."""
    base = _joined(
        select(StatementRow.id).join(ReadingRow, ReadingRow.id == StatementRow.reading_id), conditions
    )
    chains: dict[int, list[str]] = defaultdict(list)
    for row_id, key in connection.execute(
        select(SourceRow.statement_id, SourceRow.entity_key)
        .where(SourceRow.statement_id.in_(base))
        .order_by(SourceRow.statement_id, SourceRow.position)
    ):
        chains[row_id].append(key)
    rows = connection.execute(base.with_only_columns(*_HEAD, *StatementRow.__table__.c))
    found = [
        StoredStatement(
            id=row.public_id,
            page_id=page_id(row.digest),
            locator=row.locator,
            outlet=row.outlet,
            title=row.title,
            published=published_of(row),
            language=row.language,
            reader=row.reader,
            version=row.version,
            sentence=row.quote if row.sentence is None else row.sentence,
            statement=_statement(row, tuple(chains[row.id])),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=_statement_order))


def _statement(row: Row[*tuple[Any, ...]], source: tuple[str, ...]) -> Statement:
    return Statement(
        start=row.start,
        end=row.end,
        quote=row.quote,
        sentence_start=row.sentence_start,
        sentence_end=row.sentence_end,
        type=row.type,
        actor=row.actor,
        target=row.target,
        status=row.status,
        topic=row.topic,
        source=source,
        when=row.when,
        confidence=row.confidence,
        rule=row.rule,
    )


def _statement_order(stored: StoredStatement) -> tuple[object, ...]:
    place = page_order(stored.published, stored.outlet, stored.locator)
    return (*place, stored.page_id, stored.statement.start, stored.statement.end, stored.id)


def statement(connection: Connection, prefix: str) -> StoredStatement | None:
    """The statement whose id begins so, as the newest reading that has it gives it."""
    if not prefix:
        return None
    fits = StatementRow.public_id.startswith(prefix.lower(), autoescape=True)
    ids = sorted(set(connection.scalars(select(StatementRow.public_id).where(fits))))
    if len(ids) > 1:
        now = sorted({found.id for found in statements(connection, [fits, current(ReadingRow)])})
        ids = now or ids
    if len(ids) > 1:
        raise AmbiguousId(prefix, tuple(ids))
    if not ids:
        return None
    other, other_reading = aliased(StatementRow), aliased(ReadingRow)
    newest = (
        select(func.max(other_reading.id))
        .join(other, other.reading_id == other_reading.id)
        .where(other.public_id == ids[0])
        .scalar_subquery()
    )
    return statements(connection, [StatementRow.public_id == ids[0], ReadingRow.id == newest])[0]


def unread(
    connection: Connection, conditions: list[ColumnElement[bool]], entity: str | None
) -> tuple[StoredUnread, ...]:
    """The unread sentences that meet the conditions and name the entity (None: whatever they name)."""
    if entity is not None:
        named = select(UnreadNameRow.reading_id, UnreadNameRow.unread_position).where(
            UnreadNameRow.entity_key == entity
        )
        conditions = [*conditions, tuple_(UnreadRow.reading_id, UnreadRow.position).in_(named)]
    here = and_(
        UnreadNameRow.reading_id == UnreadRow.reading_id, UnreadNameRow.unread_position == UnreadRow.position
    )
    base = _joined(
        select(UnreadRow.reading_id).join(ReadingRow, ReadingRow.id == UnreadRow.reading_id), conditions
    )
    names: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in connection.execute(
        base.with_only_columns(UnreadRow.reading_id, UnreadRow.position, UnreadNameRow.entity_key)
        .join(UnreadNameRow, here)
        .order_by(UnreadNameRow.position)
    ):
        names[row.reading_id, row.position].append(row.entity_key)
    found = [
        StoredUnread(
            page_id=page_id(row.digest),
            locator=row.locator,
            outlet=row.outlet,
            title=row.title,
            published=published_of(row),
            language=row.language,
            reader=row.reader,
            version=row.version,
            sentence=row.sentence,
            unread=Unread(row.start, row.end, tuple(names[row.reading_id, row.position])),
        )
        for row in connection.execute(base.with_only_columns(*_HEAD, *UnreadRow.__table__.c))
    ]
    return tuple(
        sorted(
            found,
            key=lambda u: (
                *page_order(u.published, u.outlet, u.locator),
                u.page_id,
                u.unread.start,
                u.unread.end,
            ),
        )
    )


def unreadable(connection: Connection) -> tuple[Unreadable, ...]:
    """What could not be read when it was last looked at, sorted by place."""
    newer = aliased(SightingRow)
    last = ~select(newer.id).where(newer.locator == SightingRow.locator, newer.id > SightingRow.id).exists()
    rows = connection.execute(select(SightingRow).where(SightingRow.code.is_not(None), last))
    found = [Unreadable(row.locator, row.digest, row.code, row.message, row.learned_at) for row in rows]
    return tuple(sorted(found, key=lambda u: u.locator))


def holds(connection: Connection, digest: str, reader: str, version: str) -> bool:
    """Whether that version of that reader has read the page with this digest."""
    query = (
        select(ReadingRow.id)
        .join(PageRow, PageRow.id == ReadingRow.page_id)
        .where(PageRow.digest == digest, ReadingRow.reader == reader, ReadingRow.version == version)
    )
    return connection.scalar(query) is not None
