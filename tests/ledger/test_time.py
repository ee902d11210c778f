"""As of a date: only what had surely been published by then, and the undated."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ledger import BadDate, Ledger
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


def cut(day: date, length: int) -> str:
    return day.isoformat()[:length]


days = st.dates(date(2018, 1, 1), date(2020, 12, 31))
dates = st.builds(cut, days, st.sampled_from([4, 7, 10]))


def days_of(value: str) -> list[date]:
    """Every day that a date cut to its precision may mean, counted one by one."""
    first = date.fromisoformat((value + "-01-01")[:10])
    found = [first + timedelta(days=n) for n in range(366)]
    return [day for day in found if day.isoformat().startswith(value)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    published=st.lists(st.none() | dates, min_size=1, max_size=5),
    asked=st.lists(dates, min_size=1, max_size=8),
)
def test_no_statement_appears_before_it_was_surely_published(
    make_page: Make, make_reading: Read, published: list[str | None], asked: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "record.db") as ledger:
        for number, value in enumerate(published):
            page = make_page(f"Huawei builds network {number}", locator=f"{number}.txt", published=value)
            ledger.add(page, make_reading(page))
        for as_of in asked:
            end = max(days_of(as_of))
            surely = {
                f"{n}.txt"
                for n, value in enumerate(published)
                if value and all(day <= end for day in days_of(value))
            }
            undated = {f"{n}.txt" for n, value in enumerate(published) if value is None}
            assert {s.locator for s in ledger.statements(as_of=as_of)} == surely | undated
            assert {s.locator for s in ledger.statements(as_of=as_of, undated=False)} == surely
            assert {p.locator for p in ledger.pages(as_of=as_of)} == surely | undated


def test_a_page_dated_to_a_month_counts_from_its_end(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    page = make_page("Huawei builds a network. Huawei rests", published="2019-01")
    ledger.add(page, make_reading(page))
    assert ledger.statements(as_of="2019-01-30") == ()
    assert ledger.unread(as_of="2019-01-30") == ()
    assert len(ledger.statements(as_of="2019-01-31")) == 1
    assert len(ledger.statements(as_of="2019-01")) == 1
    assert len(ledger.statements(as_of="2019")) == 1


@pytest.mark.parametrize("value", ["last week", "2019-13", "2019-02-30", "19", "", "2019-1-1"])
def test_what_is_no_date_is_said_to_be_none(ledger: Ledger, value: str) -> None:
    with pytest.raises(BadDate, match="is no date"):
        ledger.statements(as_of=value)
