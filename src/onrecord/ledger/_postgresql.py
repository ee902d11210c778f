"""A ledger on a PostgreSQL server, for a team: readers see one state each, writers take turns."""

from __future__ import annotations

import logging
from contextlib import closing
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from onrecord.ledger._errors import LedgerCorrupt, LedgerNotFound, LedgerUnwritable
from onrecord.ledger._place import shown

LOCK = 0x4F6E5263
"""The number of the lock that a writer holds: "OnRc", as in the header of a ledger's file."""

_CONNECT = 10
"""Seconds after which a server that does not answer counts as away."""
_HELD, _MORE = 10, 30
"""Connections that are kept open for the next question, and how many more there may be at once. A workbench
answers in 40 threads, the number that starlette has by default."""


# Of a connection that is lost these also tell their log, which without a handler is standard error.
for _name in ("psycopg", "sqlalchemy"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class PostgreSQL:
    """A database on a server. `patience` is how many seconds to wait for another's write."""

    # A reader asks several questions of one state, and never writes. A writer has the lock before it looks,
    # so what it sees first is what the last writer left.
    reading: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # noqa: RUF012
    writing: dict[str, Any] = {"isolation_level": "READ COMMITTED"}  # noqa: RUF012

    def __init__(self, url: URL, *, create: bool, patience: float) -> None:
        self.url = url
        self.create = create
        self.patience = patience
        try:
            self.engine = create_engine(
                url,
                pool_pre_ping=True,
                pool_size=_HELD,
                max_overflow=_MORE,
                connect_args={"connect_timeout": _CONNECT, "application_name": "onrecord"},
            )
        except ModuleNotFoundError as error:
            raise LedgerUnwritable(
                "Ledgers on PostgreSQL need the driver psycopg: pip install 'onrecord[postgresql]'."
            ) from error
        event.listen(self.engine, "connect", _planned_for_what_is_asked)
        event.listen(self.engine, "checkout", _as_the_server_has_it)

    def revision(self, connection: Connection) -> str | None:
        """The schema's revision; None for an empty database. Errors where it holds no ledger."""
        tables = set(inspect(connection).get_table_names())
        if {"alembic_version", "page", "statement"} <= tables:
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        if tables:
            raise LedgerCorrupt(
                f"{shown(self.url)} holds the tables of another program. Name a database of its own."
            )
        if not self.create:
            raise LedgerNotFound(
                f"There is no ledger in {shown(self.url)}. Read pages into it first, or name another."
            )
        return None

    def claim(self, connection: Connection) -> None:
        """Nothing: the tables say whose the database is."""

    def lock(self, connection: Connection) -> None:
        """Wait for the writers' lock, which ends with the transaction."""
        connection.execute(
            text("SELECT set_config('lock_timeout', :wait, true)"),
            {"wait": f"{max(int(self.patience * 1000), 1)}ms"},
        )
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})

    def goes_on(self) -> bool:
        """Whether whoever has the writers' lock still does something: it began its last question no longer
        ago than our patience lasts. Who waits for its turn among many is then not given up."""
        asked = text(
            "SELECT coalesce(max(query_start) > clock_timestamp() - make_interval(secs => :wait), false) "
            "FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE locktype = 'advisory' AND classid = 0 AND objid = :lock AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self.engine.connect() as connection:
            return bool(connection.scalar(asked, {"wait": self.patience, "lock": LOCK}))

    def receipt(self, connection: Connection) -> tuple[int, str] | None:
        """The last entry of the log, where this transaction noted it: where a server goes away before it has
        answered to a commit, only the log says whether it had committed."""
        last = connection.execute(
            text(
                "SELECT id, digest FROM entry WHERE id = (SELECT max(id) FROM entry) "
                "AND xmin = pg_current_xact_id_if_assigned()::xid"
            )
        ).first()
        return None if last is None else (last.id, last.digest)

    def settle(self) -> None:
        """Nothing: a server keeps its own files."""


def _planned_for_what_is_asked(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Let each question be planned for its values. The plan that a server makes for any values, after a few
    questions of the same form, may read a whole index for a word that stands in few texts: 17 s instead of
    0.1 for a phrase among a million statements."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()


def _as_the_server_has_it(
    connection: DBAPIConnection, _: ConnectionPoolEntry, __: PoolProxiedConnection
) -> None:
    """Let the server say whether a transaction may write. A connection that has been a reader's would begin
    the next one as READ WRITE, also where the server has `default_transaction_read_only` set."""
    connection.read_only = None
