"""Many rows at once, by each database's quickest way: SQLite's `executemany`, PostgreSQL's COPY."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Column, Connection, Table, bindparam, func, select

from onrecord.ledger._schema import Base, Words

T = TypeVar("T")

_ASKED = 500
"""Values that one question asks for: fewer than SQLite's least limit of 999 parameters."""


def insert_all(connection: Connection, row: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which all have the same columns. There may be none."""
    if not rows:
        return
    table = row.__table__
    assert isinstance(table, Table)
    names = tuple(rows[0])
    processors = [_processor(connection, table.c[name]) for name in names]
    columns = [
        [row[name] for row in rows] if process is None else [process(row[name]) for row in rows]
        for name, process in zip(names, processors, strict=True)
    ]
    values = list(zip(*columns, strict=True))
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', values)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copied:
        for value in values:
            copied.write_row(value)


def _processor(connection: Connection, column: Column[Any]) -> Callable[[Any], Any] | None:
    """What a database needs done to a column's values; None for nothing."""
    if isinstance(column.type, Words) and not Words.marks(connection.dialect):
        return None
    return column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)


def chunks(values: Sequence[T]) -> Iterator[list[T]]:
    """Values, as many at a time as one question may ask for."""
    for at in range(0, len(values), _ASKED):
        yield list(values[at : at + _ASKED])


def next_ids(connection: Connection, *rows: type[Any]) -> dict[type[Any], Iterator[int]]:
    """The ids that the next rows of tables get. Only a writer may ask: it is the only one."""
    last = connection.execute(
        select(*(select(func.max(row.id)).scalar_subquery().label(row.__tablename__) for row in rows))
    ).one()
    return {row: iter(range((number or 0) + 1, 2**31)) for row, number in zip(rows, last, strict=True)}


ASKED: BindParameter[Any] = bindparam("asked", expanding=True)
"""Stands for the values of a chunk in a question that is made once."""
