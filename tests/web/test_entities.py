"""Entities in the workbench: merged, split, recognised and dismissed, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from lxml import html
from tests.web.conftest import FIRM, serving

from onrecord.ledger import Ledger


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def tree_of(text: str) -> Any:
    return html.fromstring(text)


def send(desk: httpx.Client, place: str, action: str, **fields: str) -> httpx.Response:
    """Fill in a form of a page and send it, as a browser does."""
    tree = tree_of(desk.get(place).text)
    (token,) = tree.xpath("//meta[@name='csrf']/@content")
    return desk.post(action, data={"csrf": token, **fields})


def undone(desk: httpx.Client, answer: httpx.Response) -> None:
    (number,) = parse_qs(urlsplit(answer.headers["location"]).query)["undo"]
    assert send(desk, "/entities", "/entities/undo", judgement=number).status_code == 303


def entity(desk: httpx.Client, name: str) -> dict[str, object]:
    told: dict[str, object] = desk.get("/api/v1/entities/" + name).json()
    return told


def test_two_names_are_made_one_and_two_again(desk: httpx.Client) -> None:
    before = entity(desk, "Telenor")
    seen = desk.get("/compare", params={"a": "Telenor", "b": "Ericsson"})
    assert seen.status_code == 200
    assert "Likeness of the names" in seen.text
    done = send(desk, "/compare?a=Telenor&b=Ericsson", "/entities/merge", key="Telenor", into="Ericsson")
    assert done.status_code == 303
    assert "now on" in desk.get(done.headers["location"]).text
    assert entity(desk, "Telenor")["key"] == "Ericsson"
    undone(desk, done)
    assert entity(desk, "Telenor") == before
    assert desk.get("/api/v1/audit").json()["whole"]


def test_a_name_means_another_on_one_page(desk: httpx.Client) -> None:
    statement = desk.get("/api/v1/statements", params={"entity": "Huawei"}).json()["items"][0]
    done = send(desk, "/entities", "/entities/split", key="Huawei", page=statement["page"], into="Honor")
    assert done.status_code == 303
    told = desk.get("/api/v1/statements", params={"page": statement["page"]}).json()["items"]
    assert any("Honor" in (one["actor"], one["target"]) for one in told)
    undone(desk, done)


def test_a_mention_is_recognised_with_what_it_is(desk: httpx.Client) -> None:
    done = desk.post(
        "/api/v1/entities/recognise",
        json={"entity": FIRM, "kind": "company", "country": "NO", "also": ["E. Ltd"], "part_of": "Telenor"},
    )
    assert done.status_code == 200
    told = entity(desk, "E. Ltd")
    assert (told["recognition"], told["country"]) == ("recognised", "NO")
    assert "Telenor" in tree_of(desk.get("/entities/E.%20Ltd").text).xpath("string(//ul[@class='tree'])")
    wrong = desk.post("/api/v1/entities/recognise", json={"entity": FIRM, "country": "Atlantis"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (400, "application/problem+json")
    assert desk.post("/api/v1/entities/dismiss", json={"entity": FIRM}).json()["kind"] == "dismiss"


@pytest.mark.parametrize("into", ["Klassekampen", "Spark New Zealand", FIRM])
def test_whoever_takes_a_merge_back_stays_with_the_entity(desk: httpx.Client, into: str) -> None:
    done = send(desk, "/entities", "/entities/merge", key="Telenor", into=into)
    place, _, said = done.headers["location"].partition("?")
    assert "undo=" in said
    form = tree_of(desk.get(done.headers["location"]).text).xpath("//div[@role='status']//form")[0]
    back = desk.post("/entities/undo", data=dict(form.form_values()))
    assert (back.status_code, back.headers["location"]) == (303, f"{place}?said=done_undone")
    assert desk.get(back.headers["location"]).status_code == 200


def test_without_its_token_a_form_changes_nothing(desk: httpx.Client) -> None:
    before = desk.get("/api/v1/judgements").json()
    for token in ({}, {"csrf": ""}, {"csrf": "x" * 32}):
        answer = desk.post("/entities/merge", data={"key": "Telenor", "into": "Ericsson", **token})
        assert answer.status_code == 403
    assert desk.get("/api/v1/judgements").json() == before


def test_a_search_is_narrowed_and_widened(desk: httpx.Client) -> None:
    whole = desk.get("/api/v1/search", params={"q": "Huawei", "limit": 500}).json()
    dutch = whole["facets"]["language"]["nl"]
    tree = tree_of(desk.get("/search", params={"q": "Huawei"}).text)
    (link,) = tree.xpath("//nav[@class='facets']//a[.='Dutch']/@href")
    narrowed = tree_of(desk.get(link).text)
    assert places(narrowed) == dutch
    (wider,) = narrowed.xpath("//ul[@class='taken']//a/@href")
    assert places(tree_of(desk.get(wider).text)) == len(whole["items"])
    # Names have no language.
    assert whole["things"]["entity"]["total"]
    in_dutch = desk.get("/api/v1/search", params={"q": "Huawei", "in_language": "nl"}).json()
    assert (in_dutch["things"], set(in_dutch["facets"]["kind"])) == ({}, {"page", "statement"})


def places(tree: Any) -> int:
    """How many pages and statements a search shows."""
    return len(tree.xpath("//section[@aria-labelledby='h-hits']//a[not(@rel)]"))


def test_what_the_catalogue_lists_and_no_page_names_is_shown_and_compared(desk: httpx.Client) -> None:
    """Of a name that waits the nearest known is mostly such a one: its links lead somewhere."""
    said = desk.get("/api/v1/pages").json()["items"][0]["id"]
    words = {
        "page": said,
        "start": 0,
        "end": 20,
        "type": "supply",
        "actor": "Klasekampen",
        "target": "Huawei",
    }
    assert desk.post("/api/v1/statements", json=words).status_code == 201
    tree = tree_of(desk.get("/entities").text)
    near = tree.xpath("//section[@aria-labelledby='h-waiting']//td//a/@href")
    assert any("Klassekampen" in one and "compare" in one for one in near), near
    assert {desk.get(one).status_code for one in near} == {200}
    listed = tree_of(desk.get("/entities/Klassekampen").text).xpath("string(//main)")
    assert "No page on record names it yet" in listed
    assert "NO" in listed
    assert "in every language" in listed
    told = entity(desk, "Klassekampen")
    assert (told["key"], told["statements"], told["pages"]) == ("Klassekampen", 0, 0)
    both = {"a": "Klassekampen", "b": "Klasekampen"}
    seen = tree_of(desk.get("/compare", params=both).text)
    assert "No page on record names it yet" in seen.xpath("string(//main)")
    forms = seen.xpath("//form[@action='/entities/merge']")
    merges = [dict(form.form_values()) for form in forms]
    assert [(one["key"], one["into"]) for one in merges] == [("Klasekampen", "Klassekampen")], (
        "of the listed one nothing is on record that could be another's"
    )
    assert desk.get("/api/v1/compare", params=both).json()["a"]["called"][0]["name"] == "Klassekampen"
    assert desk.get("/api/v1/entities/Nobody%20at%20all").status_code == 404


@pytest.mark.parametrize("place", ["/", "/entities"])
def test_a_waiting_name_is_said_to_be_one_that_the_catalogue_alone_lists(
    desk: httpx.Client, place: str
) -> None:
    def waiting() -> list[str]:
        names: list[str] = tree_of(desk.get(place).text).xpath(
            "//section[@aria-labelledby='h-waiting']//input[@name='into']/../../input[@name='key']/@value"
        )
        return names

    (form,) = (
        one
        for one in tree_of(desk.get(place).text).xpath("//form[@action='/entities/merge']")
        if dict(one.form_values())["key"] == FIRM
    )
    (names,) = form.xpath(".//input[@name='into']/@list")
    assert "Norway" in form.getroottree().xpath(f"//datalist[@id='{names}']/option/@value")
    told: dict[str, str] = {**dict(form.form_values()), "into": "Kina Telecom Nobody", "why": "as it signs"}
    again = tree_of(desk.post("/entities/merge", data=told).text)
    (field,) = again.xpath("//input[@aria-invalid='true']")
    assert (field.get("name"), field.get("value")) == ("into", "Kina Telecom Nobody")
    assert FIRM in waiting()
    assert entity(desk, "Klassekampen")["pages"] == 0
    done = desk.post("/entities/merge", data={**told, "into": "klassekampen"})
    assert done.status_code == 303, done.text[-900:]
    shown = tree_of(desk.get(done.headers["location"]).text)
    assert FIRM in shown.xpath("string(//section[@aria-labelledby='h-names'])")
    assert FIRM not in waiting()
    now = entity(desk, "Klassekampen")
    assert (now["key"], now["kind"], now["country"], now["pages"]) == ("Klassekampen", "outlet", "NO", 1)
    assert entity(desk, FIRM)["key"] == "Klassekampen"
    undone(desk, done)
    assert FIRM in waiting()
    over_http = {"entity": FIRM, "into": "Klassekampen"}
    assert desk.post("/api/v1/entities/merge", json=over_http).json()["payload"] == {"into": "Klassekampen"}


def test_a_name_is_part_of_one_that_the_catalogue_alone_lists(desk: httpx.Client) -> None:
    told = {"key": FIRM, "part_of": "klassekampen"}
    assert send(desk, "/entities", "/entities/recognise", **told).status_code == 303
    shown = tree_of(desk.get(httpx.URL("/").copy_with(path="/entities/" + FIRM)).text)
    assert "Klassekampen" in shown.xpath("string(//ul[@class='tree'])")
