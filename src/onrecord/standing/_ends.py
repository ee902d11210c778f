"""Restrictions that do not hold: by what prevails, their actor stands on the other side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from onrecord.entities import EntityKind
from onrecord.ledger import StoredStatement
from onrecord.standing._dates import first_day
from onrecord.standing._record import Record
from onrecord.standing._rules import code_of, scope_of
from onrecord.standing._standings import standings_of


def ends_of(
    ledger: Record,
    statements: Iterable[StoredStatement],
    *,
    as_of: str | None = None,
    known_at: datetime | None = None,
) -> dict[str, str | None]:
    """Of statements that tell of a restriction in force which does not hold, by their ids, the date since
    which its actor allows in the same scope what it restricted; None where that is no later than the
    restriction itself, so that it is denied rather than over. Dates are as in `standing_of`.
    """
    told = {stored.id: stored for stored in statements if _in_force(stored)}
    suppliers = sorted({str(stored.statement.target) for stored in told.values()})
    if not suppliers:
        return {}
    kinds = get_args(EntityKind)
    held = standings_of(ledger, suppliers, kinds=kinds, as_of=as_of, known_at=known_at).held
    allowed = {
        (one.actor, one.supplier, one.scope): one.since.value if one.since else None
        for one in held
        if one.side == "for" and one.force == "decided"
    }
    ends = {}
    for id, stored in told.items():
        said = stored.statement
        position = str(said.actor), str(said.target), scope_of(said.scope, said.topic)
        if position in allowed:
            published = stored.published.value if stored.published else None
            ends[id] = _later(allowed[position], said.when or published)
    return ends


def _in_force(stored: StoredStatement) -> bool:
    said = stored.statement
    code = code_of(said.type, said.status)
    restricts = code is not None and (code.side, code.force) == ("against", "decided")
    return bool(restricts and stored.counts and said.actor and said.target)


def _later(day: str | None, than: str | None) -> str | None:
    """A date where it surely is later than another; else None."""
    return day if day and than and first_day(day) > first_day(than) else None
