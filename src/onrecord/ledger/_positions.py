"""Positions that a person set: noted as judgements, and given back as they hold."""

from __future__ import annotations

from sqlalchemy import Connection

from onrecord.ledger import _judgements
from onrecord.ledger._dates import begun, first_day
from onrecord.ledger._errors import CannotBe
from onrecord.ledger._judgements import Judged, Seen
from onrecord.ledger._passed import judgements
from onrecord.ledger._records import Judgement, SetPosition


def set_position(
    connection: Connection, actor: str, payload: dict[str, str], *, who: str, why: str, seen: Seen
) -> Judgement:
    """Note that a person says where an actor stands: `payload` names supplier, scope, code and since when.
    `BadDate` where that is no date, `CannotBe` where it is to come, or actor and supplier are the same. It
    takes the place of what was set for the same day. `JudgedMeanwhile` where one was set there, of whatever
    day, or undone, after what was `seen`.
    """
    begun(payload["since"], "since")
    of_it = judged_positions(connection, actor, payload["supplier"], payload["scope"])
    judged = _judgements.held(connection)
    if judged.key(actor, "") == judged.key(payload["supplier"], ""):
        raise CannotBe(f"{actor} is the supplier itself. Name somebody else who stands so on it.", "actor")
    meanwhile = _judgements.later(of_it, seen)
    return _judgements.passed(
        connection, "position", actor, who=who, why=why, payload=payload, meanwhile=meanwhile
    )


def judged_positions(connection: Connection, actor: str, supplier: str, scope: str) -> tuple[Judgement, ...]:
    """The judgements by which persons set where an actor stands on a supplier in a scope, in the order in
    which they were passed, undone ones too. Entities are those that they were merged into."""
    judged = _judgements.held(connection)

    def place(actor: str, told: dict[str, str]) -> tuple[str, ...]:
        return *(judged.key(key, "") or key for key in (actor, told["supplier"])), told["scope"]

    wanted = place(actor, {"supplier": supplier, "scope": scope})
    return tuple(
        one
        for one in judgements(connection)
        if one.kind == "position" and place(one.subject, one.payload) == wanted
    )


def positions_by_hand(judged: Judged, supplier: str | None = None) -> tuple[SetPosition, ...]:
    """The positions on a supplier, or on all, that hold, by their days; of several for one day the last that
    was passed. Entities are those that they were merged into.
    """
    found: dict[tuple[str, str, str, str], SetPosition] = {}
    for judgement in judged.positions:
        told = judgement.payload
        actor, on = (judged.key(key, "") or key for key in (judgement.subject, told["supplier"]))
        if supplier in (None, on):
            position = SetPosition(actor, on, told["scope"], told["code"], told["since"], judgement)
            found[on, actor, position.scope, position.since] = position
    return tuple(sorted(found.values(), key=lambda set_: (first_day(set_.since), set_.judgement.id)))
