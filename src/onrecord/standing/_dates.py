"""Dates that are known to the year, the month or the day: when they begin, when they end, which columns they
make.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from onrecord.standing._model import Calendar, Granularity, Moment, Period

_DAYS = 16_384
"""Dates that are kept in mind: those of some forty years."""
_MONTHS: dict[Granularity, int] = {"month": 1, "quarter": 3, "year": 12}


@lru_cache(maxsize=_DAYS)
def first_day(value: str) -> date:
    """The first day of an ISO 8601 date cut to its precision."""
    parts = [int(part) for part in value.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


@lru_cache(maxsize=_DAYS)
def last_day(value: str) -> date:
    """The last day of an ISO 8601 date cut to its precision."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        return date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    return date(parts[0], 12, 31)


@lru_cache(maxsize=_DAYS)
def shown(first: int, last: int) -> str | None:
    """The date (ISO 8601, cut to its precision) that lasts from one day to another (ordinals); None for no
    date (0)."""
    if not first:
        return None
    start, end = date.fromordinal(first), date.fromordinal(last)
    if start == end:
        return start.isoformat()
    return start.isoformat()[:7] if start.month == end.month else start.isoformat()[:4]


def moment_of(first: int, last: int, *, when: bool) -> Moment | None:
    """The moment that lasts from one day to another (ordinals), which is a statement's own `when` or else the
    day on which its page appeared; None for no date (0)."""
    day = shown(first, last)
    return None if day is None else Moment(day, "when" if when else "published")


def overlap(one: str, other: str) -> bool:
    """Whether two dates may be the same day, each known only to its precision."""
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def _index(day: date, months: int) -> int:
    return (day.year * 12 + day.month - 1) // months


def _period(index: int, months: int) -> Period:
    first = index * months
    last = first + months - 1
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return Period(date(first // 12, first % 12 + 1, 1).isoformat(), end.isoformat())


def make_calendar(days: Mapping[date, int], until: date, columns: int, share: float) -> Calendar | None:
    """The columns from the first of `days` (each with how much is dated to it) to `until`, by the rule in
    data/sections.yaml; None without days.
    """
    if not days:
        return None
    granularity: Granularity = "year"
    by_month: Counter[int] = Counter()
    for day, number in days.items():
        by_month[_index(day, 1)] += number
    for size in ("month", "quarter", "year"):
        months = _MONTHS[size]
        last = _index(until, months)
        held = sum(number for month, number in by_month.items() if last - month // months < columns)
        if held >= share * by_month.total():
            granularity = size
            break
    months = _MONTHS[granularity]
    end = _index(until, months)
    start = max(_index(min(days), months), end - columns + 1)
    periods = [_period(index, months) for index in range(start, end + 1)]
    first = periods[0].start
    if first is not None and min(days) < date.fromisoformat(first):
        before = date.fromisoformat(first) - timedelta(days=1)
        periods.insert(0, Period(None, before.isoformat()))
    return Calendar(granularity, tuple(periods))
