"""Forms that are sent twice: by a double click, or from a page that one went back to."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import serving
from tests.web.test_naming import about_norway
from tests.web.test_written import filled, form_at, tree_of

from onrecord.ledger import Ledger


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """The workbench of a ledger that the test may change."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def twice(desk: httpx.Client, action: str, sent: dict[str, str]) -> str:
    """Where a form leads that is sent twice at once, and again."""
    with ThreadPoolExecutor(2) as two:
        answers = list(two.map(lambda _: desk.post(action, data=sent), range(2)))
    answers.append(desk.post(action, data=sent))
    assert [one.status_code for one in answers] == [303, 303, 303], answers[-1].text[-600:]
    (led,) = {one.headers["location"] for one in answers}
    return led


def passed(desk: httpx.Client) -> int:
    return int(desk.get("/api/v1/judgements").json()["total"])


def test_judgements_are_passed_once(desk: httpx.Client) -> None:
    one, before = about_norway(desk), passed(desk)
    form = tree_of(desk.get(f"/review?at={one['id']}")).xpath("//details[summary/@data-key='c']//form")[0]
    assert "done_review_corrected" in twice(
        desk, "/review/judge", {**filled(form), "kind": "correct", "target": "DK"}
    )
    assert passed(desk) == before + 1
    led = twice(
        desk, "/entities/merge", filled(form_at(desk, "/compare?a=Huawei&b=Telenor", "/entities/merge"))
    )
    assert passed(desk) == before + 2
    undo = form_at(desk, led, "/entities/undo")
    twice(desk, "/entities/undo", filled(undo))
    assert passed(desk) == before + 3
    # To go back and do it anew is another deed, and done.
    twice(desk, "/entities/merge", filled(form_at(desk, "/compare?a=Huawei&b=Telenor", "/entities/merge")))
    assert passed(desk) == before + 4
    page = desk.get("/api/v1/pages").json()["items"][0]["id"]
    say = filled(form_at(desk, f"/pages/{page}/say?start=40&end=60", f"/pages/{page}/say"), do="say")
    twice(
        desk, f"/pages/{page}/say", {**say, "actor": "Nordlys Weekly", "kind_actor": "outlet", "target": "NO"}
    )
    assert passed(desk) == before + 5


def test_registers_checks_and_lists_are_kept_once(desk: httpx.Client) -> None:
    sent = filled(form_at(desk, "/register", "/uploads/register"), name="ours")
    file = b"ID,Sort,Party\n1,supplier,Huawei\n"
    place = desk.post("/uploads/register", data=sent, files={"file": ("o.csv", file)}).headers["location"]
    action = place.partition("?")[0]
    twice(desk, action, filled(form_at(desk, place, action), do="keep"))
    assert len(desk.get("/api/v1/register/ours").json()["versions"]) == 1
    twice(desk, "/register/ours/checks", filled(form_at(desk, "/register/ours", "/register/ours/checks")))
    while "hx-trigger" in desk.get("/register/ours").text:
        pass
    assert len(desk.get("/api/v1/register/ours").json()["checks"]) == 1
    data = {**filled(form_at(desk, "/lists", "/uploads/list")), "name": "avoid"}
    listed = desk.post("/uploads/list", data=data, files={"files": ("a.csv", b"name,id\nNordlys Works,1\n")})
    place = listed.headers["location"]
    action = place.partition("?")[0]
    twice(desk, action, filled(form_at(desk, place, action)))
    assert (
        len(tree_of(desk.get("/lists/avoid")).xpath("//table[@aria-labelledby='h-versions']/tbody/tr")) == 1
    )


def test_a_channel_is_kept_once_however_late_it_is_sent_again(desk: httpx.Client) -> None:
    sent = filled(form_at(desk, "/watch/settings", "/watch/channels"), address="desk@example.org")
    twice(desk, "/watch/channels", sent)
    twice(desk, "/watch/follow", filled(form_at(desk, "/watch", "/watch/follow"), supplier="Huawei"))
    assert desk.post("/watch/channels", data=sent).status_code == 303
    assert len(tree_of(desk.get("/watch/settings")).xpath("//article[contains(@class, 'channel')]")) == 1


def test_what_is_done_again_after_something_else_is_done(desk: httpx.Client) -> None:
    for deed in ("follow", "unfollow", "follow"):
        csrf = tree_of(desk.get("/watch")).xpath("string(//meta[@name='csrf']/@content)")
        told = {"csrf": csrf, "supplier": "Huawei", "stood": "/watch"}
        assert desk.post(f"/watch/{deed}", data=told).status_code == 303
    assert desk.get("/api/v1/watch/Huawei").status_code == 200


def test_a_form_that_was_not_done_can_be_sent_again(desk: httpx.Client) -> None:
    sent = filled(form_at(desk, "/review/settings", "/review/settings"), stakes="much")
    assert [desk.post("/review/settings", data=sent).status_code for _ in range(2)] == [422, 422]
