"""The bars of how positions moved as shapes in places: all that a drawing needs but the drawing itself."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.present._over_time import OverTimeView

_WIDTH, _TOP, _BASE, _LEFT, _FOOT = 760.0, 26.0, 286.0, 46.0, 44.0
_WIDEST = 54.0
"""Pixels that a bar is wide at most."""
_TICKS = 5
"""Lines across the bars at most."""
_ROOM = 16.0
"""Pixels that a part of a bar is high at least to hold its sign."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a bar for one position; `signed`: it has room for the position's sign."""

    code: str
    y: float
    height: float
    signed: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: the middle of its bar, its label in two lines, how many actors it counts, and its parts, the
    strictest position at the bottom. `top` is the height at which the bar ends.
    """

    x: float
    labels: tuple[str, str]
    total: str
    top: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars in a box of `width` by `height`. Each is `thick` wide and stands on `base`; `ticks` are lines
    across them with their numbers.
    """

    width: float
    height: float
    left: float
    base: float
    thick: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


def make_bars(told: OverTimeView) -> Bars | None:
    """The bars of each period; None where nobody held a position in any."""
    tallies = told.found.tallies
    highest = max((tally.total for tally in tallies), default=0)
    if not highest:
        return None
    step = _step(highest)
    top = -(-highest // step) * step
    scale = (_BASE - _TOP) / top
    apart = (_WIDTH - _LEFT) / len(tallies)
    bars = []
    for place, tally in enumerate(tallies):
        y, segments = _BASE, []
        for code, count in tally.counts:
            height = count * scale
            y -= height
            segments.append(Segment(code, y, height, height >= _ROOM))
        year, part = told.view.period(tally.period)
        x = _LEFT + (place + 0.5) * apart
        bars.append(
            Bar(x, (part or year, year if part else ""), told.number(tally.total), y, tuple(segments))
        )
    ticks = tuple((_BASE - value * scale, told.number(value)) for value in range(0, top + 1, step))
    thick = min(0.7 * apart, _WIDEST)
    return Bars(_WIDTH, _BASE + _FOOT, _LEFT, _BASE, thick, tuple(bars), ticks)


def _step(highest: int) -> int:
    """The distance of lines, of the row 1, 2, 5, 10, 20 and so on, that makes no more than `_TICKS`."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if highest <= _TICKS * step:
                return step
        size *= 10
