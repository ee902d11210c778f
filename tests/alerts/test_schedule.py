"""When a message goes out: never in quiet hours, never too early, also where the clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.alerts import RETRIES, due_at, is_quiet, retry_at
from onrecord.team import Wish

ZONES = (
    "UTC",
    "Europe/Copenhagen",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
DESK = Wish("email", "desk@example.org", zone="Europe/Copenhagen")
NIGHT = replace(DESK, quiet_from="22:00", quiet_to="07:00")

times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
wishes = st.builds(
    Wish,
    kind=st.just("email"),
    address=st.just("desk@example.org"),
    pace=st.sampled_from(["at-once", "daily", "weekly"]),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    zone=st.sampled_from(ZONES),
    quiet_from=times,
    quiet_to=times,
)
moments = st.datetimes(datetime(2011, 12, 1), datetime(2030, 12, 31), timezones=st.just(UTC))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(wishes, moments)
def test_nothing_goes_out_early_in_quiet_hours_or_never(wish: Wish, now: datetime) -> None:
    due = due_at(wish, now)
    assert due >= now
    assert not is_quiet(wish, due)
    # A digest waits a day or a week, quiet hours a day at most; a clock that is set adds an hour, and Samoa
    # once left out a day.
    longest = {"at-once": 1, "daily": 2, "weekly": 8}[wish.pace]
    assert due - now <= timedelta(days=longest + 1, hours=2)


@given(wishes, moments)
def test_what_is_found_outside_quiet_hours_goes_out_at_once(wish: Wish, now: datetime) -> None:
    wish = replace(wish, pace="at-once")
    assert (due_at(wish, now) == now) == (not is_quiet(wish, now))


@given(wishes, moments)
def test_a_digest_goes_out_at_its_hour_on_its_day(wish: Wish, now: datetime) -> None:
    wish = replace(wish, quiet_from=None, quiet_to=None, pace="weekly" if wish.weekday else "daily")
    local = due_at(wish, now).astimezone(ZoneInfo(wish.zone))
    # Where the clocks are set forward over the hour it is the one after; Lord Howe sets them by half an hour.
    assert local.hour == wish.hour or (local - timedelta(hours=1)).hour == wish.hour
    if wish.pace == "weekly" and wish.zone != "Pacific/Apia":
        assert local.weekday() == wish.weekday


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-01-10T20:59", "2026-01-10T20:59"),  # 21:59 in Copenhagen
        ("2026-01-10T21:00", "2026-01-11T06:00"),  # 22:00: until 07:00 of the next day
        ("2026-01-11T03:00", "2026-01-11T06:00"),  # behind midnight
        ("2026-01-11T06:00", "2026-01-11T06:00"),  # 07:00 is loud
        ("2026-03-28T22:00", "2026-03-29T05:00"),  # the clocks are set forward that night
        ("2026-10-24T21:00", "2026-10-25T06:00"),  # and back
    ],
)
def test_quiet_hours_over_midnight(now: str, due: str) -> None:
    assert due_at(NIGHT, utc(now)) == utc(due)


def test_an_hour_that_is_left_out_or_comes_twice() -> None:
    two = replace(DESK, pace="daily", hour=2)
    # 02:00 does not come on 29 March; it is told an hour later by the clock, 24 hours after the day before.
    assert due_at(two, utc("2026-03-28T12:00")) == utc("2026-03-29T01:00")
    # It comes twice on 25 October; the digest goes out once, at the first.
    assert due_at(two, utc("2026-10-24T12:00")) == utc("2026-10-25T00:00")
    assert due_at(two, utc("2026-10-25T00:01")) == utc("2026-10-26T01:00")
    # Quiet hours that end at a time that comes twice are over at the first; within the hour that comes again
    # they end at the second.
    early = replace(DESK, quiet_from="01:00", quiet_to="02:30")
    assert due_at(early, utc("2026-10-25T00:10")) == utc("2026-10-25T00:30")
    assert due_at(early, utc("2026-10-25T01:10")) == utc("2026-10-25T01:30")


def test_tries_come_further_and_further_apart_and_end() -> None:
    now = utc("2026-01-01T00:00")
    moments = [retry_at(tries, now) for tries in range(1, len(RETRIES) + 2)]
    assert moments[-1] is None
    assert [one - now for one in moments[:-1] if one] == sorted(RETRIES)
    assert sum(RETRIES, timedelta()) > timedelta(days=3)
