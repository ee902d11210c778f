"""The matrix and the timeline as shapes in places: all that a drawing needs but the drawing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from onrecord.present._dates import middle
from onrecord.present._view import View
from onrecord.standing import Event

_WIDTH, _LEFT, _RIGHT = 960, 172, 12
"""Pixels of the timeline, and of these what is left free for its names and at its end."""
_STEP = 13.0
"""Pixels from one mark to the next, so that none lies over another."""
_YEAR = 40
"""Pixels that a year's number takes."""


@dataclass(frozen=True, slots=True)
class Band:
    """Columns of the matrix in which a position (None: none on record) holds unbroken."""

    code: str | None
    span: int
    first: int
    last: int


def bands(course: Sequence[str | None]) -> tuple[Band, ...]:
    """A course through the calendar as bands; `first` and `last` are the places of their columns."""
    found: list[Band] = []
    for code, cells in groupby(enumerate(course), key=lambda cell: cell[1]):
        places = [place for place, _ in cells]
        found.append(Band(code, len(places), places[0], places[-1]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the timeline: its name, its base line and the line above it."""

    label: str
    base: float
    top: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the lanes; `label` is empty for those between years."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An event. `shape` is a position's code for measures, else `event`; `dated`: by the page's own words."""

    x: float
    y: float
    shape: str
    dated: bool
    line: str
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The timeline in a box of `width` by `height`; `left` is where the lanes begin, `now` where the record
    ends.
    """

    width: float
    height: float
    left: float
    right: float
    now: float
    before: float | None
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]


class _Axis:
    """Days to pixels: what is before the matrix begins goes into a margin on the left, what is to come to the
    right.
    """

    def __init__(self, view: View, events: Sequence[Event], left: float, right: float) -> None:
        past = [middle(event.moment.value) for event in events if not event.to_come]
        calendar = view.dossier.calendar
        periods = [period for period in calendar.periods if period.start] if calendar else []
        # No narrower than the matrix, so that the two can be read together.
        starts = (
            [date.fromisoformat(periods[0].start or "")]
            if periods
            else [min(past, default=middle(events[0].moment.value))]
        )
        ends = [date.fromisoformat(periods[-1].end)] if periods else [max(past, default=starts[0])]
        self.start, self.end = starts[0], max([*ends, *past])
        early = any(day < self.start for day in past)
        late = any(event.to_come for event in events)
        self.margin_left, self.margin_right = left, right
        # Wide enough for the word that stands there, so that it does not run into the first year's.
        self.left = left + (6 * _STEP if early else 0)
        self.right = right - (5 * _STEP if late else 0)
        self.early = early

    def at(self, day: date) -> float:
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return self.left + share * (self.right - self.left)

    def place(self, event: Event) -> float:
        if event.to_come:
            return self.right + 2.5 * _STEP
        day = middle(event.moment.value)
        return self.margin_left + 3 * _STEP if day < self.start else self.at(day)


def timeline_chart(view: View) -> Chart | None:
    """The dossier's timeline as a chart; None where nothing is dated."""
    events = view.dossier.timeline
    if not events:
        return None
    axis = _Axis(view, events, _LEFT, _WIDTH - _RIGHT)
    lanes: list[Lane] = []
    marks: list[Mark] = []
    y = 26.0
    shapes = _shapes(view)
    for key, label in view.messages["lanes"].items():
        held = [event for event in events if event.lane == key]
        if not held:
            continue
        drawn, height = _stack(view, held, axis, shapes)
        base = y + height
        marks.extend(
            Mark(mark.x, base - mark.y, mark.shape, mark.dated, mark.line, mark.title) for mark in drawn
        )
        lanes.append(Lane(label, base, y))
        y = base
    before = axis.left if axis.early else None
    return Chart(
        _WIDTH,
        y + 8,
        axis.margin_left,
        axis.margin_right,
        axis.right,
        before,
        tuple(lanes),
        _ticks(axis, view),
        tuple(marks),
    )


def _stack(
    view: View, events: Sequence[Event], axis: _Axis, shapes: Mapping[str, str]
) -> tuple[list[Mark], float]:
    """Marks one above the other where they would touch; `y` counts from the lane's base."""
    heights: Counter[int] = Counter()
    marks = []
    for event in events:
        column = round(axis.place(event) / _STEP)
        x = min(max(column * _STEP, axis.margin_left + 8), axis.margin_right - 8)
        code = shapes.get(event.line.id, "event")
        title = f"{view.date(event.moment.value)}: {view.told(event.line).sentence}"
        marks.append(
            Mark(x, 13 + heights[column] * _STEP, code, event.moment.basis == "when", event.line.id, title)
        )
        heights[column] += 1
    return marks, max(26.0, 14 + max(heights.values()) * _STEP)


def _shapes(view: View) -> dict[str, str]:
    """By the id of each line that changed a position the code of the first that it changed."""
    found: dict[str, str] = {}
    for position in view.dossier.positions:
        for stance in position.stances:
            for change in stance.changes:
                if change.line is not None:
                    found.setdefault(change.line.id, change.code)
    return found


def told_years(start: date, end: date, width: float) -> range:
    """The years from one day to another whose numbers there is room for on so many pixels: all, or every
    second, third …"""
    number = end.year - start.year + 1
    return range(start.year, end.year + 1, int(number * _YEAR / width) + 1)


def _ticks(axis: _Axis, view: View) -> tuple[Tick, ...]:
    years = told_years(axis.start, axis.end, axis.right - axis.left)
    months = (1, 4, 7, 10) if years.step == 1 else (1,)
    days = (date(year, month, 1) for year in years for month in months)
    ticks = [
        Tick(axis.at(day), str(day.year) if day.month == 1 else "")
        for day in days
        if axis.start <= day <= axis.end
    ]
    if ticks and not any(tick.label for tick in ticks):
        ticks[0] = Tick(ticks[0].x, str(axis.start.year))
    if axis.early:
        ticks.insert(0, Tick(axis.margin_left + 8, view.words("before")))
    return tuple(ticks)
