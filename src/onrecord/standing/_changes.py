"""What moved between two dates: positions taken, changed or no longer held, and matters newly accused or
denied. Two dossiers are compared, so a change is one move however many pages tell of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from onrecord.ledger import Judgement
from onrecord.standing._dossier import standing_of
from onrecord.standing._lines import order
from onrecord.standing._model import Dispute, Dossier, Line, Position, Stance
from onrecord.standing._record import Record

MoveKind = Literal["position", "case", "accused", "denied", "examined"]
"""A position that is another than before; a case that came to another stage; a matter of which somebody says
that it is so and nobody did; one that is denied and was not; one on which an examination is told and none
was.
"""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of standing. `actor` is whose position, case or matter it is; `scope` the scope of a position,
    the kind of a case and the other party (`kind: party`), or the matter (`type: topic`); `before` and
    `after` are positions' codes or cases' stages, None where there was or is none.
    `lines` are what moved it, or `set_by` where a person set a position. `id` is the same on any machine, so
    that a feed tells it once.
    """

    id: str
    kind: MoveKind
    actor: str | None
    scope: str
    before: str | None
    after: str | None
    lines: tuple[Line, ...]
    set_by: Judgement | None = None

    @property
    def days(self) -> list[str]:
        """The dates of what moved it (ISO 8601, cut to their precision)."""
        if self.set_by is not None:
            return [self.set_by.payload["since"]]
        return [line.moment.value for line in self.lines if line.moment is not None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved about one supplier after `since`, up to `until` (None: all that is on record)."""

    dossier: Dossier
    since: str
    until: str | None
    moves: tuple[Move, ...]


def changes_of(
    ledger: Record,
    supplier: str,
    *,
    since: str,
    until: str | None = None,
    known_at: datetime | None = None,
) -> Changes:
    """What moved about a supplier between two dates (ISO 8601, cut or whole; by publication). Raises
    `UnknownEntity`.
    """
    before = standing_of(ledger, supplier, as_of=since, known_at=known_at)
    after = standing_of(ledger, supplier, as_of=until, known_at=known_at)
    return Changes(after, since, until, _moves(before, after))


def changes_known(
    ledger: Record, supplier: str, *, since: datetime, until: datetime | None = None
) -> Changes:
    """What moved about a supplier by what the ledger learned after `since`, up to `until` (moments, as
    `Ledger.latest` gives them; None: all that it knows), whenever it was published. What was taken in too
    late moves now; a page withdrawn or a statement rejected takes a position back. Raises `UnknownEntity`.
    """
    before = standing_of(ledger, supplier, known_at=since)
    after = standing_of(ledger, supplier, known_at=until)
    days = since.date().isoformat(), until.date().isoformat() if until is not None else None
    return Changes(after, *days, _moves(before, after))


def _moves(before: Dossier, after: Dossier) -> tuple[Move, ...]:
    known = {line.id for line in before.lines}
    moves = [
        *_positions(before, after, known),
        *_cases(before, after),
        *_disputes(before, after, known),
    ]
    return tuple(sorted(moves, key=_place))


def _positions(before: Dossier, after: Dossier, known: set[str]) -> Iterator[Move]:
    held, holds = _stances(before.positions), _stances(after.positions)
    for actor, scope in sorted(held.keys() | holds.keys(), key=str):
        was, now = held.get((actor, scope)), holds.get((actor, scope))
        codes = was.code if was else None, now.code if now else None
        if codes[0] == codes[1]:
            continue
        told = now or was
        assert told is not None
        if now is not None and now.set_by is not None:
            yield _move("position", actor, scope, *codes, [], now.set_by)
            continue
        lines = [*told.support, *told.weighing, *told.dissent]
        new = [line for line in lines if line.id not in known] or list(told.support)
        yield _move("position", actor, scope, *codes, new)


def _stances(positions: Iterable[Position]) -> dict[tuple[str | None, str], Stance]:
    return {(p.actor, stance.scope): stance for p in positions for stance in p.stances}


def _cases(before: Dossier, after: Dossier) -> Iterator[Move]:
    held = {(case.kind, case.holder, case.other): case.stage for case in before.cases}
    for case in after.cases:
        was = held.get((case.kind, case.holder, case.other))
        if was != case.stage:
            scope = f"{case.kind}: {case.other or ''}"
            yield _move("case", case.holder, scope, was, case.stage, list(case.steps[-1].lines))


def _disputes(before: Dossier, after: Dossier, known: set[str]) -> Iterator[Move]:
    held = {_matter(dispute): dispute for dispute in before.disputes}
    for dispute in after.disputes:
        matter = _matter(dispute)
        was = held.get(matter)
        sides: tuple[tuple[MoveKind, tuple[Line, ...], tuple[Line, ...]], ...] = (
            ("accused", was.affirmed if was else (), dispute.affirmed),
            ("denied", was.denied if was else (), dispute.denied),
            ("examined", was.examined if was else (), dispute.examined),
        )
        for kind, earlier, told in sides:
            new = [line for line in told if line.id not in known]
            if new and not earlier:
                yield _move(kind, dispute.actor, f"{dispute.type}: {dispute.matter}", None, None, new)


def _matter(dispute: Dispute) -> tuple[str, str, str | None, str | None]:
    return dispute.type, dispute.matter, dispute.actor, dispute.target


def _move(
    kind: MoveKind,
    actor: str | None,
    scope: str,
    before: str | None,
    after: str | None,
    lines: list[Line],
    set_by: Judgement | None = None,
) -> Move:
    told = tuple(sorted(lines, key=order))
    parts = [kind, actor, scope, before, after, sorted(line.id for line in told)]
    if set_by is not None:
        parts += [set_by.payload["since"], set_by.who, set_by.why]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return Move(digest[:12], kind, actor, scope, before, after, told, set_by)


def _place(move: Move) -> tuple[str, str, str, str]:
    """Moves by the date of what moved them, the undated last."""
    return (min(move.days, default="~"), move.kind, move.actor or "~", move.scope)
