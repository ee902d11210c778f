"""What can be wrong with a ledger, said so that a user knows what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from onrecord.ledger._records import Judgement


class LedgerError(Exception):
    """Something about a ledger that its user can do something about; the message says what."""


class LedgerNotFound(LedgerError):
    """There is no ledger at the place that was named."""


class LedgerUnwritable(LedgerError):
    """The place cannot hold a ledger, or may not be written."""


class LedgerLocked(LedgerError):
    """Another program kept the ledger to itself for longer than we wait."""


class LedgerUnreachable(LedgerError):
    """The server that keeps the ledger does not answer, or went away. What was committed is safe."""


class LedgerCorrupt(LedgerError):
    """The file is damaged, or is no ledger of On Record at all."""


class Damaged(Exception):
    """Something in a row that cannot be read as what it should be; the message says what. Users of a ledger
    see it as `LedgerCorrupt` (`told`)."""


class LedgerTooNew(LedgerError):
    """The ledger was made by a version of On Record that is newer than this one."""


class ReadingRefused(LedgerError):
    """A reading that does not lead back to the words on its page, or names what it does not describe."""


class NotCopied(LedgerError):
    """A ledger that could not be copied; the message says why. Nothing was changed."""


class NotJudged(LedgerError):
    """A judgement that can't be passed so; the message says why."""


class CannotBe(NotJudged):
    """A judgement that tells what can't be; `field` is where it tells that."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class NoSuchJudgement(NotJudged):
    """There is no judgement of that number."""


class JudgedMeanwhile(NotJudged):
    """Something that somebody judged, or whose judgement was undone, after what was last seen of it;
    `judgement` is theirs. Nothing was changed."""

    def __init__(self, judgement: Judgement) -> None:
        undone = judgement.undone_by is not None
        told = "was undone" if undone else f"by {judgement.who} came"
        super().__init__(
            f"Judgement {judgement.id} ({judgement.kind}) {told} since you last looked. Nothing of yours was "
            "noted: look at it again, then judge."
        )
        self.judgement = judgement


class NoSuchDeposit(LedgerError):
    """There is no deposit of that number."""


class AmbiguousId(LedgerError):
    """The beginning of an id that fits several; `candidates` holds them."""

    def __init__(self, prefix: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"'{prefix}' begins several ids: {', '.join(candidates)}. Give more of it.")
        self.candidates = candidates


class NotThere(LedgerError):
    """A list has nothing of the id behind which it was asked for."""

    def __init__(self, after: str) -> None:
        super().__init__(
            f"after: nothing here is called '{after}'. Give the `next` of the answer before, or begin anew."
        )


class BadDate(LedgerError, ValueError):
    """A date that is none."""


# By SQLite's result codes (https://www.sqlite.org/rescode.html); the low byte is the primary one.
_DAMAGED = "The ledger {place} is damaged ({detail}). Put back a copy, or move it away and read again."
_LOCKED = (
    "The ledger {place} is locked by another program. Wait until it is done, or end it, and run this again."
)
_FULL = "The disk that holds the ledger {place} is full. Make room and run this again; nothing read is lost."
_BY_CODE: dict[int, tuple[type[LedgerError], str]] = {
    # No room for what the programs that have the ledger open share beside it.
    sqlite3.SQLITE_IOERR_SHMSIZE: (
        LedgerUnwritable,
        _FULL,
    ),
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
        _FULL,
    ),
    sqlite3.SQLITE_IOERR: (
        LedgerUnwritable,
        "The disk that holds the ledger {place} reports an error ({detail}). See to it and run this again.",
    ),
}


# By PostgreSQL's codes or their class, the first two signs
# (https://www.postgresql.org/docs/current/errcodes-appendix.html). An error without one is the driver's own:
# it found no server, or lost it.
_AWAY = (
    "The server of the ledger {place} does not answer ({detail}). What was committed is safe: see that the "
    "server runs and can be reached, and run this again."
)
_REFUSED = (
    "The server refuses to open the ledger {place} ({detail}). See to user and password, or ask whoever "
    "keeps it."
)
_BY_STATE: dict[str, tuple[type[LedgerError], str]] = {
    "": (LedgerUnreachable, _AWAY),
    "08": (LedgerUnreachable, _AWAY),
    "57P01": (LedgerUnreachable, _AWAY),
    "57P02": (LedgerUnreachable, _AWAY),
    "57P03": (LedgerUnreachable, _AWAY),
    "53300": (LedgerUnreachable, _AWAY),
    "55P03": (LedgerLocked, _LOCKED),
    "28": (LedgerUnwritable, _REFUSED),
    "3D000": (
        LedgerNotFound,
        "There is no database for the ledger {place} ({detail}). Make it with createdb, or name another.",
    ),
    "42501": (
        LedgerUnwritable,
        "You may not write the ledger {place} ({detail}). Ask whoever keeps the server for the right to.",
    ),
    "25006": (
        LedgerUnwritable,
        "The server of the ledger {place} takes no changes now ({detail}). Name the one that does.",
    ),
    "53100": (
        LedgerUnwritable,
        _FULL,
    ),
    "58": (
        LedgerUnwritable,
        "The disk that holds the ledger {place} reports an error ({detail}). See to it and run this again.",
    ),
    "XX001": (LedgerCorrupt, _DAMAGED),
    "XX002": (LedgerCorrupt, _DAMAGED),
}


_CONNECTING = ("OperationalError", "ConnectionTimeout")
_REFUSALS = {
    "authentication failed": "28",
    "no pg_hba.conf entry": "28",
    "no password supplied": "28",
    ' role "': "28",
    '" does not exist': "3D000",
}


def _told(error: BaseException | None, place: str) -> LedgerError | None:
    if isinstance(error, sqlite3.Error):
        return _told_by_file(error, place)
    state = None if error is None else _state(error)
    known = None if state is None else _BY_STATE.get(state) or _BY_STATE.get(state[:2])
    if error is None or known is None:
        return None
    kind, message = known
    return kind(message.format(place=place, detail=_first_line(error)))


def _state(error: BaseException) -> str | None:
    """PostgreSQL's code of an error, "" where the driver found no server or lost it; else None.

    Of a server that refuses a connection the driver keeps the words only.
    """
    if not hasattr(error, "sqlstate"):  # psycopg's; the driver need not be installed
        return None
    state: str | None = error.sqlstate
    if state is None and type(error).__name__ in _CONNECTING:
        signs = (sign for sign in _REFUSALS if sign in str(error))
        state = next((_REFUSALS[sign] for sign in signs), "")
    return state


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _told_by_file(error: sqlite3.Error, place: str) -> LedgerError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code not in _BY_CODE:
        code &= 0xFF
    if code is None or code not in _BY_CODE:
        # The first is Python's own complaint about damaged text, the others tell of a damaged schema.
        signs = ("Could not decode", "no such table", "no such column")
        sign = next((sign for sign in signs if sign in str(error)), None)
        return None if sign is None else _damaged(place, sign)
    kind, message = _BY_CODE[code]
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
    except UnicodeDecodeError as error:  # the driver's, when the name of a table or a message is damaged
        raise _damaged(place, error.reason) from error
    except Damaged as error:
        raise _damaged(place, f"{error}; `onrecord audit` names the rows") from error
    except Exception as error:  # SQLAlchemy's, or a driver's own
        known = _told(error.orig if isinstance(error, DBAPIError) else error, place)
        if known is None:
            raise
        raise known from error
