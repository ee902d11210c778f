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
from onrecord.ledger._errors import NotCopied
from onrecord.ledger._schema import Base, RenderingRow, SearchEntryRow, StatementRow
from onrecord.ledger._stems import stems
from onrecord.ledger._store import Store

_ROWS = 2_000
"""Rows that are copied at once."""

Progress = Callable[[str, int, int], None]
"""Told the table, and how many of how many rows are done."""


def copy(source: Store, target: Store, progress: Progress | None = None) -> dict[str, int]:
    """Copy a ledger into an empty one, as one transaction; the number of rows of each table.

    `NotCopied` where the target holds something already, or is not the same afterwards.
    """
    with source.reading() as read:

        def work(write: Connection) -> dict[str, int]:
            held = [
                table.name for table in _tables() if write.scalar(select(func.count()).select_from(table))
            ]
            if held:
                raise NotCopied("The ledger to copy into is not empty. Name a new one.")
            copied = {table.name: _copy_table(read, write, table, progress) for table in _tables()}
            _index(write)
            for table in _tables():
                if _digest(read, table) != _digest(write, table):
                    raise NotCopied(f"The copy differs in '{table.name}'; nothing was kept of it. Try again.")
            return copied

        return target.write(work)


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


def _copy_table(read: Connection, write: Connection, table: Table, progress: Progress | None) -> int:
    total = read.scalar(select(func.count()).select_from(table)) or 0
    done = 0
    for rows in _in_order(read, table):
        write.execute(insert(table), [dict(row._mapping) for row in rows])
        done += len(rows)
        if progress is not None:
            progress(table.name, done, total)
    if write.dialect.name == "postgresql" and done and "id" in table.c:
        # The ids came from elsewhere; the next one that the server gives must be behind them.
        last = f"(SELECT max(id) FROM {table.name})"
        write.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
    return done


def _in_order(connection: Connection, table: Table) -> Iterator[list[Row[*tuple[Any, ...]]]]:
    """A table's rows by its key, some at a time."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_ROWS)
    for rows in connection.execute(query).partitions():
        yield list(rows)


def _digest(connection: Connection, table: Table) -> str:
    """A digest of all rows of a table: the same for the same rows on either database."""
    digest = hashlib.sha256()
    for rows in _in_order(connection, table):
        for row in rows:
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


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
            told = row.quote if row.quote is not None else _search.searchable(row.title, row.text)
            entries.append((row.id, row.language, stems(told, row.language)))
        _full_text.index(connection, entries)
