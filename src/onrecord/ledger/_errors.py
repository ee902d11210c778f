"""What can be wrong with a ledger, said so that a user knows what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError


class LedgerError(Exception):
    """Something about a ledger that its user can do something about; the message says what."""


class LedgerNotFound(LedgerError):
    """There is no ledger at the place that was named."""


class LedgerUnwritable(LedgerError):
    """The place cannot hold a ledger, or may not be written."""


class LedgerLocked(LedgerError):
    """Another program kept the ledger to itself for longer than we wait."""


class LedgerCorrupt(LedgerError):
    """The file is damaged, or is no ledger of On Record at all."""


class LedgerTooNew(LedgerError):
    """The ledger was made by a version of On Record that is newer than this one."""


class ReadingRefused(LedgerError):
    """A reading that does not lead back to the words on its page, or names what it does not describe."""


class AmbiguousId(LedgerError):
    """The beginning of an id that fits several; `candidates` holds them."""

    def __init__(self, prefix: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"'{prefix}' begins several ids: {', '.join(candidates)}. Give more of it.")
        self.candidates = candidates


class BadDate(LedgerError, ValueError):
    """A date that is none."""


# By SQLite's result codes (https://www.sqlite.org/rescode.html); the low byte is the primary one.
_DAMAGED = "The ledger {place} is damaged ({detail}). Put back a copy, or move it away and read again."
_LOCKED = (
    "The ledger {place} is locked by another program. Wait until it is done, or end it, and run this again."
)
_BY_CODE: dict[int, tuple[type[LedgerError], str]] = {
    sqlite3.SQLITE_BUSY: (
        LedgerLocked,
        _LOCKED,
    ),
    sqlite3.SQLITE_LOCKED: (
        LedgerLocked,
        _LOCKED,
    ),
    sqlite3.SQLITE_CORRUPT: (
        LedgerCorrupt,
        _DAMAGED,
    ),
    sqlite3.SQLITE_NOTADB: (
        LedgerCorrupt,
        "{place} is not a ledger of On Record, or is damaged ({detail}). Name another file, or move it away.",
    ),
    sqlite3.SQLITE_READONLY: (
        LedgerUnwritable,
        "The ledger {place} may not be written. Get the right to write it and its folder, or name another.",
    ),
    sqlite3.SQLITE_PERM: (
        LedgerUnwritable,
        "You have no right to open the ledger {place}. Name another file.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        LedgerUnwritable,
        "The ledger {place} cannot be opened. See whether you may write it and its folder, or name another.",
    ),
    sqlite3.SQLITE_FULL: (
        LedgerUnwritable,
        "The disk that holds the ledger {place} is full. Make room and run this again; nothing read is lost.",
    ),
    sqlite3.SQLITE_IOERR: (
        LedgerUnwritable,
        "The disk that holds the ledger {place} reports an error ({detail}). See to it and run this again.",
    ),
}


def _told(error: BaseException | None, place: str) -> LedgerError | None:
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _BY_CODE:
        # The first is Python's own complaint about damaged text, the others tell of a damaged schema.
        signs = ("Could not decode", "no such table", "no such column")
        sign = next((sign for sign in signs if sign in str(error)), None)
        return None if sign is None else _damaged(place, sign)
    kind, message = _BY_CODE[code & 0xFF]
    return kind(message.format(place=place, detail=error))


def _damaged(place: str, detail: object) -> LedgerCorrupt:
    return LedgerCorrupt(_DAMAGED.format(place=place, detail=detail))


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn the database's own errors into a `LedgerError` that names the ledger at `place` and what to do.

    What is no fault of the file or the machine (a mistake in our own SQL, say) passes unchanged.
    """
    try:
        yield
    except DBAPIError as error:
        known = _told(error.orig, place)
        if known is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:  # the driver's, when the name of a table or a message is damaged
        raise _damaged(place, error.reason) from error
    except sqlite3.Error as error:
        known = _told(error, place)
        if known is None:
            raise
        raise known from error
