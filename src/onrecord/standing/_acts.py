"""Acts: when each line tells of a position, counted from the columns.

A line tells of a position at one moment or several; each is an act. Where there are very many, only those are
kept that make a difference (`telling`): `_positions` comes to the same present position, the same course and
the same beginning without the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

import numpy as np

from onrecord.ledger import Snapshot
from onrecord.standing._arrays import Array, alike, by, in_order, numbered
from onrecord.standing._concern import Concern
from onrecord.standing._dates import first_day, last_day
from onrecord.standing._own_word import said_itself
from onrecord.standing._rules import code_of, codes, own_word, scope_of, scopes

FORCES = ("decided", "announced", "reported", "weighing")
CLASS = np.array([0, 0, 1, 2])
"""Forces that make positions together, where there are any: decisions, else hearsay, else what is weighed."""
FEW = 5_000
"""Acts of which all are kept."""
CHANGES = 5
"""Changes of a position that are kept, the last ones."""


_NAMING = ("actor", "target", "chain")
_DAYS = ("first_day", "last_day", "when_first", "when_last")


@dataclass(frozen=True)
class Acts:
    """A row for each act: the number of its `line`, its `actor` and its `target` (keys), the place of its
    `scope` in `scopes()`, the `rank` of its code, the ordinals of the `first` and the `last` day that its
    moment may mean (0 for none), whether that is the statement's own `when`, whether the actor itself says it
    (`own`), and a `statement` that tells it, by its place among those that are picked.
    """

    line: Array
    actor: Array
    target: Array
    scope: Array
    rank: Array
    first: Array
    last: Array
    when: Array
    own: Array
    statement: Array

    def __len__(self) -> int:
        return len(self.line)

    def of(self, rows: Array) -> Acts:
        """Some of the acts."""
        return Acts(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    @cached_property
    def group(self) -> Array:
        """A number for each target, actor and scope."""
        if len(self) and bool((self.target == self.target[0]).all()):
            _, found = numbered(self.actor, int(self.actor.max()) + 1)
        else:
            _, found = alike(self.target.astype(np.int64) << 31 | self.actor)
        group: Array = found * len(scopes()) + self.scope
        return group

    def days(self) -> Counter[date]:
        """How many acts are of each day."""
        counts = np.bincount(self.first, minlength=1)
        counts[0] = 0
        days = np.flatnonzero(counts)
        told = zip(days.tolist(), counts[days].tolist(), strict=True)
        return Counter({date.fromordinal(day): number for day, number in told})

    def last_of_each_line(self, lines: Array) -> Acts:
        """Of each of these lines the act that comes last."""
        rows = np.flatnonzero(np.isin(self.line, lines))
        rows = rows[by(self.line[rows], self.first[rows], self.own[rows])]
        ends = np.append(self.line[rows][1:] != self.line[rows][:-1], True)[: len(rows)]
        return self.of(rows[ends])


def make_acts(concern: Concern, at: Array, publisher: Array) -> Acts:
    """The acts of the statements at these places among the picked: restrictions and permissions.

    What is asserted holds from its `when`. What is planned or weighed is so from the day on which it is told,
    its `when` being the day to come; so is what is told before its `when`. A line without `when` is told anew
    by each of its pages.
    """
    actor, target, chain = (concern.told(name, partial(_column, name), at) for name in _NAMING)
    rank, scope = (concern.told(name, make, at) for name, make in (("rank", _ranks), ("scope", _scopes)))
    force = _forces()[rank]
    own = np.where(chain > 0, concern.told("own word", said_itself, at), publisher[at] == actor)
    own &= (actor > 0) & _weighs()[force]
    first, last, when_first, when_last = (concern.told(name, partial(_day, name), at) for name in _DAYS)
    lines, of_line, at_line = _lines(concern.lines()[at])
    count = len(at_line)
    told_until = np.zeros(count, dtype=np.int64)
    dated = np.flatnonzero(first > 0)
    # Written from the latest to the earliest, of one day the vaguest last, so that this remains.
    order = dated[in_order(-last[dated])]
    order = order[in_order(first[order])][::-1]
    told_until[of_line[order]] = last[order]
    from_day = np.isin(force, (FORCES.index("announced"), FORCES.index("weighing")))
    by_when = (when_first > 0) & ~from_day
    by_when &= ~((told_until[of_line] > 0) & (when_first > told_until[of_line]))
    own_line = np.bincount(of_line, weights=own, minlength=count) > 0
    told = np.flatnonzero((first > 0) & ~by_when)
    of_day, same, one = _lines(concern.told("line and day", _line_and_day, at)[told])
    own_day = np.bincount(same, weights=own[told], minlength=len(of_day)) > 0
    in_words = at_line[by_when[at_line]]
    undated = at_line[~by_when[at_line] & (told_until == 0)]
    rows = np.concatenate((told[one], in_words, undated))
    parts = np.repeat([0, 1, 2], [len(one), len(in_words), len(undated)])
    return Acts(
        line=lines[of_line[rows]],
        actor=actor[rows],
        target=target[rows],
        scope=scope[rows],
        rank=rank[rows],
        first=np.select([parts == 0, parts == 1], [first[rows], when_first[rows]], 0),
        last=np.select([parts == 0, parts == 1], [last[rows], when_last[rows]], 0),
        when=parts == 1,
        own=np.concatenate((own_day, own_line[of_line[in_words]], own_line[of_line[undated]])),
        statement=at[rows],
    )


def _column(name: str, concern: Concern) -> Array:
    return concern.of(name)


def _day(name: str, concern: Concern) -> Array:
    """The first or the last day that a statement's page may be of, or its `when`; 0 for none."""
    if name.startswith("when"):
        return days_of(concern.snapshot, concern.of("when"))[_DAYS.index(name) - 2]
    found: Array = concern.snapshot.pages[name][concern.of("row")]
    return found


def _line_and_day(concern: Concern) -> Array:
    """For each line with each day that a page of its may be of a number, in their order."""
    line, first, last = (concern.lines(), *(_day(name, concern) for name in _DAYS[:2]))
    return alike(line << 32 | first.astype(np.int64) << 10 | last - first)[1]


def _lines(lines: Array) -> tuple[Array, Array, Array]:
    """The distinct lines in order, of each statement the place of its line among them, and of each line the
    first statement."""
    found, of = numbered(lines, int(lines.max(initial=-1)) + 1)
    first = np.empty(len(found), dtype=np.int64)
    first[of[::-1]] = np.arange(len(of))[::-1]
    return found, of, first


def _ranks(concern: Concern) -> Array:
    """Of each statement the rank of its code; -1 where it makes no position."""
    numbers = concern.snapshot.numbers
    type_, status = (concern.of(name) for name in ("type", "status"))
    held = numbers.last("status") + 1
    pairs, same = numbered(type_.astype(np.int64) * held + status, (numbers.last("type") + 1) * held)
    types = numbers.texts("type", (pairs // held).tolist())
    statuses = numbers.texts("status", (pairs % held).tolist())
    found = [code_of(types[pair // held], statuses[pair % held]) for pair in pairs.tolist()]  # type: ignore[arg-type]
    return np.array([-1 if code is None else code.rank for code in found], dtype=np.int64)[same]


def _scopes(concern: Concern) -> Array:
    """Of each statement the place of its scope in `scopes()`."""
    places, of = scope_places(concern.snapshot, concern.of("scope"), concern.of("topic"))
    found: Array = places[of]
    return found


def scope_places(snapshot: Snapshot, scope: Array, topic: Array) -> tuple[Array, Array]:
    """The place in `scopes()` of each pair of a statement's scope and topic, and each statement's pair."""
    numbers = snapshot.numbers
    held = numbers.last("topic") + 1
    pairs, of = numbered(scope.astype(np.int64) * held + topic, (numbers.last("scope") + 1) * held)
    named = numbers.texts("scope", (pairs // held).tolist())
    topics = numbers.texts("topic", (pairs % held).tolist())
    places = [scopes().index(scope_of(named.get(n // held), topics.get(n % held))) for n in pairs.tolist()]  # type: ignore[arg-type]
    return np.array(places, dtype=np.int64), of


def _forces() -> Array:
    return np.array([FORCES.index(code.force) for code in codes().values()])


def _sides() -> Array:
    return np.array([("against", "for", "open").index(code.side) for code in codes().values()])


def _weighs() -> Array:
    """Of each force, whether an actor's own word of it weighs over that of others."""
    return np.array([force in own_word() for force in FORCES])


def days_of(snapshot: Snapshot, when: Array) -> tuple[Array, Array]:
    """The first and the last day that each `when` may mean, 0 for none."""
    known = snapshot.numbers
    numbers, same = numbered(when, known.last("when") + 1)
    texts = known.texts("when", numbers.tolist())
    days = [_span(texts.get(n)) for n in numbers.tolist()]
    found = np.array(days, dtype=np.int64).reshape(-1, 2)[same]
    return found[:, 0], found[:, 1]


@lru_cache(maxsize=65_536)
def _span(when: str | None) -> tuple[int, int]:
    return (first_day(when).toordinal(), last_day(when).toordinal()) if when else (0, 0)


def telling(acts: Acts, ends: Iterable[date], *, few: int = FEW, changes: int = CHANGES) -> Array:
    """The rows of the acts that make a difference to where actors stand at present and at each of `ends`, and
    to the last `changes` of their positions: all where they are `few`.
    """
    if len(acts) <= few:
        return np.arange(len(acts))
    group = acts.group * 3 + CLASS[_forces()[acts.rank]]
    until = np.array([end.toordinal() for end in ends], dtype=np.int64)
    turns = _turns(acts, np.arange(len(acts)), group, until, changes)
    kept = np.concatenate((turns.recent, np.flatnonzero(acts.first == 0), turns.by_end[turns.by_end >= 0]))
    # What is of the same day is kept too, since of one day the order counts.
    days, size = _numbers_of_days(acts)
    same_day = np.zeros(size, dtype=bool)
    same_day[days[kept]] = True
    code = acts.group * len(codes()) + acts.rank
    by_code = by(code, acts.first, acts.own)
    latest = by_code[_from_end(code[by_code]) == 0]
    wanted = same_day[days]
    wanted[latest] = True
    # A plan replaces what the act before it began, which may be left out: then all that began are kept.
    left = _turns(acts, np.flatnonzero(wanted), group, until, changes)
    other = turns.groups[(turns.by_end != left.by_end).any(axis=1)]
    other = np.union1d(other, group[np.setxor1d(turns.recent, left.recent)])
    wanted[turns.begun[np.isin(group[turns.begun], other)]] = True
    return np.flatnonzero(wanted)


class _Turns(NamedTuple):
    """The rows of the acts that `begun` a position, the last few of each group (`recent`), and for each of
    `groups` the last by each end (-1 for none)."""

    begun: Array
    recent: Array
    groups: Array
    by_end: Array


def _turns(acts: Acts, rows: Array, group: Array, until: Array, changes: int) -> _Turns:
    rows = rows[acts.first[rows] > 0]
    order = rows[by(group[rows], acts.first[rows], acts.own[rows], -acts.rank[rows])]
    begun = order[_changes(group[order], acts.rank[order], acts.first[order], acts.own[order])]
    # They stand by group and day.
    of = group[begun]
    from_end = _from_end(of)
    groups = of[from_end == 0]
    last = np.searchsorted(of << 20 | acts.first[begun], (groups << 20)[:, None] | until, "right") - 1
    by_end = np.where((last >= 0) & (of[last] == groups[:, None]), begun[last], -1)
    return _Turns(begun, begun[from_end < changes], groups, by_end)


def _numbers_of_days(acts: Acts) -> tuple[Array, int]:
    """For each day of each group a number below the size that comes with them."""
    dated = acts.first > 0
    least = int(acts.first[dated].min(initial=1 << 30)) - 1
    days = np.where(dated, acts.first - least, 0)
    span = int(days.max(initial=0)) + 1
    return acts.group * span + days, (int(acts.group.max(initial=0)) + 1) * span


def present(acts: Acts) -> Array:
    """The row of the act that began the present position of each group, in the order of groups."""
    group, class_ = acts.group, CLASS[_forces()[acts.rank]]
    strongest = np.full(int(group.max(initial=-1)) + 1, 9)
    np.minimum.at(strongest, group, class_)
    told = class_ == strongest[group]
    dated = np.zeros(len(strongest), dtype=bool)
    dated[group[told & (acts.first > 0)]] = True
    rows = np.flatnonzero(told & ((acts.first > 0) | ~dated[group]))
    order = rows[by(group[rows], acts.first[rows], acts.own[rows], -acts.rank[rows])]
    begun = order[_changes(group[order], acts.rank[order], acts.first[order], acts.own[order])]
    last: Array = begun[_from_end(group[begun]) == 0]
    return last


def _changes(group: Array, rank: Array, day: Array, own: Array) -> Array:
    """Which of acts in order begin a position, as `_positions._begins` has it: a plan does not replace what
    is in force on its own side, unless it is the actor's own word against that of others on one day.
    """
    at = np.arange(len(group))
    begins = np.append(True, group[1:] != group[:-1])[: len(group)]
    start = np.maximum.accumulate(np.where(begins, at, 0))
    decided = _forces()[rank] == FORCES.index("decided")
    last = np.maximum.accumulate(np.where(decided, at, -1))
    known = last >= start
    plan = _forces()[rank] == FORCES.index("announced")
    over = plan & (~known | (_sides()[rank] != _sides()[rank[last]]))
    own_plan = plan & known & ~over & own
    while True:
        counted = np.cumsum(over)
        base = np.where(known, counted[last], counted[start] - over[start])
        now = np.where(~plan | (counted - base > 0), rank, rank[last])
        changed: Array = begins | np.append(True, now[1:] != now[:-1])[: len(group)]
        # Who holds the position before each act, and since which act.
        before = np.maximum.accumulate(np.where(changed, at, -1))[np.maximum(at - 1, 0)]
        late = own_plan & decided[before] & ~own[before] & (day == day[before]) & ~begins & ~over
        if not late.any():
            return changed
        # One such act may be why another is none, so the first of each group is settled at a time.
        first = np.flatnonzero(late)
        first = first[np.append(True, group[first][1:] != group[first][:-1])]
        over[first] = True


def _from_end(group: Array) -> Array:
    """For each row of groups that stand together, how many rows of its group come after it."""
    ends = np.append(group[1:] != group[:-1], True)[: len(group)]
    at = np.arange(len(group))
    last = np.minimum.accumulate(np.where(ends, at, len(group))[::-1])[::-1]
    found: Array = last - at
    return found
