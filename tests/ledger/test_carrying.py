"""What a person judged outlives a reading that says something else of the same words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from onrecord.entities import Entity
from onrecord.ledger import Ledger, StoredStatement
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


@pytest.fixture
def page(ledger: Ledger, make_page: Make, make_reading: Read) -> Page:
    made = make_page("Huawei builds a network in Norway. The network is large. The rest is known")
    ledger.add(made, make_reading(made))
    return made


NAMED = tuple(Entity(key, kind, key) for key, kind in (("DK", "state"), ("GB", "state"), ("BBC", "outlet")))  # type: ignore[arg-type]


def saying(reading: Reading, *said: Any) -> Reading:
    """A reading that says something else."""
    return replace(reading, statements=said, entities=(*reading.entities, *NAMED))


def read_again(
    ledger: Ledger, page: Page, make_reading: Read, version: str, *changes: dict[str, Any]
) -> list[StoredStatement]:
    """Read a page anew, by a reader that says something else in its first statements; what it says."""
    reading = make_reading(page, version=version)
    said = list(reading.statements)
    for at, change in enumerate(changes):
        said[at] = replace(said[at], **change)
    assert ledger.add(page, saying(reading, *said)) == "superseded"
    return sorted(ledger.statements(), key=lambda one: one.statement.start)


def test_what_was_rejected_stays_rejected(ledger: Ledger, page: Page, make_reading: Read) -> None:
    first, second = ledger.statements()
    passed = ledger.judge("reject", first.id, who="Anna", why="another firm")
    moment = passed.at
    anew, other = read_again(ledger, page, make_reading, "2", {"topic": "security"})
    assert anew.id != first.id
    assert other.id == second.id
    assert not anew.counts
    assert anew.judgement is not None
    assert (anew.judgement.who, anew.judgement.why) == ("Anna", "another firm")
    assert anew.judgement.carried == (passed.id, first.id)
    assert other.judgement is None
    assert ledger.unplaced() == ()
    assert ledger.audit() == ()
    (then,) = (one for one in ledger.statements(known_at=moment) if one.id == first.id)
    assert then.judgement == passed


def test_what_was_accepted_or_corrected_is_corrected_to_what_the_person_said(
    ledger: Ledger, page: Page, make_reading: Read
) -> None:
    first, second = ledger.statements()
    ledger.judge("accept", first.id, who="Anna")
    ledger.judge("correct", second.id, who="Bo", changes={"target": "DK", "source": ["BBC"]})
    one, two = read_again(
        ledger,
        page,
        make_reading,
        "2",
        {"target": "GB", "status": "possible"},
        {"status": "alleged", "source": ("BBC",)},
    )
    assert one.judgement is not None
    assert one.judgement.changes == {"target": "NO", "status": "asserted"}
    assert (one.statement.target, one.statement.status) == ("NO", "asserted")
    assert two.judgement is not None
    assert two.judgement.changes == {"target": "DK", "status": "asserted"}
    assert (two.statement.target, two.statement.status, two.statement.source) == ("DK", "asserted", ("BBC",))
    # A reading that says what the person did needs no correction.
    one, two = read_again(ledger, page, make_reading, "3", {}, {"target": "DK", "source": ("BBC",)})
    assert one.id == first.id
    assert one.judgement is not None
    assert one.judgement.kind == "accept"
    assert two.judgement is not None
    assert (two.judgement.kind, two.judgement.changes) == ("accept", {})
    assert ledger.unplaced() == ()
    assert ledger.audit() == ()


def test_it_is_taken_back_with_the_one_that_it_carries_and_alone(
    ledger: Ledger, page: Page, make_reading: Read
) -> None:
    first, second = ledger.statements()
    both = ledger.judge_all("reject", [first.id, second.id], who="Anna")
    one, two = read_again(ledger, page, make_reading, "2", {"target": "GB"}, {"target": "GB"})
    assert one.judgement is not None
    assert not two.counts
    ledger.undo(one.judgement.id, who="Bo")
    assert [s.counts for s in ledger.statements()] == [True, False]
    assert ledger.unplaced() == (), "who took it back has looked at it"
    one, two = read_again(ledger, page, make_reading, "3", {"target": "DK"}, {"target": "DK"})
    assert (one.judgement, two.counts) == (None, False), "what was taken back is carried no further"
    ledger.undo(both.id, who="Anna")
    assert all(s.counts and s.judgement is None for s in ledger.statements())
    assert ledger.audit() == ()


def test_what_has_no_one_place_is_flagged(ledger: Ledger, page: Page, make_reading: Read) -> None:
    first, second = ledger.statements()
    rejected = ledger.judge("reject", first.id, who="Anna")
    accepted = ledger.judge("accept", second.id, who="Anna")
    reading = make_reading(page, version="2")
    one, two = reading.statements
    said = (replace(one, type="dependency"), replace(two, target="GB"), replace(two, target="DK"))
    ledger.add(page, saying(reading, *said))
    assert [s.judgement for s in ledger.statements()] == [None, None, None]
    assert ledger.unplaced() == (rejected, accepted)


def test_another_page_with_the_same_words_is_not_judged_with_it(
    ledger: Ledger, page: Page, make_page: Make, make_reading: Read
) -> None:
    ledger.judge("reject", ledger.statements()[0].id, who="Anna")
    other = make_page("Huawei builds a network in Norway. The network is small", locator="b.txt")
    ledger.add_all(
        [
            (other, make_reading(other)),
            (other, make_reading(other, version="2", target="GB")),
            (page, make_reading(page, version="2", target="GB")),
        ]
    )
    assert {s.page_id: s.judgement is None for s in ledger.statements() if s.statement.start < 60} == {
        one.id: one.locator == "b.txt" for one in ledger.pages()
    }
