"""The API: where one is told of what moves, and that one has seen it. `serving` holds every answer against
its description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.alerts.conftest import ACCUSED, BANS, Told, hook, page_of
from tests.web.conftest import serving

from onrecord.ledger import Ledger
from onrecord.team import Channels, Team, Wish

__all__ = ["hook"]


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def test_channels_are_made_tried_and_taken_away(desk: httpx.Client, hook: Told) -> None:
    asked = {"address": hook.url, "pace": "weekly", "weekday": 4, "zone": "Europe/Copenhagen"}
    made = desk.post("/api/v1/channels", json={**asked, "quiet": "22:00-07:00", "language": "da"})
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    told = made.json()
    assert told.pop("secret").startswith("whsec_")
    assert (told["kind"], told["quiet"], told["sent"]) == ("webhook", "22:00-07:00", 0)
    listed = desk.get("/api/v1/channels")
    assert listed.json()["items"] == [told]
    assert "etag" not in listed.headers
    assert hook.url in desk.get("/watch/settings").text
    assert desk.post(f"/api/v1/channels/{told['id']}/test").json() == {"sent": True, "error": None}
    assert len(hook.got) == 1
    hook.answers = [400]
    failed = desk.post(f"/api/v1/channels/{told['id']}/test").json()
    assert not failed["sent"]
    [shown] = desk.get("/api/v1/channels").json()["items"]
    assert (shown["error"], shown["failing"] is None) == (failed["error"], False)
    assert desk.delete(f"/api/v1/channels/{told['id']}").status_code == 204
    assert desk.delete(f"/api/v1/channels/{told['id']}").status_code == 404
    assert desk.get("/api/v1/channels").json()["total"] == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "nobody"}, "address"),
        ({"address": "a@example.org", "zone": "Mars"}, "zone"),
        ({"address": "a@example.org", "hour": 25}, "hour"),
        ({"address": "a@example.org", "quiet": "22:00"}, "quiet"),
        ({"address": "a@example.org", "language": "xx"}, "language"),
        ({"address": "a@example.org", "account": 4}, "account"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(desk: httpx.Client, wrong: dict[str, str], field: str) -> None:
    answer = desk.post("/api/v1/channels", json=wrong)
    assert answer.status_code == 400
    assert field in answer.json()["errors"][0]["parameter"]
    assert desk.get("/api/v1/channels").json()["total"] == 0


def test_nobody_is_told_twice_at_one_address(desk: httpx.Client) -> None:
    assert desk.post("/api/v1/channels", json={"address": "desk@example.org"}).status_code == 201
    again = desk.post("/api/v1/channels", json={"address": "Desk@Example.org", "pace": "daily"})
    assert again.status_code == 409
    assert "Desk@Example.org already" in again.json()["detail"]
    assert desk.get("/api/v1/channels").json()["total"] == 1
    assert desk.post("/api/v1/channels", json={"address": "other@example.org"}).status_code == 201


def test_another_accounts_channels_are_not_ones_own(own: Path) -> None:
    with Ledger(own) as ledger, Team(ledger.place) as team, serving(ledger) as client:
        theirs = Channels(team).add(4, Wish("email", "them@example.org"))
        assert client.get("/api/v1/channels").json()["items"] == []
        assert client.delete(f"/api/v1/channels/{theirs.id}").status_code == 404
        assert client.post(f"/api/v1/channels/{theirs.id}/test").status_code == 404
        assert len(Channels(team).of(4)) == 1


def test_what_was_seen_is_new_no_longer(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger) as client:
        client.put("/api/v1/watch/Huawei")
        for number, moved, said in ((1, BANS, {"supplier": "huawei"}), (2, ACCUSED, {})):
            ledger.add(*page_of(number, moved))
            assert client.get("/api/v1/watch/Huawei").json()["moves"], number
            assert client.post("/api/v1/watch/seen", json=said).status_code == 204
            assert client.get("/api/v1/watch/Huawei").json()["moves"] == []
        assert client.post("/api/v1/watch/seen", json={"supplier": "Ericsson"}).status_code == 404
