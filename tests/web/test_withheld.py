"""Whoever is to judge a statement as the second does not see what the first said of it, wherever they look,
until they have judged it; everybody else does."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.conftest import As, hostile
from tests.web.test_pages import text_of, tree_of
from tests.web.test_review import ids, judged, queue, send

from onrecord.ledger import Ledger, page_id
from onrecord.statements import Reading

WHY = "zimtstern"
"""A reason that stands nowhere else, as one word, so that a search could find it."""


@dataclass(frozen=True)
class Desks:
    """The workbenches of some people, and what the first judged: a statement rejected, one corrected."""

    head: httpx.Client
    anna: httpx.Client
    bo: httpx.Client
    reader: httpx.Client
    rejected: str
    corrected: str
    numbers: tuple[int, int]


@pytest.fixture
def desks(as_: As) -> Desks:
    head, anna, bo = as_("Head", "administrator"), as_("Anna"), as_("Bo")
    assert "Saved." in send(head, "/review/settings", type="restriction").text
    rejected, corrected, *_ = ids(anna, type="restriction")
    first = judged(anna, kind="reject", statements=[rejected], why=WHY).json()
    changes = {"actor": "Tele2", "status": "possible"}
    second = judged(anna, kind="correct", statements=[corrected], changes=changes, why=WHY).json()
    return Desks(head, anna, bo, as_("Cleo", "reader"), rejected, corrected, (first["id"], second["id"]))


def places(desks: Desks) -> list[str]:
    """The pages and answers that tell of the two statements."""
    page = desks.anna.get(f"/api/v1/statements/{desks.rejected}").json()["page"]
    both = (desks.rejected, desks.corrected)
    return [
        "/audit",
        f"/pages/{page}",
        "/entities/Huawei",
        "/review/list",
        "/review/list?show=one",
        f"/search?q={WHY}",
        f"/search?q={WHY}&kind=judgement",
        "/compare?a=Huawei&b=Telenor",
        f"/api/v1/pages/{page}",
        "/api/v1/judgements",
        "/api/v1/statements?limit=500",
        "/api/v1/statements?entity=Huawei",
        f"/api/v1/search?q={WHY}",
        f"/api/v1/search?q={WHY}&kind=judgement",
        "/api/v1/review",
        "/api/v1/review/second",
        "/api/v1/compare?a=Huawei&b=Telenor",
        *(f"/judgements/{number}" for number in desks.numbers),
        *(f"/api/v1/judgements/{number}" for number in desks.numbers),
        *(f"/api/v1/judgements?subject={one}" for one in both),
        *(f"{place}/{one}" for place in ("/statements", "/api/v1/statements") for one in both),
        *(f"/review?at={one}" for one in both),
    ]


def told(client: httpx.Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, (place, answer.text)
    # Whom a correction brings is on record, and every field offers the names that are.
    text = re.sub(r"<datalist.*?</datalist>", "", answer.text, flags=re.DOTALL)
    return text.replace(f"“{WHY}”", "").replace(f'value="{WHY}"', "").replace(f"q={WHY}", "")


def test_what_the_first_said_is_nowhere_to_be_seen_by_the_second(desks: Desks) -> None:
    for place in places(desks):
        for client in (desks.bo, desks.head):
            text = told(client, place)
            assert WHY not in text, place
            assert "Tele2" not in text, place
    shown = {place for place in places(desks) if WHY in told(desks.anna, place)}
    assert len(shown) > 15
    assert shown <= {place for place in places(desks) if WHY in told(desks.reader, place)}
    # It is said, not hidden, that there is something.
    for place in ("/audit", f"/judgements/{desks.numbers[0]}", f"/statements/{desks.rejected}"):
        assert "withheld until you have judged" in text_of(desks.bo.get(place)), place
        assert "withheld until" not in text_of(desks.anna.get(place)), place
    row = desks.bo.get(f"/api/v1/judgements/{desks.numbers[1]}").json()
    assert (row["kind"], row["payload"], row["why"], row["who"]) == ("withheld", {}, "", "Anna")
    one = desks.bo.get(f"/api/v1/statements/{desks.rejected}").json()
    assert (one["counts"], one["judgement"]["kind"]) == (True, "withheld")


def test_nor_is_it_found_by_its_kind(desks: Desks) -> None:
    asked = {"entity": "Huawei", "of": "discounted"}
    for client, said in ((desks.bo, False), (desks.anna, True), (desks.reader, True)):
        listed = client.get("/api/v1/statements", params=asked).json()["items"]
        assert (desks.rejected in [one["id"] for one in listed]) is said
        page = client.get("/entities/Huawei", params={"of": "discounted"})
        assert (f"/statements/{desks.rejected}" in page.text) is said
        assert ("await you as the second" in text_of(page)) is not said
    for kind, number in zip(("reject", "correct"), desks.numbers, strict=True):
        for client, found in ((desks.bo, False), (desks.anna, True), (desks.reader, True)):
            part = client.get(f"/api/v1/judgements?kind={kind}").json()
            assert (number in [one["id"] for one in part["items"]]) is found
            assert part["total"] == len(part["items"])
            page = client.get(f"/audit?kind={kind}")
            assert (f"/judgements/{number}" in page.text) is found
            assert ("2 judgements" in text_of(page)) is not found
    assert len(desks.bo.get("/api/v1/judgements").json()["items"]) == len(
        desks.anna.get("/api/v1/judgements").json()["items"]
    )


def test_once_they_have_judged_they_see_it(desks: Desks) -> None:
    assert WHY not in told(desks.bo, "/audit")
    seen = next(one["seen"] for one in queue(desks.bo) if one["statement"]["id"] == desks.rejected)
    # At the statement itself, which tells no more than review does.
    page = tree_of(desks.bo.get(f"/statements/{desks.rejected}"))
    form = page.xpath("//form[contains(@class, 'judge')]")[0]
    assert dict(form.form_values())["seen"] == str(seen)
    sent = send(
        desks.bo, "/review/judge", statement=desks.rejected, kind="accept", seen=str(seen),
        back=f"/statements/{desks.rejected}",
    )  # fmt: skip
    assert sent.status_code == 200
    assert WHY in sent.text
    assert WHY in told(desks.bo, f"/judgements/{desks.numbers[0]}")
    assert "Tele2" not in told(desks.bo, f"/judgements/{desks.numbers[1]}")
    assert desks.anna.get("/api/v1/review/progress").json()["pairs"] == 1
    # Who was not needed any more sees it too.
    assert WHY in told(desks.head, f"/judgements/{desks.numbers[0]}")


def test_what_came_meanwhile_and_what_was_taken_back_tell_nothing_either(desks: Desks) -> None:
    answer = judged(desks.bo, kind="accept", statements=[desks.rejected], seen=None)
    assert answer.status_code == 409
    assert WHY not in answer.text
    assert "reject" not in answer.text
    assert (answer.json()["judgement"]["id"], answer.json()["judgement"]["kind"]) == (
        desks.numbers[0],
        "withheld",
    )
    # The first thinks again: neither what was taken back, nor why, is told.
    back = desks.anna.post(f"/api/v1/judgements/{desks.numbers[0]}/undo", json={"why": f"{WHY} not"}).json()
    assert WHY in told(desks.bo, "/audit"), "nobody waits for a second where nobody judged"
    judged(desks.anna, kind="accept", statements=[desks.rejected], seen=back["id"], why=WHY)
    for place in ("/audit", f"/judgements/{back['id']}", f"/api/v1/judgements/{back['id']}"):
        assert WHY not in told(desks.bo, place), place
        assert WHY in told(desks.anna, place), place
    # Several judged as one are withheld with the one that waits.
    third, fourth = (one["statement"] for one in queue(desks.anna)[:2])
    both = [third["id"], fourth["id"]]
    send(desks.head, "/review/settings", type=["restriction", third["type"]])
    many = judged(desks.anna, kind="reject", statements=both, seen=back["id"] + 1, why=WHY)
    assert many.status_code == 201, many.text
    row: dict[str, Any] = desks.bo.get(f"/api/v1/judgements/{many.json()['id']}").json()
    assert (row["kind"], row["why"], set(row["payload"]["statements"])) == ("withheld", "", set(both))


def test_the_log_can_still_be_verified_and_the_rule_changes_what_is_seen_at_once(desks: Desks) -> None:
    end = desks.anna.get("/api/v1/audit/end").json()
    assert desks.bo.get("/api/v1/audit/end").json() == end
    whole = desks.bo.get("/api/v1/audit", params={"expect": end["last"]}).json()
    assert (whole["whole"], whole["last"]) == (True, end["last"])
    place = f"/api/v1/statements/{desks.rejected}"
    before = desks.bo.get(place)
    assert before.json()["judgement"]["kind"] == "withheld"
    assert "Saved." in send(desks.head, "/review/settings").text
    after = desks.bo.get(place, headers={"If-None-Match": before.headers["etag"]})
    assert (after.status_code, after.json()["judgement"]["kind"]) == (200, "reject")


def test_what_was_carried_over_from_an_older_reading_is_withheld_there_too(own: Path, as_: As) -> None:
    page, reading = hostile()
    older = next(one for one in reading.statements if one.type == "restriction")
    head, anna, bo = as_("Head", "administrator"), as_("Anna"), as_("Bo")
    asked = (one["statement"] for one in queue(anna, type="restriction"))
    old = next(one["id"] for one in asked if one["rule"] == older.rule)
    first = judged(anna, kind="correct", statements=[old], changes={"actor": "Tele2"}, why=WHY).json()
    assert "Saved." in send(head, "/review/settings", type="restriction").text
    with Ledger(own) as ledger:
        ids = []
        planned, possible = replace(older, status="planned"), replace(older, status="possible")
        for version, newer in enumerate(((planned,), (possible,)), 2):
            ledger.add(page, Reading(reading.reader, str(version), newer, (), reading.entities))
            ids += [one.id for one in ledger.statements(page=page_id(page.digest))]
    carried = bo.get("/api/v1/judgements?limit=500").json()["items"][-2:]
    assert [one["subject"] for one in carried] == ids
    assert [one["statement"]["id"] for one in queue(bo) if one["statement"]["rule"] == older.rule] == ids[1:]
    numbers = [first["id"], *(one["id"] for one in carried)]
    around = [
        *(f"{place}/{one}" for place in ("/judgements", "/api/v1/judgements") for one in numbers),
        *(f"{place}/{one}" for place in ("/statements", "/api/v1/statements") for one in (old, *ids)),
        *(f"/api/v1/judgements?subject={one}" for one in (old, *ids)),
        *(f"/review?at={one}" for one in (old, *ids)),
        "/audit",
        "/api/v1/judgements?limit=500",
        f"/search?q={WHY}",
    ]
    for place in around:
        text = told(bo, place)
        assert (WHY in text, "Tele2" in text) == (False, False), place
        assert WHY in told(anna, place), place
    one = bo.get(f"/api/v1/statements/{old}").json()
    assert (one["actor"], one["judgement"]["kind"]) == (older.actor, "withheld")
    assert bo.get("/api/v1/judgements?kind=correct").json()["total"] == 0
    seen = next(one["seen"] for one in queue(bo) if one["statement"]["id"] == ids[-1])
    judged(bo, kind="accept", statements=ids[1:], seen=seen)
    for number in numbers:
        assert WHY in told(bo, f"/judgements/{number}")
    assert WHY in told(bo, f"/statements/{old}")


def test_what_two_judged_needs_no_second_person_when_it_is_read_anew(own: Path, as_: As) -> None:
    page, reading = hostile()
    older = next(one for one in reading.statements if one.type == "restriction")
    head, anna, bo, cleo = as_("Head", "administrator"), as_("Anna"), as_("Bo"), as_("Cleo")
    assert "Saved." in send(head, "/review/settings", type="restriction").text
    asked = (one for one in queue(anna, type="restriction"))
    old = next(one["statement"]["id"] for one in asked if one["statement"]["rule"] == older.rule)
    first = judged(anna, kind="accept", statements=[old]).json()
    judged(bo, kind="accept", statements=[old], seen=first["id"])
    with Ledger(own) as ledger:
        for version, newer in (
            ("2", replace(older, status="planned")),
            ("3", replace(older, status="possible")),
        ):
            ledger.add(page, Reading(reading.reader, version, (newer,), (), reading.entities))
        (anew,) = (one.id for one in ledger.statements(page=page_id(page.digest)))
    assert anna.get(f"/api/v1/statements/{anew}").json()["judgement"]["who"] == "Bo"
    for desk in (anna, bo, cleo):
        assert anew not in ids(desk)
    assert anna.get("/api/v1/review/second").json()["total"] == 0
    assert "One reviewer so far" not in anna.get(f"/statements/{anew}").text


@pytest.mark.parametrize(("language", "words"), [("da", "holdt tilbage"), ("nl", "achtergehouden")])
def test_it_is_said_in_the_other_languages(desks: Desks, language: str, words: str) -> None:
    for place in ("/audit", f"/judgements/{desks.numbers[0]}", f"/statements/{desks.corrected}"):
        assert words in text_of(desks.bo.get(place, params={"language": language})), place
