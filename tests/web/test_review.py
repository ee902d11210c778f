"""Judging over HTTP: pages that need no script, and the API."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from tests.web.conftest import SCRIPT, serving

from onrecord.ledger import Ledger


def token(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/review").text)
    assert found
    return found[1]


def send(client: httpx.Client, path: str, **fields: Any) -> httpx.Response:
    """Send a form of our pages, and go where it leads."""
    return client.post(path, data={"csrf": token(client), **fields}, follow_redirects=True)


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def queue(client: httpx.Client, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/review", params=asked)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_one_judges_and_the_next_is_there(desk: httpx.Client) -> None:
    before = queue(desk)
    first, second = (one["statement"]["id"] for one in before[:2])
    at = desk.get("/review").text
    assert f'value="{first}"' in at
    assert SCRIPT not in at
    answer = send(desk, "/review/judge", statement=first, kind="accept", why="as it says", next=second)
    assert "Accepted." in answer.text
    assert answer.url.params["at"] == second
    assert before[0]["statement"]["id"] not in [one["statement"]["id"] for one in queue(desk)]
    judged = desk.get(f"/api/v1/statements/{first}").json()["judgement"]
    assert (judged["kind"], judged["why"]) == ("accept", "as it says")
    undone = send(desk, "/review/undo", judgement=judged["id"])
    assert "Undone" in undone.text
    assert queue(desk) == [{**before[0], "seen": judged["id"] + 1}, *before[1:]]
