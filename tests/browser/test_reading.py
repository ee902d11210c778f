"""Reading: from the first page to the words on a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


def test_from_a_supplier_to_the_words_on_a_page(page: Page) -> None:
    page.get_by_role("link", name="Huawei", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huawei")
    page.get_by_role("link", name="Statements about it").click()
    page.locator("ol.said a").first.click()
    expect(page.locator("blockquote mark")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("place", ["", "suppliers/Huawei", "standing", "pages", "entities", "lists", "audit"])
def test_axe_finds_nothing_serious(
    page: Page, harmless: Callable[[Page], None], place: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(page.url + place)
    harmless(page)
    # Nothing is wider than the screen; tables scroll in their own boxes.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
