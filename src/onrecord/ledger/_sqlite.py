"""A ledger in a file: SQLite in write-ahead mode, where a reader never waits for a writer, and what was
committed survives a kill."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.ledger._errors import LedgerCorrupt, LedgerNotFound, LedgerUnwritable

APPLICATION_ID = 0x4F6E5263
""""OnRc" in SQLite's header, by which a ledger is told from another program's database."""

_CACHE = 65_536
"""KiB of the file that a connection keeps in memory: the upper parts of a million statements' indexes."""
_LOG = 16_384
"""Pages of 4 KiB that the write-ahead log holds before they are brought into the file (SQLite's default is
1,000). A batch of 200 pages changes up to 10,000, most of which the next one changes again."""
_WRITES = "onrecord_writes"
_PAUSE = (0.0005, 0.005)
"""Seconds between two tries to begin to write, at random, so that two programs do not keep in step."""


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

    def claim(self, connection: Connection) -> None:
        """Mark the file as a ledger."""
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))

    def lock(self, connection: Connection) -> None:
        """The transaction began with the lock (`_begin`)."""

    def goes_on(self) -> bool:
        """False: who waited looked at that all the while (`_take_turn`)."""
        return False

    def receipt(self, connection: Connection) -> None:
        """A commit is never in doubt: who was not killed has seen it."""

    def settle(self) -> None:
        """Leave write-ahead mode until the next write, which brings all into the file. In that mode it can be
        read neither without the log beside it nor from a disk that is read-only."""
        with closing(self.engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode = DELETE")


def _prepare(place: Path, *, create: bool) -> None:
    """See that `place` can hold a ledger, and make its folder. An error says what stands in the way.

    The file itself is opened by SQLite alone: who closes a file gives up all locks that the whole program has
    on it (https://www.sqlite.org/howtocorrupt.html, 2.2), also those of a ledger that is open on it already.
    Another program would then take away the log under that ledger's hands, and what it wrote would be lost.
    """
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
        elif not place.is_file():
            raise LedgerUnwritable(f"{place} is not an ordinary file. Name another.")
    except OSError as error:
        raise LedgerUnwritable(
            f"The ledger {place} cannot be opened ({error.strerror or error}). "
            "See whether you may write it and its folder, or name another."
        ) from error


def _engine(place: Path, patience: float) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(place)), connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver's own way of beginning transactions leaves changes of the schema outside them.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA cache_size = -{_CACHE}")
        cursor.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        cursor = connection.connection.cursor()
        # A writer takes the lock at once: one that began as a reader could not wait for another writer.
        if connection.get_execution_options().get(_WRITES):
            if not connection.info.get(_WRITES):
                _begin_log(cursor)
                connection.info[_WRITES] = True
            _take_turn(cursor, patience)
        else:
            cursor.execute("BEGIN")
        cursor.close()

    return engine


def _begin_log(cursor: DBAPICursor) -> None:
    """Begin write-ahead mode, which stays with the file and cannot be begun within a transaction."""
    # Where others read meanwhile, a later writer does it. What else is in the way, the write itself tells.
    with suppress(sqlite3.OperationalError):
        cursor.execute("PRAGMA journal_mode = WAL")


def _take_turn(cursor: DBAPICursor, patience: float) -> None:
    """Begin to write as soon as no other program does; an error where nothing was written for as long as
    `patience` lasts, not where others only come first.

    SQLite's own way to wait sleeps longer and longer, so that who has waited longest is the least likely to
    come in between two others: of four busy writers one had no turn within ten seconds (`make endure`).
    """
    until, seen = time.monotonic() + patience, None
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                cursor.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            with suppress(sqlite3.OperationalError):
                before, seen = seen, cursor.execute("PRAGMA data_version").fetchone()
                if before not in (None, seen):
                    until = time.monotonic() + patience
            time.sleep(random.uniform(*_PAUSE))
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
