"""When a message goes out: at once, with the next digest, or when the quiet hours are over; and when one that
was not taken is tried again. Pure functions of moments in UTC and of what a channel wishes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onrecord.team import Wish

RETRIES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after each try comes the next: the schedule that Standard Webhooks 1.0.0 proposes, without its
first pause of five seconds, since tries are made by runs. After the last one a message is given up."""

MENDING = timedelta(minutes=30)
"""How long after a try that failed for what only somebody here can mend comes the next. Such tries do not
count: a message waits as long as it takes."""

_WEEK = 7


def due_at(wish: Wish, now: datetime) -> datetime:
    """When what is found now goes out by a channel: no earlier than now, and not in its quiet hours."""
    return _loud(wish, now if wish.pace == "at-once" else _digest(wish, now))


def retry_at(tries: int, now: datetime) -> datetime | None:
    """When a message that was tried so often is tried again; None where it is given up."""
    return now + RETRIES[tries - 1] if tries <= len(RETRIES) else None


def is_quiet(wish: Wish, moment: datetime) -> bool:
    """Whether a moment lies in a channel's quiet hours: by the clock on the wall in its zone, from the first
    minute to before the last. The same time twice is none at all."""
    if wish.quiet_from is None or wish.quiet_to is None:
        return False
    begin, end = time.fromisoformat(wish.quiet_from), time.fromisoformat(wish.quiet_to)
    at = moment.astimezone(ZoneInfo(wish.zone)).time()
    return begin <= at < end if begin <= end else at >= begin or at < end


def _loud(wish: Wish, moment: datetime) -> datetime:
    """A moment, or the end of the quiet hours in which it lies."""
    if wish.quiet_to is None or not is_quiet(wish, moment):
        return moment
    day = moment.astimezone(ZoneInfo(wish.zone)).date()
    end = time.fromisoformat(wish.quiet_to)
    return min(
        at
        for near in (day, day + timedelta(days=1), day + timedelta(days=2))
        for at in _moments(near, end, wish.zone)
        if at >= moment and not is_quiet(wish, at)
    )


def _digest(wish: Wish, now: datetime) -> datetime:
    """The next moment of a digest."""
    first = now.astimezone(ZoneInfo(wish.zone)).date() - timedelta(days=1)
    days = (first + timedelta(days=n) for n in range(_WEEK + 3))
    return min(
        at
        for day in days
        if wish.pace == "daily" or day.weekday() == wish.weekday
        for at in _moments(day, time(wish.hour), wish.zone)[:1]
        if at >= now
    )


def _moments(day: date, at: time, zone: str) -> list[datetime]:
    """The moments, in UTC, at which the clocks of a zone show a time on a day: two where they are set back
    over it. Where they are set forward over it, the moment as long after midnight as it would have been."""
    here = ZoneInfo(zone)
    local = datetime.combine(day, at, here)
    both = [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = {one for one in both if one.astimezone(here).time() == at}
    return sorted(shown) or both[:1]
