"""An open ledger: its schema brought up to date, read and written in transactions, on either database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine

from onrecord.ledger import _derived
from onrecord.ledger._errors import LedgerTooNew, LedgerUnreachable, told
from onrecord.ledger._place import Place, shown
from onrecord.ledger._postgresql import PostgreSQL
from onrecord.ledger._schema import HEAD
from onrecord.ledger._sqlite import Sqlite

T = TypeVar("T")

_PAUSES = (0.05, 0.1, 0.2, 0.5)
"""Seconds between tries to reach a server; the last one again and again."""


class Backend(Protocol):
    """What the two databases do each in its own way."""

    engine: Engine
    reading: dict[str, Any]
    writing: dict[str, Any]

    def revision(self, connection: Connection) -> str | None:
        """The revision of the schema; None where there is none yet. Errors where this is no ledger."""
        ...

    def begin_schema(self) -> None:
        """What must be done before the schema is made, outside any transaction."""
        ...

    def claim(self, connection: Connection) -> None:
        """Mark an empty database as a ledger."""
        ...

    def lock(self, connection: Connection) -> None:
        """Wait until no other transaction writes, and let none begin to."""
        ...


class Store:
    """An open ledger. `patience` is how many seconds to wait for another's write, or for a server that is
    away.

    In one process writers take their turn in the order in which they came; those of other processes wait
    at the database.
    """

    def __init__(self, place: Place, *, create: bool, patience: float) -> None:
        self.place = place
        self.patience = patience
        self._turn = Lock()
        self._backend: Backend = (
            Sqlite(place, create=create, patience=patience)
            if isinstance(place, Path)
            else PostgreSQL(place, create=create, patience=patience)
        )
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger throughout."""
        with told(shown(self.place)):
            connection = self._patiently(self._backend.engine.connect)
            with connection.execution_options(**self._backend.reading), connection.begin():
                yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a transaction that is the only writer; it is committed as a whole, or not at all.

        Where the server goes away meanwhile, `work` is done anew once it is back, so what `work` does
        twice must be the same as once.
        """
        with self._turn:
            return self._patiently(lambda: self._write(work))

    def _write(self, work: Callable[[Connection], T]) -> T:
        with told(shown(self.place)), self._backend.engine.connect() as connection:
            connection = connection.execution_options(**self._backend.writing)
            with connection.begin():
                self._backend.lock(connection)
                return work(connection)

    def _patiently(self, work: Callable[[], T]) -> T:
        """What `work` gives, tried again while the server is away, as long as patience lasts."""
        until = time.monotonic() + self.patience
        pauses = iter(_PAUSES)
        while True:
            try:
                with told(shown(self.place)):
                    return work()
            except LedgerUnreachable:
                pause = next(pauses, _PAUSES[-1])
                if time.monotonic() + pause > until:
                    raise
                time.sleep(pause)

    def close(self) -> None:
        """Give up the file, or the connections."""
        self._backend.engine.dispose()

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            if self._backend.revision(connection) == HEAD:
                return
        with told(shown(self.place)):
            self._backend.begin_schema()
        self.write(self._migrate)

    def _migrate(self, connection: Connection) -> None:
        # Asked again, since another program may have done it while we waited for the lock.
        revision = self._backend.revision(connection)
        if revision == HEAD:
            return
        # Imported here, since it takes a quarter of a second and an up-to-date ledger has no need of it.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory
        from alembic.util.exc import CommandError

        config = Config()
        config.set_main_option("script_location", "onrecord.ledger:migrations")
        config.attributes["connection"] = connection
        if revision is None:
            self._backend.claim(connection)
        else:
            try:
                ScriptDirectory.from_config(config).get_revision(revision)
            except CommandError as error:
                raise LedgerTooNew(
                    f"The ledger {shown(self.place)} was made by a newer On Record (its revision is "
                    f"{revision}, ours {HEAD}). Install the newer version, or name another ledger."
                ) from error
        command.upgrade(config, "head")
        _derived.bring_up_to_date(connection)
