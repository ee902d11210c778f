"""Whether a party stood on a list on a day: by which version or by whose date, or that it is not known."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lists.conftest import party, read_list_of

from onrecord.ledger import Ledger
from onrecord.lists import NoSuchList, add_list, list_versions, was_listed

STAYS = party("0")


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    """Versions of two days. What each party of them is like is in its name."""
    add_list(
        ledger,
        read_list_of(
            STAYS,
            party("dated", since="2015-03"),
            party("goes"),
            party("goes dated", since="2015-03-01"),
            party("ended", since="2015", until="2018-06"),
            party("to come", since="2019-06-01"),
            issued="2019-01-10",
        ),
        who="Anna",
    )
    add_list(
        ledger,
        read_list_of(
            STAYS,
            party("dated", since="2015-03"),
            party("ended", since="2015", until="2018-06"),
            party("to come", since="2019-06-01"),
            party("comes"),
            party("comes dated", since="2020-02-01"),
            party("backdated", since="2018-02-01"),
            issued="2023-01-10",
        ),
        who="Anna",
        shrunk=True,
    )
    return ledger


@pytest.mark.parametrize(
    ("id", "day", "answer", "rests"),
    [
        (
            "0",
            "2018",
            "unknown",
            "no version from before is held, and the version of 2019-01-10 does not say",
        ),
        ("0", "2019-01-10", "yes", "stands on the version of 2019-01-10"),
        ("0", "2021", "yes", "on the version of 2019-01-10, and on the version of 2023-01-10"),
        ("0", "2024", "yes", "on the version of 2023-01-10; no newer one is held"),
        ("dated", "2014", "no", "since 2015-03"),
        ("dated", "2016-05-01", "yes", "says that it is listed since 2015-03"),
        ("dated", "2020", "yes", "by it since 2015-03"),
        ("goes", "2019-01-10", "yes", "2019-01-10"),
        ("goes", "2019-02", "unknown", "no longer on the version of 2023-01-10"),
        ("goes", "2023-01-10", "no", "the version of 2023-01-10 does not have it"),
        ("goes dated", "2024", "no", "the version of 2023-01-10 does not have it"),
        ("goes dated", "2017", "yes", "since 2015-03-01"),
        ("ended", "2017", "yes", "since 2015"),
        ("ended", "2018-07-01", "no", "since 2015 until 2018-06"),
        ("ended", "2024", "no", "listed until 2018-06"),
        ("to come", "2019-02", "no", "listed since 2019-06-01"),
        ("to come", "2019-07", "yes", "since 2019-06-01"),
        ("comes", "2021", "unknown", "the version of 2019-01-10 does not have it"),
        ("comes", "2019-01-10", "unknown", "does not say since when"),
        ("comes", "2023-02", "yes", "2023-01-10"),
        ("comes dated", "2020-01-31", "no", "since 2020-02-01"),
        ("comes dated", "2020-02-01", "yes", "since 2020-02-01"),
        ("backdated", "2019-02", "yes", "though the version of 2019-01-10 does not have it"),
        ("nobody", "2021", "no", "and no later one has it"),
        ("nobody", "2001", "unknown", "no version from before is held"),
    ],
)
def test_the_answer_says_what_it_rests_on(kept: Ledger, id: str, day: str, answer: str, rests: str) -> None:
    found = was_listed(kept, "own", id, day)
    (told,) = found.rests
    assert (found.answer, rests in told) == (answer, True), told


def test_a_list_that_is_not_held_has_no_answer(kept: Ledger) -> None:
    with pytest.raises(NoSuchList):
        was_listed(kept, "un", "0", "2020")


_spans = st.lists(st.tuples(st.integers(1, 11), st.integers(1, 11)).map(sorted), min_size=1, max_size=4)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=_spans, issued=st.sets(st.integers(1, 12), min_size=1, max_size=5))
def test_it_never_says_otherwise_than_it_was(
    ledger: Ledger, spans: list[list[int]], issued: set[int]
) -> None:
    """Parties are listed from one month to another, every second one with its date; some months' versions
    are held."""
    name = f"list {len(list_versions(ledger))}"
    for month in sorted(issued):
        there = [
            party(f"p{n}", since=f"2020-{first:02}" if n % 2 else None)
            for n, (first, last) in enumerate(spans)
            if first <= month <= last
        ]
        read = read_list_of(STAYS, *there, list=name, issued=f"2020-{month:02}-28")
        add_list(ledger, read, who="Anna", shrunk=True)
    for n, (first, last) in enumerate(spans):
        unseen = not any(first <= month <= last for month in issued)
        for month in range(1, max(issued) + 1):  # of later months the newest version says what it can
            found = was_listed(ledger, name, f"p{n}", f"2020-{month:02}-28").answer
            truth = "yes" if first <= month <= last else "no"
            assert found in (truth, "unknown") or (unseen and found == "no")
            if month in issued:
                assert found == truth or (found, truth) == ("unknown", "no")
