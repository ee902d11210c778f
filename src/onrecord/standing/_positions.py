"""Where states, bodies and operators stand, by the rules of data/positions.yaml and docs/dossier.md.

Of statements that contradict each other one prevails by `_precedence` and `_run`; the others stay beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import numpy as np

from onrecord.entities import EntityKind
from onrecord.ledger import Judgement, SetPosition
from onrecord.standing._acts import FORCES, Acts, telling
from onrecord.standing._arrays import shown
from onrecord.standing._by_hand import code_set
from onrecord.standing._concern import Names
from onrecord.standing._dates import first_day, make_calendar, overlap
from onrecord.standing._lines import order
from onrecord.standing._model import Calendar, Change, Force, Line, Moment, Position, Stance
from onrecord.standing._rules import Code, calendar_rule, codes, scopes

_TOGETHER: tuple[tuple[Force, ...], ...] = (("decided", "announced"), ("reported",), ("weighing",))
"""The forces that make positions together, where there are any of them."""
_KINDS: tuple[EntityKind | None, ...] = ("state", "body", "person", "company", "outlet", "role", None)


class _Act(NamedTuple):
    """What tells of a position at one moment: a line (None: one not laid out), or a person (`set_by`).

    `day` is the first day that the moment may mean, `date.min` where undated; `own`: the actor itself says
    so.
    """

    line: Line | None
    code: Code
    moment: Moment | None
    day: date
    own: bool = False
    set_by: Judgement | None = None


@dataclass(frozen=True)
class Measures:
    """The restrictions and permissions on a supplier: their `lines` that are laid out, each by its number,
    and their `acts`. `keys` are the actors by their numbers in the acts.
    """

    lines: Mapping[int, Line]
    acts: Acts
    keys: Mapping[int, str]

    def told(self, acts: Acts) -> Iterator[tuple[str | None, str, int, _Act]]:
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
        yield from zip(actors, fields, numbers, map(_Act._make, made), strict=True)


@lru_cache(maxsize=16_384)
def _moment(first: int, last: int, when: bool) -> tuple[Moment | None, date]:
    """The moment that lasts from one day to another, and the first day that it may mean."""
    day = shown(first, last)
    if day is None:
        return None, date.min
    return Moment(day, "when" if when else "published"), date.fromordinal(first)


def _set_act(position: SetPosition) -> _Act:
    moment = Moment(position.since, "judged")
    return _Act(None, code_set(position), moment, first_day(position.since), set_by=position.judgement)


def _precedence(act: _Act) -> tuple[date, int, bool, int, str]:
    """What comes later in this order prevails: the later over the earlier; of the same time what a person
    judged later, the actor's own word over what others say of it, and then the stricter.

    The same time is the same first day: a word known to the month or year counts from its beginning, and so
    never prevails over what is reported of a day within it. A line's id only puts those in order that say
    the same.
    """
    judged = act.set_by.id if act.set_by is not None else 0
    return act.day, judged, act.own, -act.code.rank, act.line.id if act.line is not None else ""


def _run(acts: Iterable[_Act]) -> list[_Act]:
    """The acts that began each position, in turn; the last began the present one."""
    return _run_in_order(sorted(acts, key=_precedence))


def _run_in_order(acts: Sequence[_Act]) -> list[_Act]:
    """As `_run`, of acts that are in order.

    A person's judgement is over all: what was set holds from its day until the next that was set, whatever
    is told meanwhile. What is skipped makes no difference to the others: without it the same acts begin.
    """
    by_hand = [act for act in acts if act.set_by is not None]
    read = [act for act in acts if act.set_by is None] if by_hand else acts
    if by_hand:
        read = [act for act in read if act.moment is not None and act.day < by_hand[0].day]
    return _run_of_read(read) + by_hand


def _run_of_read(acts: Sequence[_Act]) -> list[_Act]:
    """As `_run`, for what was read: decisions alone make positions where there are any; else hearsay; else
    what is weighed. The undated count only where nothing is dated.
    """
    chosen: list[_Act] = []
    for forces in _TOGETHER:
        chosen = [act for act in acts if act.code.force in forces]
        if chosen:
            break
    return _begun([act for act in chosen if act.moment] or chosen)


def _begun(acts: Iterable[_Act]) -> list[_Act]:
    """Of acts in order those that began a position."""
    begun: list[_Act] = []
    for act in acts:
        if not begun or _begins(act, begun[-1]):
            begun.append(act)
    return begun


def _begins(act: _Act, now: _Act) -> bool:
    """Whether an act that comes after the one that began the present position begins another.

    A plan does not replace what is already in force on its own side, unless others alone say that it is, at
    the same time as the actor itself says that it will be.
    """
    if act.code == now.code:
        return False
    announced = act.code.force == "announced" and now.code.force == "decided"
    if announced and act.code.side == now.code.side:
        return act.own and not now.own and act.day == now.day
    return True


@dataclass
class _Told:
    """What is told of an actor in one scope: its acts, the last act of each line, and what a person set."""

    acts: list[_Act] = field(default_factory=list)
    last: list[tuple[Line, _Act]] = field(default_factory=list)
    by_hand: list[SetPosition] = field(default_factory=list)


def _stance(scope: str, told: _Told, ends: Sequence[date]) -> Stance:
    acts = sorted(told.acts + [_set_act(position) for position in told.by_hand], key=_precedence)
    begun = _run_in_order(acts)
    start = begun[-1]
    code = start.code
    latest = start
    if start.set_by is None:
        latest = _latest(acts, code)
    parts: dict[str, list[Line]] = defaultdict(list)
    for line, act in sorted(told.last, key=lambda item: order(item[0])):
        parts[_part(act, start, latest)].append(line)
    as_read = _Told(told.acts, told.last)
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
        course=_course(acts, ends),
        set_by=start.set_by,
        as_read=_stance(scope, as_read, ends) if told.by_hand and told.acts else None,
    )


def _latest(acts: Sequence[_Act], code: Code) -> _Act:
    """Of acts in order the last that tells of a position; of several that stand alike, the first."""
    told = [act for act in acts if act.code == code]
    last = _precedence(told[-1])
    at = len(told) - 1
    while at and _precedence(told[at - 1]) == last:
        at -= 1
    return told[at]


def _part(act: _Act, start: _Act, latest: _Act) -> str:
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


def _course(acts: Sequence[_Act], ends: Sequence[date]) -> tuple[str | None, ...]:
    """The position at the end of each period, as `_run` gives it for what was told by then: each run begins
    as the shorter one does, so that one run of each kind is enough.
    """
    dated = [act for act in acts if act.moment]
    by_hand = [act for act in dated if act.set_by is not None]
    read = [act for act in dated if act.set_by is None and (not by_hand or act.day < by_hand[0].day)]
    runs = [by_hand, *(_begun(act for act in read if act.code.force in forces) for forces in _TOGETHER)]
    course: list[str | None] = [None] * len(ends)
    for run in reversed(runs):
        days = [act.day for act in run]
        for place, end in enumerate(ends):
            if days and days[0] <= end:
                course[place] = run[bisect_right(days, end) - 1].code.name
    return tuple(course)


def counts_first(code: str) -> tuple[int, int]:
    """Which of several stances stands for the whole: what is decided or announced, and of that the
    strictest.
    """
    known = codes()[code]
    return max(FORCES.index(known.force), 1), known.rank


def _position(actor: str | None, told: Mapping[str, _Told], ends: Sequence[date], names: Names) -> Position:
    stances = [_stance(scope, found, ends) for scope, found in sorted(told.items())]
    stances.sort(key=lambda stance: (*counts_first(stance.code), stance.scope))
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
