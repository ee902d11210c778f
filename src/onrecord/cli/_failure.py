"""How a command ends: its exit code (docs/exit-codes.md), and what is said when it ends badly."""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """Exit codes, as docs/exit-codes.md lists them. `USAGE` and `INTERRUPTED` are what shells expect."""

    OK = 0
    NOT_FOUND = 1
    USAGE = 2
    SOME_UNREADABLE = 3
    LEDGER = 4
    NOTHING_READ = 5
    OUTPUT = 6
    FAULTS = 7
    FOUND = 8
    REFUSED = 9
    NOT_SENT = 10
    INTERRUPTED = 130


class Failure(Exception):
    """An end that the user should understand: what is wrong, and what to do about it."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
