"""The bands of the matrix with what each leads to, and what is told otherwise of its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.present._chart import Band, bands
from onrecord.present._dates import first_day
from onrecord.present._view import View
from onrecord.standing import Change, Position


@dataclass(frozen=True, slots=True)
class Cell:
    """A band of the matrix: `line` is the id of the line by which the position was taken (None where a person
    set it, or where nothing laid out says it), `span` its time in words, `dissent` the ids of the lines that
    say otherwise of that time.
    """

    band: Band
    line: str | None
    span: str
    dissent: tuple[str, ...]


def cells(view: View, position: Position) -> tuple[Cell, ...]:
    """The bands of a row."""
    calendar = view.dossier.calendar
    if calendar is None:
        return ()
    ends = [date.fromisoformat(period.end) for period in calendar.periods]
    drawn = bands(position.course)
    apart = _dissent(position, ends, drawn)
    held = {line.id for line in position.lines}
    found = []
    for place, band in enumerate(drawn):
        change = _change(position, band, ends) if band.code else None
        line = change.line.id if change and change.line and change.line.id in held else None
        first, last = (view.period(calendar.periods[at]) for at in (band.first, band.last))
        names = [" ".join(filter(None, reversed(one))) for one in (first, last)]
        span = names[0] if band.span == 1 else f"{names[0]} – {names[1]}"
        found.append(Cell(band, line, span, tuple(apart.get(place, ()))))
    return tuple(found)


def _change(position: Position, band: Band, ends: list[date]) -> Change | None:
    """The change by which a band begins: the last one to its position up to the end of its first column."""
    told = [c for stance in position.stances for c in stance.changes if c.code == band.code]
    dated = [(first_day(c.moment.value), c) for c in told if c.moment is not None]
    before = [(day, c) for day, c in dated if day <= ends[band.first]]
    if before:
        return max(before, key=lambda item: item[0])[1]
    return told[0] if told else None


def _dissent(position: Position, ends: list[date], drawn: tuple[Band, ...]) -> dict[int, list[str]]:
    """The lines that say otherwise, by the place of the band in whose time they are told; the undated by the
    last."""
    coded = [place for place, band in enumerate(drawn) if band.code]
    found: dict[int, list[str]] = {}
    for stance in position.stances:
        for line in stance.dissent:
            if not coded:
                continue
            column = len(ends) - 1
            if line.moment is not None:
                day = first_day(line.moment.value)
                column = next((at for at, end in enumerate(ends) if day <= end), column)
            place = next((p for p in coded if drawn[p].first <= column <= drawn[p].last), coded[-1])
            found.setdefault(place, []).append(line.id)
    return found
