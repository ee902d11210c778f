"""Forms: each keeps the language it was shown in, and what could not be done leads back to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html
from tests.web.conftest import serving
from tests.web.places import all_pages

from onrecord.ledger import Ledger
from onrecord.web._acts import ACTS


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """The workbench of a ledger that the test may change."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def tree_of(answer: httpx.Response) -> Any:
    return html.fromstring(answer.content.decode())


def forms_of(desk: httpx.Client) -> Iterator[tuple[str, Any]]:
    """The forms of all pages in Danish that change something, one of each kind."""
    seen = set()
    for place in (
        "/review",
        "/review/list",
        "/review/settings",
        "/compare?a=Huawei&b=Telenor",
        *all_pages(desk),
    ):
        for form in tree_of(desk.get(httpx.URL(place).copy_merge_params({"language": "da"}))).xpath(
            "//form[@method='post']"
        ):
            path = form.get("action").partition("?")[0].split("/")
            kind = (path[1], path[-1], *form.xpath(".//button/@value"))
            if kind not in seen:
                seen.add(kind)
                yield place, form


def test_whoever_reads_in_danish_still_does_after_a_form(desk: httpx.Client) -> None:
    forms = list(forms_of(desk))
    assert len(forms) > 10
    for place, form in forms:
        fields = dict(form.form_values())
        for button in form.xpath(".//button[@name]")[:1]:
            fields[button.get("name")] = button.get("value")
        answer = desk.post(form.get("action"), data=fields, follow_redirects=True)
        if "html" in answer.headers["content-type"]:
            assert tree_of(answer).get("lang") == "da", (place, form.get("action"), str(answer.url))


def test_a_form_that_could_not_be_done_leads_back_to_it(desk: httpx.Client) -> None:
    csrf = tree_of(desk.get("/entities")).xpath("string(//meta[@name='csrf']/@content)")
    for path, back in (
        ("/entities/recognise", "/entities"),
        ("/review/settings", "/review"),
        ("/watch/settings/channels", "/watch/settings"),
    ):
        answer = desk.post(path, data={"csrf": csrf, "key": "Nobody", "stakes": "much"})
        assert 400 <= answer.status_code < 500, (path, answer.status_code)
        assert back in tree_of(answer).xpath("//main//a/@href"), path


def test_the_address_of_a_form_that_was_refused_leads_to_the_form(desk: httpx.Client) -> None:
    """A browser shows it as the address of the page, which is loaded anew, or kept as a bookmark."""
    for act in ACTS:
        path = act.partition(" ")[2].replace("{id}", "1").replace("{name}", "ours").replace("{token}", "gone")
        answer = desk.get(path, params={"language": "da"})
        if answer.status_code == 303:
            assert "language=da" in answer.headers["location"]
            assert desk.get(answer.headers["location"]).status_code in (200, 303, 404)
        else:
            # The page that has the same address.
            assert answer.status_code == 200 or "{" in act or path == "/positions", act
    for path, form in (
        ("/watch/channels", "/watch/settings"),
        ("/watch/channels/test", "/watch/settings"),
        ("/watch/follow", "/watch"),
        ("/uploads/list", "/lists"),
        ("/uploads/register", "/register"),
        ("/register/ours/checks", "/register/ours"),
        ("/review/judge", "/review"),
        ("/review/several", "/review/list"),
        ("/sources/upload", "/sources"),
        ("/account/tokens", "/account"),
        ("/entities/merge", "/entities"),
    ):
        answer = desk.get(path)
        assert (answer.status_code, answer.headers.get("location")) == (303, form), path
    assert desk.get("/entities/nobody").status_code == 404
    assert desk.get("/api/v1/entities/merge").status_code in (404, 405)
