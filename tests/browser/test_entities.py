"""Entities and search, as a person uses them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_two_names_are_compared_and_made_one_by_keyboard(
    page: Page, harmless: Callable[[Page], None]
) -> None:
    page.goto(page.url + "entities/Telenor")
    harmless(page)
    page.get_by_text("It is the same as another").focus()
    page.keyboard.press("Enter")
    page.get_by_label("The other name").fill("Ericsson")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    harmless(page)
    page.get_by_role("button", name="Telenor is Ericsson").click()
    expect(page.get_by_role("status")).to_contain_text("one from now on")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ericsson")
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_text("Telenor is Ericsson.")).to_be_visible()
    expect(page.get_by_text("undone", exact=True)).to_be_visible()


def test_a_waiting_name_is_dismissed(page: Page) -> None:
    page.goto(page.url + "entities")
    names = page.locator("table[aria-labelledby=h-waiting] tbody tr")
    before = names.count()
    page.get_by_role("button", name="Dismiss").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(names).to_have_count(before - 1)


def test_a_waiting_name_is_said_to_be_one_of_the_catalogue(
    page: Page, harmless: Callable[[Page], None]
) -> None:
    page.goto(page.url + "entities")
    first = page.locator("table[aria-labelledby=h-waiting] tbody tr").first
    first.get_by_text("Another name of").click()
    harmless(page)
    first.get_by_label("Whose name it is").fill("Klassekampen")
    page.set_viewport_size({"width": 360, "height": 800})
    harmless(page)
    first.get_by_role("button", name="Say so").click()
    expect(page.get_by_role("status")).to_contain_text("one from now on")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Klassekampen")


def test_a_search_is_narrowed(page: Page, harmless: Callable[[Page], None]) -> None:
    page.get_by_role("searchbox").fill("huawei")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("huawei")
    harmless(page)
    hits = page.locator("ol.hits > li")
    before = hits.count()
    page.get_by_role("navigation", name="Narrow").get_by_role("link", name="Statement", exact=True).click()
    expect(page.get_by_role("list", name="Narrowed to")).to_be_visible()
    assert 0 < hits.count() < before
    page.set_viewport_size({"width": 360, "height": 800})
    harmless(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
