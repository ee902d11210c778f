"""A ledger in a file: SQLite in write-ahead mode, where a reader never waits for a writer, and what was
committed survives a kill."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.ledger._errors import LedgerCorrupt, LedgerNotFound, LedgerUnwritable

APPLICATION_ID = 0x4F6E5263
""""OnRc" in SQLite's header, by which a ledger is told from another program's database."""

_MAGIC = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat.html, 1.3.1
_WRITES = "onrecord_writes"


class Sqlite:
    """A ledger's file as a database. `patience` is how many seconds to wait for another program's write."""

    reading: dict[str, Any] = {}  # noqa: RUF012
    writing: dict[str, Any] = {_WRITES: True}  # noqa: RUF012

    def __init__(self, place: Path, *, create: bool, patience: float) -> None:
        self.place = place
        _prepare(place, create=create)
        self.engine = _engine(place, patience)

    def revision(self, connection: Connection) -> str | None:
        """The schema's revision; None for an empty file. Errors where the file is not a ledger."""
        tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        if not tables:
            return None
        ours = connection.scalar(text("PRAGMA application_id")) == APPLICATION_ID
        if not ours or "alembic_version" not in tables:
            raise LedgerCorrupt(
                f"{self.place} is the database of another program, not a ledger. Name another file."
            )
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))

    def begin_schema(self) -> None:
        """Write-ahead mode stays with the file; it cannot be set within a transaction."""
        with closing(self.engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode = WAL")

    def claim(self, connection: Connection) -> None:
        """Mark the file as a ledger."""
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))

    def lock(self, connection: Connection) -> None:
        """The transaction began with the lock (`_begin`)."""


def _prepare(place: Path, *, create: bool) -> None:
    """See that `place` can hold a ledger, and make its folder. An error says what stands in the way."""
    try:
        if place.is_dir():
            raise LedgerUnwritable(
                f"{place} is a folder. Name a file in it, for instance {place / 'record.db'}."
            )
        if not place.exists():
            if not create:
                raise LedgerNotFound(
                    f"There is no ledger at {place}. Read pages into one first, or name another."
                )
            place.parent.mkdir(parents=True, exist_ok=True)
            return
        if not place.is_file():
            raise LedgerUnwritable(f"{place} is not an ordinary file. Name another.")
        with place.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise LedgerUnwritable(
            f"The ledger {place} cannot be opened ({error.strerror or error}). "
            "See whether you may write it and its folder, or name another."
        ) from error
    if head and head != _MAGIC:
        raise LedgerCorrupt(
            f"{place} is not a ledger of On Record, or is damaged. Name another file, or move it away."
        )


def _engine(place: Path, patience: float) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(place)), connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver's own way of beginning transactions leaves changes of the schema outside them.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once: one that began as a reader could not wait for another writer.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
