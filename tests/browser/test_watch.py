"""Watching as a person does it: follow a supplier, come back later, see what moved, be told elsewhere too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.alerts.conftest import ACCUSED, BANS, Told, hook, page_of

from onrecord.alerts import Settings, run
from onrecord.ledger import Ledger
from onrecord.team import Team

__all__ = ["hook"]


def test_follow_come_back_and_see_what_moved(page: Page, own: Path) -> None:
    page.get_by_role("link", name="Huawei", exact=True).first.click()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.locator(".told")).to_contain_text("You follow it")
    page.get_by_role("navigation").get_by_role("link", name="Watch").click()
    card = page.get_by_role("article", name="Huawei")
    expect(card).to_contain_text("Nothing moved.")
    with Ledger(own) as elsewhere:
        elsewhere.add(*page_of(1, BANS, ACCUSED, text="Denmark keeps Huawei out of its network."))
    page.reload()
    moved = card.get_by_role("listitem").filter(has_text="Denmark: not on record → restricts")
    expect(moved).to_contain_text("Denmark keeps Huawei out of its network.")
    expect(card.get_by_role("img", name="by week")).to_be_visible()
    moved.get_by_role("link").first.click()
    expect(page.locator("blockquote mark")).to_have_text("Denmark keeps Huawei out of its network.")
    page.go_back()
    card.get_by_role("button", name="I have seen this: Huawei").click()
    expect(card).to_contain_text("Nothing moved.")
    card.get_by_role("button", name="Follow no longer: Huawei").click()
    expect(page.get_by_text("You follow no supplier yet")).to_be_visible()


def test_a_channel_is_added_tried_used_and_removed(
    page: Page, desk: httpx.Client, own: Path, hook: Told
) -> None:
    desk.put("/api/v1/watch/Huawei")
    page.goto(page.url + "watch/settings")
    page.get_by_label("E-mail address or URL").fill("nobody")
    page.get_by_role("button", name="Add a channel").click()
    expect(page.get_by_role("alert")).to_contain_text("no e-mail address")
    page.get_by_label("E-mail address or URL").fill(hook.url)
    page.get_by_label("Language").select_option("da")
    page.get_by_role("button", name="Add a channel").click()
    channel = page.get_by_role("article", name=hook.url)
    channel.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("status")).to_contain_text("The test was sent")
    with Ledger(own) as elsewhere, Team(own) as team:
        elsewhere.add(*page_of(1, BANS))
        run(elsewhere, team, Settings())
    assert hook.moves == [[], ["position"]]
    page.reload()
    expect(channel).to_contain_text("1 message sent")
    channel.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("status")).to_contain_text("The channel is gone")
    expect(channel).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious(
    page: Page, harmless: Callable[[Page], None], desk: httpx.Client, own: Path, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    start = page.url
    desk.put("/api/v1/watch/Huawei")
    desk.put("/api/v1/watch/Telenor")
    page.goto(start + "watch/settings")
    page.get_by_label("E-mail address or URL").fill("a.very.long.name.of.a.desk.that.reads@news.example.org")
    page.get_by_role("button", name="Add a channel").click()
    with Ledger(own) as elsewhere:
        elsewhere.add(*page_of(1, BANS, ACCUSED))
    for place in ("watch/settings", "watch", "watch?language=nl"):
        page.goto(start + place)
        harmless(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        # What one points at is no smaller than WCAG 2.2 asks for (2.5.8).
        for button in page.locator("main button").all():
            box = button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
