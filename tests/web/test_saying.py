"""The reader's forms and API: words of a page become a statement; originals are text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from lxml import html
from tests.web.conftest import SCRIPT, serving

from onrecord.ledger import Ledger

ASKED = {
    "type": "risk",
    "status": "alleged",
    "actor": "Huawei",
    "target": "Norway",
    "source": "Telenor, Nordlys Weekly",
}


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def tree_of(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text[:300]
    return html.fromstring(answer.content.decode())


def page_in(desk: httpx.Client, language: str, outlet: bool = False) -> dict[str, Any]:
    found: list[dict[str, Any]] = desk.get("/api/v1/pages").json()["items"]
    return next(one for one in found if one["language"] == language and bool(one["outlet"]) == outlet)


def post(desk: httpx.Client, path: str, **fields: object) -> httpx.Response:
    token = re.search(r'name="csrf" content="([^"]+)"', desk.get("/").text)
    assert token
    return desk.post(path, data={**fields, "csrf": token[1]})


def test_words_are_said_previewed_and_taken_back_without_a_script(desk: httpx.Client) -> None:
    page = page_in(desk, "nl")
    # An unread sentence leads to the form, with its words marked.
    tree = tree_of(desk.get(f"/pages/{page['id']}"))
    (address,) = tree.xpath("//ol[contains(@class,'unread-list')]//a/@href")[:1]
    form = tree_of(desk.get(address))
    assert "spionage" in form.xpath("string(//blockquote/mark)")
    place = {name: form.xpath(f"string(//input[@name='{name}']/@value)") for name in ("start", "end")}
    assert "Huawei" in form.xpath("//datalist/option/@value")
    # To see how it will read writes nothing, and keeps what was filled in.
    state = desk.get("/api/v1/pages").headers["etag"]
    back = post(desk, f"/pages/{page['id']}/say?language=da", do="preview", **place, **ASKED)
    assert back.status_code == 303
    assert "csrf" not in dict(parse_qsl(urlsplit(back.headers["location"]).query))
    seen = tree_of(desk.get(back.headers["location"]))
    assert seen.xpath("string(//div[@id='preview']//p[@class='reads'])").startswith("Telenor og Nordlys")
    assert "Nordlys Weekly" in seen.xpath("string(//div[@id='preview'])")
    assert seen.xpath("string(//input[@id='source']/@value)") == ASKED["source"]
    assert desk.get("/api/v1/pages").headers["etag"] == state
    # Said, it stands on the page with its words marked, and can be undone.
    done = post(desk, f"/pages/{page['id']}/say", do="say", why="plain", **place, **ASKED)
    assert done.status_code == 303
    query = dict(parse_qsl(urlsplit(done.headers["location"]).query))
    assert query["said"] == "done_stated"
    shown = tree_of(desk.get(done.headers["location"]))
    assert any("spionage" in mark.text_content() for mark in shown.xpath("//mark"))
    now = desk.get(f"/api/v1/pages/{page['id']}").json()
    assert (len(now["statements"]), now["unread"]) == (page["statements"] + 1, page["unread"] - 1)
    (number,) = shown.xpath("//div[@role='status']//input[@name='number']/@value")
    assert number == query["undo"]
    assert post(desk, f"/pages/{page['id']}/unsay", number=number).status_code == 303
    again = desk.get(f"/api/v1/pages/{page['id']}").json()
    assert (len(again["statements"]), again["unread"]) == (page["statements"], page["unread"])
    assert post(desk, f"/pages/{page['id']}/unsay", number="999").status_code == 400


def test_words_are_found_on_the_page_and_what_is_unclear_is_told(desk: httpx.Client) -> None:
    page = page_in(desk, "en")
    address = f"/pages/{page['id']}/say"
    once = tree_of(desk.get(address, params={"words": "  the operator\n said on MONDAY "}))
    assert once.xpath("string(//blockquote/mark)") == "the operator said on Monday"
    several = tree_of(desk.get(address, params={"words": "Huawei"}))
    places = several.xpath("//ol[@class='said']//a/@href")
    assert len(places) >= 3
    assert tree_of(desk.get(places[1])).xpath("string(//blockquote/mark)") == "Huawei"
    nowhere = tree_of(desk.get(address, params={"words": SCRIPT}))
    assert nowhere.xpath("//*[@role='alert']")
    assert nowhere.xpath("string(//textarea)") == SCRIPT
    for wrong in ("at=3&to=1", "at=0&to=999999", "start=x&end=3", "start=0&end=99999999999"):
        assert desk.get(f"{address}?{wrong}").status_code == 400
    # What cannot be a statement comes back with what was filled in, and why.
    fields = {"type": "risk", "actor": "Huawei", "when": "soon", "status": "alleged", "why": "as it says"}
    back = post(desk, address, do="say", start=40, end=60, stood=f"{address}?start=40&end=60", **fields)
    assert back.status_code == 422
    told: Any = html.fromstring(back.content.decode())
    (form,) = told.xpath("//form[contains(@class, 'saying')]")
    assert {name: dict(form.form_values())[name] for name in fields} == fields
    (at_fault,) = form.xpath(".//*[@aria-invalid='true']")
    assert at_fault.get("name") == "when"
    assert "2019-01" in form.xpath("string(.//*[@role='alert'])")
    assert desk.post(address, data={"do": "say"}).status_code == 403, "a form of another's"


def test_hover_cards_are_there_for_each_mark_and_link_both_ways(desk: httpx.Client) -> None:
    for one in desk.get("/api/v1/pages").json()["items"]:
        tree = tree_of(desk.get(f"/pages/{one['id']}?language=da"))
        numbers = {n for said in tree.xpath("//mark/@data-said") for n in said.split()}
        assert numbers <= {str(n + 1) for n in range(one["statements"])}
        ids = set(tree.xpath("//@id"))
        assert {link[1:] for link in tree.xpath("//main//a[starts-with(@href, '#')]/@href")} <= ids
        for number in numbers:
            assert {f"s-{number}", f"q-{number}"} <= ids
            assert tree.xpath(f"//li[@id='s-{number}']//dl//code")


def test_the_original_is_text_and_never_a_page(desk: httpx.Client) -> None:
    evil = page_in(desk, "en", outlet=True)
    plain = desk.get(f"/pages/{evil['id']}/original")
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in plain.headers["content-security-policy"]
    told = desk.get(f"/api/v1/pages/{evil['id']}/original").json()
    assert SCRIPT in told["original"]
    assert plain.text == told["original"]
    page = desk.get(f"/api/v1/pages/{evil['id']}").json()
    for said in page["statements"]:
        assert told["original"][said["start"] : said["end"]] == said["quote"]
    tree = tree_of(desk.get(f"/pages/{evil['id']}?original=yes"))
    assert tree.xpath("string(//pre)").replace("¶", "") == told["original"]
    assert "READ ALSO" in tree.xpath("string(//pre/del)")
    assert not tree.xpath("//main//script | //main//img")


def test_the_api_takes_a_statement_and_says_what_is_wrong(desk: httpx.Client) -> None:
    page = page_in(desk, "nl")
    quote = "zei een minister maandag in Berlijn"
    asked = {
        "page": page["id"],
        "quote": quote,
        "type": "request",
        "actor": "DE",
        "target": "Huawei",
        "why": "a test",
    }
    answer = desk.post("/api/v1/statements?language=nl", json=asked)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["quote"], told["rule"], told["confidence"], told["counts"]) == (quote, "by-hand", 1.0, True)
    assert told["said"]["why"] == "a test"
    assert desk.get(answer.headers["location"]).json()["id"] == told["id"]
    assert desk.post("/api/v1/statements", json=asked).json()["said"]["id"] == told["said"]["id"], (
        "the same twice"
    )
    assert desk.post("/api/v1/statements", json={**asked, "why": "again"}).status_code == 409
    for change in (
        {"quote": "no such words"}, {"quote": "Huawei"}, {"quote": None}, {"type": "gossip"},
        {"when": "soon"}, {"start": -1, "end": 3}, {"actor": ""},
    ):  # fmt: skip
        wrong = desk.post("/api/v1/statements", json={**asked, **change})
        assert (wrong.status_code, wrong.headers["content-type"]) == (400, "application/problem+json"), change
    assert desk.post("/api/v1/statements", json={**asked, "page": "ffffffff"}).status_code == 404
    for change in ({"actor": None, "target": None}, {"start": 0, "end": 9}):
        assert desk.post("/api/v1/statements", json={**asked, **change}).status_code == 409
