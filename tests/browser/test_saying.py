"""The reader as a person uses it: words told of by hover, focus and touch, and marked to be said."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def dutch(page: Page, desk: httpx.Client) -> str:
    """A tab on the reader of the Dutch page, of which a sentence was not read; its id."""
    found = desk.get("/api/v1/pages").json()["items"]
    one = next(one for one in found if one["language"] == "nl")
    page.goto(f"{desk.base_url}/pages/{one['id']}")
    return str(one["id"])


MARK = """() => {
  const part = document.querySelector('#reader-text .unread');
  part.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = part.getClientRects();
  const first = box[0], last = box[box.length - 1];
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}"""


def fill(page: Page) -> None:
    expect(page.locator("blockquote mark")).to_contain_text("Amerikaanse regering")
    page.get_by_label("Type", exact=True).select_option("wrongdoing")
    page.get_by_label("Status", exact=True).select_option("possible")
    page.get_by_label("Name: Actor").fill("Huawei")
    page.get_by_label("Topic").select_option("espionage")
    page.get_by_label("Names: According to").fill("United States, Nordlys Weekly")
    # How it will read is told before it is saved.
    preview = page.locator("#preview")
    expect(preview.locator(".reads")).to_contain_text("Huawei")
    expect(preview).to_contain_text("Nordlys Weekly")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_role("status")).to_contain_text("The statement is on record.")


@pytest.mark.usefixtures("dutch")
def test_words_marked_with_the_mouse_become_a_statement_of_the_dossier_and_are_undone(page: Page) -> None:
    here = page.url
    left, top, right, bottom = page.evaluate(MARK)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Say what the marked words say").click()
    fill(page)
    saved = page.url
    marks = page.locator("mark", has_text="spionage")
    expect(marks).to_be_visible()
    page.goto(re.sub(r"/pages/.*", "/suppliers/Huawei", page.url))
    expect(page.get_by_text("voor spionage worden gebruikt").first).to_be_attached()
    page.goto(saved)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("taken back")
    page.goto(here)
    expect(page.locator("#reader-text .unread")).to_be_visible()
    expect(marks).to_have_count(0)


@pytest.mark.usefixtures("dutch")
def test_words_are_marked_by_keyboard_alone(page: Page) -> None:
    words = page.evaluate(
        "[...document.querySelectorAll('#reader-text [data-at]')].map((p) => [p.className, p.textContent])"
    )
    before = sum(len(text.split()) for name, text in words[: [name for name, _ in words].index("unread")])
    many = len(next(text for name, text in words if name == "unread").split())
    page.locator("#reader-text").focus()
    for _ in range(before + 1):
        page.keyboard.press("ArrowRight")
    for _ in range(many - 1):
        page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("getSelection().toString().trim()").startswith("Volgens")
    page.keyboard.press("Enter")
    fill(page)


@pytest.mark.usefixtures("dutch")
def test_what_is_told_of_words_comes_by_hover_focus_and_touch_and_goes_by_escape(page: Page) -> None:
    about = page.get_by_role("dialog", name="About the marked words")
    mark = page.locator("#reader-text mark").first
    mark.hover()
    expect(about).to_be_visible()
    expect(about).to_contain_text("Rule")
    # It can itself be gone over, and goes by Escape without the mouse being moved.
    about.hover()
    page.wait_for_timeout(400)
    expect(about).to_be_visible()
    page.keyboard.press("Escape")
    expect(about).to_be_hidden()
    link = page.locator("#reader-text sup a").first
    link.focus()
    expect(about).to_be_visible()
    page.keyboard.press("Enter")
    expect(about).to_be_focused()
    page.keyboard.press("Tab")
    expect(about.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(about).to_be_hidden()
    expect(link).to_be_focused()
    # A click or a touch lets it stay until another place is touched.
    mark.click()
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    expect(about).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(about).to_be_hidden()


def test_a_paragraph_leads_to_its_place_in_the_original_and_back(page: Page, dutch: str) -> None:
    page.get_by_role("link", name="Show the original beside it").click()
    page.get_by_role("link", name="In the original").last.click()
    place = page.locator(".original pre a:target")
    expect(place).to_be_in_viewport()
    place.click()
    expect(page.locator(".pair:target")).to_be_in_viewport()
    page.goto(f"{re.sub(r'/pages/.*', '', page.url)}/pages/{dutch}/original")
    expect(page.locator("pre")).to_contain_text("Volgens de Amerikaanse regering")


@pytest.mark.usefixtures("dutch")
def test_a_page_is_noted_as_withdrawn_and_given_back(page: Page, harmless: Callable[[Page], None]) -> None:
    page.get_by_text("Its publisher withdrew this page", exact=True).click()
    page.get_by_label("Withdrawn on").fill("2019-06-02")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The withdrawal is noted.")
    said = page.get_by_text("Its publisher withdrew this page on 2019-06-02.")
    expect(said).to_be_visible()
    harmless(page)
    page.get_by_role("button", name="Take the withdrawal back").click()
    expect(page.get_by_role("status")).to_contain_text("undone")
    expect(said).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious(
    page: Page, dutch: str, harmless: Callable[[Page], None], width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    base = re.sub(r"/pages/.*", "", page.url)
    for place in (
        "?original=yes&dropped=yes",
        "/say?words=Huawei",
        "/say?words=nowhere",
        "/say?at=0&to=9&actor=NO",
    ):
        page.goto(f"{base}/pages/{dutch}{place}")
        harmless(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
    page.goto(f"{base}/pages/{dutch}")
    page.locator("#reader-text mark").first.click()
    expect(page.locator("#about")).to_be_visible()
    harmless(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
