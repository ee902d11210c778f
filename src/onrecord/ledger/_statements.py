"""Asking the ledger for statements and for sentences that were left unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, select

from onrecord.ledger import _by_id
from onrecord.ledger._bulk import asked, chunks, rows_for
from onrecord.ledger._columns import Columns
from onrecord.ledger._current import PAGE_COLUMNS, joined, page_order, published_of
from onrecord.ledger._errors import AmbiguousId, Damaged
from onrecord.ledger._ids import as_given, page_id
from onrecord.ledger._judgements import Judged
from onrecord.ledger._records import Quote, StoredStatement, StoredUnread
from onrecord.ledger._schema import (
    PageRow,
    ReadingRow,
    RenderingRow,
    SourceRow,
    StatementRow,
    UnreadNameRow,
    UnreadRow,
)
from onrecord.statements import BY_HAND, Statement, Unread

T = TypeVar("T")


def statements(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    judged: Judged,
    rows: Sequence[int] | None = None,
) -> list[StoredStatement]:
    """The statements that meet the conditions, with what was judged of them, in order; of these rows, where
    they are given."""
    narrowed = [[]] if rows is None else ([StatementRow.id.in_(some)] for some in chunks(rows))
    found = [one for here in narrowed for one in _statements(connection, [*conditions, *here], judged)]
    return sorted(found, key=_statement_order)


def _statements(
    connection: Connection, conditions: list[ColumnElement[bool]], judged: Judged
) -> Iterator[StoredStatement]:
    base = joined(
        select(StatementRow.id).join(ReadingRow, ReadingRow.id == StatementRow.reading_id), conditions
    )
    chains: dict[int, list[str]] = defaultdict(list)
    for row_id, key in connection.execute(
        select(SourceRow.statement_id, SourceRow.entity_key)
        .where(SourceRow.statement_id.in_(base))
        .order_by(SourceRow.statement_id, SourceRow.position)
    ):
        chains[row_id].append(key)
    for row in connection.execute(base.with_only_columns(*PAGE_COLUMNS, *StatementRow.__table__.c)):
        yield as_judged(_stored(row, tuple(chains[row.id])), judged)


_ROWS = (
    select(*PAGE_COLUMNS, *StatementRow.__table__.c)
    .join(ReadingRow, ReadingRow.id == StatementRow.reading_id)
    .join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
    .join(PageRow, PageRow.id == ReadingRow.page_id)
    .where(asked(StatementRow.id))
)
_CHAINS = (
    select(SourceRow.statement_id, SourceRow.entity_key)
    .where(asked(SourceRow.statement_id))
    .order_by(SourceRow.statement_id, SourceRow.position)
)


_QUOTES = (
    select(StatementRow.id, StatementRow.public_id, StatementRow.quote, RenderingRow.language)
    .join(ReadingRow, ReadingRow.id == StatementRow.reading_id)
    .join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
    .where(asked(StatementRow.id))
)


def quotes(connection: Connection, rows: Iterable[int]) -> dict[int, Quote]:
    """The ids and quotes of the statements of these rows, by the rows' ids."""
    wanted = set(rows)
    found = {
        row.id: Quote(row.public_id, row.quote, row.language) for row in rows_for(connection, _QUOTES, wanted)
    }
    return _all_of(found, wanted)


def of_rows(connection: Connection, rows: Sequence[int]) -> dict[int, StoredStatement]:
    """The statements of these rows, by the rows' ids, as they were read."""
    chains: dict[int, list[str]] = defaultdict(list)
    for row_id, key in rows_for(connection, _CHAINS, rows):
        chains[row_id].append(key)
    found = {row.id: _stored(row, tuple(chains[row.id])) for row in rows_for(connection, _ROWS, rows)}
    return _all_of(found, rows)


def _all_of(found: dict[int, T], wanted: Collection[int]) -> dict[int, T]:
    """What was found of rows that the columns tell of; `Damaged` where some are not there."""
    gone = set(wanted) - found.keys()
    if gone:
        raise Damaged(f"{len(gone)} statements of the columns, or their pages' texts, are gone")
    return found


def as_judged(stored: StoredStatement, judged: Judged) -> StoredStatement:
    """A statement as it was read, or as a person said it, with what was judged of it."""
    statement, judgement = judged.over(stored.statement, stored.id, stored.page_id)
    withdrawn = judged.withdrawn.get(stored.page_id)
    said = judged.said.get(stored.id) if stored.statement.rule == BY_HAND else None
    if statement is stored.statement and judgement is None and withdrawn is None and said is None:
        return stored
    return replace(
        stored,
        statement=statement,
        judgement=judgement,
        as_read=stored.statement if judgement is not None and judgement.kind == "correct" else None,
        withdrawn=withdrawn,
        said=said,
        reader=stored.reader if said is None else said.who,
        version=stored.version if said is None else "",
    )


def _stored(row: Row[*tuple[Any, ...]], source: tuple[str, ...]) -> StoredStatement:
    return StoredStatement(
        id=row.public_id,
        page_id=page_id(row.digest),
        locator=row.locator,
        outlet=row.outlet,
        title=row.title,
        published=published_of(row),
        language=row.language,
        reader=row.reader,
        version=as_given(row.version),
        sentence=row.quote if row.sentence is None else row.sentence,
        statement=_statement(row, source),
        credit=row.credit,
    )


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
        scope=row.scope,
    )


def _statement_order(stored: StoredStatement) -> tuple[object, ...]:
    place = page_order(stored.published, stored.outlet, stored.locator)
    return (*place, stored.page_id, stored.statement.start, stored.statement.end, stored.id)


def statement(
    connection: Connection, columns: Columns, prefix: str, judged: Judged
) -> StoredStatement | None:
    """The statement whose id begins so, as the newest reading that has it gives it."""
    now, all_ = (held.tables["statements"] for held in (columns.current, columns))
    for said in (now, all_):
        at = _by_id.beginning(said, prefix)
        ids = sorted(set(_by_id.ids(said, at)))
        if len(ids) > 1:
            raise AmbiguousId(prefix, tuple(ids))
        if ids:
            # Rows stand in the order in which they were taken in.
            row = int(said["id"][at[-1]])
            return as_judged(of_rows(connection, [row])[row], judged)
    return None


_LEFT = (
    select(*PAGE_COLUMNS, *UnreadRow.__table__.c)
    .join(ReadingRow, ReadingRow.id == UnreadRow.reading_id)
    .join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
    .join(PageRow, PageRow.id == ReadingRow.page_id)
)
_LEFT_NAMES = select(
    UnreadNameRow.reading_id, UnreadNameRow.unread_position, UnreadNameRow.entity_key
).order_by(UnreadNameRow.position)


def unread(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    judged: Judged,
    places: Collection[tuple[int, int]] | None = None,
) -> list[StoredUnread]:
    """The unread sentences that meet the conditions, in order; where places are given, of those there: each
    is a reading's id and a position."""
    left = _LEFT.where(*conditions)
    if places is None:
        readings = joined(
            select(UnreadRow.reading_id).join(ReadingRow, ReadingRow.id == UnreadRow.reading_id),
            [*conditions],
        )
        named = connection.execute(_LEFT_NAMES.where(UnreadNameRow.reading_id.in_(readings))).all()
        return _left(connection.execute(left).all(), named, judged)
    wanted = set(places)
    rows: list[Row[*tuple[Any, ...]]] = []
    names: list[Row[int, int, str]] = []
    # A reading leaves a few, and is asked for with all of them: pairs would be parameters by the thousand.
    for some in chunks(sorted({reading for reading, _ in wanted})):
        here = connection.execute(left.where(asked(UnreadRow.reading_id)), {"asked": some}).all()
        rows += [row for row in here if (row.reading_id, row.position) in wanted]
        called = _LEFT_NAMES.where(asked(UnreadNameRow.reading_id))
        names += connection.execute(called, {"asked": some}).all()
    return _left(rows, names, judged)


def _left(
    rows: Iterable[Row[*tuple[Any, ...]]], named: Iterable[Row[int, int, str]], judged: Judged
) -> list[StoredUnread]:
    names: dict[tuple[int, int], list[str]] = defaultdict(list)
    for reading, position, key in named:
        names[reading, position].append(key)
    found = (_one_left(row, names[row.reading_id, row.position], judged) for row in rows)
    return sorted(found, key=_unread_order)


def _one_left(row: Row[*tuple[Any, ...]], names: Iterable[str], judged: Judged) -> StoredUnread:
    page = page_id(row.digest)
    return StoredUnread(
        page_id=page,
        locator=row.locator,
        outlet=row.outlet,
        title=row.title,
        published=published_of(row),
        language=row.language,
        reader=row.reader,
        version=as_given(row.version),
        sentence=row.sentence,
        unread=Unread(row.start, row.end, tuple(judged.key(name, page) or name for name in names)),
    )


def _unread_order(one: StoredUnread) -> tuple[object, ...]:
    place = page_order(one.published, one.outlet, one.locator)
    return (*place, one.page_id, one.unread.start, one.unread.end)
