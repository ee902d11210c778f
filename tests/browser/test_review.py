"""Review in the browser: by keyboard alone, by buttons, and as axe-core sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.conftest import fill_ledger
from tests.web.conftest import serving

from onrecord.ledger import Ledger


@pytest.fixture
def desk(tmp_path: Path, huawei_record: dict[str, Any]) -> Iterator[httpx.Client]:
    """A workbench of the record, in which enough waits to be reviewed."""
    with Ledger(tmp_path / "record.db") as ledger:
        fill_ledger(ledger, huawei_record, huawei_record["pages"])
        with serving(ledger) as client:
            yield client


def at_hand(page: Page) -> str:
    """The id of the statement at hand."""
    return page.locator("article.case form.judge input[name=statement]").first.input_value()


def test_twenty_statements_by_keyboard_alone(page: Page, desk: httpx.Client) -> None:
    page.goto(page.url + "review")
    waiting = desk.get("/api/v1/review?limit=100").json()
    assert waiting["total"] > 25
    for number in range(20):
        before = at_hand(page)
        match number % 5:
            case 0 | 1:
                page.keyboard.press("a")
                expect(page.get_by_role("status")).to_contain_text("Accepted.")
            case 2:
                page.keyboard.press("r")
                expect(page.locator("#why-reject")).to_be_focused()
                page.keyboard.type("a and r are letters here")
                page.keyboard.press("Enter")
                expect(page.get_by_role("status")).to_contain_text("Rejected.")
            case 3:
                page.keyboard.press("c")
                expect(page.locator("#c-type")).to_be_focused()
                for _ in range(6):
                    page.keyboard.press("Tab")
                expect(page.locator("#c-when")).to_be_focused()
                page.keyboard.type("2011-02")
                page.keyboard.press("Enter")
                expect(page.get_by_role("status")).to_contain_text("Corrected.")
            case _:
                page.keyboard.press("s")
                expect(page.get_by_role("status")).to_contain_text("Skipped")
        # What is said has the focus, so that it is read out; the next statement is there.
        expect(page.get_by_role("status")).to_be_focused()
        assert at_hand(page) != before
    judged = desk.get("/api/v1/judgements").json()["items"]
    assert Counter(one["kind"] for one in judged) == {"accept": 8, "reject": 4, "correct": 4}
    assert {one["why"] for one in judged if one["kind"] == "reject"} == {"a and r are letters here"}
    assert all(one["payload"] == {"when": "2011-02"} for one in judged if one["kind"] == "correct")
    left = desk.get("/api/v1/review?limit=100").json()
    assert left["total"] == waiting["total"] - 16
    # Undo takes back what was done last: the skip, then nothing else is asked.
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("back where it stood")
    # The keys do something from then on.
    expect(page.get_by_role("status")).to_be_focused()
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert desk.get("/api/v1/judgements").json()["items"][-1]["kind"] == "undo"


def test_moving_about_and_turning_the_keys_off(page: Page) -> None:
    page.goto(page.url + "review")
    hand = page.locator("article.case h2")
    first = hand.inner_text()
    page.keyboard.press("j")
    expect(hand).not_to_have_text(first)
    expect(hand).to_be_focused()
    page.keyboard.press("k")
    expect(hand).to_have_text(first)
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    expect(page.locator("#why-reject")).not_to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")
    page.get_by_label("Single keys do something").uncheck()
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("j")
    expect(hand).to_have_text(first)
    assert page.get_by_role("status").count() == 0


def test_a_list_is_ticked_and_judged_as_one(page: Page, desk: httpx.Client) -> None:
    page.goto(page.url + "review/list?type=supply")
    page.get_by_label("All on this page").check()
    ticked = page.locator(".ticks input:checked").count()
    assert ticked > 1
    page.get_by_label("Why").fill("read them all")
    page.get_by_role("button", name="Accept those ticked").click()
    expect(page.get_by_role("status")).to_contain_text("as one judgement")
    (one,) = desk.get("/api/v1/judgements").json()["items"]
    assert len(one["payload"]["statements"]) == ticked
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".ticks input")).to_have_count(ticked)


def test_a_statement_is_judged_where_it_is_read(page: Page, desk: httpx.Client) -> None:
    statement = desk.get("/api/v1/review?limit=1").json()["items"][0]["statement"]["id"]
    page.goto(page.url + f"statements/{statement}")
    page.get_by_label("Why").fill("another firm")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("status")).to_contain_text("Rejected.")
    expect(page.get_by_text("another firm")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")


def test_without_a_script_everything_is_done_by_buttons(page: Page, desk: httpx.Client) -> None:
    with page.context.browser.new_context(java_script_enabled=False) as plain:  # type: ignore[union-attr]
        tab = plain.new_page()
        tab.goto(str(desk.base_url.join("/review")))
        tab.locator("summary", has_text="Reject").click()
        tab.locator("#why-reject").fill("an advert")
        tab.get_by_role("button", name="Reject").click()
        expect(tab.get_by_role("status")).to_contain_text("Rejected.")
        tab.get_by_role("button", name="Undo").click()
        expect(tab.get_by_role("status")).to_contain_text("Undone")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("place", ["review", "review/list", "review/progress", "review/settings"])
def test_axe_finds_nothing_serious(
    page: Page, desk: httpx.Client, harmless: Callable[[Page], None], place: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    waiting = desk.get("/api/v1/review?limit=1").json()["items"][0]["statement"]["id"]
    desk.post("/api/v1/judgements", json={"kind": "accept", "statements": [waiting]})
    page.goto(page.url + place)
    for key in ("c", "r", "?") if place == "review" else ():
        page.keyboard.press(key)
        page.keyboard.press("Tab")
        page.evaluate("document.activeElement.blur()")
    harmless(page)
    # Nothing is wider than the screen; tables scroll in their own boxes.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
