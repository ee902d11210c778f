"""The API: what one put off, what needs a second person, and how far those who review agree. `serving` holds
every answer against its description."""

from __future__ import annotations

from typing import Any

import httpx
from tests.web.conftest import As

API = "/api/v1/review"


def items(client: httpx.Client, place: str, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(place, params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def ids(client: httpx.Client, place: str = "", **asked: Any) -> list[str]:
    return [one.get("statement", one)["id"] for one in items(client, f"{API}{place}", **asked)]


def test_what_is_put_off_comes_last_until_it_is_taken_back(as_: As) -> None:
    anna, bo, reader = as_("Anna"), as_("Bo"), as_("Cleo", "reader")
    before = ids(anna)
    for one in (before[1], before[0]):
        assert anna.put(f"{API}/skipped/{one}").status_code == 204
    assert ids(anna, "/skipped") == [before[1], before[0]]
    assert ids(anna) == [*before[2:], before[1], before[0]]
    assert (ids(bo), ids(bo, "/skipped")) == (before, [])
    assert f'value="{before[2]}"' in anna.get("/review").text
    assert [one["id"] for one in items(anna, f"{API}/skipped", limit=1)] == [before[1]]
    for _ in range(2):
        assert anna.delete(f"{API}/skipped/{before[0]}").status_code == 204
    assert ids(anna, "/skipped") == [before[1]]
    assert anna.put(f"{API}/skipped/ffffffffffff").status_code == 404
    assert reader.put(f"{API}/skipped/{before[0]}").status_code == 403
    assert reader.delete(f"{API}/skipped/{before[0]}").status_code == 403


def test_what_needs_a_second_person_is_said_by_administrators(as_: As) -> None:
    head, anna = as_("Head", "administrator"), as_("Anna")
    assert anna.get(f"{API}/settings").json() == {"types": [], "stakes": None}
    told = {"types": ["restriction"], "stakes": 7.5}
    assert anna.put(f"{API}/settings", json=told).status_code == 403
    assert head.put(f"{API}/settings", json=told).json() == told
    assert anna.get(f"{API}/settings").json() == told
    assert 'value="7.5"' in head.get("/review/settings").text
    for wrong in ({"types": ["praise"]}, {"types": [], "stakes": 0}, {"stakes": 3}, {"types": [], "more": 1}):
        assert head.put(f"{API}/settings", json=wrong).status_code == 400
    assert anna.get(f"{API}/settings").json() == told


def test_the_second_does_not_see_what_the_first_said_and_agreement_is_counted(as_: As) -> None:
    head, anna, bo = as_("Head", "administrator"), as_("Anna"), as_("Bo")
    head.put(f"{API}/settings", json={"types": ["restriction"]})
    first, second, *_ = ids(anna, type="restriction")

    def judge(who: httpx.Client, one: str, kind: str, seen: int | None = None) -> dict[str, Any]:
        told = {"kind": kind, "statements": [one], "seen": seen, "why": f"a reason to {kind}"}
        answer = who.post("/api/v1/judgements", json=told)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    passed = {one: judge(anna, one, kind)["id"] for one, kind in ((first, "reject"), (second, "accept"))}
    assert set(ids(bo, "/second")) == {first, second}
    for waits in items(bo, f"{API}/second"):
        assert {name: waits["judgement"][name] for name in ("kind", "why", "payload", "who")} == {
            "kind": "withheld",
            "why": "",
            "payload": {},
            "who": "Anna",
        }
        assert waits["counts"]
    assert all(one["judgement"]["who"] == "Anna" for one in items(anna, f"{API}/second"))
    assert anna.get(f"{API}/progress").json()["agreements"] == []
    for one, number in passed.items():
        judge(bo, one, "accept", number)
    assert ids(bo, "/second") == []
    [told] = items(bo, f"{API}/disagreed")
    assert told["statement"]["id"] == first
    assert [told[one]["who"] for one in ("first", "second")] == ["Anna", "Bo"]
    assert [told[one]["kind"] for one in ("first", "second")] == ["reject", "accept"]
    progress = bo.get(f"{API}/progress").json()
    assert progress["waiting"] == bo.get(API).json()["total"]
    assert (progress["second"], progress["disagreed"], progress["pairs"]) == (0, 1, 2)
    assert {one["who"]: one["today"] for one in progress["done"] if one["who"] in ("Anna", "Bo")} == {
        "Anna": 2,
        "Bo": 2,
    }
    [agreement] = progress["agreements"]
    assert (agreement["persons"], agreement["n"], agreement["agreed"]) == (["Anna", "Bo"], 2, 1)
    # A further judgement by either settles it.
    judge(anna, first, "accept", told["second"]["id"])
    assert ids(bo, "/disagreed") == []
