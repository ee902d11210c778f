"""The days on which a dossier moved: where its as-of date is worth being set to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.ledger import last_day
from onrecord.present._catalogue import ENGLISH, number
from onrecord.present._view import View
from onrecord.standing import Change, Dossier, Line, Side, side_of

MOST = 400
"""Moves that are told: of more the last ones."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that the record tells from a day on (ISO 8601): a position taken, of a side; a matter
    affirmed or denied for the first time, or a case that came to a stage, of none.
    """

    day: str
    side: Side | None
    told: str


def moved_days(dossier: Dossier, *, language: str = ENGLISH) -> tuple[Moved, ...]:
    """What moved, in the order of the days from which it is on record: those on which a page that says it had
    appeared. Of statements that are not laid out nobody asks, and what no dated page says has no day.
    """
    view = View(dossier, language)
    found = sorted({*_positions(view), *_disputes(view), *_cases(view)}, key=lambda one: (one.day, one.told))
    return tuple(found[-MOST:])


def standing_told(dossier: Dossier, *, language: str = ENGLISH) -> str:
    """What a dossier holds, shortly: "As of 4 March 2019: 3 restrict it or say they will. 12 statements." """
    view = View(dossier, language)
    sides = view.messages["sides"]
    tally = ", ".join(f"{number(n, language)} {sides[side]}" for side, _, n in view.tally())
    statements = view.words("n_statements", n=dossier.counts.statements)
    return f"{view.as_of()}: {tally or view.words('no_position')}. {statements}."


def _positions(view: View) -> Iterator[Moved]:
    for position in view.dossier.positions:
        for stance in position.stances:
            before = None
            for change in stance.changes:
                day = _day(change)
                if day:
                    label = view.position_label(change.code)
                    told = f"{view.bare(position.actor)}: {label}"
                    if before is not None:
                        told = f"{view.bare(position.actor)}: {view.position_label(before)} → {label}"
                    yield Moved(day, side_of(change.code), told)
                before = change.code


def _day(change: Change) -> str | None:
    """The day from which a position is on record; that which a person set, from the day that the person
    named."""
    if change.line is not None:
        return _told_from([change.line])
    return last_day(change.moment.value) if change.moment is not None else None


def _disputes(view: View) -> Iterator[Moved]:
    for dispute in view.dossier.disputes:
        for key, lines in (("moved_accused", dispute.affirmed), ("moved_denied", dispute.denied)):
            day = _told_from(lines)
            if day:
                matter = view.words(key, matter=view.matter(dispute))
                yield Moved(day, None, f"{view.bare(dispute.actor)}: {matter}")


def _cases(view: View) -> Iterator[Moved]:
    for case in view.dossier.cases:
        for step in case.steps:
            day = _told_from(step.lines)
            if day:
                yield Moved(day, None, f"{view.case_name(case)}: {view.stage(step.stage)}")


def _told_from(lines: Iterable[Line]) -> str | None:
    """The first day by which a page that says so had appeared."""
    days = (last_day(cited.published) for line in lines for cited in line.citations if cited.published)
    return min(days, default=None)
