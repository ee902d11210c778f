"""Names that pages bring are mentions until a person says what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from onrecord.entities import Entity
from onrecord.ledger import Ledger, NotJudged
from onrecord.pages import Page
from onrecord.present import render
from onrecord.standing import standing_of
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]

NEW = Entity("Nordfiber", "outlet", "Nordfiber", ("Nordfiber",))
NEAR = Entity("Ericson Telecom", "company", "Ericson Telecom", ("Ericson Telecom",))


@pytest.fixture(autouse=True)
def told(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    page = make_page("Huawei builds the network of Nordfiber. Huawei mends a network")
    reading = make_reading(page, target="Nordfiber", source=("Ericson Telecom",))
    others = tuple(e for e in reading.entities if e.key not in (NEW.key, NEAR.key))
    ledger.add(page, replace(reading, entities=tuple(sorted((*others, NEW, NEAR), key=lambda e: e.key))))


def recognition(ledger: Ledger, key: str) -> str:
    return {stored.entity.key: stored.recognition for stored in ledger.entities()}[key]


def test_a_new_name_waits_and_a_catalogued_one_does_not(ledger: Ledger) -> None:
    assert recognition(ledger, "Huawei") == "listed"
    assert recognition(ledger, "Nordfiber") == "waiting"
    waiting = {one.stored.entity.key: one for one in ledger.mentions()}
    assert set(waiting) == {"Nordfiber", "Ericson Telecom"}
    nearest = waiting["Ericson Telecom"].nearest
    assert nearest is not None
    assert nearest.key == "Ericsson"
    assert nearest.likeness.parts


def test_a_recognised_name_is_what_the_person_said(ledger: Ledger) -> None:
    before = datetime.now(UTC)
    passed = ledger.recognise(
        "Nordfiber", kind="company", name="Nordfiber A/S", names=["Nord Fiber"], country="DK", who="Anna"
    )
    found = ledger.entity("nord fiber")
    assert found is not None
    assert (found.entity.kind, found.entity.name, found.entity.country) == ("company", "Nordfiber A/S", "DK")
    assert found.recognition == "recognised"
    assert "Nordfiber" not in {one.stored.entity.key for one in ledger.mentions()}
    dossier = standing_of(ledger, "Huawei", known_at=before)
    assert "Nordfiber" in dossier.waiting
    dossier = standing_of(ledger, "Huawei")
    assert dossier.waiting == ("Ericson Telecom",)
    ledger.undo(passed.id, who="Anna")
    assert recognition(ledger, "Nordfiber") == "waiting"
    assert ledger.entity("nord fiber") is None
    assert ledger.audit() == ()


def test_the_last_word_on_a_name_holds(ledger: Ledger) -> None:
    ledger.dismiss("Nordfiber", who="Anna", why="no name")
    assert recognition(ledger, "Nordfiber") == "dismissed"
    ledger.recognise("Nordfiber", kind="company", who="Bo")
    assert recognition(ledger, "Nordfiber") == "recognised"
    ledger.dismiss("Nordfiber", who="Anna", why="no name")
    assert recognition(ledger, "Nordfiber") == "dismissed"
    kinds = [j.kind for j in ledger.judgements(subject="Nordfiber")]
    assert kinds == ["dismiss", "recognise", "dismiss"]


def test_a_mention_that_was_merged_waits_no_more(ledger: Ledger) -> None:
    ledger.merge("Ericson Telecom", "Nordfiber", who="Anna")
    assert {one.stored.entity.key for one in ledger.mentions()} == {"Nordfiber"}


def test_a_recognised_entity_is_offered_for_others(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    ledger.recognise("Nordfiber", kind="company", who="Anna")
    page = make_page("Huawei leaves the network of Nord-fiber", locator="other.txt")
    reading = make_reading(page, target="Nord-fiber")
    others = tuple(e for e in reading.entities if e.key != "Nord-fiber")
    new = Entity("Nord-fiber", "company", "Nord-fiber", ("Nord-fiber",))
    ledger.add(page, replace(reading, entities=tuple(sorted((*others, new), key=lambda e: e.key))))
    nearest = {one.stored.entity.key: one.nearest for one in ledger.mentions()}["Nord-fiber"]
    assert nearest is not None
    assert nearest.key == "Nordfiber"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "state"}, "no kind of entity"),
        ({"country": "Denmark"}, "no state's code"),
        ({"part_of": "Nordfiber"}, "part of itself"),
    ],
)
def test_what_cannot_be_is_refused(ledger: Ledger, told: dict[str, str], said: str) -> None:
    with pytest.raises(NotJudged, match=said):
        ledger.recognise("Nordfiber", who="Anna", **told)  # type: ignore[arg-type]
    assert ledger.judgements() == ()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "nobody has recognised"), ("da", "anerkendt"), ("nl", "erkend")]
)
def test_a_dossier_says_which_names_wait(ledger: Ledger, language: str, words: str) -> None:
    dossier = standing_of(ledger, "Huawei")
    for form in ("terminal", "html", "markdown"):
        text = " ".join(render(dossier, form, language=language).split())
        assert words in text
        assert "Nordfiber" in text
