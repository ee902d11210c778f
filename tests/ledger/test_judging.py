"""What a person judges: it holds over what was read, is undone, outlives a later reading, and is logged."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import create_engine, text

from onrecord.ledger import (
    CannotBe,
    JudgedMeanwhile,
    Judgement,
    Ledger,
    LedgerError,
    NoSuchJudgement,
    NotJudged,
)
from onrecord.pages import Page
from onrecord.standing import standing_of
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


def engine_of(ledger: Ledger) -> str:
    place = ledger.place
    if isinstance(place, Path):
        return f"sqlite:///{place}"
    return place.replace("postgresql:", "postgresql+psycopg:")


def tamper(ledger: Ledger, change: str) -> None:
    """Change a ledger behind its back."""
    engine = create_engine(engine_of(ledger))
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()


@pytest.fixture
def page(ledger: Ledger, make_page: Make, make_reading: Read) -> Page:
    made = make_page("Huawei builds the network. Huawei mends a network")
    ledger.add(made, make_reading(made))
    return made


@pytest.mark.usefixtures("page")
def test_a_rejected_statement_stays_visible_and_counts_no_longer(ledger: Ledger) -> None:
    first, second = ledger.statements()
    assert first.judgement is None
    assert first.counts
    passed = ledger.judge("reject", first.id, who="Anna", why="another firm")
    rejected, other = ledger.statements()
    assert (rejected.judgement, rejected.counts, other.counts) == (passed, False, True)
    assert (passed.who, passed.why, passed.kind) == ("Anna", "another firm", "reject")
    assert rejected.statement == first.statement
    assert second == other
    ledger.undo(passed.id, who="Bo")
    assert ledger.statements()[0].counts


@pytest.mark.usefixtures("page")
def test_a_correction_shows_what_was_read_beside_it(ledger: Ledger) -> None:
    first = ledger.statements()[0]
    changes = {"target": "DK", "status": "possible", "source": ["Reuters"], "topic": None}
    ledger.judge("correct", first.id, who="Anna", changes=changes)
    found = ledger.statement(first.id)
    assert found is not None
    assert (
        found.statement.target,
        found.statement.status,
        found.statement.source,
        found.statement.topic,
    ) == (
        "DK",
        "possible",
        ("Reuters",),
        None,
    )
    assert found.as_read == first.statement
    assert [s.id for s in ledger.statements(entity="DK")] == [first.id]
    assert first.id not in [s.id for s in ledger.statements(entity="NO")]
    ledger.judge("accept", first.id, who="Bo")
    assert ledger.statements()[0].statement == first.statement


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "says what to change"),
        ({"quote": "other words"}, "nothing to correct"),
        ({"status": "certain"}, "There is no status 'certain'"),
        ({"topic": "weather"}, "There is no topic 'weather'"),
        ({"scope": "kitchen"}, "There is no scope 'kitchen'"),
    ],
)
def test_what_does_not_fit_is_refused(ledger: Ledger, changes: dict[str, object], told: str) -> None:
    statement = ledger.statements()[0].id
    with pytest.raises(NotJudged, match=told):
        ledger.judge("correct", statement, who="Anna", changes=changes)
    assert ledger.judgements() == ()


@pytest.mark.usefixtures("page")
def test_who_is_asked_for_and_the_statement_must_be_there(ledger: Ledger) -> None:
    with pytest.raises(NotJudged, match="needs the name"):
        ledger.judge("accept", ledger.statements()[0].id, who=" ")
    with pytest.raises(NotJudged, match="no statement"):
        ledger.judge("accept", "0" * 12, who="Anna")
    with pytest.raises(NoSuchJudgement, match="no judgement 7"):
        ledger.undo(7, who="Anna")


@pytest.mark.usefixtures("page")
def test_judging_alike_twice_is_once_but_not_after_another_judgement(ledger: Ledger) -> None:
    statement = ledger.statements()[0].id
    one = ledger.judge("accept", statement, who="Anna")
    assert ledger.judge("accept", statement, who="Anna") == one
    ledger.judge("reject", statement, who="Bo")
    again = ledger.judge("accept", statement, who="Anna")
    assert again.id != one.id
    ledger.undo(again.id, who="Anna")
    assert not ledger.statements()[0].counts
    with pytest.raises(NotJudged, match="undone already"):
        ledger.undo(again.id, who="Anna")
    with pytest.raises(NotJudged, match="is an undo"):
        ledger.undo(max(j.id for j in ledger.judgements()), who="Anna")


@pytest.mark.usefixtures("page")
def test_merged_entities_answer_as_one_and_apart_again(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    other = make_page("Huawei sells a network in Denmark", locator="b.txt")
    ledger.add(other, make_reading(other, target="DK"))
    merged = ledger.merge("DK", "NO", who="Anna", why="only to see")
    assert {s.statement.target for s in ledger.statements(entity="NO")} == {"NO"}
    assert len(ledger.statements(entity="NO")) == 3
    found = ledger.entity("DK")
    assert found is not None
    assert (found.entity.key, found.statements, "DK" in found.entity.names) == ("NO", 3, True)
    with pytest.raises(NotJudged, match="one already"):
        ledger.merge("NO", "DK", who="Anna")
    ledger.undo(merged.id, who="Anna")
    assert len(ledger.statements(entity="DK")) == 1
    assert len(ledger.statements(entity="NO")) == 2


@pytest.mark.usefixtures("page")
def test_an_entity_is_split_on_one_page(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    other = make_page("Huawei sells a network", locator="b.txt")
    ledger.add(other, make_reading(other))
    stored = next(p for p in ledger.pages() if p.locator == "b.txt")
    ledger.split("NO", stored.id, "Norsk Data", who="Anna")
    assert [s.page_id for s in ledger.statements(entity="Norsk Data")] == [stored.id]
    assert stored.id not in {s.page_id for s in ledger.statements(entity="NO")}


@pytest.mark.usefixtures("page")
def test_a_split_is_of_all_names_that_were_merged_by_then(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    other = make_page("Huawei sells a network", locator="b.txt")
    ledger.add(other, make_reading(other))
    stored = next(p for p in ledger.pages() if p.locator == "b.txt")
    ledger.merge("NO", "DK", who="Anna")
    merged = ledger.merge("DK", "SE", who="Anna")
    split = ledger.split("SE", stored.id, "Norsk Data", who="Anna")

    def told() -> list[tuple[str | None, bool]]:
        targets = {(s.statement.target, s.page_id == stored.id) for s in ledger.statements()}
        of_it = standing_of(ledger, "Huawei")
        assert {line.target for line in of_it.lines} == {target for target, _ in targets}
        return sorted(targets, key=str)

    assert told() == [("Norsk Data", True), ("SE", False)]
    ledger.undo(merged.id, who="Anna")
    assert told() == [("DK", False), ("DK", True)]
    ledger.merge("DK", "SE", who="Anna")
    assert told() == [("SE", False), ("SE", True)]  # they became one after it was split
    ledger.split("NO", stored.id, "Norsk Data", who="Anna")
    ledger.split("SE", stored.id, "Dansk Data", who="Anna")
    assert told() == [("Norsk Data", True), ("SE", False)]  # its own name was split there
    ledger.undo(split.id, who="Anna")
    assert told() == [("Norsk Data", True), ("SE", False)]


@pytest.mark.usefixtures("page")
def test_whom_no_page_names_is_on_record_by_a_judgement(ledger: Ledger) -> None:
    first, second = ledger.statements()
    assert ledger.entity("Nokia") is None
    split = ledger.split("Huawei", first.page_id, "Nokia", who="Anna")
    nokia = ledger.entity("nokia")
    assert nokia is not None
    assert (nokia.entity.key, nokia.entity.kind, nokia.statements) == ("Nokia", "company", 2)
    assert {said.statement_id for line in standing_of(ledger, "Nokia").lines for said in line.citations} == {
        first.id,
        second.id,
    }
    ledger.undo(split.id, who="Anna")
    assert ledger.entity("Nokia") is None
    ledger.judge("correct", first.id, who="Anna", changes={"actor": "PT", "source": ["Norsk Data"]})
    ledger.merge("NO", "DK", who="Anna")
    ledger.set_position("SE", "Huawei", scope="networks", code="restricts", since="2019", who="Anna")
    found = {one.entity.key: (one.entity.kind, one.entity.name) for one in ledger.entities()}
    assert {key: found.get(key) for key in ("PT", "DK", "SE", "Norsk Data", "NO")} == {
        "PT": ("state", "Portugal"),
        "DK": ("state", "Denmark"),
        "SE": ("state", "Sweden"),
        "Norsk Data": ("company", "Norsk Data"),
        "NO": None,
    }
    assert [one.actor for one in standing_of(ledger, "Huawei").positions] == ["SE"]
    portugal = ledger.entity("portugal")
    assert portugal is not None
    assert portugal.entity.key == "PT"
    for name in ("", " "):
        with pytest.raises(NotJudged, match="Name the entity"):
            ledger.split("Huawei", first.page_id, name, who="Anna")
        with pytest.raises(NotJudged, match="Name the entity"):
            ledger.merge("Huawei", name, who="Anna")
    assert ledger.audit() == ()


@pytest.mark.usefixtures("page")
def test_a_withdrawn_page_counts_until_it_was_withdrawn(ledger: Ledger) -> None:
    stored = ledger.pages()[0]
    ledger.withdraw(stored.id, "2019-03-02", who="Anna", why="retracted")
    assert not any(s.counts for s in ledger.statements())
    assert all(s.counts for s in ledger.statements(as_of="2019-02"))
    assert not any(s.counts for s in ledger.statements(as_of="2019-03-02"))
    assert not any(s.counts for s in ledger.statements(as_of="2019"))


@pytest.mark.usefixtures("page")
def test_a_page_is_not_withdrawn_on_a_day_to_come_or_before_it_appeared(ledger: Ledger) -> None:
    stored = ledger.pages()[0]
    assert stored.published is not None
    with pytest.raises(CannotBe, match="2999-01-01 is a day to come"):
        ledger.withdraw(stored.id, "2999-01-01", who="Anna")
    with pytest.raises(CannotBe, match=f"appeared on {stored.published.value}, after 1999-12"):
        ledger.withdraw(stored.id, "1999-12", who="Anna")
    assert all(s.counts for s in ledger.statements())
    # Of what is told by its year alone, some of which is to come, today is the last day that is meant.
    today = date.today()
    assert (
        ledger.withdraw(stored.id, f"{today.year}", who="Anna").payload["on"]
        <= f"{today + timedelta(days=1)}"
    )
    assert not any(s.counts for s in ledger.statements())


@pytest.mark.usefixtures("page")
def test_who_did_not_see_that_a_page_was_withdrawn_is_told(ledger: Ledger) -> None:
    page = ledger.pages()[0].id
    anna = ledger.withdraw(page, "2019-03-02", who="Anna", seen=None)
    with pytest.raises(JudgedMeanwhile, match="by Anna"):
        ledger.withdraw(page, "2019-04", who="Bo", seen=None)
    assert ledger.withdraw(page, "2019-03-02", who="Anna", seen=None) == anna, "sent twice, done once"
    bo = ledger.withdraw(page, "2019-04", who="Bo", seen=anna.id)
    assert bo.payload == {"on": "2019-04-30"}
    ledger.undo(bo.id, who="Bo")
    with pytest.raises(JudgedMeanwhile, match="undone"):
        ledger.withdraw(page, "2019-05", who="Anna", seen=bo.id)
    # Undone, what was noted before holds again.
    assert not any(one.counts for one in ledger.statements(as_of="2019-03-02"))


def test_judgements_outlive_a_new_reading_and_those_without_a_place_are_flagged(
    ledger: Ledger, page: Page, make_reading: Read
) -> None:
    first, second = ledger.statements()
    ledger.judge("reject", first.id, who="Anna")
    misread = ledger.judge("accept", second.id, who="Anna")
    newer = make_reading(page, version="2")
    ledger.add(page, replace(newer, statements=(newer.statements[0],)))
    (kept,) = ledger.statements()
    assert not kept.counts
    assert kept.version == "2"
    assert ledger.unplaced() == (misread,)


def test_an_honest_ledger_is_clean(ledger: Ledger, page: Page, make_reading: Read) -> None:
    ledger.add(page, make_reading(page, version="2"))
    passed = ledger.judge("reject", ledger.statements()[0].id, who="Anna")
    ledger.undo(passed.id, who="Bo")
    assert ledger.audit() == ()


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE statement SET status = 'negated' WHERE id = 1", "reading"),
        ("UPDATE statement SET scope = 'radio' WHERE id = 1", "reading"),
        ("UPDATE statement SET scope = NULL WHERE id = 1", "reading"),
        ("DELETE FROM source; DELETE FROM mention_name", "reading"),
        ("UPDATE rendering SET text = 'Other words'", "reading"),
        ("UPDATE entry SET who = 'Eve' WHERE action = 'reject'", "entry"),
        ("UPDATE judgement SET why = 'no reason' WHERE kind = 'reject'", "judgement"),
        ("DELETE FROM judgement", "entry"),
        ("UPDATE entry SET learned_at = '2018-01-01 00:00:00' WHERE id = 1", "entry"),
    ],
)
def test_whoever_changes_something_behind_the_log_is_found_out(
    ledger: Ledger, change: str, kind: str
) -> None:
    ledger.judge("reject", ledger.statements()[0].id, who="Anna", why="another firm")
    for one in change.split(";"):
        tamper(ledger, one)
    assert kind in {fault.kind for fault in ledger.audit()}


@pytest.mark.usefixtures("page")
def test_several_statements_are_judged_and_undone_as_one(ledger: Ledger) -> None:
    first, second = (s.id for s in ledger.statements())
    alone = ledger.judge("accept", first, who="Bo")
    both = ledger.judge_all("reject", [second, first], who="Anna", why="an advert")
    assert set(both.of) == {first, second}
    assert [s.judgement for s in ledger.statements()] == [both, both]
    assert ledger.judge_all("reject", [first, second], who="Anna", why="an advert") == both
    assert [j.id for j in ledger.judgements(subject=first)] == [alone.id, both.id]
    assert [j.id for j in ledger.judgements(subject=second)] == [both.id]
    assert not any(ledger.snapshot(lambda held: held.statements["counts"].tolist()))
    ledger.undo(both.id, who="Anna")
    assert [s.judgement for s in ledger.statements()] == [alone, None]
    assert all(ledger.snapshot(lambda held: held.statements["counts"].tolist()))
    assert ledger.audit() == ()
    # What came between makes the very same a judgement of its own.
    again = ledger.judge_all("reject", [first, second], who="Anna", why="an advert")
    ledger.judge("accept", first, who="Anna")
    assert ledger.judge_all("reject", [first, second], who="Anna", why="an advert").id > again.id
    with pytest.raises(NotJudged, match="no statement ffffffffffff"):
        ledger.judge_all("accept", [first, "f" * 12], who="Anna")
    tamper(ledger, f"UPDATE judgement SET payload = '{{}}' WHERE id = {both.id}")
    assert [(fault.kind, fault.subject) for fault in ledger.audit()] == [("judgement", str(both.id))]


def test_of_several_those_that_are_read_otherwise_now_have_no_place(
    ledger: Ledger, page: Page, make_reading: Read
) -> None:
    both = ledger.judge_all("accept", [s.id for s in ledger.statements()], who="Anna")
    assert ledger.unplaced() == ()
    ledger.add(page, make_reading(page, about="mends", version="2"))
    assert ledger.unplaced() == (both,)
    assert [s.judgement for s in ledger.statements()] == [None]


@pytest.mark.usefixtures("page")
def test_who_did_not_see_the_last_judgement_is_told_and_changes_nothing(ledger: Ledger) -> None:
    first, second = (s.id for s in ledger.statements())
    anna = ledger.judge("accept", first, who="Anna", seen=None)
    with pytest.raises(JudgedMeanwhile, match="by Anna") as told:
        ledger.judge("reject", first, who="Bo", seen=None)
    assert told.value.judgement == anna
    assert ledger.judge("accept", first, who="Anna", seen=None) == anna, "sent twice, done once"
    with pytest.raises(JudgedMeanwhile):
        ledger.judge_all("reject", [first, second], who="Bo", seen=None)
    assert ledger.judgements(subject=second) == ()
    bo = ledger.judge("reject", first, who="Bo", seen=anna.id)
    ledger.undo(bo.id, who="Bo")
    with pytest.raises(JudgedMeanwhile, match="undone"):
        ledger.judge("correct", first, who="Anna", changes={"target": "DK"}, seen=bo.id)
    ledger.judge_all("accept", [first, second], who="Anna", seen=bo.id + 1)


@pytest.mark.usefixtures("page")
def test_of_two_who_judge_at_once_one_is_told(ledger: Ledger, place: str) -> None:
    """Each with the ledger open for itself, as two servers on one database have it."""
    statement = ledger.statements()[0].id
    ready = Barrier(2)

    def judge(who: str) -> Judgement | JudgedMeanwhile:
        with Ledger(place) as own:
            ready.wait()
            try:
                return own.judge("accept" if who == "Anna" else "reject", statement, who=who, seen=None)
            except JudgedMeanwhile as told:
                return told

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(judge, ("Anna", "Bo")))
    passed = [one for one in done if isinstance(one, Judgement)]
    told = [one for one in done if isinstance(one, JudgedMeanwhile)]
    assert len(passed) == 1
    assert [one.judgement for one in told] == passed
    assert ledger.judgements() == tuple(passed)


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"when": "last week"}, "no date"),
        ({"actor": 5}, "is no actor"),
        ({"source": "Reuters"}, "is no source"),
        ({"type": None}, "no type"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    ledger: Ledger, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(LedgerError, match=message):
        ledger.judge("correct", ledger.statements()[0].id, who="Anna", changes=changes)
