"""Positions that a person set: noted as judgements, and given back as they hold."""

from __future__ import annotations

from sqlalchemy import Connection

from onrecord.ledger import _judgements
from onrecord.ledger._dates import first_day
from onrecord.ledger._judgements import Judged
from onrecord.ledger._records import Judgement, SetPosition


def set_position(
    connection: Connection, actor: str, payload: dict[str, str], *, who: str, why: str
) -> Judgement:
    """Note that a person says where an actor stands: `payload` names supplier, scope, code and since when.
    `BadDate` where that is no date. It takes the place of what was set for the same day.
    """
    first_day(payload["since"])
    return _judgements.passed(connection, "position", actor, who=who, why=why, payload=payload)


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
