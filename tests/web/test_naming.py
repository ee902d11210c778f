"""Fields that take an entity: they show names in the reader's language, take any name, and guess nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.conftest import FIRM, serving
from tests.web.test_written import filled, form_at, refused, tree_of

from onrecord.ledger import Ledger


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """The workbench of a ledger that the test may change."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def about_norway(desk: httpx.Client) -> dict[str, Any]:
    """The statement that a firm supplies Norway."""
    told = desk.get("/api/v1/statements", params={"entity": "NO", "limit": 100}).json()["items"]
    found: dict[str, Any] = next(one for one in told if one["target"] == "NO")
    return found


@pytest.mark.parametrize(("language", "name"), [("da", "Norge"), ("nl", "Noorwegen"), ("en", "Norway")])
def test_a_state_is_shown_by_its_name_with_its_key_beside_it(
    desk: httpx.Client, language: str, name: str
) -> None:
    one = about_norway(desk)
    for place in (f"/statements/{one['id']}", f"/review?at={one['id']}"):
        tree = tree_of(desk.get(httpx.URL(place).copy_merge_params({"language": language})))
        (link,) = tree.xpath("//main//dl[@class='facts']//dd/a[@href and contains(@href, '/entities/NO')]")
        assert (link.text_content(), link.getnext().text_content()) == (name, "NO")
    (field,) = tree.xpath("//input[@id='c-target']")
    assert (field.get("value"), field.getnext().text_content()) == (name, "NO")
    assert name in tree.xpath("//datalist[@id='c-names']/option/@value")
    # As it is shown it is no change.
    action = "/review/judge"
    form = tree.xpath("//details[summary/@data-key='c']//form")[0]
    refused(desk.post(form.get("action"), data={**filled(form), "kind": "correct"}), action, "type")


@pytest.mark.parametrize("told", ["Denemarken", "DK", "dk", "danmark", "Dänemark", "Denmark (DK)"])
def test_a_correction_takes_a_name_in_any_language_or_a_key(desk: httpx.Client, told: str) -> None:
    one = about_norway(desk)
    tree = tree_of(desk.get(f"/review?at={one['id']}"))
    form = tree.xpath("//details[summary/@data-key='c']//form")[0]
    done = desk.post(form.get("action"), data={**filled(form), "kind": "correct", "target": told})
    assert done.status_code == 303, done.text[:2000]
    assert desk.get(f"/api/v1/statements/{one['id']}").json()["judgement"]["payload"] == {"target": "DK"}


def test_a_name_of_several_is_refused_with_all_of_them(desk: httpx.Client) -> None:
    recognise = form_at(desk, f"/entities/{httpx.URL('/').copy_with(path='/' + FIRM).raw_path[1:].decode()}",
                        "/entities/recognise")  # fmt: skip
    assert desk.post("/entities/recognise", data=filled(recognise, also="Nordlys")).status_code == 303
    other = form_at(desk, "/entities/Telenor", "/entities/recognise")
    assert (
        desk.post("/entities/recognise", data=filled(other, also="Nordlys", country="Norge")).status_code
        == 303
    )
    page = desk.get("/api/v1/pages").json()["items"][0]["id"]
    split = filled(form_at(desk, "/entities/Huawei", "/entities/split"), page=page, into="nordlys")
    answer = desk.post("/entities/split?language=da", data=split)
    form = refused(answer, "/entities/split", "into")
    told = form.xpath("string(.//*[@role='alert'])")
    assert "(Telenor)" in told
    assert f"({FIRM})" in told
    assert dict(form.form_values())["into"] == "nordlys"
    # Side by side they are asked for in the same way.
    unsure = desk.get("/compare", params={"a": "Nordlys", "b": "Huawei"})
    assert refused(unsure, "/compare", "a") is not None
    nobody = desk.get("/compare", params={"a": "Huawei", "b": "Nobody at all"})
    assert dict(refused(nobody, "/compare", "b").form_values()) == {"a": "Huawei", "b": "Nobody at all"}
    split["into"] = "Nordlys (Telenor)"
    assert desk.post("/entities/split", data=split).status_code == 303
    api = desk.post("/api/v1/entities/merge", json={"entity": "Nordlys", "into": "Huawei"})
    assert (api.status_code, sorted(api.json()["nearest"])) == (400, sorted([FIRM, "Telenor"]))


def test_words_are_said_of_whom_a_name_in_any_language_means(desk: httpx.Client) -> None:
    page = next(one for one in desk.get("/api/v1/pages").json()["items"] if one["language"] == "nl")
    place = f"/pages/{page['id']}/say?start=40&end=60"
    form = form_at(desk, place, f"/pages/{page['id']}/say", language="da")
    assert "Tyskland" in form.xpath(".//datalist/option/@value")
    sent = filled(form, actor="Tyskland", target="huawei", source="Noorwegen, Nordlys Weekly", do="say")
    done = desk.post(f"/pages/{page['id']}/say", data=sent)
    assert done.status_code == 303
    assert done.headers["location"].startswith(f"/pages/{page['id']}?said=done_stated"), done.headers
    said = [
        one
        for one in desk.get(f"/api/v1/pages/{page['id']}").json()["statements"]
        if one["rule"] == "by-hand"
    ]
    assert [(one["actor"], one["target"], one["source"]) for one in said] == [
        ("DE", "Huawei", ["NO", "Nordlys Weekly"])
    ]
