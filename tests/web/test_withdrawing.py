"""Pages that their publisher withdrew, noted in the reader and over HTTP, and given back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.conftest import SCRIPT, As, serving
from tests.web.test_pages import lists_behind, text_of
from tests.web.test_positions import HALF, JSON
from tests.web.test_written import filled, form_at, refused, tree_of

from onrecord.client import ApiProblem, Client
from onrecord.ledger import Ledger
from onrecord.present import languages


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """The workbench of a ledger that the test may change."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def dutch(desk: httpx.Client) -> str:
    """The page that says that Germany does not exclude Huawei."""
    found: list[dict[str, Any]] = desk.get("/api/v1/pages").json()["items"]
    return next(str(one["id"]) for one in found if one["language"] == "nl")


def noting(desk: httpx.Client, id: str, **fields: str) -> dict[str, str]:
    """What a browser sends of the form by which a page is noted as withdrawn."""
    return filled(form_at(desk, f"/pages/{id}", f"/pages/{id}/withdraw"), **fields)


def germany(desk: httpx.Client, **asked: str) -> list[str]:
    """Where Germany stands on Huawei."""
    told = desk.get("/api/v1/suppliers/Huawei/dossier", params=asked).json()["positions"]
    return [one["position"] for one in told if one["actor"] == "DE"]


def test_the_figure_of_what_counts_no_longer_leads_to_it(desk: httpx.Client) -> None:
    assert "discounted" not in lists_behind(desk, {})
    denied = desk.get("/api/v1/statements?entity=Huawei&of=party").json()["items"][0]["id"]
    desk.post("/api/v1/judgements", json={"kind": "reject", "statements": [denied]}).raise_for_status()
    assert lists_behind(desk, {})["discounted"] == 1
    asked = {"entity": "Huawei", "of": "discounted"}
    assert [one["id"] for one in desk.get("/api/v1/statements", params=asked).json()["items"]] == [denied]
    for language, told in (("en", "they do not count"), ("da", "tæller ikke"), ("nl", "tellen niet mee")):
        shown = text_of(desk.get("/entities/Huawei", params={"of": "discounted", "language": language}))
        assert told in shown
    id = dutch(desk)
    many = len(desk.get(f"/api/v1/pages/{id}").json()["statements"])
    desk.post(f"/api/v1/pages/{id}/withdraw", json={"on": "2019-06-02"}).raise_for_status()
    assert lists_behind(desk, {})["discounted"] == many + 1
    # By then the page counted still.
    assert lists_behind(desk, {"as_of": "2019-06-01"})["discounted"] == 1


def test_a_page_is_withdrawn_says_so_and_is_given_back(desk: httpx.Client) -> None:
    id = dutch(desk)
    assert germany(desk) == ["does-not-restrict"]
    assert desk.get(f"/api/v1/pages/{id}").json()["withdrawn"] is None
    sent = noting(desk, id, on="2019-06-02", why=f"Retracted {SCRIPT}")
    done = desk.post(f"/pages/{id}/withdraw", data=sent)
    (passed,) = desk.get("/api/v1/judgements?kind=withdraw").json()["items"]
    assert done.headers["location"] == f"/pages/{id}?said=done_withdrawn&undo={passed['id']}"
    assert (passed["payload"], passed["why"]) == ({"on": "2019-06-02"}, f"Retracted {SCRIPT}")
    back = desk.get(done.headers["location"])
    assert "The withdrawal is noted." in text_of(back)
    assert "withdrew this page on 2019-06-02" in tree_of(back).xpath("string(//div[@class='warn'])")
    assert f"Retracted {SCRIPT}" in text_of(back)
    assert desk.get(f"/api/v1/pages/{id}").json()["withdrawn"] == passed
    assert not any(one["counts"] for one in desk.get(f"/api/v1/pages/{id}").json()["statements"])
    # From that day on what it says does not count; the day before it did.
    assert germany(desk) == germany(desk, as_of="2019-06-02") == []
    assert germany(desk, as_of="2019-06-01") == ["does-not-restrict"]
    # Given back at once where it was told, or later where the page says it.
    (undo,) = tree_of(back).xpath("//div[@role='status']//form")
    (later,) = tree_of(back).xpath("//div[@class='warn']//form")
    assert filled(later)["judgement"] == filled(undo)["judgement"] == str(passed["id"])
    undone = desk.post(later.get("action"), data=filled(later))
    assert undone.headers["location"] == f"/pages/{id}?said=done_undone"
    again = desk.get(undone.headers["location"])
    assert not tree_of(again).xpath("//div[@class='warn']")
    assert "undone by judgement" in text_of(again)
    assert germany(desk) == ["does-not-restrict"]
    assert desk.get(f"/api/v1/pages/{id}").json()["withdrawn"] is None


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("on", ["soon", "", "2019-02-30", "2999-01-01", "1999"])
def test_a_day_that_is_none_is_shown_again_as_it_was_written(
    desk: httpx.Client, on: str, language: str
) -> None:
    id = dutch(desk)
    sent = noting(desk, id, on=on, why=f"Æ {SCRIPT}")
    answer = desk.post(f"/pages/{id}/withdraw?language={language}", data=sent)
    shown = dict(refused(answer, f"/pages/{id}/withdraw", "on").form_values())
    assert (shown["on"], shown["why"]) == (on, f"Æ {SCRIPT}")
    assert desk.get("/api/v1/judgements?kind=withdraw").json()["total"] == 0
    mended = desk.post(f"/pages/{id}/withdraw?language={language}", data={**shown, "on": "2019"})
    assert f"language={language}" in mended.headers["location"]
    told = tree_of(desk.get(mended.headers["location"])).xpath("string(//div[@class='warn'])")
    assert "2019-12-31" in told


def test_of_two_who_note_it_at_once_the_second_is_told(as_: As) -> None:
    anna, bo = as_("Anna"), as_("Bo")
    id = dutch(anna)
    first, second = noting(anna, id, on="2019-06-02"), noting(bo, id, on="2019-07", why="My own reason")
    assert anna.post(f"/pages/{id}/withdraw", data=first).status_code == 303
    told = bo.post(f"/pages/{id}/withdraw", data=second)
    shown = dict(refused(told, f"/pages/{id}/withdraw", "", status=409).form_values())
    assert (shown["on"], shown["why"]) == ("2019-07", "My own reason")
    assert "2019-06-02" in tree_of(told).xpath("string(//div[@class='warn'])")
    assert bo.post(f"/pages/{id}/withdraw", data=shown).status_code == 303
    assert "2019-07-31" in tree_of(anna.get(f"/pages/{id}")).xpath("string(//div[@class='warn'])")


def test_who_may_not_judge_notes_nothing_but_is_told(as_: As) -> None:
    reader, reviewer = as_("Lea", "reader"), as_("Anna")
    id = dutch(reader)
    assert not tree_of(reader.get(f"/pages/{id}")).xpath("//*[@id='h-withdrawn']")
    sent = noting(reviewer, id, on="2019-06-02")
    csrf = tree_of(reader.get("/")).xpath("string(//meta[@name='csrf']/@content)")
    assert reader.post(f"/pages/{id}/withdraw", data={**sent, "csrf": csrf}).status_code == 403
    assert reader.post(f"/api/v1/pages/{id}/withdraw", json={"on": "2019"}).status_code == 403
    without = {name: value for name, value in sent.items() if name != "csrf"}
    assert reviewer.post(f"/pages/{id}/withdraw", data=without).status_code == 403
    assert reviewer.get("/api/v1/judgements?kind=withdraw").json()["total"] == 0
    assert reviewer.post(f"/pages/{id}/withdraw", data=sent).status_code == 303
    shown = tree_of(reader.get(f"/pages/{id}"))
    assert "2019-06-02" in shown.xpath("string(//div[@class='warn'])")
    assert not shown.xpath("//div[@class='warn']//form | //section[@aria-labelledby='h-withdrawn']//form")


def test_the_api_and_the_client_withdraw_a_page(desk: httpx.Client) -> None:
    id = dutch(desk)
    answer = desk.post(f"/api/v1/pages/{id[:6].upper()}/withdraw", json={"on": "2019-06", "why": " a test "})
    assert answer.status_code == 201
    passed = answer.json()
    assert (passed["subject"], passed["payload"], passed["why"]) == (id, {"on": "2019-06-30"}, "a test")
    for told, status in (
        ({}, 400), ({"on": "soon"}, 400), ({"on": "2019", "seen": "x"}, 400),
        ({"on": "2019", "by": "me"}, 400), ({"on": "2019", "why": HALF}, 400), ({"on": "2019"}, 409),
    ):  # fmt: skip
        wrong = desk.post(f"/api/v1/pages/{id}/withdraw", content=json.dumps(told), headers=JSON)
        assert (wrong.status_code, wrong.headers["content-type"]) == (status, "application/problem+json"), (
            told
        )
    assert desk.post("/api/v1/pages/ffffffffffff/withdraw", json={"on": "2019"}).status_code == 404
    with Client(str(desk.base_url)) as client:
        with pytest.raises(ApiProblem) as meanwhile:
            client.withdraw(id, "2019-05-30")
        assert meanwhile.value.told["judgement"] == passed
        undone = client.undo(passed["id"])
        assert client.page(id)["withdrawn"] is None
        assert (
            client.withdraw(id, "2019-05-30", why="again", seen=undone["id"]) == client.page(id)["withdrawn"]
        )
