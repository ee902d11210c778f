"""The rule of precedence (docs/dossier.md): each rung, and what holds whatever is told in whatever order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger import Judgement, Ledger, SetPosition
from onrecord.standing import Line, Position, Stance, standing_of
from onrecord.standing._concern import Names
from onrecord.standing._lines import _id
from onrecord.standing._model import Citation, Moment
from onrecord.standing._positions import _acts, _run, _set_act, make_positions
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
) -> dict[str, Any]:
    """A page that says how TDC, a company, stands on Huawei."""
    text = f"{published} {type_} {status} {' '.join(by)} {when} {outlet}."
    return {
        "locator": f"{text}txt", "outlet": outlet, "title": None, "published": published, "language": "en",
        "sentences": [{"text": text, "says": [[type_, "TDC", "Huawei", status, "network", list(by), when]]}],
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
FIELDS = st.tuples(
    st.sampled_from([BAN, LEAVE]), STATUS, st.sampled_from(["network", "sanctions"]), CHAIN, st.none() | DAYS
)
TOLD = st.lists(
    st.tuples(st.none() | DAYS, st.sampled_from(["The Example Courier", "TDC"])), min_size=1, max_size=3
)
BY_HAND = st.lists(
    st.tuples(st.sampled_from(["networks", "trade"]), st.sampled_from(sorted(codes())), DAYS),
    max_size=3,
    unique_by=lambda one: (one[0], one[2]),
)  # fmt: skip


def line(fields: tuple[Any, ...], pages: list[tuple[str | None, str]]) -> Line:
    type_, status, topic, chain, when = fields
    key = (type_, "TDC", "Huawei", status, topic, chain, when)
    citations = tuple(
        Citation(f"{n}", n, "q", "q", "en", day, outlet, "outlet", None, 0.9, False)
        for n, (day, outlet) in enumerate(pages)
    )
    days = sorted(day for day, _ in pages if day)
    moment = Moment(when, "when") if when else Moment(days[0], "published") if days else None
    return Line(
        _id(key), type_, "TDC", "Huawei", status, topic, chain, when, "party", moment, citations, ("x",)
    )


LINES = st.dictionaries(FIELDS, TOLD, min_size=1, max_size=7).map(
    lambda told: [line(fields, pages) for fields, pages in told.items()]
)
SET = BY_HAND.map(
    lambda told: [
        SetPosition(
            "TDC", "Huawei", scope, code, since, Judgement(n, "position", "TDC", {}, "Anna", "seen", AT)
        )
        for n, (scope, code, since) in enumerate(told, 1)
    ]
)


@pytest.fixture(scope="module")
def names(huawei: Ledger) -> Names:
    return Names(huawei)


@settings(max_examples=150, deadline=None)
@given(lines=LINES, by_hand=SET, chance=st.randoms(use_true_random=False))
def test_the_order_changes_nothing_and_nothing_is_lost(
    names: Names, lines: list[Line], by_hand: list[SetPosition], chance: random.Random
) -> None:
    calendar, (position,) = make_positions(lines, by_hand, date(2020, 12, 31), names)
    for _ in range(3):
        chance.shuffle(lines)
        chance.shuffle(by_hand)
        assert make_positions(lines, by_hand, date(2020, 12, 31), names) == (calendar, (position,))
    assert sorted(one.id for one in position.lines) == sorted(one.id for one in lines), "each once"
    _consistent(position)


def _consistent(position: Position) -> None:
    for one in position.stances:
        lines = (*one.support, *one.weighing, *one.dissent, *one.earlier)
        assert one.code not in [code_named(found) for found in one.dissent], "dissent says otherwise"
        if one.since is not None:
            assert one.course[-1] == one.code, "the course ends in the present position"
        assert one.changes[-1].code == one.code
        assert one.set_by is not None or one.code in [code_named(found) for found in one.support]
        assert (one.as_read is not None) == (one.set_by is not None and bool(lines))
        if one.as_read is not None:
            read = one.as_read
            assert read.set_by is None
            assert {*lines} == {*read.support, *read.weighing, *read.dissent, *read.earlier}


def code_named(one: Line) -> str:
    found = code_of(one.type, one.status)
    assert found is not None
    return found.name


@settings(max_examples=200, deadline=None)
@given(lines=LINES, by_hand=SET, chance=st.randoms(use_true_random=False))
def test_what_is_skipped_makes_no_difference(
    names: Names, lines: list[Line], by_hand: list[SetPosition], chance: random.Random
) -> None:
    acts = [act for one in lines for act in _acts(one, names)] + [_set_act(one) for one in by_hand]
    begun = _run(acts)
    skipped = [act for act in acts if act not in begun]
    dropped = [act for act in skipped if chance.random() < 0.5]
    assert _run([act for act in acts if act not in dropped]) == begun
    days = sorted({act.day for act in acts if act.moment})
    courses = [_run([act for act in acts if act.moment and act.day <= day]) for day in days]
    used = [act for run in (begun, *courses) for act in run]
    left = [act for act in acts if act in used or chance.random() < 0.5]
    assert [_run([act for act in left if act.moment and act.day <= day]) for day in days] == courses


DECIDED = [(type_, status) for type_ in (BAN, LEAVE) for status in ("asserted", "negated")]


@pytest.mark.parametrize(("one", "other"), [*combinations(DECIDED, 2)])
@pytest.mark.parametrize("chain", [OTHERS, OWN])
def test_of_one_day_by_equal_voices_the_stricter_prevails(
    names: Names, one: tuple[str, str], other: tuple[str, str], chain: tuple[str, ...]
) -> None:
    said = [line((*fields, "network", chain, None), [("2019-01-02", "Paper")]) for fields in (one, other)]
    _, (position,) = make_positions(said, [], None, names)
    assert position.present.code == min(map(code_named, said), key=list(codes()).index)
