"""Review as a whole, for its pages and for the API alike: who judged how much, and what needs a second
person."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from onrecord.present import today
from onrecord.statements import TYPES
from onrecord.team import Person, Reviews, SecondRule
from onrecord.web._agreement import Done, done_by
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem

MOST_STAKES = 1000
"""What may be said to be at stake at most."""


def done(bench: Bench) -> tuple[Done, ...]:
    """How many statements each person judged today, this week and ever."""
    day = today()
    return bench.kept(("done", day), lambda: done_by(bench.ledger.judgements(), day))


def set_rule(bench: Bench, person: Person, types: Iterable[str], stakes: float | None) -> None:
    """Say what needs a second person. `Problem` for a type that there is not, or stakes that cannot be."""
    types = tuple(types)
    if wrong := set(types) - set(TYPES):
        raise Problem(HTTPStatus.BAD_REQUEST, f"There is no type '{min(wrong)}'.")
    if stakes is not None and not 0 < stakes <= MOST_STAKES:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "Write the stakes as a number above 0, such as 5, or nothing.",
            field="stakes",
            key="wrong_stakes",
        )
    Reviews(bench.team).set_rule(SecondRule(types, stakes), who=person.name)
