"""Judgements as they were passed, read from the log and the rows that it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from onrecord.ledger._canonical import value_of
from onrecord.ledger._errors import NotThere
from onrecord.ledger._records import MANY, Judgement, JudgementFilter, JudgementKind, Part
from onrecord.ledger._schema import EntryRow, JudgementRow

_NUMBER = re.compile("[0-9]{1,9}")
_STATEMENT = re.compile(r"[0-9a-f]{12}")
"""A statement's id, or a page's."""


def judgements(
    connection: Connection, *, subject: str | None = None, known_at: datetime | None = None
) -> tuple[Judgement, ...]:
    """All judgements in the order in which they were passed, undone ones too; those of one subject, also
    where it was judged together with others; those known at a time."""
    if subject is not None:
        query = _asked(subject, known_at).order_by(JudgementRow.id)
        return tuple(_judgement(row, known_at) for row in connection.execute(query))
    return tuple(
        one.as_known(known_at) for one in _all(connection) if known_at is None or one.judgement.at <= known_at
    )


class _Passed(NamedTuple):
    """A judgement as it is by now, and when it was undone."""

    judgement: Judgement
    undone_at: datetime | None

    def as_known(self, known_at: datetime | None) -> Judgement:
        """The same as it was known at a time."""
        late = known_at is not None and self.undone_at is not None and self.undone_at > known_at
        return replace(self.judgement, undone_by=None) if late else self.judgement


_SEEN: WeakKeyDictionary[Engine, tuple[tuple[int, str], tuple[_Passed, ...]]] = WeakKeyDictionary()
"""All judgements of each ledger that is open, with the number and the entry's digest of the last."""
_LAST = (
    select(JudgementRow.id, EntryRow.digest)
    .join(EntryRow, EntryRow.id == JudgementRow.entry_id)
    .order_by(JudgementRow.id.desc())
    .limit(1)
)


def _all(connection: Connection) -> tuple[_Passed, ...]:
    """All judgements, which are fetched only where one was passed since: nearly every question needs them.

    A judgement is never changed, and the digest chains what went before it, so that none is taken for one of
    the same number in a transaction that came to nothing.
    """
    row = connection.execute(_LAST).first()
    last = (row.id, row.digest) if row is not None else (0, "")
    seen = _SEEN.get(connection.engine)
    if seen is not None and seen[0] == last:
        return seen[1]
    query = _asked(None, None).order_by(JudgementRow.id)
    found = tuple(_Passed(_judgement(row, None), row.undone_at) for row in connection.execute(query))
    _SEEN[connection.engine] = last, found
    return found


def some_judgements(
    connection: Connection,
    limit: int,
    after: str | None,
    *,
    newest: bool,
    wanted: JudgementFilter,
    known_at: datetime | None = None,
) -> Part[Judgement]:
    """A part of those wanted. `NotThere` where none of them has the number `after`."""
    everything = _asked(wanted.subject, known_at).where(*_wanted(wanted))
    query = everything.order_by(JudgementRow.id.desc() if newest else JudgementRow.id)
    count = everything.with_only_columns(func.count(JudgementRow.id), maintain_column_froms=True)
    total, begin = connection.scalar(count) or 0, 0
    if after is not None:
        number = int(after) if _NUMBER.fullmatch(after) else -1
        if connection.execute(everything.where(JudgementRow.id == number)).first() is None:
            raise NotThere(after)
        behind = JudgementRow.id < number if newest else JudgementRow.id > number
        begin = total - (connection.scalar(count.where(behind)) or 0)
        query = query.where(behind)
    items = tuple(_judgement(row, known_at) for row in connection.execute(query.limit(limit)))
    more = begin + len(items) < total
    return Part(items, total, str(items[-1].id) if items and more else None, begin)


def _wanted(wanted: JudgementFilter) -> Iterator[ColumnElement[bool]]:
    """What a filter asks of the rows, beside the subject."""
    if wanted.kind is not None:
        yield JudgementRow.kind == wanted.kind
    if wanted.who is not None:
        yield EntryRow.who == wanted.who
    if wanted.since is not None:
        yield EntryRow.learned_at >= wanted.since
    if wanted.until is not None:
        yield EntryRow.learned_at <= wanted.until
    if wanted.but:
        # As they stand: a database takes only so many parameters.
        some: BindParameter[Any] = bindparam("but", sorted(wanted.but), expanding=True, literal_execute=True)
        yield JudgementRow.id.not_in(some)


def _asked(subject: str | None, known_at: datetime | None) -> Select[*tuple[Any, ...]]:
    """Judgements with what undid them: of a subject, and known at a time."""
    undoing, undone_at = aliased(JudgementRow), aliased(EntryRow)
    query = (
        select(JudgementRow, EntryRow.who, EntryRow.learned_at, undoing.id.label("undone_by"))
        .join(EntryRow, EntryRow.id == JudgementRow.entry_id)
        .outerjoin(undoing, undoing.undoes == JudgementRow.id)
        .outerjoin(undone_at, undone_at.id == undoing.entry_id)
        .add_columns(undone_at.learned_at.label("undone_at"))
    )
    if subject is not None and _STATEMENT.fullmatch(subject):
        among = JudgementRow.payload.contains(f'"{subject}"')
        query = query.where(
            or_(JudgementRow.subject == subject, and_(JudgementRow.subject == MANY, among)),
        )
    elif subject is not None:
        query = query.where(JudgementRow.subject == subject)
    if known_at is not None:
        query = query.where(EntryRow.learned_at <= known_at)
    return query


def _judgement(row: Row[*tuple[Any, ...]], known_at: datetime | None) -> Judgement:
    return Judgement(
        row.id,
        cast(JudgementKind, row.kind),
        row.subject,
        value_of(row.payload),
        row.who,
        row.why,
        row.learned_at,
        row.undone_by if known_at is None or (row.undone_at and row.undone_at <= known_at) else None,
        row.undoes,
    )
