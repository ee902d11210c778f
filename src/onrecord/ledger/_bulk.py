"""Many rows at once, by each database's quickest way: SQLite's `executemany`, PostgreSQL's COPY."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from operator import itemgetter
from typing import Any, Self, TypeVar

from sqlalchemy import ARRAY, Boolean, Column, Connection, Row, Select, Table, any_, bindparam, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType

from onrecord.ledger._schema import Base
from onrecord.ledger._types import Words

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
    values = list(map(itemgetter(*names), rows)) if len(names) > 1 else [(row[names[0]],) for row in rows]
    told = [_told(connection, table.c[name]) for name in names]
    if any(told):
        columns = zip(told, zip(*values, strict=True), strict=True)
        values = list(zip(*(tell(some) if tell else some for tell, some in columns), strict=True))
    insert_values(connection, table.name, names, values)


def insert_values(
    connection: Connection, table: str, names: Sequence[str], values: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows of values as the database's driver takes them, in the order of the columns' names."""
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        # SQLAlchemy takes a list of tuples as it is.
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', list(values))
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copied:
        for value in values:
            copied.write_row(value)


def _told(connection: Connection, column: Column[Any]) -> Callable[[Sequence[Any]], Sequence[Any]] | None:
    """What a database needs done to all values of a column; None for nothing."""
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if isinstance(column.type, Words):
        if not Words.marks(connection.dialect):
            return None
        return lambda values: values if Words.plain(values) else list(map(process, values))  # type: ignore[arg-type]
    if process is None:
        return None

    def told(values: Sequence[Any]) -> Sequence[Any]:
        # All that is written at once is learned at one moment.
        if values.count(values[0]) == len(values):
            return [process(values[0])] * len(values)
        return list(map(process, values))

    return told


@contextmanager
def beside(connection: Connection) -> Iterator[Callable[[Callable[[Connection], None]], None]]:
    """What does work with a connection, one after the other; at its end all is done, or the first error told.

    Where a server takes rows in, another thread hands them over, and the next are made meanwhile. SQLite
    takes them in itself, and would have to wait for that thread at each row.
    """
    if connection.dialect.name == "sqlite":
        yield lambda work: work(connection)
        return
    begun: list[Future[None]] = []
    with ThreadPoolExecutor(max_workers=1) as other:
        yield lambda work: begun.append(other.submit(work, connection))
        for one in begun:
            one.result()


def chunks(values: Sequence[T]) -> Iterator[list[T]]:
    """Values, as many at a time as one question may ask for."""
    for at in range(0, len(values), _ASKED):
        yield list(values[at : at + _ASKED])


def rows_for(
    connection: Connection, query: Select[*tuple[Any, ...]], values: Iterable[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """The rows that a question with an `asked` in it gives for any number of values, each asked for once."""
    for some in chunks(sorted(set(values))):
        yield from connection.execute(query, {"asked": some}).all()


def next_ids(connection: Connection, *rows: type[Any]) -> dict[type[Any], Iterator[int]]:
    """The ids that the next rows of tables get. Only a writer may ask: it is the only one."""
    last = connection.execute(
        select(*(select(func.max(row.id)).scalar_subquery().label(row.__tablename__) for row in rows))
    ).one()
    return {row: iter(range((number or 0) + 1, 2**31)) for row, number in zip(rows, last, strict=True)}


def blobs(connection: Connection, query: Select[int, bytes]) -> list[tuple[int, bytes]]:
    """The rows of a question for a number and bytes, which holds no parameters."""
    compiled = str(query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    driver: Any = connection.connection.driver_connection
    # Of a server asked for in binary form, since as text each byte would come as two digits.
    form = {"binary": True} if connection.dialect.name == "postgresql" else {}
    with closing(driver.cursor(**form)) as cursor:
        return list(cursor.execute(compiled).fetchall())


class asked(FunctionElement[bool]):
    """That a column has one of the values that a question is given as `asked`: a chunk of them, in a question
    that is made once.

    PostgreSQL takes them as one array. As so many parameters they would have to be written out, read and
    planned for each time anew, which takes longer than to find the rows.
    """

    name = "asked"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 (SQLAlchemy's)
        """Itself. SQLAlchemy would write `... = 1` for SQLite, which then looks at every row of the table."""
        return self


@compiles(asked)
def _as_list(element: asked, compiler: SQLCompiler, **how: Any) -> str:
    (column,) = element.clauses
    return str(compiler.process(column.in_(bindparam("asked", expanding=True)), **how))


@compiles(asked, "postgresql")
def _as_array(element: asked, compiler: SQLCompiler, **how: Any) -> str:
    (column,) = element.clauses
    return str(compiler.process(column == any_(bindparam("asked", type_=ARRAY(column.type))), **how))
