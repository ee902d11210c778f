"""The API: what moved, on a supplier, on a list and in a register; each as the workbench and the command line
tell it. `serving` holds every answer against its description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import FIRM, list_of, serving
from tests.web.registers import REGISTER, ended
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.ledger import Ledger
from onrecord.lists import add_list


@pytest.fixture
def ours(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def on_the_command_line(place: Path, *asked: str) -> object:
    told = CliRunner().invoke(app, ["--ledger", str(place), *asked])
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)


def test_what_moved_between_two_dates_is_what_the_command_line_tells(web: httpx.Client, filled: Path) -> None:
    given = {"since": "2019-01", "until": "2019-04"}
    told = web.get("/api/v1/suppliers/Huawei/changes", params=given).json()
    assert [told] == on_the_command_line(
        filled, "changes", "Huawei", "--since", "2019-01", "--until", "2019-04", "--format", "json"
    )
    assert [one["actor"] for one in told["moves"] if one["kind"] == "position"] == ["Telenor"]
    quoted = told["moves"][0]["lines"][0]["statements"][0]
    assert web.get(f"/api/v1/statements/{quoted}").json()["published"] == "2019-03-04"
    later = web.get("/api/v1/suppliers/Huawei/changes?since=2019-04").json()
    assert not {one["id"] for one in told["moves"]} & {one["id"] for one in later["moves"]}
    before = web.get("/api/v1/suppliers/Huawei/changes?since=2019-01&known_at=2019-01-01").json()
    assert before["moves"] == []
    for wrong in ("", "?since=soon", "?since=2019-05&until=2019-03"):
        assert web.get(f"/api/v1/suppliers/Huawei/changes{wrong}").status_code == 400
    assert "Huawei" in web.get("/api/v1/suppliers/Huawey/changes?since=2019").json()["nearest"]


def test_standing_over_time_is_what_the_command_line_tells(web: httpx.Client, filled: Path) -> None:
    told = web.get("/api/v1/suppliers/Huawei/over-time").json()
    assert told == on_the_command_line(filled, "standing", "Huawei", "--over-time", "--format", "json")
    assert told["periods"][-1]["sides"]["against"] >= 1
    assert "etag" in web.get("/api/v1/suppliers/Huawei/over-time").headers
    danish = web.get("/api/v1/suppliers/Huawei/over-time?language=da&as_of=2019-03").json()
    assert danish["as_of"] == "2019-03"
    assert len(danish["changes"]) < len(told["changes"])


def test_two_versions_of_a_list_are_compared(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger) as client:
        add_list(ledger, list_of("2019-08-01", "Huawei Technologies", "Third Works"), who="me")
        first, second, third = (
            one["version"] for one in client.get("/api/v1/lists/ours/versions").json()["items"]
        )
        told = client.get("/api/v1/lists/ours/changes").json()
        assert (told["before"]["version"], told["after"]["version"]) == (second, third)
        told = client.get("/api/v1/lists/ours/changes", params={"start": first, "end": second}).json()
        assert (told["before"]["version"], told["after"]["version"]) == (first, second)
        assert [one["names"][0]["text"] for one in told["added"]] == [FIRM]
        assert client.get("/api/v1/lists/ours/changes?end=999").status_code == 404


def test_entries_of_a_list_are_had_with_their_history(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger) as client:
        add_list(ledger, list_of("2019-08-01", "Other Works"), who="me", shrunk=True)
        first = client.get("/api/v1/lists/ours/versions").json()["items"][0]["version"]
        ids = [one["id"] for one in client.get("/api/v1/lists/ours/entries").json()["items"]]
        assert ids == ["Other Works"]
        then = client.get("/api/v1/lists/ours/entries", params={"version": first, "q": "huawei"}).json()
        assert [one["names"][0]["text"] for one in then["items"]] == ["Huawei Technologies"]
        told = client.get("/api/v1/lists/ours/entries/Huawei%20Techn?on=2019-03-01").json()
        assert [one["stands"] for one in told["versions"]] == [False, True, True]
        assert told["listing"]["listed"] == "yes"
        assert told["party"]["since"] == "2019-01-02"
        assert client.get("/api/v1/lists/ours/entries/Nobody").status_code == 404
        assert client.get("/api/v1/lists/ours/entries/Other%20Works?on=soon").status_code == 400


def test_two_checks_of_a_register_are_compared(ours: httpx.Client) -> None:
    def checked(text: str) -> str:
        sent = {"file": ("ours.csv", text.encode())}
        assert ours.post("/api/v1/register", files=sent).status_code == 201
        asked = {"register": "ours", "home": "NO"}
        return str(ended(ours, ours.post("/api/v1/checks", json=asked))["result"])

    first = checked(REGISTER)
    # A line less, and another state of the first.
    second = checked("\n".join(REGISTER.replace(",NO,radio", ",DK,radio").splitlines()[:-1]) + "\n")
    told = ours.get(f"{first}/compare").json()
    assert (told["register"], told["last"]) == ("ours", None)
    whole = ours.get(second).json()
    told = ours.get(f"{second}/compare").json()
    assert (told["last"], told["whole"]) == (whole["last"], True)
    was, now = ([pair[at]["id"] for pair in told["changed"]] for at in ("was", "now"))
    assert {one["id"] for one in told["gone"]} | set(was) == {one["id"] for one in whole["gone"]}
    assert told["gone"]
    fresh = {one["id"] for one in whole["findings"] if one["new"]}
    assert {one["id"] for one in told["new"]} | set(now) == fresh
    new = ours.get(f"{second}/findings?new=yes").json()
    assert {one["id"] for one in new["items"]} == fresh
    assert ours.get("/api/v1/checks/99/compare").status_code == 404


def test_findings_are_had_in_parts_the_gravest_first(ours: httpx.Client) -> None:
    ours.post("/api/v1/register", files={"file": ("ours.csv", REGISTER.encode())})
    made = ended(ours, ours.post("/api/v1/checks", json={"register": "ours", "home": "NO"}))["result"]
    whole = ours.get(f"{made}/findings").json()
    assert whole["total"] == len(ours.get(made).json()["findings"])
    found, after = [], 0
    while after is not None:
        part = ours.get(f"{made}/findings", params={"limit": 1, "after": after}).json()
        found += part["items"]
        after = part["next"]
    assert found == whole["items"]
    kind = whole["items"][0]["kind"]
    some = ours.get(f"{made}/findings", params={"kind": kind}).json()["items"]
    assert some == [one for one in whole["items"] if one["kind"] == kind]
    assert ours.get(f"{made}/findings?kind=none").status_code == 400
