"""What a person sets by hand beside all statements: where somebody stands on a supplier, and that a page was
withdrawn; for the forms of the workbench and the API alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from onrecord.ledger import BadDate, Judgement, last_day
from onrecord.present import today
from onrecord.standing import Stands, position_codes, position_scopes, stands_of
from onrecord.team import Person
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem
from onrecord.web._naming import meant
from onrecord.web._review import encodable, seen_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a position can be set: of an actor on a supplier, both given by key, in a scope."""

    actor: str
    supplier: str
    scope: str


@dataclass(frozen=True, slots=True)
class Stood:
    """What there is at a place: where the actor `stands` in this and other scopes, the judgements by which
    persons set it there, undone ones too, and the number that who has these before them has `seen`."""

    place: Place
    stands: Stands
    judgements: tuple[Judgement, ...]
    seen: int | None


def place_of(bench: Bench, actor: str, supplier: str, scope: str) -> Place:
    """The place that is meant, actor and supplier by any of their names, on record or listed. `Problem`, of
    the field."""
    _known("scope", scope, position_scopes())
    who = meant(bench, actor, "actor", unnamed=True)
    return Place(who, meant(bench, supplier, "supplier", unnamed=True), scope)


def stood_at(bench: Bench, place: Place) -> Stood:
    """What there is at a place."""
    stands = stands_of(bench.ledger, place.actor, place.supplier)
    judged = bench.ledger.judged_positions(place.actor, place.supplier, place.scope)
    return Stood(place, stands, judged, seen_of(judged))


def set_position(
    bench: Bench, person: Person, place: Place, position: str, since: str, why: str, seen: int | None
) -> Judgement:
    """Set a position in a person's name, from a day, month or year on; from today on where none is given.
    `Problem` of the field that is at fault; `JudgedMeanwhile` where somebody else set it after `seen`."""
    _known("position", position, position_codes())
    encodable(why)
    return bench.ledger.set_position(
        place.actor,
        place.supplier,
        scope=place.scope,
        code=position,
        since=_dated(since.strip() or today().isoformat(), "since"),
        who=person.name,
        why=why,
        seen=seen,
    )


def withdrawals(bench: Bench, page: str) -> tuple[Judgement, ...]:
    """The judgements that note that a page was withdrawn, undone ones too."""
    return tuple(one for one in bench.ledger.judgements(subject=page) if one.kind == "withdraw")


def withdrawn(withdrawals: Sequence[Judgement]) -> Judgement | None:
    """The one of them that holds; None where none does."""
    return next((one for one in reversed(withdrawals) if one.undone_by is None), None)


def withdraw(bench: Bench, person: Person, page: str, on: str, why: str, seen: int | None) -> Judgement:
    """Note in a person's name that a page, given by its whole id, was withdrawn on a day. `Problem` where
    that is none; `JudgedMeanwhile` where somebody else noted it, or took it back, after `seen`."""
    encodable(why)
    return bench.ledger.withdraw(page, _dated(on, "on"), who=person.name, why=why, seen=seen)


def _known(field: str, told: str, known: Sequence[str]) -> None:
    if told not in known:
        detail = f"There is no {field} '{told}'. Name one of: {', '.join(known)}."
        raise Problem(HTTPStatus.BAD_REQUEST, detail, field=field)


def _dated(told: str, field: str) -> str:
    try:
        last_day(told)
    except BadDate as error:
        raise Problem(HTTPStatus.BAD_REQUEST, str(error), field=field, key="wrong_date") from None
    return told
