"""Where states, bodies and operators stand, by the rules of data/positions.yaml and docs/dossier.md.

Of statements that contradict each other one prevails by `_precedence` and `_run`; the others stay beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.entities import EntityKind
from onrecord.ledger import Judgement, SetPosition
from onrecord.standing._by_hand import code_set
from onrecord.standing._concern import Names
from onrecord.standing._dates import first_day, last_day, make_calendar, overlap
from onrecord.standing._lines import order
from onrecord.standing._model import Calendar, Change, Line, Moment, Position, Stance
from onrecord.standing._rules import Code, calendar_rule, code_of, codes, own_word, scope_of

_FORCES = ("decided", "announced", "reported", "weighing")
_KINDS: tuple[EntityKind | None, ...] = ("state", "body", "person", "company", "outlet", "role", None)


@dataclass(frozen=True, slots=True)
class _Act:
    """A line as told of one moment, or a position as a person set it (`set_by`; no line then).

    `day` is the first day that the moment may mean, `date.min` where undated; `own`: the actor itself says
    so.
    """

    line: Line | None
    code: Code
    moment: Moment | None
    day: date
    own: bool = False
    set_by: Judgement | None = None


def _acts(line: Line, names: Names) -> list[_Act]:
    """The moments of a line.

    What is asserted holds from its `when`. What is planned or weighed is so from the day on which it is told,
    its `when` being the day to come; so is what is told before its `when`. A line without `when` is told anew
    by each of its pages.
    """
    code = code_of(line.type, line.status)
    assert code is not None, "only restrictions and permissions make positions"
    told = sorted(
        {c.published for c in line.citations if c.published is not None}, key=lambda d: (first_day(d), d)
    )
    moments = [Moment(day, "published") for day in told]
    if line.when is not None and code.force not in ("announced", "weighing"):
        ahead = bool(told) and first_day(line.when) > last_day(told[0])
        moments = moments if ahead else [Moment(line.when, "when")]
    own = _own_word(line, names) if code.force in own_word() else frozenset[str | None]()
    if not moments:
        return [_Act(line, code, None, date.min, bool(own))]
    in_words = bool(own) and moments[0].basis == "when"
    return [
        _Act(line, code, moment, first_day(moment.value), in_words or moment.value in own)
        for moment in moments
    ]


def _own_word(line: Line, names: Names) -> frozenset[str | None]:
    """The days of publication of the pages that tell a line as its actor's own word: the nearest of its
    sources is the actor, and only outlets relay it; or it has no source and the actor is its publisher. What
    an insider says that the actor says is not its word.
    """
    if line.source:
        relays = (names.get(key) for key in line.source[1:])
        if line.source[0] != line.actor or any(relay is None or relay.kind != "outlet" for relay in relays):
            return frozenset()
        return frozenset(citation.published for citation in line.citations)
    return frozenset(citation.published for citation in line.citations if citation.origin == line.actor)


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
    """The acts that began each position, in turn; the last began the present one.

    A person's judgement is over all: what was set holds from its day until the next that was set, whatever
    is told meanwhile. What is skipped makes no difference to the others: without it the same acts begin.
    """
    told = list(acts)
    by_hand = sorted((act for act in told if act.set_by is not None), key=_precedence)
    read = [act for act in told if act.set_by is None]
    if by_hand:
        read = [act for act in read if act.moment is not None and act.day < by_hand[0].day]
    return _run_of_read(read) + by_hand


def _run_of_read(acts: Sequence[_Act]) -> list[_Act]:
    """As `_run`, for what was read: decisions alone make positions where there are any; else hearsay; else
    what is weighed. The undated count only where nothing is dated.
    """
    chosen: list[_Act] = []
    for forces in (("decided", "announced"), ("reported",), ("weighing",)):
        chosen = [act for act in acts if act.code.force in forces]
        if chosen:
            break
    chosen = [act for act in chosen if act.moment] or chosen
    begun: list[_Act] = []
    for act in sorted(chosen, key=_precedence):
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


def _stance(
    scope: str,
    lines: Sequence[Line],
    by_hand: Sequence[SetPosition],
    calendar: Calendar | None,
    names: Names,
) -> Stance:
    told = {line.id: _acts(line, names) for line in lines}
    acts = [act for found in told.values() for act in found]
    acts += [_set_act(position) for position in by_hand]
    begun = _run(acts)
    start = begun[-1]
    code = start.code
    latest = start
    if start.set_by is None:
        latest = max((act for act in acts if act.code == code), key=_precedence)
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=order):
        act = sorted(told[line.id], key=_precedence)[-1]
        parts[_part(act, start, latest)].append(line)
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
        course=_course(acts, calendar),
        set_by=start.set_by,
        as_read=_stance(scope, lines, (), calendar, names) if by_hand and lines else None,
    )


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


def _course(acts: Sequence[_Act], calendar: Calendar | None) -> tuple[str | None, ...]:
    course: list[str | None] = []
    for period in calendar.periods if calendar else ():
        known = [act for act in acts if act.moment and act.day <= date.fromisoformat(period.end)]
        course.append(_run(known)[-1].code.name if known else None)
    return tuple(course)


def _counts_first(code: str) -> tuple[int, int]:
    """Which of several stances stands for the whole: what is decided or announced, and of that the
    strictest.
    """
    known = codes()[code]
    return max(_FORCES.index(known.force), 1), known.rank


def _position(
    actor: str | None,
    lines: Sequence[Line],
    by_hand: Sequence[SetPosition],
    calendar: Calendar | None,
    names: Names,
) -> Position:
    told: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        told[scope_of(line.topic)].append(line)
    set_: dict[str, list[SetPosition]] = defaultdict(list)
    for position in by_hand:
        set_[position.scope].append(position)
    stances = [
        _stance(scope, told[scope], set_[scope], calendar, names)
        for scope in sorted(told.keys() | set_.keys())
    ]
    stances.sort(key=lambda stance: (*_counts_first(stance.code), stance.scope))
    entity = names.get(actor) if actor else None
    course = tuple(
        min((code for code in cell if code), key=_counts_first, default=None)
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
    lines: Sequence[Line], by_hand: Sequence[SetPosition], until: date | None, names: Names
) -> tuple[Calendar | None, tuple[Position, ...]]:
    """The positions that restrictions and permissions on the supplier make, with those that persons set, and
    the matrix's columns up to `until`.

    They stand by kind of actor (states, bodies, persons, companies, others), then the strictest first.
    `NoSuchPosition` where one was set that data/positions.yaml does not list.
    """
    days = [act.day for line in lines for act in _acts(line, names) if act.moment]
    days += [first_day(position.since) for position in by_hand]
    columns, share = calendar_rule()
    calendar = make_calendar(days, max([*days, until or date.min]), columns, share)
    actors: dict[str | None, list[Line]] = defaultdict(list)
    for line in lines:
        actors[line.actor].append(line)
    set_: dict[str | None, list[SetPosition]] = defaultdict(list)
    for position in by_hand:
        set_[position.actor].append(position)
    positions = [
        _position(actor, actors[actor], set_[actor], calendar, names)
        for actor in sorted(actors.keys() | set_.keys(), key=str)
    ]

    def place(position: Position) -> tuple[int, tuple[int, int], str]:
        return _KINDS.index(position.kind), _counts_first(position.present.code), position.actor or "~"

    return calendar, tuple(sorted(positions, key=place))
