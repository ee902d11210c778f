"""The dossier: its day is dragged, its figures are followed to the words on a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect


@pytest.fixture
def dossier(page: Page) -> Page:
    """The dossier on Huawei, of which Telenor is told on 4 March 2019 and Germany on 20 May."""
    page.goto(page.url + "suppliers/Huawei?language=en")
    expect(row(page, "Germany")).to_be_visible()
    return page


def row(page: Page, who: str) -> Locator:
    return page.locator(".matrix").get_by_role("rowheader", name=who)


def test_the_day_is_moved_by_keys_and_everything_answers_for_it(dossier: Page) -> None:
    slider = dossier.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    expect(dossier.get_by_label("As of", exact=True)).to_have_value("2019-03-04")
    expect(row(dossier, "Germany")).to_have_count(0)
    expect(row(dossier, "Telenor")).to_be_visible()
    expect(dossier.locator(".tiles .tile")).to_have_count(0)
    expect(dossier).to_have_url(re.compile("as_of=2019-03-04"))
    expect(dossier.get_by_role("status").last).to_contain_text("As of 4 March 2019")
    expect(dossier).to_have_title("Huawei – As of 2019-03-04 – On Record")
    # A month, a week and a day on, and the day before again.
    for key, day in (
        ("PageUp", "2019-04-04"),
        ("ArrowUp", "2019-04-11"),
        ("ArrowRight", "2019-04-12"),
        ("ArrowLeft", "2019-04-11"),
        ("PageDown", "2019-03-11"),
    ):
        slider.press(key)
        expect(dossier.get_by_label("As of", exact=True)).to_have_value(day)
    expect(slider).to_have_attribute("aria-valuetext", "11 March 2019")
    expect(slider).to_be_focused()
    slider.press("End")
    expect(row(dossier, "Germany")).to_be_visible()
    # The way back leads through the days.
    expect(dossier).to_have_url(re.compile("as_of=2019-05-20"))
    dossier.go_back()
    expect(row(dossier, "Germany")).to_have_count(0)
    expect(dossier.get_by_role("slider")).to_be_visible()


def test_a_day_to_which_the_strip_does_not_reach_is_told_as_it_was_asked_for(dossier: Page) -> None:
    day = dossier.get_by_label("As of", exact=True)
    day.fill("2010")
    day.press("Tab")
    expect(dossier.locator("#day-shown")).to_have_text("As of 31 December 2010")
    expect(dossier).to_have_url(re.compile("as_of=2010"))
    dossier.reload()
    expect(dossier.locator("#day-shown")).to_have_text("As of 31 December 2010")


def test_the_day_is_dragged_and_stepped_from_move_to_move(dossier: Page) -> None:
    box = dossier.get_by_role("slider").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    dossier.mouse.move(box["x"] + box["width"] - 12, middle)
    dossier.mouse.down()
    dossier.mouse.move(box["x"] + box["width"] / 2, middle, steps=8)
    expect(row(dossier, "Germany")).to_have_count(0)
    dossier.mouse.up()
    dossier.get_by_role("button", name="The next day on which something moved").click()
    expect(dossier.get_by_label("As of", exact=True)).to_have_value("2019-05-20")
    expect(row(dossier, "Germany")).to_be_visible()
    dossier.get_by_label("As of", exact=True).fill("2019-03")
    dossier.get_by_label("As of", exact=True).blur()
    expect(row(dossier, "Germany")).to_have_count(0)
    expect(dossier.locator("#day-shown")).to_have_text("As of 31 March 2019")


def test_the_old_stays_while_the_new_is_loading(dossier: Page) -> None:
    held: list[Route] = []
    dossier.route("**/suppliers/**", lambda route: held.append(route))
    dossier.get_by_role("slider").press("Home")
    expect(dossier.locator("#dossier")).to_have_attribute("aria-busy", "true")
    expect(row(dossier, "Germany")).to_be_visible()
    expect(dossier.get_by_text("Loading …")).to_be_visible()
    held[-1].continue_()
    expect(row(dossier, "Germany")).to_have_count(0)
    expect(dossier.locator("#dossier")).to_have_attribute("aria-busy", "false")
    expect(dossier.get_by_text("Loading …")).to_be_hidden()


def test_a_band_opens_its_statement_and_that_its_words_on_the_page(dossier: Page) -> None:
    actor = dossier.locator(".matrix tr", has=dossier.get_by_role("rowheader", name="Telenor"))
    band = actor.locator("a.band").first
    quote = dossier.locator(f"{band.get_attribute('href')} blockquote").first
    expect(quote).to_be_hidden()
    band.click()
    expect(quote).to_be_visible()
    expect(quote).to_contain_text("Telenor will not use equipment from Huawei")
    expect(quote).to_be_in_viewport()
    # What was opened stays open on another day.
    dossier.get_by_role("slider").press("Home")
    expect(row(dossier, "Germany")).to_have_count(0)
    expect(quote).to_be_visible()
    dossier.locator(".line a.on-page").locator("visible=true").first.click()
    expect(dossier.locator("blockquote mark")).to_contain_text("Telenor will not use equipment")


def test_a_state_on_the_map_leads_to_its_row(dossier: Page) -> None:
    tile = dossier.locator(".tile")
    expect(tile).to_have_count(1)
    expect(tile).to_have_attribute("aria-label", re.compile("Germany: does not restrict"))
    tile.click()
    expect(dossier.locator("tr:target")).to_contain_text("Germany")


def test_a_position_is_set_by_hand_and_undone(dossier: Page, harmless: Callable[[Page], None]) -> None:
    positions = dossier.locator("table.positions tr")
    germany = positions.filter(has=dossier.get_by_role("rowheader", name="Germany"))
    germany.get_by_role("link", name="Set it by hand").click()
    expect(dossier.get_by_label("Actor")).to_have_value("Germany")
    now = dossier.get_by_role("table", name="What holds now").get_by_role("row", name="networks")
    expect(now.get_by_role("cell").first).to_contain_text("does not restrict")
    dossier.get_by_label("Position").select_option(label="restricts")
    dossier.get_by_label("Since").fill("last June")
    dossier.get_by_label("Why", exact=True).fill("The law is in force")
    dossier.keyboard.press("Enter")
    # What cannot be is told, and stands where it was written.
    expect(dossier.get_by_role("alert")).to_contain_text("no date")
    expect(dossier.get_by_label("Since")).to_be_focused()
    harmless(dossier)
    dossier.get_by_label("Since").fill("2019-06")
    dossier.get_by_role("button", name="Set it").click()
    expect(dossier.get_by_role("status").first).to_contain_text("The position was set.")
    expect(germany).to_contain_text("The law is in force")
    harmless(dossier)
    dossier.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(dossier.get_by_role("status").first).to_contain_text("undone")
    expect(germany).not_to_contain_text("The law is in force")


def test_without_a_script_the_form_asks_for_the_day(browser: Browser, desk: httpx.Client) -> None:
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{desk.base_url}/suppliers/Huawei")
        expect(page.locator("#day-range")).to_be_hidden()
        page.get_by_label("As of", exact=True).fill("2019-03")
        page.get_by_role("button", name="Show").click()
        expect(row(page, "Telenor")).to_be_visible()
        expect(row(page, "Germany")).to_have_count(0)
        page.get_by_text("days on which something moved").click()
        page.get_by_role("link", name="2019-05-20").click()
        expect(row(page, "Germany")).to_be_visible()
