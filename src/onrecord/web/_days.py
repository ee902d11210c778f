"""The days of a supplier's record as a strip: how much was said in which month, and when something moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from onrecord.ledger import last_day
from onrecord.present import Moved, moved_days
from onrecord.standing import ByMonth, Dossier, by_month, standing_of
from onrecord.web._asked import Times
from onrecord.web._bench import Bench

_Place = Callable[[date], float]
_BARS = 240
"""Bars of the strip at most: of more months several are one bar."""
_LABELS = 8
"""Years that are written below the strip at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The statements of a month or of several: where it begins and how wide it is, in per cent of the strip,
    and how high, in per cent of the highest."""

    x: float
    wide: float
    high: float
    month: str
    statements: int


@dataclass(frozen=True, slots=True)
class MovedOn:
    """A day on which something moved: its place in per cent of the strip, and what moved."""

    day: str
    x: float
    moves: tuple[Moved, ...]

    @property
    def side(self) -> str:
        """The side of the positions taken that day, `several`, or `other` where no position was."""
        sides = {one.side for one in self.moves if one.side}
        return "several" if len(sides) > 1 else next(iter(sides), "other")


@dataclass(frozen=True, slots=True)
class Strip:
    """The days from `first` to `last`; `asked` is the day that was asked for, which may lie outside of them,
    `at` its place, counted in days from the first, and `done` the same in per cent."""

    first: date
    last: date
    asked: date
    at: int
    bars: tuple[Bar, ...]
    years: tuple[tuple[str, float], ...]
    moved: tuple[MovedOn, ...]
    undated: int

    @property
    def length(self) -> int:
        """How many days after the first the last is."""
        return (self.last - self.first).days

    @property
    def done(self) -> float:
        """The place of the day in per cent."""
        return 100 * self.at / self.length

    @property
    def day(self) -> str:
        """The day that was asked for (ISO 8601)."""
        return self.asked.isoformat()

    @property
    def fullest(self) -> Bar:
        """The month with the most statements."""
        return max(self.bars, key=lambda bar: bar.statements)


def strip_of(
    bench: Bench, key: str, when: Times, language: str, found: Dossier | None = None
) -> Strip | None:
    """The strip of a supplier's dossier; None where its pages do not tell two days. What moved is told of the
    whole record, whatever day is asked for; `found` is its dossier, where that was made already."""

    def make() -> tuple[ByMonth, tuple[Moved, ...]]:
        months = by_month(bench.ledger, key, known_at=when.known_at)
        whole = found if when.as_of is None else None
        if whole is None:
            whole = standing_of(bench.ledger, key, known_at=when.known_at)
        return months, moved_days(whole, language=language)

    told, moves = bench.small(("days", key, when.known_at, language), make)
    if told.first is None or told.last is None or told.first == told.last:
        return None
    first, last = told.first, told.last
    length = (last - first).days

    def place(day: date) -> float:
        return 100 * min(max((day - first).days, 0), length) / length

    asked = date.fromisoformat(last_day(when.as_of)) if when.as_of else last
    days = [
        MovedOn(day, place(date.fromisoformat(day)), tuple(held))
        for day, held in groupby(moves, key=lambda one: one.day)
    ]
    every = max(1, -(-(last.year - first.year) // _LABELS))
    years = [year for year in range(first.year + 1, last.year + 1) if (year - first.year) % every == 0]
    return Strip(
        first,
        last,
        asked,
        min(max((asked - first).days, 0), length),
        tuple(_bars(told, place)),
        tuple((str(year), place(date(year, 1, 1))) for year in years),
        tuple(days),
        told.undated,
    )


def _bars(told: ByMonth, place: _Place) -> Iterator[Bar]:
    size = -(-len(told.months) // _BARS)
    some = [told.months[at : at + size] for at in range(0, len(told.months), size)]
    most = max(sum(n for _, n in held) for held in some)
    starts = [place(date.fromisoformat(f"{held[0][0]}-01")) for held in some]
    for held, start, end in zip(some, starts, [*starts[1:], 100.0], strict=True):
        count = sum(n for _, n in held)
        if count:
            yield Bar(start, end - start, 100 * count / most, held[0][0], count)
