"""Positions that persons set: what holds at which of two times, what is undone, merged, logged, copied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.ledger.test_judging import tamper

from onrecord.ledger import BadDate, CannotBe, JudgedMeanwhile, Judgement, Ledger, NotJudged, Seen
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


def set_(
    ledger: Ledger,
    code: str,
    since: str,
    *,
    actor: str = "NO",
    scope: str = "networks",
    who: str = "Anna",
    seen: Seen = ...,
) -> Judgement:
    return ledger.set_position(
        actor, "Huawei", scope=scope, code=code, since=since, who=who, why="a test", seen=seen
    )


def held(ledger: Ledger, **asked: object) -> list[tuple[str, str, str, str]]:
    found = ledger.positions_by_hand("Huawei", **asked)  # type: ignore[arg-type]
    return [(p.actor, p.scope, p.code, p.since) for p in found]


def test_a_position_holds_with_who_when_and_why_until_it_is_undone(ledger: Ledger) -> None:
    passed = set_(ledger, "restricts", "2019-05")
    (position,) = ledger.positions_by_hand("Huawei")
    assert position.judgement == passed
    assert (passed.kind, passed.who, passed.why, passed.subject) == ("position", "Anna", "a test", "NO")
    assert ledger.positions_by_hand("ZTE") == ()
    ledger.undo(passed.id, who="Bo")
    assert held(ledger) == []


def test_what_cannot_be_is_not_set(ledger: Ledger) -> None:
    with pytest.raises(CannotBe, match="3020 is a day to come"):
        set_(ledger, "permits", "3020")
    with pytest.raises(CannotBe, match="Huawei is the supplier itself"):
        set_(ledger, "permits", "2019", actor="Huawei")
    ledger.merge("Huawei Technologies", "Huawei", who="Anna")
    with pytest.raises(CannotBe, match="is the supplier itself"):
        set_(ledger, "permits", "2019", actor="Huawei Technologies")
    assert held(ledger) == []
    this_year = f"{date.today().year}"
    set_(ledger, "permits", this_year)
    assert held(ledger) == [("NO", "networks", "permits", this_year)]


def test_it_counts_from_its_first_day(ledger: Ledger) -> None:
    set_(ledger, "restricts", "2019-05")
    set_(ledger, "permits", "2020")
    restricts, permits = ("NO", "networks", "restricts", "2019-05"), ("NO", "networks", "permits", "2020")
    assert held(ledger, as_of="2019-02") == held(ledger, as_of="2019-04-30") == []
    assert held(ledger, as_of="2019-05-01") == held(ledger, as_of="2019") == [restricts]
    assert held(ledger, as_of="2020-01-01") == held(ledger) == [restricts, permits]


def test_it_holds_as_far_as_the_ledger_knew_of_it(ledger: Ledger) -> None:
    passed = set_(ledger, "restricts", "2019-05")
    undone = ledger.undo(passed.id, who="Bo")
    before = passed.at - timedelta(microseconds=1)
    assert held(ledger, known_at=before) == []
    assert len(held(ledger, known_at=undone.at - timedelta(microseconds=1))) == (undone.at > passed.at)
    assert held(ledger, known_at=undone.at) == []


def test_of_the_same_day_the_last_holds_and_undone_the_one_before(ledger: Ledger) -> None:
    one = set_(ledger, "restricts", "2019-05")
    assert set_(ledger, "restricts", "2019-05") == one, "the same twice is once"
    other = set_(ledger, "permits", "2019-05", who="Bo")
    set_(ledger, "restricts", "2019-05", scope="trade")
    assert held(ledger) == [("NO", "networks", "permits", "2019-05"), ("NO", "trade", "restricts", "2019-05")]
    ledger.undo(other.id, who="Anna")
    assert ("NO", "networks", "restricts", "2019-05") in held(ledger)


def test_it_follows_merged_entities(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    page = make_page("Huawei builds the network")
    ledger.add(page, make_reading(page))
    set_(ledger, "restricts", "2019-05", actor="Norway")
    merged = ledger.merge("Norway", "NO", who="Anna")
    assert [actor for actor, *_ in held(ledger)] == ["NO"]
    ledger.undo(merged.id, who="Anna")
    assert [actor for actor, *_ in held(ledger)] == ["Norway"]
    ledger.merge("Huawei", "Huawei Technologies", who="Anna")
    assert len(ledger.positions_by_hand("Huawei Technologies")) == 1


def test_who_did_not_see_what_was_set_there_is_told_and_changes_nothing(ledger: Ledger) -> None:
    anna = set_(ledger, "restricts", "2019-05", seen=None)
    with pytest.raises(JudgedMeanwhile, match="by Anna") as told:
        # Of whatever day: it was not known when this one was thought of.
        set_(ledger, "permits", "2020", who="Bo", seen=None)
    assert told.value.judgement == anna
    assert set_(ledger, "restricts", "2019-05", seen=None) == anna, "sent twice, done once"
    for elsewhere in ({"actor": "DK"}, {"scope": "trade"}):
        set_(ledger, "permits", "2020", who="Bo", seen=None, **elsewhere)
    bo = set_(ledger, "permits", "2020", who="Bo", seen=anna.id)
    undone = ledger.undo(bo.id, who="Bo")
    with pytest.raises(JudgedMeanwhile, match="undone"):
        set_(ledger, "will-permit", "2021", seen=bo.id)
    last = set_(ledger, "will-permit", "2021", seen=undone.id)
    of_it = ledger.judged_positions("NO", "Huawei", "networks")
    assert [(one.id, one.undone_by) for one in of_it] == [
        (anna.id, None),
        (bo.id, undone.id),
        (last.id, None),
    ]


def test_what_was_set_of_a_name_is_seen_under_the_one_that_it_was_merged_into(ledger: Ledger) -> None:
    passed = set_(ledger, "restricts", "2019-05", actor="Norway")
    ledger.merge("Norway", "NO", who="Anna")
    for actor in ("NO", "Norway"):
        assert ledger.judged_positions(actor, "Huawei", "networks") == (passed,)
        with pytest.raises(JudgedMeanwhile):
            set_(ledger, "permits", "2020", actor=actor, seen=None)


def test_who_and_a_date_are_asked_for(ledger: Ledger) -> None:
    with pytest.raises(NotJudged, match="needs the name"):
        set_(ledger, "restricts", "2019-05", who=" ")
    with pytest.raises(BadDate, match="'May' is no date"):
        set_(ledger, "restricts", "May")
    assert ledger.judgements() == ()


def test_it_is_in_the_log(ledger: Ledger) -> None:
    passed = set_(ledger, "restricts", "2019-05")
    ledger.undo(passed.id, who="Bo")
    assert ledger.audit() == ()
    tamper(ledger, "UPDATE judgement SET payload = replace(payload, 'restricts', 'permits') WHERE id = 1")
    assert [fault.kind for fault in ledger.audit()] == ["judgement"]


def test_it_goes_with_a_copy(ledger: Ledger, place_maker: Callable[[], str]) -> None:
    set_(ledger, "restricts", "2019-05")
    with Ledger(place_maker()) as other:
        ledger.copy_into(other)
        assert other.positions_by_hand("Huawei") == ledger.positions_by_hand("Huawei")
        assert other.audit() == ()
