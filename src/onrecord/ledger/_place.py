"""Where a ledger is: what the user named, else ONRECORD_LEDGER, else a file in the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from onrecord.ledger._errors import LedgerUnwritable

ENVIRONMENT = "ONRECORD_LEDGER"

Place = Path | URL
"""A file (SQLite), or the URL of a database on a PostgreSQL server."""

_SERVERS = ("postgresql", "postgres")


def place_of(url: str | Path | None) -> Place:
    """The place that a path, a `sqlite:///` or a `postgresql://` URL names; None asks the environment, else
    it is the user's own file."""
    named = url if url is not None else os.environ.get(ENVIRONMENT)
    if not named:
        return user_data_path("onrecord", appauthor=False) / "record.db"
    text = str(named)
    scheme, parted, rest = text.partition("://")
    if not parted:
        return Path(text).expanduser()
    if scheme == "sqlite":
        if not rest.startswith("/") or rest == "/":
            raise LedgerUnwritable("sqlite:/// names no file. Write for instance sqlite:///record.db.")
        return Path(rest[1:]).expanduser()
    if scheme not in _SERVERS:
        raise LedgerUnwritable(
            f"Ledgers are kept in SQLite or PostgreSQL, not in {scheme}. Name a file, or a URL that begins "
            "with sqlite:/// or postgresql://."
        )
    return _server(text)


def _server(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise LedgerUnwritable(
            "This is no URL of a database. Write for instance postgresql://user@host/record "
            "(%40 for an @ in a password)."
        ) from error
    if not url.database:
        raise LedgerUnwritable(
            f"{shown(url)} names no database. Write its name last, as in postgresql://user@host/record."
        )
    return url.set(drivername="postgresql+psycopg")


def shown(place: Place) -> str:
    """A place as messages name it: without the password."""
    if isinstance(place, Path):
        return str(place)
    return place.set(drivername="postgresql").render_as_string(hide_password=True)
