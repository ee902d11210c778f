"""Cases as tracks: each a line on which its stages are stations in time, with how it stands at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml

from onrecord.present._chart import Tick, told_years
from onrecord.present._dates import middle
from onrecord.present._view import View
from onrecord.standing import Case, Step

End = Literal["ended", "promised", "unkept", "open"]
"""How a case stands by its stage (data/tracks.yaml)."""

MOST = 24
"""Tracks that are drawn: of more cases those that came through the most stages, then those that moved
last."""
_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 960.0, 268.0, 168.0, 30.0, 46.0
_LETTER = 6.3
"""Pixels that a letter of a station's label takes, the wide ones included."""
_LABEL = 40
"""Letters of a track's name at most."""

_At = Callable[[date], float]


@dataclass(frozen=True, slots=True)
class Station:
    """A stage on its track. `told` and `day` stand above and below it, empty where they would lie over the
    next; `anchor` is the end of the text that stands at `x`. `line` is the id of what says so.
    """

    x: float
    told: str
    day: str
    anchor: str
    line: str
    title: str


@dataclass(frozen=True, slots=True)
class Track:
    """A case: its name in full and as there is room for it, the height of its line, its stations, and how it
    stands, in a code and in words.
    """

    name: str
    short: str
    y: float
    stations: tuple[Station, ...]
    end: End
    state: str


@dataclass(frozen=True, slots=True)
class Tracks:
    """The tracks in a box; `left` to `right` is the time that is drawn, `right` its end. `more` cases are
    not drawn.
    """

    width: float
    height: float
    left: float
    right: float
    ticks: tuple[Tick, ...]
    tracks: tuple[Track, ...]
    more: int


@cache
def _ends() -> Mapping[str, End]:
    data = yaml.safe_load((files("onrecord.present") / "data" / "tracks.yaml").read_text("utf-8"))
    return {stage: end for end in get_args(End) for stage in data.get(end, ())}


def end_of(case: Case) -> End:
    """How a case stands."""
    return _ends().get(case.stage, "open")


def make_tracks(view: View) -> Tracks | None:
    """The tracks of a dossier's cases; None where no stage of any is dated."""
    dated = [case for case in view.dossier.cases if any(step.moment for step in case.steps)]
    if not dated:
        return None
    ranked = sorted(range(len(dated)), key=lambda at: _rank(dated[at]), reverse=True)[:MOST]
    drawn = [dated[at] for at in sorted(ranked)]
    days = [middle(step.moment.value) for case in drawn for step in case.steps if step.moment]
    calendar = view.dossier.calendar
    start = date(min(days).year, 1, 1)
    end = max([*days, *([date.fromisoformat(calendar.periods[-1].end)] if calendar else [])])
    right = _WIDTH - _RIGHT

    def at(day: date) -> float:
        return _LEFT + 6 + (day - start).days / max((end - start).days, 1) * (right - _LEFT - 18)

    tracks = []
    for place, case in enumerate(drawn):
        how = end_of(case)
        name = view.case_name(case)
        tracks.append(
            Track(
                name,
                name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…",
                _TOP + (place + 0.5) * _ROW,
                tuple(_stations(view, case, at, right)),
                how,
                state(view, case),
            )
        )
    years = told_years(start, end, right - _LEFT)
    ticks = tuple(Tick(at(date(year, 1, 1)), str(year)) for year in years)
    return Tracks(
        _WIDTH,
        _TOP + len(drawn) * _ROW + 6,
        _LEFT,
        right,
        ticks,
        tuple(tracks),
        len(view.dossier.cases) - len(drawn),
    )


def _rank(case: Case) -> tuple[int, str]:
    days = [step.moment.value for step in case.steps if step.moment]
    return len(days), max(days)


def _stations(view: View, case: Case, at: _At, right: float) -> Iterator[Station]:
    """The dated stages. Where two labels would lie over each other, the later one is told."""
    steps = [step for step in case.steps if step.moment and step.lines]
    free = right + _RIGHT
    found = []
    for step in reversed(steps):
        x = at(middle(_value(step)))
        told, day = view.stage(step.stage), view.short_date(_value(step))
        wide = max(len(told), len(day)) * _LETTER
        anchor = "end" if x + wide > right else "start"
        begin, stop = (x - wide, x + 6) if anchor == "end" else (x - 6, x + wide)
        fits = stop <= free and (begin >= _LEFT - 6)
        free = begin - 4 if fits else min(free, x - 10)
        title = f"{view.step(step)}: {view.told(step.lines[0]).sentence}"
        found.append(Station(x, told if fits else "", day if fits else "", anchor, step.lines[0].id, title))
    yield from reversed(found)


def _value(step: Step) -> str:
    assert step.moment is not None
    return step.moment.value


def state(view: View, case: Case) -> str:
    """How a case stands, in words."""
    return view.words(f"track_{end_of(case)}")
