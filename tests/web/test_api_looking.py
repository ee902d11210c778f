"""The API: what a person looks at to judge: two names side by side, an entity with its names, a page with its
marks, and work that is under way. `serving` holds every answer against its description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import FIRM, serving
from tests.web.registers import REGISTER, ended

from onrecord.ledger import Ledger


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def test_two_names_are_told_side_by_side(desk: httpx.Client) -> None:
    told = desk.get("/api/v1/compare", params={"a": "Huawei", "b": "ericsson"}).json()
    assert [told[side]["entity"]["key"] for side in ("a", "b")] == ["Huawei", "Ericsson"]
    assert not told["one"]
    # The page about the harbour names both.
    assert told["pages_in_common"] == 1
    assert told["likeness"]["relation"] != "same"
    assert {one["language"] for one in told["a"]["called"]} >= {"en", "nl"}
    assert told["a"]["entity"] == desk.get("/api/v1/entities?kind=company").json()["items"][0]
    assert told["a"]["statements"]
    merged = desk.post("/api/v1/entities/merge", json={"entity": "Ericsson", "into": "Huawei"})
    assert merged.status_code == 200
    assert desk.get("/api/v1/compare", params={"a": "Huawei", "b": "Ericsson"}).json()["one"]
    assert desk.get("/api/v1/compare?a=Huawei&b=Nobody").status_code == 404
    assert desk.get("/api/v1/compare?a=Huawei").status_code == 400


def test_an_entity_is_told_with_its_names_and_its_family(desk: httpx.Client) -> None:
    told = desk.get("/api/v1/entities/Huawei").json()
    languages = {one["language"] for one in told["called"] if one["name"] == "Huawei"}
    assert languages >= {"en", "nl"}
    assert all(one["pages"] >= 1 for one in told["called"])
    mention = {"entity": FIRM, "kind": "company", "name": FIRM, "part_of": "Huawei", "why": "its own word"}
    passed = desk.post("/api/v1/entities/recognise", json=mention).json()
    [above, *_] = desk.get(f"/api/v1/entities/{passed['subject']}").json()["above"]
    assert (above["key"], above["steps"], above["who"]) == ("Huawei", 1, passed["who"])
    below = desk.get("/api/v1/entities/Huawei").json()["below"]
    assert [one["part_of"] for one in below if one["who"]] == ["Huawei"]


def test_a_page_is_told_in_pieces_with_its_marks(web: httpx.Client) -> None:
    for one in web.get("/api/v1/pages").json()["items"]:
        page = web.get(f"/api/v1/pages/{one['id']}").json()
        told = web.get(f"/api/v1/pages/{one['id']}/marked").json()
        assert told["dropped"] == page["dropped"]
        pieces = [piece for block in told["blocks"] for piece in block["pieces"]]
        for piece in pieces:
            assert page["text"][piece["at"] : piece["at"] + len(piece["text"])] == piece["text"]
        for statement in page["statements"]:
            marked = "".join(piece["text"] for piece in pieces if statement["id"] in piece["said"])
            assert marked == statement["quote"]
        assert any(piece["unread"] for piece in pieces) == bool(page["unread_sentences"])
    assert web.get("/api/v1/pages/ffffffff/marked").status_code == 404


def test_work_in_the_background_is_listed_the_last_first(desk: httpx.Client) -> None:
    assert desk.get("/api/v1/jobs").json()["items"] == []
    desk.post("/api/v1/register", files={"file": ("ours.csv", REGISTER.encode())})
    checked = ended(desk, desk.post("/api/v1/checks", json={"register": "ours"}))
    read = ended(desk, desk.post("/api/v1/sources", files={"files": ("a.txt", b"2019-03-04\n\nA title\n")}))
    assert desk.get("/api/v1/jobs").json()["items"] == [read, checked]
    first = desk.get("/api/v1/jobs?limit=1").json()
    assert desk.get("/api/v1/jobs", params={"after": first["next"]}).json()["items"] == [checked]
