"""The rules by which a present position comes out of what was said when (docs/dossier.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger import Ledger
from onrecord.standing import Position, standing_of
from onrecord.standing._dates import first_day, last_day, make_calendar, overlap

Make = Callable[[Sequence[dict[str, Any]]], Ledger]
Said = tuple[str | None, str, str, str | None, str]
"""Published, type, status, when, topic."""


def britain(ledger_of: Make, *told: Said) -> Position:
    """Britain's position by pages that each tell one thing."""
    pages: list[dict[str, Any]] = [
        {
            "locator": f"{number}.txt", "outlet": f"Blad {number}", "title": None,
            "published": published, "language": "en",
            "sentences": [
                {"text": f"Page {number}.", "says": [[type_, "GB", "Huawei", status, topic, [], when]]}
            ],
        }
        for number, (published, type_, status, when, topic) in enumerate(told)
    ]  # fmt: skip
    (position,) = standing_of(ledger_of(pages), "Huawei").positions
    assert len(position.lines) == len({line.id for line in position.lines}), "no line stands twice"
    assert sum(len(line.citations) for line in position.lines) == len(told), "no statement is lost"
    return position


BAN, LEAVE = "restriction", "permission"


@pytest.mark.parametrize(
    ("type_", "status", "code"),
    [
        (BAN, "asserted", "restricts"),
        (BAN, "planned", "will-restrict"),
        (BAN, "possible", "weighs-restricting"),
        (BAN, "alleged", "said-to-restrict"),
        (BAN, "negated", "does-not-restrict"),
        (LEAVE, "asserted", "permits"),
        (LEAVE, "planned", "will-permit"),
        (LEAVE, "possible", "weighs-permitting"),
        (LEAVE, "alleged", "said-to-permit"),
        (LEAVE, "negated", "refuses"),
    ],
)
def test_type_and_status_make_a_position(ledger_of: Make, type_: str, status: str, code: str) -> None:
    assert britain(ledger_of, ("2019-01-01", type_, status, None, "network")).present.code == code


def test_the_later_decision_prevails_and_the_earlier_is_kept(ledger_of: Make) -> None:
    told: list[Said] = [
        ("2019-01-01", BAN, "asserted", None, "network"),
        ("2020-01-28", LEAVE, "asserted", None, "network"),
    ]
    for order in permutations(told):
        present = britain(ledger_of, *order).present
        assert present.code == "permits"
        assert present.since is not None
        assert present.since.value == "2020-01-28"
        assert [line.type for line in present.earlier] == [BAN]


def test_an_old_act_told_late_does_not_undo_a_newer_one(ledger_of: Make) -> None:
    present = britain(
        ledger_of,
        ("2019-06-01", LEAVE, "asserted", None, "network"),
        ("2020-06-01", BAN, "asserted", "2018", "network"),
    ).present
    assert present.code == "permits"


def test_what_is_weighed_never_replaces_a_decision(ledger_of: Make) -> None:
    present = britain(
        ledger_of,
        ("2019-01-01", BAN, "asserted", None, "network"),
        ("2020-01-01", LEAVE, "possible", None, "network"),
    ).present
    assert present.code == "restricts"
    assert [line.status for line in present.weighing] == ["possible"]


def test_a_plan_replaces_what_is_in_force_on_the_other_side_only(ledger_of: Make) -> None:
    turned = britain(
        ledger_of,
        ("2020-01-28", LEAVE, "asserted", None, "network"),
        ("2020-07-14", BAN, "planned", "2027", "network"),
    ).present
    assert turned.code == "will-restrict"
    assert turned.since is not None
    assert turned.since.value == "2020-07-14", "since it was announced, not since it will hold"
    kept = britain(
        ledger_of,
        ("2020-01-28", BAN, "asserted", None, "network"),
        ("2020-07-14", BAN, "planned", "2027", "network"),
    ).present
    assert kept.code == "restricts"


def test_a_contradiction_of_the_same_day_is_shown_as_dissent(ledger_of: Make) -> None:
    present = britain(
        ledger_of,
        ("2020-01-28", LEAVE, "asserted", None, "network"),
        ("2020-01-28", BAN, "asserted", None, "network"),
    ).present
    assert present.code == "restricts", "of two on one day the stricter"
    assert [line.type for line in present.dissent] == [LEAVE]


def test_an_undated_statement_counts_only_where_nothing_is_dated(ledger_of: Make) -> None:
    present = britain(
        ledger_of,
        (None, LEAVE, "asserted", None, "network"),
        ("2019-01-01", BAN, "asserted", None, "network"),
    ).present
    assert present.code == "restricts"
    assert [line.type for line in present.dissent] == [LEAVE]
    assert [change.code for change in present.changes] == ["restricts"]
    alone = britain(ledger_of, (None, LEAVE, "asserted", None, "network")).present
    assert alone.code == "permits"
    assert alone.since is None


def test_since_begins_with_the_unbroken_run(ledger_of: Make) -> None:
    present = britain(
        ledger_of,
        ("2018-01-01", BAN, "asserted", None, "network"),
        ("2019-01-01", LEAVE, "asserted", None, "network"),
        ("2020-01-01", BAN, "asserted", None, "network"),
        ("2020-06-01", BAN, "asserted", None, "network"),
    ).present
    assert present.since is not None
    assert (present.since.value, present.since.basis) == ("2020-01-01", "published")


def test_trade_and_networks_do_not_supersede_each_other(ledger_of: Make) -> None:
    position = britain(
        ledger_of,
        ("2019-05-15", BAN, "asserted", None, "sanctions"),
        ("2020-01-28", LEAVE, "asserted", None, "network"),
    )
    assert {(s.scope, s.code) for s in position.stances} == {("trade", "restricts"), ("networks", "permits")}
    assert position.present.code == "restricts", "the stricter stands for the whole"


ISO = st.dates(date(2000, 1, 1), date(2030, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@given(ISO, ISO)
def test_dates_overlap_either_way_round(one: str, other: str) -> None:
    assert first_day(one) <= last_day(one)
    assert overlap(one, one)
    assert overlap(one, other) == overlap(other, one)
    if last_day(one) < first_day(other):
        assert not overlap(one, other)


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), min_size=1, max_size=30))
def test_every_dated_thing_has_its_column(days: list[date]) -> None:
    calendar = make_calendar(Counter(days), max(days), 12, 0.8)
    assert calendar is not None
    periods = calendar.periods
    assert len(periods) <= 13
    for one, other in pairwise(periods):
        assert (
            date.fromisoformat(one.end).toordinal() + 1 == date.fromisoformat(other.start or "").toordinal()
        )
    for day in days:
        inside = [p for p in periods if (p.start or "") <= day.isoformat() <= p.end]
        assert len(inside) == 1
