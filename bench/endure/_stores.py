"""The two stores that are tried, each with a way to make, to clone and to be rid of a ledger."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Protocol

import psycopg
from tests.postgres import Server

NAMES = ("SQLite", "PostgreSQL")


class Store(Protocol):
    """Where ledgers are made."""

    name: str

    def new(self) -> str:
        """Where a ledger may be made."""
        ...

    def clone(self, place: str) -> str:
        """Another ledger that is the same; nobody has the first one open."""
        ...

    def drop(self, place: str) -> None:
        """Remove a ledger that nobody has open."""
        ...

    def settle(self, place: str) -> list[str]:
        """Wait until nobody is in the ledger any more; what the database itself finds wrong with it."""
        ...


class Files:
    """Ledgers in files."""

    name = NAMES[0]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0

    def new(self) -> str:
        self.made += 1
        return str(self.folder / f"record-{self.made}.db")

    def clone(self, place: str) -> str:
        return shutil.copyfile(place, self.new())

    def drop(self, place: str) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(place + suffix).unlink(missing_ok=True)

    def settle(self, place: str) -> list[str]:
        if not Path(place).exists():
            return []
        with closing(sqlite3.connect(place)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            return found + [f"foreign key {row}" for row in connection.execute("PRAGMA foreign_key_check")]


class Databases:
    """Ledgers on a server."""

    name = NAMES[1]

    def __init__(self, server: Server) -> None:
        self.server = server

    def new(self) -> str:
        return self.server.database()

    def clone(self, place: str) -> str:
        return self.server.database(template=_database(place))

    def drop(self, place: str) -> None:
        self._ask(f"DROP DATABASE {_database(place)} WITH (FORCE)")

    def settle(self, place: str) -> list[str]:
        name, until = _database(place), time.monotonic() + 30
        while self._ask(f"SELECT 1 FROM pg_stat_activity WHERE datname = '{name}'"):
            if time.monotonic() > until:
                return ["the server keeps the connection of a program that is gone"]
            time.sleep(0.02)
        return []

    def _ask(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            answer = connection.execute(query.encode())
            return answer.fetchall() if answer.description else []


def _database(place: str) -> str:
    return place.rpartition("/")[2]
