"""Asking the ledger for pages, and for what could not be read."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.orm import aliased

from onrecord.ledger._current import PAGE_COLUMNS, joined, page_order, published_of, scope
from onrecord.ledger._errors import AmbiguousId
from onrecord.ledger._ids import as_given, page_id
from onrecord.ledger._offsets import unpack
from onrecord.ledger._records import Part, StoredPage, Unreadable
from onrecord.ledger._schema import (
    BlockRow,
    PageRow,
    ReadingRow,
    RenderingRow,
    RunRow,
    SightingRow,
    StatementRow,
    UnreadRow,
)
from onrecord.pages import Block, Page, Run


def pages(connection: Connection, conditions: list[ColumnElement[bool]]) -> tuple[StoredPage, ...]:
    """The pages whose current reading meets the conditions."""
    counts = [
        select(func.count()).where(row.reading_id == ReadingRow.id).scalar_subquery().label(name)
        for row, name in ((StatementRow, "statements"), (UnreadRow, "unread"))
    ]
    extra = (RenderingRow.encoding, RenderingRow.language_confidence, ReadingRow.learned_at, *counts)
    query = joined(select(*PAGE_COLUMNS, *extra).select_from(ReadingRow), conditions)
    digests = joined(select(PageRow.digest).select_from(ReadingRow), conditions)
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
            version=as_given(row.version),
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
        joined(select(RenderingRow).select_from(ReadingRow), scope(page=stored.digest))
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


def unreadable(connection: Connection) -> tuple[Unreadable, ...]:
    """What could not be read when it was last looked at, sorted by place."""
    return some_unreadable(connection, None, None).items


def some_unreadable(connection: Connection, limit: int | None, after: str | None) -> Part[Unreadable]:
    """A part of it: so many behind the place `after`, which need not be there any more; without a limit
    all."""
    newer = aliased(SightingRow)
    last = ~select(newer.id).where(newer.locator == SightingRow.locator, newer.id > SightingRow.id).exists()
    fits = [SightingRow.code.is_not(None), last]
    count = select(func.count()).select_from(SightingRow).where(*fits)
    total, begin = connection.scalar(count) or 0, 0
    query = select(SightingRow).where(*fits).order_by(SightingRow.locator).limit(limit)
    if after is not None:
        behind = SightingRow.locator > after
        begin = total - (connection.scalar(count.where(behind)) or 0)
        query = query.where(behind)
    items = tuple(
        Unreadable(row.locator, row.digest, row.code, row.message, row.learned_at)
        for row in connection.execute(query)
    )
    more = begin + len(items) < total
    return Part(items, total, items[-1].locator if items and more else None, begin)


def holds(connection: Connection, digest: str, reader: str, version: str) -> bool:
    """Whether that version of that reader has read the page with this digest."""
    query = (
        select(ReadingRow.id)
        .join(PageRow, PageRow.id == ReadingRow.page_id)
        .where(PageRow.digest == digest, ReadingRow.reader == reader, ReadingRow.version == version)
    )
    return connection.scalar(query) is not None
