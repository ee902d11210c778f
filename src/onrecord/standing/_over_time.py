"""How the positions on a supplier moved: how many actors stand where in each period, and who turned when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.ledger import Judgement
from onrecord.standing._dates import first_day
from onrecord.standing._model import Dossier, Line, Moment, Period, Position, Side
from onrecord.standing._rules import codes, side_of


@dataclass(frozen=True, slots=True)
class Tally:
    """How many actors stand where at the end of a period. `counts` has each position that anybody holds, by
    its code, and how many hold it, the strictest first; who holds none yet is in none.
    """

    period: Period
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many actors hold a position."""
        return sum(count for _, count in self.counts)

    def of(self, code: str) -> int:
        """How many actors hold the position of that code."""
        return dict(self.counts).get(code, 0)

    def on(self, side: Side) -> int:
        """How many actors hold a position of that side."""
        return sum(count for code, count in self.counts if side_of(code) == side)


@dataclass(frozen=True, slots=True)
class Turn:
    """An actor that took a position in one field (`scope`) at a moment (None: undated), and the one that it
    held `before` (None: none on record). `line` tells of it (None where that is not laid out), or a person
    set it.
    """

    actor: str | None
    scope: str
    before: str | None
    after: str
    moment: Moment | None
    line: Line | None
    set_by: Judgement | None


@dataclass(frozen=True, slots=True)
class OverTime:
    """How positions moved: a tally for each period of the dossier's calendar, the turns (undated last), and
    how many actors stand `outside`, whose position no period has for want of a date.
    """

    tallies: tuple[Tally, ...]
    turns: tuple[Turn, ...]
    outside: int


def over_time_of(dossier: Dossier) -> OverTime:
    """How the positions of a dossier moved. An actor counts once in a period, by the position that stands for
    the whole of what it decided (`Position.course`); turns are those of each of its stances.
    """
    periods = dossier.calendar.periods if dossier.calendar else ()
    tallies = []
    for place, period in enumerate(periods):
        held = Counter(code for position in dossier.positions if (code := position.course[place]) is not None)
        tallies.append(Tally(period, tuple((code, held[code]) for code in codes() if held[code])))
    turns = (turn for position in dossier.positions for turn in _turns(position))
    return OverTime(
        tuple(tallies),
        tuple(sorted(turns, key=_place)),
        sum(not any(position.course) for position in dossier.positions),
    )


def _turns(position: Position) -> Iterator[Turn]:
    for stance in position.stances:
        before: str | None = None
        for change in stance.changes:
            yield Turn(
                position.actor, stance.scope, before, change.code, change.moment, change.line, change.set_by
            )
            before = change.code


def _place(turn: Turn) -> tuple[date, str]:
    # Of one actor and day the turns stay in the order in which the stance has them.
    return first_day(turn.moment.value) if turn.moment else date.max, turn.actor or "~"
