"""Positions that a person sets: which there are, and how one reads that the ledger holds."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.ledger import NotJudged, SetPosition
from onrecord.standing._rules import Code, codes, scopes


class NoSuchPosition(NotJudged):
    """A position, or a field in which one holds, that data/positions.yaml does not list."""


def position_codes() -> tuple[str, ...]:
    """The positions that there are, by name, the strictest first."""
    return tuple(codes())


def position_scopes() -> tuple[str, ...]:
    """The fields in which a position may hold."""
    return scopes()


def check_position(scope: str, code: str) -> None:
    """Raise `NoSuchPosition`, with those that there are, where a position can't be set so."""
    if code not in codes():
        raise NoSuchPosition(f"There is no position '{code}'. Name one of: {', '.join(codes())}.")
    if scope not in scopes():
        raise NoSuchPosition(f"There is no scope '{scope}'. Name one of: {', '.join(scopes())}.")


def code_set(position: SetPosition) -> Code:
    """The position that a person set. `NoSuchPosition` where the ledger holds one that is not listed, as one
    of a newer version may.
    """
    try:
        check_position(position.scope, position.code)
    except NoSuchPosition as error:
        number = position.judgement.id
        raise NoSuchPosition(
            f"Judgement {number} sets a position that this version of On Record does not know. {error} "
            f"`onrecord undo {number}` takes it back."
        ) from error
    return codes()[position.code]


def actors_set(positions: Iterable[SetPosition]) -> set[str]:
    """The actors whose positions were set."""
    return {position.actor for position in positions}
