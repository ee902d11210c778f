"""Where states, bodies and operators stand, by the rules of data/positions.yaml and docs/dossier.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.entities import EntityKind
from onrecord.standing._concern import Names
from onrecord.standing._dates import first_day, last_day, make_calendar, overlap
from onrecord.standing._lines import order
from onrecord.standing._model import Calendar, Change, Line, Moment, Position, Stance
from onrecord.standing._rules import Code, calendar_rule, code_of, codes, scope_of

_FORCES = ("decided", "announced", "reported", "weighing")
_KINDS: tuple[EntityKind | None, ...] = ("state", "body", "person", "company", "outlet", "role", None)


@dataclass(frozen=True, slots=True)
class _Act:
    """A line as told of one moment; `day` is the first day that the moment may mean, `date.min` where
    undated.
    """

    line: Line
    code: Code
    moment: Moment | None
    day: date


def _acts(line: Line) -> list[_Act]:
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
    acts: list[_Act] = [_Act(line, code, moment, first_day(moment.value)) for moment in moments]
    return acts or [_Act(line, code, None, date.min)]


def _in_turn(acts: Iterable[_Act]) -> list[_Act]:
    """By date; of those on one day the strictest last, so that it prevails."""
    return sorted(acts, key=lambda act: (act.day, -act.code.rank, act.line.id))


def _run(acts: Sequence[_Act]) -> list[_Act]:
    """The acts that began each position, in turn; the last began the present one. `acts` must not be empty.

    Decisions alone make positions where there are any; else hearsay; else what is weighed. The undated count
    only where nothing is dated. A plan does not replace what is already in force on its own side.
    """
    for forces in (("decided", "announced"), ("reported",), ("weighing",)):
        chosen = [act for act in acts if act.code.force in forces]
        if chosen:
            break
    chosen = [act for act in chosen if act.moment] or chosen
    begun: list[_Act] = []
    for act in _in_turn(chosen):
        if begun:
            now = begun[-1].code
            adds_plan = act.code.force == "announced" and now.force == "decided" and act.code.side == now.side
            if act.code == now or adds_plan:
                continue
        begun.append(act)
    return begun


def _stance(scope: str, lines: Sequence[Line], calendar: Calendar | None) -> Stance:
    acts = [act for line in lines for act in _acts(line)]
    begun = _run(acts)
    start = begun[-1]
    code = start.code
    latest = max((act for act in acts if act.code == code), key=lambda act: (act.day, act.line.id))
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=order):
        act = _in_turn(_acts(line))[-1]
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
        changes=tuple(Change(act.code.name, act.moment, act.line) for act in begun),
        course=_course(acts, calendar),
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
        return "support" if act.day >= start.day else "earlier"
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


def _position(actor: str | None, lines: Sequence[Line], calendar: Calendar | None, names: Names) -> Position:
    scopes: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        scopes[scope_of(line.topic)].append(line)
    stances = [_stance(scope, found, calendar) for scope, found in sorted(scopes.items())]
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
    lines: Sequence[Line], until: date | None, names: Names
) -> tuple[Calendar | None, tuple[Position, ...]]:
    """The positions that restrictions and permissions on the supplier make, and the matrix's columns up to
    `until`.

    They stand by kind of actor (states, bodies, persons, companies, others), then the strictest first.
    """
    days = [act.day for line in lines for act in _acts(line) if act.moment]
    columns, share = calendar_rule()
    calendar = make_calendar(days, max([*days, until or date.min]), columns, share)
    actors: dict[str | None, list[Line]] = defaultdict(list)
    for line in lines:
        actors[line.actor].append(line)
    positions = [_position(actor, found, calendar, names) for actor, found in actors.items()]

    def place(position: Position) -> tuple[int, tuple[int, int], str]:
        return _KINDS.index(position.kind), _counts_first(position.present.code), position.actor or "~"

    return calendar, tuple(sorted(positions, key=place))
