"""Who asks, their tokens and sessions, and accounts."""

from __future__ import annotations

from typing_extensions import TypedDict


class Me(TypedDict):
    """Who asks: the name that judgements are signed with, the role, and whether it is an account's."""

    name: str
    role: str
    account: bool


class Token(TypedDict):
    """An API token, without what it is shown by. `used` is the day of its last use."""

    id: int
    account: str
    name: str
    role: str
    made: str
    expires: str | None
    used: str | None
    revoked: str | None
    holds: bool


class MadeToken(Token):
    """A token that was made; `token` is told this once."""

    token: str


class Session(TypedDict):
    """A browser that is signed in; `agent` is what it calls itself, `used` is right to the hour."""

    id: int
    agent: str
    begun: str
    used: str


class Account(TypedDict):
    """Somebody who may sign in; `password` says whether there is one, `disabled` since when they may not."""

    name: str
    role: str
    email: str | None
    password: bool
    made: str
    disabled: str | None


class Deed(TypedDict):
    """What was done with an account, and who did it."""

    id: int
    at: str
    who: str
    account: str
    what: str
    detail: str
