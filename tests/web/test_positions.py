"""Positions set by hand in the workbench and over HTTP: from the dossier and back, undone, by two at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree
from tests.web.conftest import FIRM, SCRIPT, As, serving
from tests.web.test_pages import text_of
from tests.web.test_written import filled, form_at, refused, tree_of

from onrecord.client import ApiProblem, Client
from onrecord.ledger import Ledger
from onrecord.present import languages, today

HALF = "\ud800"
"""Half of a character, which no database takes."""
JSON = {"Content-Type": "application/json"}
HERE = "/positions?supplier=Huawei&actor=DE&scope=networks"


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """The workbench of a ledger that the test may change."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def setting(desk: httpx.Client, place: str = HERE, **fields: str) -> dict[str, str]:
    """What a browser sends of the form that sets a position."""
    (form,) = tree_of(desk.get(place)).xpath("//section[@aria-labelledby='h-set']//form")
    return filled(form, **fields)


def what_holds(answer: httpx.Response) -> list[list[str]]:
    """The rows of the table of what holds now: the scope, what holds, and what the statements alone give."""
    rows = tree_of(answer).xpath("//section[@aria-labelledby='h-now']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_a_position_is_set_from_its_row_in_the_dossier_and_undone(desk: httpx.Client) -> None:
    dossier = tree_of(desk.get("/suppliers/Huawei"))
    (link,) = dossier.xpath("//tr[th[.='Germany']]//p[@class='by-hand']/a")
    assert dict(httpx.URL(link.get("href")).params) == {
        "supplier": "Huawei",
        "actor": "DE",
        "scope": "networks",
    }
    before = desk.get(link.get("href"))
    assert what_holds(before) == [
        [
            "networks",
            "does not restrict, 20 May 2019 (published)",
            "does not restrict, 20 May 2019 (published)",
        ]
    ]
    assert "Nobody has judged it yet" in text_of(before)
    sent = setting(desk, link.get("href"), position="restricts", since="2019-06", why=f"The law {SCRIPT}")
    done = desk.post("/positions", data=sent)
    assert done.status_code == 303
    (passed,) = desk.get("/api/v1/judgements", params={"kind": "position"}).json()["items"]
    assert (passed["subject"], passed["why"]) == ("DE", f"The law {SCRIPT}")
    assert passed["payload"] == {
        "supplier": "Huawei", "scope": "networks", "code": "restricts", "since": "2019-06",
    }  # fmt: skip
    assert dict(httpx.URL(done.headers["location"]).params) == {
        "said": "done_position",
        "undo": str(passed["id"]),
    }
    back = desk.get(done.headers["location"])
    assert "The position was set." in text_of(back)
    row = tree_of(back).xpath("string(//table[@class='positions']//tr[th[.='Germany']])")
    assert f"Why: “The law {SCRIPT}”" in " ".join(row.split())
    # The page of the place shows both, and who said so.
    ((_, holds, alone),) = what_holds(desk.get(HERE))
    assert holds.startswith("restricts, Jun 2019 Set by ")
    assert alone == "does not restrict, 20 May 2019 (published)"
    # Taken back where it was told.
    (undo,) = tree_of(back).xpath("//div[@role='status']//form")
    undone = desk.post(undo.get("action"), data=filled(undo))
    assert undone.headers["location"].startswith("/suppliers/Huawei?said=done_undone")
    assert "The law" not in text_of(desk.get("/suppliers/Huawei"))
    after = desk.get(HERE)
    assert what_holds(after) == what_holds(before)
    assert "undone by judgement" in text_of(after)


def test_from_the_top_of_a_dossier_one_is_asked_who_and_in_what(desk: httpx.Client) -> None:
    dossier = tree_of(desk.get("/suppliers/Huawei?language=da"))
    (link,) = dossier.xpath("//main/div[contains(@class, 'follow')]/p[@class='by-hand']/a/@href")
    assert dict(httpx.URL(link).params) == {"supplier": "Huawei", "language": "da"}
    form = form_at(desk, link, "/positions")
    assert not tree_of(desk.get(link)).xpath("//section[@aria-labelledby='h-set']")
    assert "Tyskland" in form.xpath(".//datalist/option/@value")
    asked = {**filled(form), "actor": "tyskland", "scope": "core"}
    found = desk.get("/positions", params=asked)
    assert tree_of(found).xpath("string(//input[@id='actor']/@value)") == "Tyskland"
    # The scope that is asked for comes first, though nothing is told of it.
    assert [row[0] for row in what_holds(found)] == ["kernenettet", "netværk"]
    sent = setting(desk, str(found.url), position="permits", since="2019-06-05")
    done = desk.post("/positions?language=da", data=sent)
    assert "language=da" in done.headers["location"]
    assert "Holdningen er fastlagt" in text_of(desk.get(done.headers["location"]))
    told = desk.get("/api/v1/suppliers/Huawei/dossier").json()["positions"]
    (germany,) = [one for one in told if one["actor"] == "DE"]
    assert {one["scope"]: one["position"] for one in germany["stances"]} == {
        "networks": "does-not-restrict",
        "core": "permits",
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"position": "restricts", "since": "soon"}, "since"),
        ({"position": "restricts", "since": "2019-13"}, "since"),
        ({"position": "restricts", "since": "3020"}, "since"),
        ({"position": "", "since": "2019"}, "position"),
        ({"position": "bans", "since": "2019"}, "position"),
        ({"position": "permits", "scope": "space"}, ""),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_what_cannot_be_is_shown_again_as_it_was_written(
    desk: httpx.Client, language: str, fields: dict[str, str], field: str
) -> None:
    sent = setting(desk, f"{HERE}&language={language}", why=f"Æ {SCRIPT}", **fields)
    answer = desk.post(f"/positions?language={language}", data=sent)
    form = refused(answer, "/positions", field)
    shown = dict(form.form_values())
    assert shown["why"] == f"Æ {SCRIPT}"
    assert shown.get("since", "") == fields.get("since", "")
    assert shown["position"] == (fields["position"] if fields["position"] != "bans" else "")
    assert tree_of(answer).get("lang") == language
    assert language == "en" or not form.xpath(".//*[@role='alert']//*[@lang='en']")
    assert desk.get("/api/v1/judgements?kind=position").json()["total"] == 0
    # What is mended in it can be sent as it stands.
    mended = {**shown, "position": "permits", "since": "2019-07-01"}
    assert desk.post("/positions", data=mended).status_code == 303


def test_a_name_of_several_or_of_nobody_is_asked_for_again(desk: httpx.Client) -> None:
    for key in (FIRM, "Telenor"):
        told = {"entity": key, "kind": "company", "also": ["Nordlys"]}
        assert desk.post("/api/v1/entities/recognise", json=told).status_code == 200
    for actor, status in (("nordlys", 422), ("Nobody at all", 422)):
        answer = desk.get("/positions", params={"supplier": "Huawei", "actor": actor, "scope": "trade"})
        shown = dict(refused(answer, "/positions", "actor", status).form_values())
        assert (shown["actor"], shown["scope"], shown["supplier"]) == (actor, "trade", "Huawei")
    answer = desk.get("/positions", params={"supplier": "Huawei", "actor": "DE", "scope": "space"})
    refused(answer, "/positions", "scope")
    found = desk.get("/positions", params={"supplier": "Huawei", "actor": "Nordlys (Telenor)"})
    assert "Telenor" in found.text
    assert "restrict" in what_holds(found)[0][1]
    itself = setting(desk, f"{HERE}&actor=DE", position="permits", since="2019") | {"actor": "Huawei"}
    answer = desk.post("/positions", data=itself)
    assert answer.status_code == 422
    assert "Huawei is the supplier itself" in answer.text
    for supplier in ("", "Huawey", SCRIPT):
        assert desk.get("/positions", params={"supplier": supplier, "actor": "DE"}).status_code == 404


def test_of_two_who_set_it_at_once_the_second_is_told(as_: As) -> None:
    anna, bo = as_("Anna"), as_("Bo")
    first = setting(anna, position="restricts", since="2019-06", why="The law")
    second = setting(bo, position="permits", since="2020", why="My own reason")
    assert anna.post("/positions", data=first).status_code == 303
    told = bo.post("/positions", data=second)
    form = refused(told, "/positions", "", status=409)
    shown = dict(form.form_values())
    assert {name: shown[name] for name in ("position", "since", "why")} == {
        "position": "permits", "since": "2020", "why": "My own reason",
    }  # fmt: skip
    # What the other said stands above it; having seen that, one goes on.
    assert "Set by Anna" in what_holds(told)[0][1]
    assert shown["seen"] != second["seen"]
    assert bo.post("/positions", data=shown).status_code == 303
    judged = bo.get("/api/v1/judgements?kind=position").json()["items"]
    assert [(one["who"], one["payload"]["code"]) for one in judged] == [
        ("Anna", "restricts"),
        ("Bo", "permits"),
    ]
    assert what_holds(anna.get(HERE))[0][1].startswith("permits, 2020 Set by Bo")


def test_who_may_not_judge_is_led_to_no_form_and_gets_none(as_: As) -> None:
    reader, reviewer = as_("Lea", "reader"), as_("Anna")
    sent = setting(reviewer, position="restricts", since="2019-06")
    dossier = tree_of(reader.get("/suppliers/Huawei"))
    assert dossier.xpath("//main/@class") == ["whole reads"]
    assert not dossier.xpath("//main/div[contains(@class, 'follow')]/p[contains(@class, 'by-hand')]")
    css = reader.get("/static/workbench.css").text
    assert ".reads .by-hand { display: none; }" in css
    # The dossier itself is kept once for all: it tells of nobody.
    same = [
        etree.tostring(tree_of(one.get("/suppliers/Huawei")).xpath("//div[@id='dossier']")[0])
        for one in (reader, reviewer)
    ]
    assert same[0] == same[1]
    assert reader.get(HERE).status_code == 403
    csrf = tree_of(reader.get("/")).xpath("string(//meta[@name='csrf']/@content)")
    assert reader.post("/positions", data={**sent, "csrf": csrf}).status_code == 403
    without = {name: value for name, value in sent.items() if name != "csrf"}
    assert reviewer.post("/positions", data=without).status_code == 403
    told = {"actor": "DE", "supplier": "Huawei", "position": "restricts"}
    assert reader.post("/api/v1/positions", json=told).status_code == 403
    del told["position"]
    assert reader.get("/api/v1/positions", params=told).status_code == 200
    assert reviewer.get("/api/v1/judgements?kind=position").json()["total"] == 0


def test_the_api_sets_a_position_and_tells_what_stands_there(desk: httpx.Client) -> None:
    asked = {"actor": "Duitsland", "supplier": "huawei"}
    before = desk.get("/api/v1/positions", params={**asked, "language": "da"}).json()
    assert (before["actor"], before["supplier"], before["scope"]) == ("DE", "Huawei", "networks")
    assert (before["judgements"], before["seen"]) == ([], None)
    assert [(one["position"], one["label"], one["present"]) for one in before["held"]] == [
        ("does-not-restrict", "begrænser ikke", True)
    ]
    told = {**asked, "position": "will-restrict", "since": "2019-06", "why": " a test "}
    answer = desk.post("/api/v1/positions", json=told)
    assert answer.status_code == 201
    passed = answer.json()
    assert (passed["kind"], passed["subject"], passed["why"]) == ("position", "DE", "a test")
    assert desk.post("/api/v1/positions", json=told).json() == passed, "the same twice"
    now = desk.get("/api/v1/positions", params=asked).json()
    assert (now["seen"], now["judgements"]) == (passed["id"], [passed])
    assert [one["set_by"]["judgement"] for one in now["held"]] == [passed["id"]]
    assert [one["position"] for one in now["as_read"]] == ["does-not-restrict"]
    # Whoever has not seen it is told; from which day on is today where nothing is said.
    later = {**asked, "position": "restricts"}
    meanwhile = desk.post("/api/v1/positions", json=later)
    assert (meanwhile.status_code, meanwhile.json()["judgement"]) == (409, passed)
    done = desk.post("/api/v1/positions", json={**later, "seen": passed["id"]}).json()
    assert done["payload"]["since"] == today().isoformat()
    undone = desk.post(f"/api/v1/judgements/{done['id']}/undo").json()
    assert desk.get("/api/v1/positions", params=asked).json()["seen"] == undone["id"]
    for change, status in (
        ({"position": "bans"}, 400), ({"scope": "space"}, 400), ({"since": "soon"}, 400),
        ({"actor": ""}, 400), ({"why": HALF}, 400), ({"seen": -1}, 400), ({"seen": "1"}, 400),
        ({"more": 1}, 400), ({"actor": "Nobody"}, 404), ({"supplier": "Huawey"}, 404),
    ):  # fmt: skip
        wrong = desk.post("/api/v1/positions", content=json.dumps({**told, **change}), headers=JSON)
        assert (wrong.status_code, wrong.headers["content-type"]) == (status, "application/problem+json"), (
            change
        )
    for asks in ({"scope": "space"}, {"actor": ""}, {"supplier": None}):
        assert desk.get("/api/v1/positions", params={**asked, **asks}).status_code == 400


def test_the_client_sets_a_position(desk: httpx.Client) -> None:
    with Client(str(desk.base_url)) as client:
        seen = client.stands("DE", "Huawei")["seen"]
        passed = client.set_position("DE", "Huawei", "restricts", since="2019-06", why="a test", seen=seen)
        with pytest.raises(ApiProblem, match="since you last looked") as told:
            client.set_position("DE", "Huawei", "permits", since="2020")
        assert told.value.told["judgement"] == passed
        positions: list[Any] = client.dossier("Huawei")["positions"]
        assert [one["position"] for one in positions if one["actor"] == "DE"] == ["restricts"]
        client.undo(passed["id"])
        assert [one["set_by"] for one in client.stands("DE", "Huawei")["held"]] == [None]


def test_who_is_on_no_page_yet_may_be_named_where_the_catalogue_or_the_states_list_them(
    desk: httpx.Client,
) -> None:
    told = {"actor": "Sweden", "supplier": "Nokia", "position": "permits", "why": "as it wrote"}
    assert desk.get("/api/v1/suppliers/Nokia/dossier").status_code == 404
    done = desk.post("/api/v1/positions", json=told)
    assert (done.status_code, done.json()["subject"]) == (201, "SE"), done.text
    (position,) = desk.get("/api/v1/suppliers/Nokia/dossier").json()["positions"]
    assert (position["actor"], position["position"]) == ("SE", "permits")
    sent = setting(desk, "/positions?supplier=ZTE&actor=Danmark", position="restricts")
    led = desk.post("/positions", data=sent)
    assert led.status_code == 303, text_of(led)
    assert desk.get(led.headers["location"]).status_code == 200
