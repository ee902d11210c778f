"""A whole ledger from one store to another, row for row, and the proof that both are the same.

What is derived within a database (the full-text index) is made anew; all else is copied as it stands, ids
included, so that the log's chain holds in the copy too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, text

from onrecord.ledger import _full_text, _search
from onrecord.ledger._errors import NotCopied, told
from onrecord.ledger._place import shown
from onrecord.ledger._schema import Base, RenderingRow, SearchEntryRow, StatementRow
from onrecord.ledger._stems import plain_words, stems
from onrecord.ledger._store import Store

_ROWS = 2_000
"""Rows that are copied at once."""

_AT_ONCE = {"deposit": 1}
"""Fewer of a table whose rows may each be many megabytes."""

Progress = Callable[[str, int, int], None]
"""Told the table, and how many of how many rows are done."""


def copy(source: Store, target: Store, progress: Progress | None = None) -> dict[str, int]:
    """Copy a ledger into an empty one, as one transaction; the number of rows of each table.

    Where the target holds just what the source does, as after a copy that was killed before it could say
    that it was done, nothing is left to do. `NotCopied` where it holds anything else, or the copy differs.
    """

    # The source is read within the writing, so that all is done anew where either server goes away meanwhile.
    def work(write: Connection) -> dict[str, int]:
        with source.reading() as read:
            return _copy(_Side(source, read), _Side(target, write), progress)

    return target.write(work)


class _Side:
    """One of the two ledgers. What its database reports is told of it, not of the other."""

    def __init__(self, store: Store, connection: Connection) -> None:
        self.connection = connection
        self.place = shown(store.place)

    def counts(self) -> dict[str, int]:
        """The number of rows of each table."""
        with told(self.place):
            return {
                table.name: self.connection.scalar(select(func.count()).select_from(table)) or 0
                for table in _tables()
            }

    def rows(self, table: Table) -> Iterator[list[Row[*tuple[Any, ...]]]]:
        """A table's rows by its key, some at a time."""
        some = _AT_ONCE.get(table.name, _ROWS)
        query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=some)
        with told(self.place):
            partitions = self.connection.execute(query).partitions()
        while True:
            with told(self.place):
                rows = next(partitions, None)
            if rows is None:
                return
            yield list(rows)

    def digest(self, table: Table) -> str:
        """A digest of all rows of a table: the same for the same rows on either database."""
        digest = hashlib.sha256()
        for rows in self.rows(table):
            for row in rows:
                digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def _copy(source: _Side, target: _Side, progress: Progress | None) -> dict[str, int]:
    counts, held = source.counts(), target.counts()
    if any(held.values()):
        if held != counts or _unlike(source, target) is not None:
            raise NotCopied("The ledger to copy into is not empty. Name a new one.")
        return counts
    for table in _tables():
        _copy_table(source, target, table, counts[table.name], progress)
    with told(target.place):
        _index(target.connection)
    table_name = _unlike(source, target)
    if table_name is not None:
        raise NotCopied(f"The copy differs in '{table_name}'; nothing was kept of it. Try again.")
    return counts


def _unlike(source: _Side, target: _Side) -> str | None:
    """The first table in which the two differ."""
    return next((table.name for table in _tables() if source.digest(table) != target.digest(table)), None)


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


def _copy_table(source: _Side, target: _Side, table: Table, total: int, progress: Progress | None) -> None:
    done = 0
    for rows in source.rows(table):
        with told(target.place):
            target.connection.execute(insert(table), [dict(row._mapping) for row in rows])
        done += len(rows)
        if progress is not None:
            progress(table.name, done, total)
    if target.connection.dialect.name == "postgresql" and done and "id" in table.c:
        # The ids came from elsewhere; the next one that the server gives must be behind them.
        last = f"(SELECT max(id) FROM {table.name})"
        with told(target.place):
            target.connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})")
            )


def _index(connection: Connection) -> None:
    """Make the full-text index of all that is to be found."""
    query = (
        select(
            SearchEntryRow.id,
            SearchEntryRow.language,
            RenderingRow.title,
            RenderingRow.text,
            StatementRow.quote,
        )
        .join(RenderingRow, RenderingRow.id == SearchEntryRow.rendering_id)
        .outerjoin(StatementRow, StatementRow.id == SearchEntryRow.statement_id)
        .order_by(SearchEntryRow.id)
        .execution_options(yield_per=_ROWS)
    )
    for rows in connection.execute(query).partitions():
        entries = []
        for row in rows:
            told_of = row.quote if row.quote is not None else _search.searchable(row.title, row.text)
            entries.append((row.id, row.language, stems(plain_words(told_of), row.language)))
        _full_text.index(connection, entries)
