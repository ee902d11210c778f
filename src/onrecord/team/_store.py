"""Where a team keeps what is no part of the record: a file beside the ledger's, or a schema of its own in
the ledger's database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.ledger import LedgerUnwritable, clear_errors, place_of, shown_place

T = TypeVar("T")

SCHEMA = "onrecord_team"
"""The schema on a server, beside the ledger's tables, which are in the default one."""
_LOCK = 0x4F6E5274
"""The number of the lock under which the tables are made: "OnRt"."""


class Base(DeclarativeBase):
    """Each module of this room that keeps something declares its tables with this; they are made when a team
    is opened. A table that is there is left as it is: columns are added by new tables beside it."""


class Team:
    """What the people at a ledger keep: opened with the same place as the ledger. Use it in a `with`.

    For a file `record.db` it is `record.team.db` beside it, else the schema `onrecord_team` of the database.
    Errors are a `LedgerError`, as those of the ledger are.

    Where the file can't be written, as on a disk that is read-only, and `passing` allows it, a copy of it in
    a temporary folder is used instead, which is gone when the team is closed; then `passing` is true of it.
    """

    def __init__(
        self, url: str | Path | None = None, *, patience: float = 10.0, passing: bool = False
    ) -> None:
        ledger = place_of(url)
        self.place: Path | URL = (
            ledger.with_suffix(f".team{ledger.suffix}") if isinstance(ledger, Path) else ledger
        )
        self.passing = passing and isinstance(self.place, Path) and not _writable(self.place)
        self._folder = TemporaryDirectory(prefix="onrecord-team-") if self.passing else None
        self._turn = Lock()
        self._engine = _engine(self._copied(), patience)
        try:
            self.write(self._make)
        except BaseException:
            self.close()
            raise

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds in one state of what is kept."""
        with clear_errors(shown_place(self.place)), self._engine.connect() as connection, connection.begin():
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a transaction, which is committed as a whole or not at all."""
        with self._turn, clear_errors(shown_place(self.place)), self._engine.connect() as connection:
            connection = connection.execution_options(onrecord_writes=True)
            with connection.begin():
                return work(connection)

    def close(self) -> None:
        """Give up the file, or the connections. A `with` does it."""
        self._engine.dispose()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _copied(self) -> Path | URL:
        """Where it is kept: what there is, or a copy of it. A file that may not even be read is an error, for
        without its accounts everybody would be let in."""
        if self._folder is None or not isinstance(self.place, Path):
            return self.place
        copy = Path(self._folder.name, self.place.name)
        try:
            for behind in ("", "-wal"):
                there = self.place.with_name(self.place.name + behind)
                if there.exists():
                    shutil.copyfile(there, copy.with_name(copy.name + behind))
        except OSError as error:
            self._folder.cleanup()
            raise LedgerUnwritable(
                f"{self.place}, which holds the accounts, cannot be read ({error.strerror or error}). "
                "See whether you may read it."
            ) from error
        return copy

    def _make(self, connection: Connection) -> None:
        if not isinstance(self.place, Path):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        Base.metadata.create_all(connection)


def _writable(place: Path) -> bool:
    return os.access(place.parent, os.W_OK) and (not place.exists() or os.access(place, os.W_OK))


def _engine(place: Path | URL, patience: float) -> Engine:
    if not isinstance(place, Path):
        options = {"connect_timeout": 10, "application_name": "onrecord"}
        server = create_engine(place, pool_pre_ping=True, connect_args=options)
        return server.execution_options(schema_translate_map={None: SCHEMA})
    engine = create_engine(URL.create("sqlite", database=str(place)), connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once: one that began as a reader could not wait for another writer.
        options: dict[str, Any] = dict(connection.get_execution_options())
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("onrecord_writes") else "BEGIN")

    return engine
