"""The rule of precedence (docs/dossier.md): each rung, and what holds whatever is told in whatever order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.ledger import Judgement, Ledger
from onrecord.standing import Line, Stance, standing_of
from onrecord.standing._acts import Acts, present, telling
from onrecord.standing._dates import first_day
from onrecord.standing._model import Moment
from onrecord.standing._precedence import Act, run
from onrecord.standing._rules import code_of, codes

Make = Callable[[Sequence[dict[str, Any]]], Ledger]
BAN, LEAVE = "restriction", "permission"
OTHERS: tuple[str, ...] = ()
OWN = ("TDC",)


def told(
    published: str | None,
    type_: str,
    status: str,
    *,
    by: Sequence[str] = OTHERS,
    when: str | None = None,
    outlet: str = "The Example Courier",
    actor: str = "TDC",
) -> dict[str, Any]:
    """A page that says how TDC, a company, or another stands on Huawei."""
    text = f"{published} {type_} {status} {' '.join(by)} {when} {outlet}."
    return {
        "locator": f"{text}txt", "outlet": outlet, "title": None, "published": published, "language": "en",
        "sentences": [{"text": text, "says": [[type_, actor, "Huawei", status, "network", list(by), when]]}],
    }  # fmt: skip


def stance(ledger_of: Make, *pages: dict[str, Any]) -> Stance:
    """How TDC stands by those pages, whatever their order."""
    found = {standing_of(ledger_of(order), "Huawei").positions[0].present for order in permutations(pages)}
    (present,) = found
    return present


def test_of_one_day_the_own_word_prevails_over_what_others_say(ledger_of: Make) -> None:
    present = stance(
        ledger_of, told("2019-05-10", LEAVE, "asserted", by=OWN), told("2019-05-10", BAN, "asserted")
    )
    assert present.code == "permits", "though the other is the stricter"
    assert [line.source for line in present.support] == [OWN]
    assert [line.source for line in present.dissent] == [OTHERS]


@pytest.mark.parametrize("relay", ["Reuters", "BBC"])
def test_an_outlet_that_relays_the_own_word_does_not_weaken_it(ledger_of: Make, relay: str) -> None:
    own = told("2019-05-10", LEAVE, "asserted", by=("TDC", relay))
    assert stance(ledger_of, own, told("2019-05-10", BAN, "asserted")).code == "permits"


def test_what_an_actor_publishes_itself_is_its_own_word(ledger_of: Make) -> None:
    own = told("2019-05-10", LEAVE, "asserted", outlet="TDC")
    assert stance(ledger_of, own, told("2019-05-10", BAN, "asserted")).code == "permits"


@pytest.mark.parametrize(
    ("speaker", "code"),
    [("Angela Merkel", "permits"), ("BSI", "permits"), ("Mark Rutte", "restricts"), ("CDU", "restricts")],
)
def test_an_officer_or_authority_speaks_for_its_own_state(ledger_of: Make, speaker: str, code: str) -> None:
    own = told("2019-05-10", LEAVE, "asserted", by=(speaker, "Reuters"), actor="DE")
    others = told("2019-05-10", BAN, "asserted", by=("US",), actor="DE")
    assert stance(ledger_of, own, others).code == code


def test_whom_a_person_calls_part_of_an_authority_speaks_for_it(ledger_of: Make) -> None:
    own = told("2019-05-10", LEAVE, "asserted", by=("Nora Spokesman",), actor="DE")
    ledger = ledger_of([own, told("2019-05-10", BAN, "asserted", by=("US",), actor="DE")])
    assert standing_of(ledger, "Huawei").positions[0].present.code == "restricts"
    known = ledger.recognise("Nora Spokesman", kind="person", part_of="DE", who="Anna")
    assert standing_of(ledger, "Huawei").positions[0].present.code == "permits"
    ledger.undo(known.id, who="Anna")
    assert standing_of(ledger, "Huawei").positions[0].present.code == "restricts"


@pytest.mark.parametrize("chain", [("insider", "TDC"), ("TDC", "insider"), ("Telenor",), ("TDC", "Telenor")])
def test_what_others_say_that_it_says_is_not_its_own_word(ledger_of: Make, chain: tuple[str, ...]) -> None:
    hearsay = told("2019-05-10", LEAVE, "asserted", by=chain)
    assert stance(ledger_of, hearsay, told("2019-05-10", BAN, "asserted")).code == "restricts"


def test_hearsay_about_oneself_is_no_decision(ledger_of: Make) -> None:
    hearsay = told("2019-05-10", LEAVE, "alleged", by=OWN)
    assert stance(ledger_of, hearsay, told("2019-05-10", BAN, "asserted")).code == "restricts"
    alone = stance(ledger_of, hearsay, told("2019-05-10", BAN, "alleged"))
    assert alone.code == "said-to-restrict", "hearsay gets no weight by naming the actor"


def test_what_it_weighs_itself_does_not_undo_a_decision(ledger_of: Make) -> None:
    weighing = told("2019-05-10", LEAVE, "possible", by=OWN)
    assert stance(ledger_of, weighing, told("2019-05-10", BAN, "asserted")).code == "restricts"
    both = stance(ledger_of, weighing, told("2019-05-10", BAN, "possible"))
    assert both.code == "weighs-permitting"


def test_an_old_own_word_does_not_prevail_over_a_later_decision(ledger_of: Make) -> None:
    present = stance(
        ledger_of, told("2019-05-10", LEAVE, "asserted", by=OWN), told("2019-05-11", BAN, "asserted")
    )
    assert present.code == "restricts"


@pytest.mark.parametrize("when", ["2019", "2019-05"])
def test_an_own_word_of_a_month_or_year_does_not_prevail_over_a_day_in_it(ledger_of: Make, when: str) -> None:
    present = stance(
        ledger_of,
        told("2020-01-01", LEAVE, "asserted", by=OWN, when=when),
        told("2020-01-01", BAN, "asserted", when="2019-05-14"),
    )
    assert present.code == "restricts"
    assert [line.source for line in present.dissent] == [OWN], "it may be the later: it is not lost"
    same = stance(
        ledger_of,
        told("2020-01-01", LEAVE, "asserted", by=OWN, when=when),
        told("2020-01-01", BAN, "asserted", when=when),
    )
    assert same.code == "permits"


def test_its_own_plan_prevails_over_others_who_say_that_it_is_in_force(ledger_of: Make) -> None:
    plan = told("2019-05-10", BAN, "planned", by=OWN)
    present = stance(ledger_of, plan, told("2019-05-10", BAN, "asserted"))
    assert present.code == "will-restrict"
    assert [line.status for line in present.dissent] == ["asserted"]
    before = told("2019-01-01", BAN, "asserted")
    kept = stance(ledger_of, before, plan, told("2019-05-10", BAN, "asserted", outlet="Paper"))
    assert kept.code == "restricts", "who restricts and will restrict more, restricts"


def test_a_person_prevails_over_the_own_word_of_the_same_day(ledger_of: Make) -> None:
    ledger = ledger_of([told("2019-05-10", LEAVE, "asserted", by=OWN)])
    ledger.set_position(
        "TDC", "Huawei", scope="networks", code="weighs-permitting", since="2019-05-10", who="Anna"
    )
    present = standing_of(ledger, "Huawei").positions[0].present
    assert (present.code, [line.source for line in present.dissent]) == ("weighs-permitting", [OWN])
    assert [change.code for change in present.changes] == ["weighs-permitting"]


# --- What holds whatever is told

AT = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.sampled_from(
    ["2018", "2019", "2019-01", "2019-01-01", "2019-01-02", "2019-03", "2019-03-05", "2020"]
)
STATUS = st.sampled_from(["asserted", "alleged", "negated", "planned", "possible"])
CHAIN = st.sampled_from([OTHERS, OWN, ("TDC", "BBC"), ("insider", "TDC"), ("Telenor",)])
PAGES = st.lists(
    st.builds(
        told,
        st.none() | DAYS,
        st.sampled_from([BAN, LEAVE]),
        STATUS,
        by=CHAIN,
        when=st.none() | DAYS,
        outlet=st.sampled_from(["The Example Courier", "TDC"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda page: page["locator"],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES, chance=st.randoms(use_true_random=False))
def test_the_order_changes_nothing_and_nothing_is_lost(
    ledger_of: Make, pages: list[dict[str, Any]], chance: random.Random
) -> None:
    first = standing_of(ledger_of(pages), "Huawei")
    chance.shuffle(pages)
    again = standing_of(ledger_of(pages), "Huawei")
    assert again == first
    (position,) = again.positions
    assert sorted(one.id for one in position.lines) == [one.id for one in again.lines], "each once"
    for one in position.stances:
        assert one.code not in [code_named(found) for found in one.dissent], "dissent says otherwise"
        if one.since is not None:
            assert one.course[-1] == one.code, "the course ends in the present position"
        assert one.changes[-1].code == one.code
        assert one.code in [code_named(found) for found in one.support]


def code_named(one: Line) -> str:
    found = code_of(one.type, one.status)
    assert found is not None
    return found.name


def act(rank: int, day: str | None, own: bool, by_hand: int) -> Act:
    code = list(codes().values())[rank]
    moment = Moment(day, "published") if day else None
    begins = first_day(day) if day else date.min
    if day is None or not by_hand:
        return Act(None, code, moment, begins, own)
    judgement = Judgement(by_hand, "position", "TDC", {}, "Anna", "seen", AT)
    return Act(None, code, Moment(day, "judged"), begins, set_by=judgement)


ACTS = st.lists(
    st.builds(
        act,
        st.integers(0, len(codes()) - 1),
        st.none() | DAYS,
        st.booleans(),
        st.sampled_from([0] * 8 + [1, 2, 3]),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(acts=ACTS, chance=st.randoms(use_true_random=False))
def test_what_is_skipped_makes_no_difference(acts: list[Act], chance: random.Random) -> None:
    begun = run(acts)
    skipped = [one for one in acts if one not in begun]
    dropped = [one for one in skipped if chance.random() < 0.5]
    assert run([one for one in acts if one not in dropped]) == begun
    days = sorted({one.day for one in acts if one.moment})
    courses = [run([one for one in acts if one.moment and one.day <= day]) for day in days]
    used = [one for run in (begun, *courses) for one in run]
    left = [one for one in acts if one in used or chance.random() < 0.5]
    assert [run([one for one in left if one.moment and one.day <= day]) for day in days] == courses


COLUMNS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(0, 1),
        st.integers(0, len(codes()) - 1),
        st.one_of(st.just(0), st.integers(737_000, 737_012)),
        st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


PLANNED = [*[(1, 0, 0, 0, False)] * 16, (1, 0, 0, 737_000, False), (1, 0, 0, 737_002, False),
           (1, 0, 7, 737_001, False), (1, 0, 8, 737_000, False)]  # fmt: skip
"""A plan that replaces a ban, beside what is in force on its own side and told last."""


@example(told=PLANNED, end=737_001, changes=1)
@settings(max_examples=500, deadline=None)
@given(told=COLUMNS, end=st.integers(737_000, 737_013), changes=st.integers(1, 3))
def test_the_acts_that_are_kept_of_many_come_to_the_same(
    told: list[tuple[int, int, int, int, bool]], end: int, changes: int
) -> None:
    actor, scope, rank, day, own = (np.array(column) for column in zip(*told, strict=True))
    number = np.arange(len(told), dtype=np.uint64)
    acts = Acts(number, actor, actor, scope, rank, day, day, np.zeros(len(told), bool), own, number)

    def held(rows: np.ndarray[Any, Any], until: int) -> dict[tuple[int, int], tuple[str, str | None] | None]:
        found: dict[tuple[int, int], tuple[str, str | None] | None] = {}
        for a, s in {(a, s) for a, s, *_ in told}:
            here = [
                act(rank[i], date.fromordinal(day[i]).isoformat() if day[i] else None, bool(own[i]), 0)
                for i in rows.tolist()
                if (actor[i], scope[i]) == (a, s) and day[i] <= until
            ]
            begun = run(here) if here else []
            last = begun[-1].moment if begun else None
            found[a, s] = (begun[-1].code.name, last.value if last else None) if begun else None
        return found

    kept = telling(acts, [date.fromordinal(end)], few=0, changes=changes)
    everything = np.arange(len(told))
    for until in (800_000, end):
        assert held(kept, until) == held(everything, until)
    at_once = {
        (int(actor[row]), int(scope[row])): (
            list(codes())[rank[row]],
            date.fromordinal(day[row]).isoformat() if day[row] else None,
        )
        for row in present(acts)
    }
    assert at_once == held(everything, 800_000)


DECIDED = [(type_, status) for type_ in (BAN, LEAVE) for status in ("asserted", "negated")]


@pytest.mark.parametrize(("one", "other"), [*combinations(DECIDED, 2)])
@pytest.mark.parametrize("chain", [OTHERS, OWN])
def test_of_one_day_by_equal_voices_the_stricter_prevails(
    ledger_of: Make, one: tuple[str, str], other: tuple[str, str], chain: tuple[str, ...]
) -> None:
    present = stance(ledger_of, *(told("2019-01-02", *fields, by=chain) for fields in (one, other)))
    named = [code.name for fields in (one, other) if (code := code_of(*fields)) is not None]  # type: ignore[arg-type]
    assert present.code == min(named, key=list(codes()).index)
