"""Where a ledger is: what the user named, else ONRECORD_LEDGER, else a file in the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from onrecord.ledger._errors import LedgerCorrupt, LedgerNotFound, LedgerUnwritable

ENVIRONMENT = "ONRECORD_LEDGER"
_MAGIC = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat.html, 1.3.1


def place_of(url: str | Path | None) -> Path:
    """The file that a path or `sqlite:///` URL names; None asks the environment, else it is the user's."""
    named = url if url is not None else os.environ.get(ENVIRONMENT)
    if not named:
        return user_data_path("onrecord", appauthor=False) / "record.db"
    text = str(named)
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
        if not text:
            raise LedgerUnwritable("sqlite:/// names no file. Write for instance sqlite:///record.db.")
    elif "://" in text:
        scheme = text.partition("://")[0]
        raise LedgerUnwritable(
            f"This version keeps ledgers in SQLite only, not in {scheme}. Name a file or a sqlite:/// URL."
        )
    return Path(text).expanduser()


def prepare(place: Path, *, create: bool) -> None:
    """See that `place` can hold a ledger, and make its folder. An error says what stands in the way."""
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
            return
        if not place.is_file():
            raise LedgerUnwritable(f"{place} is not an ordinary file. Name another.")
        with place.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise LedgerUnwritable(
            f"The ledger {place} cannot be opened ({error.strerror or error}). "
            "See whether you may write it and its folder, or name another."
        ) from error
    if head and head != _MAGIC:
        raise LedgerCorrupt(
            f"{place} is not a ledger of On Record, or is damaged. Name another file, or move it away."
        )
