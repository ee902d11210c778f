"""Rows that cannot be read: looked for in the database itself, before anything is compared.

SQLite keeps in any column whatever it is given; and on either database a moment may be none that a program
can take, and a number none that can be counted with.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Text,
    cast,
    func,
    or_,
    select,
)

from onrecord.ledger._records import Fault, FaultKind
from onrecord.ledger._schema import Base
from onrecord.ledger._types import UtcDateTime

_KINDS: dict[str, FaultKind] = {
    "entry": "entry", "judgement": "judgement", "deposit": "deposit",
    "statement": "statement", "source": "statement",
    "reading": "reading", "unread": "reading", "unread_name": "reading", "mention": "reading",
    "mention_name": "reading", "segment": "reading",
    "called": "name", "code": "name",
}  # fmt: skip
"""Of what kind a fault in a table is; in all others it is one of a page."""
_MOST = 500
"""Different moments that are none, and are told: one question may hold no more parameters (see `_bulk`)."""


def faults(connection: Connection) -> Iterator[Fault]:
    """Each row with something that cannot be read as what it should be, by its key."""
    for table in Base.metadata.sorted_tables:
        wrong = {
            column.name: unreadable
            for column in table.columns
            if (unreadable := _unreadable(connection, column)) is not None
        }
        if not wrong:
            continue
        # As they are: a key may itself be what cannot be read.
        keys = [cast(column, Text) for column in table.primary_key.columns]
        here = [unreadable.label(f"wrong_{name}") for name, unreadable in wrong.items()]
        for row in connection.execute(select(*keys, *here).where(or_(*wrong.values()))):
            subject, told = "-".join(map(str, row[: len(keys)])), row[len(keys) :]
            for name in (name for name, found in zip(wrong, told, strict=True) if found):
                message = f"cannot be read: {table.name}.{name} is damaged"
                yield Fault(_KINDS.get(table.name, "page"), subject, message)


def _unreadable(connection: Connection, column: Column[Any]) -> ColumnElement[bool] | None:
    """Holds for the rows in which a column cannot be read; None where there is nothing to look for."""
    wrong: list[ColumnElement[bool]] = []
    moments = select(cast(column, Text)).distinct()
    if connection.dialect.name == "sqlite":
        kinds = [_stored(column)] + ["null"] * bool(column.nullable)
        wrong.append(func.typeof(column).not_in(kinds))
        moments = moments.where(func.typeof(column) == "text")
    if isinstance(column.type, Float):
        wrong.append(~(func.abs(column) <= sys.float_info.max))
    if isinstance(column.type, UtcDateTime):
        none = [text for text in connection.scalars(moments) if _none(text)]
        wrong.append(cast(column, Text).in_(none[:_MOST]))
    return or_(*wrong) if wrong else None


def _stored(column: Column[Any]) -> str:
    """As what SQLite stores the values of a column."""
    if isinstance(column.type, Integer | Boolean):
        return "integer"
    if isinstance(column.type, Float):
        return "real"
    return "blob" if isinstance(column.type, LargeBinary) else "text"


def _none(text: str | None) -> bool:
    """Whether a text is no moment."""
    try:
        datetime.fromisoformat(text or "")
    except ValueError:
        return text is not None
    return False
