"""Which acts began each position, in turn: what prevails over what, and of a whole over its part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from onrecord.ledger import Judgement, SetPosition
from onrecord.standing._by_hand import code_set
from onrecord.standing._dates import first_day
from onrecord.standing._model import Force, Line, Moment
from onrecord.standing._rules import Code

TOGETHER: tuple[tuple[Force, ...], ...] = (("decided", "announced"), ("reported",), ("weighing",))
"""The forces that make positions together, where there are any of them."""


class Act(NamedTuple):
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

    @property
    def ruling(self) -> Ruling:
        """What weighs of it beside what is told of a part, or of the whole."""
        return Ruling(self.code, self.set_by is not None, self.day)


def set_act(position: SetPosition) -> Act:
    """The act by which a person set a position. `NoSuchPosition` where this version does not know it."""
    moment = Moment(position.since, "judged")
    return Act(None, code_set(position), moment, first_day(position.since), set_by=position.judgement)


def precedence(act: Act) -> tuple[date, int, bool, int, str]:
    """What comes later in this order prevails: the later over the earlier; of the same time what a person
    judged later, the actor's own word over what others say of it, and then the stricter.

    The same time is the same first day: a word known to the month or year counts from its beginning, and so
    never prevails over what is reported of a day within it. A line's id only puts those in order that say
    the same.
    """
    judged = act.set_by.id if act.set_by is not None else 0
    return act.day, judged, act.own, -act.code.rank, act.line.id if act.line is not None else ""


def run(acts: Iterable[Act]) -> list[Act]:
    """As `run_in_order`, of acts in any order."""
    return run_in_order(sorted(acts, key=precedence))


def run_in_order(acts: Sequence[Act]) -> list[Act]:
    """Of acts in order those that began each position, in turn; the last began the present one.

    A person's judgement is over all: what was set holds from its day until the next that was set, whatever
    is told meanwhile. What is skipped makes no difference to the others: without it the same acts begin.
    """
    by_hand = [act for act in acts if act.set_by is not None]
    read = [act for act in acts if act.set_by is None] if by_hand else acts
    if by_hand:
        read = [act for act in read if act.moment is not None and act.day < by_hand[0].day]
    return _run_of_read(read) + by_hand


def _run_of_read(acts: Sequence[Act]) -> list[Act]:
    """As `run_in_order`, for what was read: decisions alone make positions where there are any; else hearsay;
    else what is weighed. The undated count only where nothing is dated.
    """
    chosen: list[Act] = []
    for forces in TOGETHER:
        chosen = [act for act in acts if act.code.force in forces]
        if chosen:
            break
    return begun_of([act for act in chosen if act.moment] or chosen)


def begun_of(acts: Iterable[Act]) -> list[Act]:
    """Of acts in order those that began a position."""
    begun: list[Act] = []
    for act in acts:
        if not begun or _begins(act, begun[-1]):
            begun.append(act)
    return begun


def _begins(act: Act, now: Act) -> bool:
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


_FIRM = ("decided", "announced")


class Ruling(NamedTuple):
    """What weighs where a whole and its part are set against each other: the position, whether a person set
    it, and from what day."""

    code: Code
    by_hand: bool
    day: date


def covers(whole: Ruling, part: Ruling) -> bool:
    """Whether a position on a whole is that of a part too: where it is a decision against the supplier, and
    later than the part's own, or that is only hearsay or weighed. Of a restriction of the whole and a
    permission for the part that are of one day, the part's own is more exact. What a person set is over what
    was read. A part that is already restricted so stays so from its own day.
    """
    if whole.code.side != "against" or whole.code.force not in _FIRM or part.by_hand > whole.by_hand:
        return False
    if part.code.side == "against" and part.code.force in ("decided", whole.code.force):
        return False
    return whole.by_hand > part.by_hand or part.code.force not in _FIRM or whole.day > part.day


def held_under(part: Act | None, whole: Act | None) -> Act | None:
    """The act that began what holds of a part: its own, or that of the whole which covers it."""
    if part is None or whole is None:
        return part
    return whole if covers(whole.ruling, part.ruling) else part


def begun_under(part: Sequence[Act], whole: Sequence[Act]) -> list[Act]:
    """The acts that began each position of a part, of which those of the whole may be: both in order. Where a
    restriction of the whole is lifted, what is told of the part itself stands again, from that day."""
    begun: list[Act] = []
    own = above = None
    turns = [*((act.day, True, act) for act in part), *((act.day, False, act) for act in whole)]
    turns.sort(key=_turn)
    for day, of_part, act in turns:
        own, above = (act, above) if of_part else (own, act)
        now = held_under(own, above)
        if now is None or (begun and begun[-1].code == now.code):
            continue
        begun.append(now if now is act else now._replace(day=day, moment=act.moment, line=act.line))
    return begun


def _turn(turn: tuple[date, bool, Act]) -> tuple[date, bool]:
    return turn[:2]
