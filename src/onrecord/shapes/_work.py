"""What people work at: what waits for review, whom they follow, and work in the background."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from onrecord.shapes._record import Statement


class Queued(TypedDict):
    """A statement that waits for review: what is at stake with it, and why, each from 0 to 1; whether it
    needs you as the `second`; and the last judgement of it to be given as `seen`."""

    statement: Statement
    stakes: float
    doubt: float
    reasons: list[str]
    second: bool
    seen: int | None


class Weeks(TypedDict):
    """How many statements there were in each week of a year, from the first."""

    first: str
    counts: list[int]


class MoveEvidence(TypedDict):
    """A statement behind a move, with its words."""

    statement: str
    page: str
    reads: str
    quote: str
    language: str | None
    outlet: str | None
    published: str | None
    title: str | None
    locator: str
    counts: bool
    url: str | None


class Move(TypedDict):
    """Something that moved about a supplier: `told` in words, what it rests on, and of a list its entry."""

    id: str
    kind: str
    actor: str | None
    scope: str | None
    before: str | None
    after: str | None
    set_by: dict[str, Any] | None
    told: str
    statements: list[str]
    more: int
    evidence: list[MoveEvidence]
    entry: dict[str, Any] | None


class Watched(TypedDict):
    """A supplier that you follow, and what moved since your last visit (docs/watch.md)."""

    supplier: str
    since: str
    seen: str
    statements: int
    origins: int
    disputes: int
    listed: int
    weeks: Weeks | None
    moves: list[Move]


class Job(TypedDict):
    """Work that takes long: how far it is, and where its result is asked (docs/workbench-register.md)."""

    job: str
    what: str
    subject: str
    who: str
    state: str
    done: int
    of: int
    asked: str
    ended: str | None
    result: str | None
    message: str | None
