"""What people work at: what waits for review, whom they follow, and work in the background."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from onrecord.shapes._record import Judgement, Statement


class Queued(TypedDict):
    """A statement that waits for review: what is at stake with it, and why, each from 0 to 1; whether it
    needs you as the `second`; and the last judgement of it to be given as `seen`."""

    statement: Statement
    stakes: float
    doubt: float
    reasons: list[str]
    second: bool
    seen: int | None


class Disagreed(TypedDict):
    """A statement of which two persons said different things, the second without having seen the `first`."""

    statement: Statement
    first: Judgement
    second: Judgement


class Done(TypedDict):
    """How many statements a person has judged: on this day, since Monday (UTC), and ever."""

    who: str
    today: int
    week: int
    ever: int


class Agreement(TypedDict):
    """How far two persons agree, or all (`persons` is empty): on `agreed` of `n` statements. `kappa` is
    Cohen's, null where it is not defined."""

    persons: list[str]
    n: int
    agreed: int
    kappa: float | None


class Progress(TypedDict):
    """How review goes: what waits for you, has one reviewer only, or is disagreed on; who judged how much;
    and how far those agree who judged the same, of so many `pairs`."""

    waiting: int
    second: int
    disagreed: int
    done: list[Done]
    pairs: int
    agreements: list[Agreement]


class ReviewRule(TypedDict):
    """What needs a second person: statements of some types, and those with which so much is at stake."""

    types: list[str]
    stakes: float | None


class Channel(TypedDict):
    """Where somebody is told of what moves, and when; digests go out at the `hour` of a `zone`, weekly ones
    on a `weekday` (0 is Monday), nothing in the `quiet` hours (22:00-07:00). `failing` is since when nothing
    gets through, `error` why; `stopped`: its receiver wants no more."""

    id: int
    kind: str
    address: str
    language: str
    pace: str
    hour: int
    weekday: int
    zone: str
    quiet: str
    stopped: bool
    failing: str | None
    error: str | None


class ChannelRead(Channel):
    """A channel with how many messages were sent there, and how much waits until it is `due`."""

    sent: int
    last_sent: str | None
    waiting: int
    due: str | None


class MadeChannel(ChannelRead):
    """A channel that was made; a webhook's `secret`, which signs what is sent, is told this once."""

    secret: str | None


class Tested(TypedDict):
    """Whether a test was sent, else why not."""

    sent: bool
    error: str | None


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
