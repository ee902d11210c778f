"""An open ledger: its schema brought up to date, read and written in transactions, on either database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, select

from onrecord.ledger import _derived
from onrecord.ledger._errors import LedgerLocked, LedgerTooNew, LedgerUnreachable, told
from onrecord.ledger._place import Place, shown
from onrecord.ledger._postgresql import PostgreSQL
from onrecord.ledger._schema import HEAD, EntryRow
from onrecord.ledger._sqlite import Sqlite

T = TypeVar("T")
Receipt = tuple[int, str]
"""The number and the digest of the last entry that a transaction noted."""

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

    def claim(self, connection: Connection) -> None:
        """Mark an empty database as a ledger."""
        ...

    def lock(self, connection: Connection) -> None:
        """Wait until no other transaction writes, and let none begin to."""
        ...

    def goes_on(self) -> bool:
        """Whether, where we waited in vain for our turn, whoever writes still does something."""
        ...

    def receipt(self, connection: Connection) -> Receipt | None:
        """What the log will show if this transaction is committed; None where it noted nothing, or where a
        commit is never in doubt."""
        ...

    def settle(self) -> None:
        """Bring all into the ledger's own file, so that this file alone is the ledger."""
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

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds in one state of the ledger; where the server goes away meanwhile, it is done anew
        once that is back."""

        def once() -> T:
            with told(shown(self.place)), self._backend.engine.connect() as connection:
                connection = connection.execution_options(**self._backend.reading)
                with connection.begin():
                    return work(connection)

        return self._patiently(once)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a transaction that is the only writer; it is committed as a whole, or not at all.

        Where the server goes away meanwhile, `work` is done anew once it is back, but not where it turns out
        that the server had committed before it could say so. What notes nothing in the log must be the same
        done twice as once.
        """
        sent: list[tuple[T, Receipt]] = []

        def once(connection: Connection) -> T:
            # We have the lock, so whatever was sent before is committed or gone by now.
            for result, receipt in sent:
                if _is_noted(connection, receipt):
                    return result
            result = work(connection)
            noted = self._backend.receipt(connection)
            sent[:] = [] if noted is None else [(result, noted)]
            return result

        with self._turn:
            while True:
                try:
                    return self._patiently(lambda: self._write(once))
                except LedgerLocked:
                    if not self._patiently(self._backend.goes_on):
                        raise

    def _write(self, work: Callable[[Connection], T]) -> T:
        with told(shown(self.place)), self._backend.engine.connect() as connection:
            connection = connection.execution_options(**self._backend.writing)
            with connection.begin():
                self._backend.lock(connection)
                return work(connection)

    def _patiently(self, work: Callable[[], T]) -> T:
        """What `work` gives, tried again while the server is away, as long as patience lasts.

        It begins with the first failure: a copy may have gone on for longer before.
        """
        until: float | None = None
        pauses = iter(_PAUSES)
        while True:
            try:
                with told(shown(self.place)):
                    return work()
            except LedgerUnreachable:
                pause = next(pauses, _PAUSES[-1])
                until = until or time.monotonic() + self.patience
                if time.monotonic() + pause > until:
                    raise
                time.sleep(pause)

    def settle(self) -> None:
        """Bring all into the ledger's own file, where it is one."""
        with told(shown(self.place)):
            self._backend.settle()

    def close(self) -> None:
        """Give up the file, or the connections."""
        self._backend.engine.dispose()

    def _bring_up_to_date(self) -> None:
        if self.read(self._backend.revision) != HEAD:
            self._patiently(lambda: self._write(self._migrate))

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


def _is_noted(connection: Connection, receipt: Receipt) -> bool:
    number, digest = receipt
    return connection.scalar(select(EntryRow.digest).where(EntryRow.id == number)) == digest
