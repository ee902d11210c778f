"""A file that is being written: one program at a time has it, and leaves it to the next if broken off."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BESIDE = ("-wal", "-shm", "-journal")
"""What a database keeps beside its file while it is written."""


class Taken(Exception):
    """Another program is writing the file."""


@contextmanager
def claimed(part: Path) -> Iterator[None]:
    """Have `part` to oneself, empty or not there yet, whatever a program that was broken off has left of it;
    `Taken` where another one has it. The system gives up the claim of a program that ends. Where there are no
    such claims (Windows), all have it."""
    if sys.platform == "win32":
        remove(part)
        yield
        return
    claim = _claim(part)
    try:
        # What was left is emptied, not removed: another file of the name could be claimed beside it.
        os.ftruncate(claim, 0)
        _remove_beside(part)
        yield
    finally:
        os.close(claim)


def remove(part: Path) -> None:
    """Remove a file that was not finished, with what a database keeps beside it."""
    _remove_beside(part)
    part.unlink(missing_ok=True)


def _remove_beside(part: Path) -> None:
    for suffix in _BESIDE:
        part.with_name(part.name + suffix).unlink(missing_ok=True)


if sys.platform != "win32":
    import fcntl

    def _claim(part: Path) -> int:
        """An open file that is locked, and that is the one of that name."""
        while True:
            claim = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
            if not _locked(claim):
                os.close(claim)
                raise Taken
            # It may have been finished or removed by who had it, after it was opened here.
            if part.exists() and os.path.samestat(os.fstat(claim), part.stat()):
                return claim
            os.close(claim)

    def _locked(file: int) -> bool:
        """Whether the file is ours alone, as far as its disk knows of locks."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
