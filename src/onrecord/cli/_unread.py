"""What a command could not read: how it is told, and what it does to the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from onrecord.cli._failure import Code, Failure


class Unread(Protocol):
    """Where something is that could not be read, the code of the reason, and both in words."""

    @property
    def locator(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...


def unread_fields(one: Unread) -> dict[str, str]:
    """What could not be read, as JSON gives it."""
    return {"locator": one.locator, "code": one.code, "message": one.message}


def settle(readable: int, failed: Sequence[Unread]) -> None:
    """Raise the `Failure` that tells of each page that could not be read; where all could, do nothing.

    `readable` counts the pages that could be read: where there is none, that is another exit code.
    """
    from onrecord.present import plain

    if not failed:
        if not readable:
            raise Failure(
                Code.NOTHING_READ, "there is nothing to read there. Name files, or folders that hold some."
            )
        return
    code = Code.SOME_UNREADABLE if readable else Code.NOTHING_READ
    told = "\n".join(f"  {plain(one.message)}" for one in failed)
    raise Failure(code, f"{len(failed)} could not be read, {readable} could.\n{told}")
