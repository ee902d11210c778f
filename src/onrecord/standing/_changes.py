"""What moved between two dates: positions taken, changed or no longer held, matters newly accused or denied,
and what is no longer on record. Two dossiers are compared, so a change is one move however many pages tell
of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from onrecord.ledger import BadDate, Judgement, Snapshot, last_day
from onrecord.standing._dossier import standing_of
from onrecord.standing._lines import order
from onrecord.standing._model import Case, Dispute, Dossier, Line, Position, Stance
from onrecord.standing._record import Record

MoveKind = Literal[
    "position",
    "case",
    "accused",
    "denied",
    "examined",
    "no-longer-accused",
    "no-longer-denied",
    "no-longer-examined",
]
"""A position that is another than before; a case that came to another stage; a matter of which somebody says
that it is so and nobody did; one that is denied and was not; one on which an examination is told and none
was; and a matter of which nobody on record says so any longer.
"""

_Side = Literal["accused", "denied", "examined"]
_NO_LONGER: dict[_Side, MoveKind] = {
    "accused": "no-longer-accused",
    "denied": "no-longer-denied",
    "examined": "no-longer-examined",
}
_Lost = tuple[str, Judgement] | tuple[None, None]
_SAID = {
    "actor": "key",
    "target": "key",
    "type": "type",
    "status": "status",
    "topic": "topic",
    "scope": "scope",
}
"""The columns of what is said, by whatever source and whenever, each with the kind of its words."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of standing. `actor` is whose position, case or matter it is; `scope` the scope of a position,
    the kind of a case and the other party (`kind: party`), or the matter (`type: topic`); `before` and
    `after` are positions' codes or cases' stages, None where there was or is none.
    `lines` are what moved it, or `set_by` where a person set a position; of what is no longer on record
    (`gone`) they are what told it, and `lost` is the day (ISO 8601) on which that was withdrawn or rejected,
    `lost_by` the judgement by which; None where neither was (a page was read anew). Where what was told
    before fell away so, and nothing new moved a position or case, these are given too, and `lines` are what
    holds since. `id` is the same on any machine, so that a feed tells it once.
    """

    id: str
    kind: MoveKind
    actor: str | None
    scope: str
    before: str | None
    after: str | None
    lines: tuple[Line, ...]
    set_by: Judgement | None = None
    lost: str | None = None
    lost_by: Judgement | None = None

    @property
    def gone(self) -> bool:
        """Whether it is no longer on record."""
        return self.after is None if self.kind in ("position", "case") else self.kind in _NO_LONGER.values()

    @property
    def days(self) -> list[str]:
        """The dates of what moved it (ISO 8601, cut to their precision)."""
        if self.gone or self.lost is not None:
            return [self.lost] if self.lost is not None else []
        if self.set_by is not None:
            return [self.set_by.payload["since"]]
        return [line.moment.value for line in self.lines if line.moment is not None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved about one supplier after `since`, up to `until` (None: all that is on record). `before` is
    its dossier then, which alone has what is no longer on record, and `dossier` that of now."""

    before: Dossier
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
    """What moved about a supplier between two dates (ISO 8601, cut or whole; by publication, and what was
    withdrawn by the day on which it was). Raises `UnknownEntity`, and `BadDate` where `until` comes before
    `since`.
    """
    if until is not None and last_day(until) < last_day(since):
        raise BadDate(f"{until} comes before {since}. Name the earlier date as since, the later as until.")
    before = standing_of(ledger, supplier, as_of=since, known_at=known_at)
    after = standing_of(ledger, supplier, as_of=until, known_at=known_at)
    return Changes(before, after, since, until, _moves(ledger, before, after))


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
    return Changes(before, after, *days, _moves(ledger, before, after))


def _moves(ledger: Record, before: Dossier, after: Dossier) -> tuple[Move, ...]:
    known = {line.id for line in before.lines}
    moves = [
        *_positions(before, after, known),
        *_cases(before, after),
        *_disputes(before, after, known),
    ]
    gone = [move for move in moves if move.gone]
    fallen = _fallen(before, after, moves)
    fell = _fell(ledger, after, gone, fallen) if gone or fallen else {}
    told = (
        replace(move, lost=fell[move.id][0], lost_by=fell[move.id][1]) if move.id in fell else move
        for move in moves
        if not move.gone or move.id in fell
    )
    return tuple(sorted(told, key=_place))


def _fallen(before: Dossier, after: Dossier, moves: Iterable[Move]) -> dict[str, set[str]]:
    """By the ids of moves of positions and cases by nothing that is new: the statements that told the one
    before and are no longer on record."""
    known, stand = _statements(before.lines), _statements(after.lines)
    stances, cases = _stances(before.positions), _by_key(before.cases)
    told: dict[str, Iterable[Line]] = {}
    for move in moves:
        if move.gone or move.before is None or move.set_by is not None or _statements(move.lines) - known:
            continue
        if move.kind == "position":
            told[move.id] = stances[move.actor, move.scope].support
        elif move.kind == "case" and move.actor is not None:
            kind, _, other = move.scope.partition(": ")
            told[move.id] = cases[kind, move.actor, other or None].steps[-1].lines
    return {id: lost for id, lines in told.items() if (lost := _statements(lines) - stand)}


def _statements(lines: Iterable[Line]) -> set[str]:
    """The ids of the statements in lines, as far as they are laid out."""
    return {cited.statement_id for line in lines for cited in line.citations}


def _fell(
    ledger: Record, after: Dossier, gone: Sequence[Move], fallen: Mapping[str, set[str]]
) -> dict[str, _Lost]:
    """By the ids of moves the day on which what told them, or the one before, fell away, and by what. Of very
    many statements a dossier lays out some only: what is on record still did not move, and is not here."""
    whole = after.counts.laid_out == after.counts.statements

    def ask(snapshot: Snapshot) -> dict[str, _Lost]:
        found = {
            move.id: _lost(snapshot, _statements(move.lines))
            for move in gone
            if whole or not any(_is_said(snapshot, line) for line in move.lines)
        }
        return found | {id: _lost(snapshot, lost) for id, lost in fallen.items()}

    return ledger.snapshot(ask, as_of=after.as_of, known_at=after.known_at)


def _lost(snapshot: Snapshot, statements: Iterable[str]) -> _Lost:
    """The day of the last withdrawal or judgement of statements, and which it is; neither where there is
    none."""
    places = snapshot.places(sorted(statements))
    said = snapshot.said(snapshot.statements["id"][sorted(places.values())].tolist())
    by = [(str(one.withdrawn.payload["on"]), one.withdrawn) for one in said.values() if one.withdrawn]
    by += [(f"{one.judgement.at:%Y-%m-%d}", one.judgement) for one in said.values() if one.judgement]
    return max(by, key=lambda lost: (lost[0], lost[1].id), default=(None, None))


def _is_said(snapshot: Snapshot, line: Line) -> bool:
    """Whether a statement says what a line does, by whatever source."""
    said, numbers = snapshot.statements, snapshot.numbers
    found = said["counts"]
    for column, kind in _SAID.items():
        text = getattr(line, column)
        number = 0 if text is None else numbers.find_one(kind, text)
        found = found & (said[column] == number)
    return bool(found.any())


def _positions(before: Dossier, after: Dossier, known: set[str]) -> Iterator[Move]:
    held, holds = _stances(before.positions), _stances(after.positions)
    for actor, scope in sorted(held.keys() | holds.keys(), key=str):
        was, now = held.get((actor, scope)), holds.get((actor, scope))
        codes = was.code if was else None, now.code if now else None
        if codes[0] == codes[1] or (now is not None and now.whole is not None):
            continue  # what holds of the whole is told of the whole, once
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
    held, holds = _by_key(before.cases), _by_key(after.cases)
    for key, told in (held | holds).items():
        was, now = held.get(key), holds.get(key)
        stages = was.stage if was else None, now.stage if now else None
        if stages[0] != stages[1]:
            scope = f"{told.kind}: {told.other or ''}"
            yield _move("case", told.holder, scope, *stages, list(told.steps[-1].lines))


def _by_key(cases: Iterable[Case]) -> dict[tuple[str, str, str | None], Case]:
    return {(case.kind, case.holder, case.other): case for case in cases}


def _disputes(before: Dossier, after: Dossier, known: set[str]) -> Iterator[Move]:
    held, holds = _by_matter(before.disputes), _by_matter(after.disputes)
    stand = {line.id for line in after.lines}
    for matter, told in (held | holds).items():
        sides = _sides(held.get(matter)), _sides(holds.get(matter))
        scope = f"{told.type}: {told.matter}"
        for side, kind in _NO_LONGER.items():
            was, now = (one.get(side, ()) for one in sides)
            new = [line for line in now if line.id not in known]
            if side == "denied" and not was:
                new = new or list(now)  # what was denied of something else before
            if new and not was:
                yield _move(side, told.actor, scope, None, None, new)
            # What is disputed no longer may be on record still.
            elif was and not now and not any(line.id in stand for line in was):
                yield _move(kind, told.actor, scope, None, None, list(was))


def _sides(dispute: Dispute | None) -> dict[_Side, tuple[Line, ...]]:
    if dispute is None:
        return {}
    return {"accused": dispute.affirmed, "denied": dispute.denied, "examined": dispute.examined}


def _by_matter(disputes: Iterable[Dispute]) -> dict[tuple[str, str, str | None, str | None], Dispute]:
    return {(one.type, one.matter, one.actor, one.target): one for one in disputes}


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
