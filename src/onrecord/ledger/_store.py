"""The database behind a ledger: opened, its schema brought up to date, read and written in transactions.

SQLite in write-ahead mode: a reader never waits for a writer, and what was committed survives a kill.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.ledger._errors import LedgerCorrupt, LedgerTooNew, told
from onrecord.ledger._place import prepare
from onrecord.ledger._schema import HEAD

APPLICATION_ID = 0x4F6E5263
""""OnRc" in SQLite's header, by which a ledger is told from another program's database."""

_WRITES = "onrecord_writes"


class Store:
    """An open ledger file. `busy_timeout` is how many seconds to wait for another program's write."""

    def __init__(self, place: Path, *, create: bool, busy_timeout: float) -> None:
        self.place = place
        prepare(place, create=create)
        self._engine = _engine(place, busy_timeout)
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger throughout."""
        with told(str(self.place)), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is the only writer; it is committed as a whole, or not at all."""
        with told(str(self.place)), self._engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give up the file."""
        self._engine.dispose()

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            revision = _revision(connection, self.place)
        if revision == HEAD:
            return
        with told(str(self.place)), closing(self._engine.raw_connection()) as raw:
            # The mode stays with the file. It cannot be set within a transaction: hence a bare connection.
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        with self.writing() as connection:
            # Asked again, since another program may have done it while we waited for the lock.
            revision = _revision(connection, self.place)
            if revision != HEAD:
                _migrate(connection, revision, self.place)


def _engine(place: Path, busy_timeout: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(place)),
        connect_args={"timeout": busy_timeout},
    )

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


def _revision(connection: Connection, place: Path) -> str | None:
    """The schema's revision; None for an empty file. Errors where the file is not a ledger."""
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if not tables:
        return None
    ours = connection.scalar(text("PRAGMA application_id")) == APPLICATION_ID
    if not ours or "alembic_version" not in tables:
        raise LedgerCorrupt(f"{place} is the database of another program, not a ledger. Name another file.")
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return str(revision)


def _migrate(connection: Connection, revision: str | None, place: Path) -> None:
    # Imported here, since it takes a quarter of a second and an up-to-date ledger has no need of it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", "onrecord.ledger:migrations")
    config.attributes["connection"] = connection
    if revision is not None:
        try:
            ScriptDirectory.from_config(config).get_revision(revision)
        except CommandError as error:
            raise LedgerTooNew(
                f"The ledger {place} was made by a newer On Record (its revision is {revision}, ours "
                f"{HEAD}). Install the newer version, or name another ledger."
            ) from error
    else:
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    command.upgrade(config, "head")
