"""The API: lists and registers looked at before they are kept. `serving` holds every answer against its
description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.conftest import serving
from tests.web.registers import REGISTER

from onrecord.ledger import Ledger
from onrecord.team import Person


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def test_a_list_is_looked_at_and_not_kept(desk: httpx.Client) -> None:
    def preview(text: str, **data: str) -> dict[str, Any]:
        sent = {"files": ("board.csv", text.encode())}
        answer = desk.post("/api/v1/lists/preview", files=sent, data=data)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    first = "name,since\nHuawei Technologies,2019-01-02\nThird Works,2019-01-02\n"
    told = preview(first, issued="2019-08-01")
    assert (told["list"], told["before"], told["entries"], told["whole"]) == ("board", None, 2, True)
    assert [one["id"] for one in told["added"]] == ["Huawei Technologies", "Third Works"]
    assert [one["list"] for one in desk.get("/api/v1/lists").json()["items"]] == ["ours"]
    kept = {"files": ("board.csv", first.encode())}
    assert desk.post("/api/v1/lists", files=kept, data={"issued": "2019-08-01"}).status_code == 201
    told = preview("name,since\nHuawei Technologies,2019-05-21\n,2019-01-02\n", issued="2019-09-01")
    assert told["before"]["issued"] == "2019-08-01"
    assert [one["id"] for one in told["removed"]] == ["Third Works"]
    [changed] = told["changed"]
    assert changed["fields"]["since"] == {"before": "2019-01-02", "after": "2019-05-21"}
    assert (told["shrunk"], [one["line"] for one in told["unusable"]]) == (True, [3])
    assert desk.get("/api/v1/lists/board/versions").json()["total"] == 1
    page = {"files": ("board.csv", b"<html><p>No list</p></html>")}
    assert desk.post("/api/v1/lists/preview", files=page).status_code == 400
    for day, told_so in (("9999-12-31", "to come"), ("2019-02-30", "is no date")):
        refused = desk.post("/api/v1/lists", files=kept, data={"issued": day})
        assert (refused.status_code, told_so in refused.json()["detail"]) == (400, True)


def test_a_register_is_looked_at_and_not_kept(desk: httpx.Client) -> None:
    def preview(text: str, **data: Any) -> dict[str, Any]:
        sent = {"file": ("vendors.csv", text.encode())}
        answer = desk.post("/api/v1/register/preview", files=sent, data=data)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    told = preview(REGISTER)
    assert (told["register"], told["lines"], told["unusable"], told["before"]) == ("vendors", 3, [], None)
    assert told["columns"][2] == {
        "number": 3,
        "heading": "Party",
        "field": "party",
        "samples": told["columns"][2]["samples"],
    }
    assert told["columns"][2]["samples"][0] == "Huawei"
    assert desk.get("/api/v1/register").json()["total"] == 0
    told = preview("Firm,Where\nHuawei,NO\n,NO\n", map=["Firm=party", "Where=state"], sort="supplier")
    assert [one["field"] for one in told["columns"]] == ["party", "state"]
    assert (told["lines"], [one["line"] for one in told["unusable"]]) == (1, [3])
    wrong = {"file": ("vendors.csv", b"")}
    assert desk.post("/api/v1/register/preview", files=wrong).status_code == 400


def test_who_may_keep_nothing_may_send_nothing(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger, person=Person("Cleo", "reader")) as reader:
        for place, field in (("lists", "files"), ("register", "file")):
            sent = {field: ("a.csv", b"name\nHuawei\n")}
            assert reader.post(f"/api/v1/{place}/preview", files=sent).status_code == 403
