"""Where states, bodies and operators stand, by the rules of data/positions.yaml and docs/dossier.md.

Of statements that contradict each other one prevails (`_precedence`); the others stay beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import repeat

import numpy as np

from onrecord.entities import EntityKind
from onrecord.ledger import SetPosition
from onrecord.standing._acts import FORCES, Acts, telling
from onrecord.standing._concern import Names
from onrecord.standing._dates import first_day, make_calendar, moment_of, overlap
from onrecord.standing._lines import order
from onrecord.standing._model import Calendar, Change, Line, Moment, Position, Stance
from onrecord.standing._precedence import (
    TOGETHER,
    Act,
    begun_of,
    begun_under,
    held_under,
    precedence,
    run_in_order,
    set_act,
)
from onrecord.standing._rules import Code, calendar_rule, codes, scopes, wholes

_KINDS: tuple[EntityKind | None, ...] = ("state", "body", "person", "company", "outlet", "role", None)


@dataclass(frozen=True)
class Measures:
    """The restrictions and permissions on a supplier: their `lines` that are laid out, each by its number,
    and their `acts`. `keys` are the actors by their numbers in the acts.
    """

    lines: Mapping[int, Line]
    acts: Acts
    keys: Mapping[int, str]

    def told(self, acts: Acts) -> Iterator[tuple[str | None, str, int, Act]]:
        """Acts, each with actor, scope and the number of its line."""
        listed, named = list(codes().values()), scopes()
        numbers = acts.line.tolist()
        moments = list(map(_moment, acts.first.tolist(), acts.last.tolist(), acts.when.tolist()))
        made = zip(
            map(self.lines.get, numbers),
            map(listed.__getitem__, acts.rank.tolist()),
            [moment for moment, _ in moments],
            [begins for _, begins in moments],
            acts.own.tolist(),
            repeat(None),
        )
        actors, fields = map(self.keys.get, acts.actor.tolist()), map(named.__getitem__, acts.scope.tolist())
        yield from zip(actors, fields, numbers, map(Act._make, made), strict=True)


@lru_cache(maxsize=16_384)
def _moment(first: int, last: int, when: bool) -> tuple[Moment | None, date]:
    """The moment that lasts from one day to another, and the first day that it may mean."""
    return moment_of(first, last, when=when), date.fromordinal(first) if first else date.min


@dataclass
class _Told:
    """What is told of an actor in one scope: its acts, the last act of each line, and what a person set."""

    acts: list[Act] = field(default_factory=list)
    last: list[tuple[Line, Act]] = field(default_factory=list)
    by_hand: list[SetPosition] = field(default_factory=list)

    @property
    def in_order(self) -> list[Act]:
        """All acts, those too by which a person set a position, the prevailing ones last."""
        return sorted(self.acts + [set_act(position) for position in self.by_hand], key=precedence)

    @property
    def as_read(self) -> _Told:
        """The same without what a person set."""
        return _Told(self.acts, self.last)


def _stance(scope: str, told: _Told, ends: Sequence[date], whole: _Told | None) -> Stance:
    """Where an actor stands in a scope, of which it is told so; `whole` is what is told of the scope of which
    it is part, where anything is."""
    acts, above = told.in_order, whole.in_order if whole is not None else []
    own, over = run_in_order(acts), run_in_order(above)
    start = held_under(own[-1], over[-1] if over else None) or own[-1]
    covered = start is not own[-1]
    code = start.code
    latest = _latest(above if covered else acts, code) if start.set_by is None else start
    parts: dict[str, list[Line]] = defaultdict(list)
    for line, act in sorted(told.last, key=lambda item: order(item[0])):
        parts[_part(act, start, latest)].append(line)
    begun = begun_under(own, over) if over else own
    return Stance(
        scope=scope,
        code=code.name,
        side=code.side,
        force=code.force,
        since=start.moment,
        support=tuple(parts["support"]),
        weighing=tuple(parts["weighing"]),
        dissent=tuple(parts["dissent"]),
        earlier=tuple(parts["earlier"]),
        changes=tuple(Change(act.code.name, act.moment, act.line, act.set_by) for act in begun),
        course=_course(acts, ends, above),
        set_by=start.set_by,
        as_read=_as_read(scope, told, ends, whole) if start.set_by is not None else None,
        whole=wholes()[scope] if covered else None,
    )


def _as_read(scope: str, told: _Told, ends: Sequence[date], whole: _Told | None) -> Stance | None:
    """The stance without what a person set, of this scope or of the whole; None where nothing was read."""
    if not told.acts:
        return None
    return _stance(scope, told.as_read, ends, whole.as_read if whole is not None and whole.acts else None)


def _latest(acts: Sequence[Act], code: Code) -> Act:
    """Of acts in order the last that tells of a position; of several that stand alike, the first."""
    told = [act for act in acts if act.code == code]
    last = precedence(told[-1])
    at = len(told) - 1
    while at and precedence(told[at - 1]) == last:
        at -= 1
    return told[at]


def _part(act: Act, start: Act, latest: Act) -> str:
    """What a line is beside the present position, which began with `start` and was last told with
    `latest`.
    """
    if act.code == start.code:
        return "support"
    if act.code.force == "weighing":
        return "weighing" if act.moment is None or act.day >= start.day else "earlier"
    if act.code.side == start.code.side:
        if act.day < start.day:
            return "earlier"
        in_force_already = act.code.force == "decided" and start.code.force == "announced"
        return "dissent" if in_force_already else "support"
    if act.moment is None or latest.moment is None or act.day >= latest.day:
        return "dissent"
    return "dissent" if overlap(act.moment.value, latest.moment.value) else "earlier"


def _course(acts: Sequence[Act], ends: Sequence[date], above: Sequence[Act]) -> tuple[str | None, ...]:
    """The position at the end of each period, as `run_in_order` gives it for what was told by then, under
    what was told of the whole."""
    held = zip(_held_at(acts, ends), _held_at(above, ends), strict=True)
    now = (held_under(part, whole) for part, whole in held)
    return tuple(act.code.name if act is not None else None for act in now)


def _held_at(acts: Sequence[Act], ends: Sequence[date]) -> list[Act | None]:
    """The act that began the position at the end of each period: each run begins as the shorter one does, so
    that one run of each kind is enough."""
    dated = [act for act in acts if act.moment]
    by_hand = [act for act in dated if act.set_by is not None]
    read = [act for act in dated if act.set_by is None and (not by_hand or act.day < by_hand[0].day)]
    runs = [by_hand, *(begun_of(act for act in read if act.code.force in forces) for forces in TOGETHER)]
    held: list[Act | None] = [None] * len(ends)
    for run in reversed(runs):
        days = [act.day for act in run]
        for place, end in enumerate(ends):
            if days and days[0] <= end:
                held[place] = run[bisect_right(days, end) - 1]
    return held


def counts_first(code: str) -> tuple[int, int]:
    """Which of several stances stands for the whole: what is decided or announced, and of that the
    strictest.
    """
    known = codes()[code]
    return max(FORCES.index(known.force), 1), known.rank


def place_of(code: str, whole: str | None, scope: str) -> tuple[tuple[int, int], bool, int]:
    """How the stances of an actor stand: what counts first, of the same what holds of itself, the whole
    before its parts."""
    return counts_first(code), whole is not None, scopes().index(scope)


def _position(actor: str | None, told: Mapping[str, _Told], ends: Sequence[date], names: Names) -> Position:
    stances = [
        _stance(scope, found, ends, told.get(wholes().get(scope, "")))
        for scope, found in sorted(told.items())
    ]
    stances.sort(key=lambda one: place_of(one.code, one.whole, one.scope))
    entity = names.get(actor) if actor else None
    course = tuple(
        min((code for code in cell if code), key=counts_first, default=None)
        for cell in zip(*(stance.course for stance in stances), strict=True)
    )
    support = stances[0].support
    return Position(
        actor=actor,
        kind=entity.kind if entity else None,
        stances=tuple(stances),
        voices=tuple(sorted({line.source[0] if line.source else "" for line in support})),
        origins=tuple(sorted({origin for line in support for origin in line.origins})),
        course=course,
    )


def make_positions(
    measures: Measures, by_hand: Sequence[SetPosition], calendar: Calendar | None, names: Names
) -> tuple[Position, ...]:
    """The positions that restrictions and permissions on the supplier make, with those that persons set.

    They stand by kind of actor (states, bodies, persons, companies, others), then the strictest first.
    `NoSuchPosition` where one was set that data/positions.yaml does not list.
    """
    actors: defaultdict[str | None, defaultdict[str, _Told]] = defaultdict(lambda: defaultdict(_Told))
    ends = [date.fromisoformat(period.end) for period in calendar.periods] if calendar else []
    since = (first_day(position.since) for position in by_hand)
    before = [day - timedelta(days=1) for day in since if day > date.min]
    for actor, scope, _, act in measures.told(measures.acts.of(telling(measures.acts, [*ends, *before]))):
        actors[actor][scope].acts.append(act)
    numbers = np.array(sorted(measures.lines), dtype=np.int64)
    for actor, scope, number, act in measures.told(measures.acts.last_of_each_line(numbers)):
        actors[actor][scope].last.append((measures.lines[number], act))
    for position in by_hand:
        actors[position.actor][position.scope].by_hand.append(position)
    names.learn(actor for actor in actors if actor is not None)
    positions = [_position(actor, told, ends, names) for actor, told in actors.items()]

    def place(position: Position) -> tuple[int, tuple[int, int], str]:
        return _KINDS.index(position.kind), counts_first(position.present.code), position.actor or "~"

    return tuple(sorted(positions, key=place))


def make_matrix(acts: Acts, by_hand: Sequence[SetPosition], until: date | None) -> Calendar | None:
    """The columns of the matrix, up to `until`; None without anything that is dated."""
    days = acts.days()
    days.update(first_day(position.since) for position in by_hand)
    columns, share = calendar_rule()
    return make_calendar(days, max([*days, until or date.min]), columns, share)
