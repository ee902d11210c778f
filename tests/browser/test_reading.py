"""Reading: from the first page to the words on a page, and that nothing on the pages is in anybody's way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Page, expect

from onrecord.ledger import Ledger
from onrecord.present import render, render_standings
from onrecord.standing import standing_of, standings_of

PLACES = (
    "",
    "suppliers",
    "suppliers/Huawei",
    "suppliers/Huawey",
    "positions?supplier=Huawei",
    "positions?supplier=Huawei&actor=Germany&scope=networks",
    "standing",
    "pages",
    "statements/{statement}",
    "entities",
    "lists",
    "lists/ours",
    "screen?name=Huawei",
    "search?q=network",
    "sources",
    "audit",
    "nowhere",
)

Scheme = Literal["light", "dark"]


def test_from_a_supplier_to_the_words_on_a_page(page: Page) -> None:
    page.get_by_role("link", name="Huawei", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huawei")
    page.get_by_role("link", name="Statements about it").click()
    page.locator("ol.said a").first.click()
    expect(page.locator("blockquote mark")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("en", 1280, "light"),
        ("en", 360, "dark"),
        ("da", 360, "light"),
        ("da", 1280, "dark"),
        ("nl", 360, "dark"),
        ("nl", 1280, "light"),
    ],
)
def test_axe_finds_nothing_in_any_language(
    page: Page,
    desk: httpx.Client,
    harmless: Callable[[Page], None],
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    statement = desk.get("/api/v1/statements").json()["items"][0]["id"]
    for place in PLACES:
        address = str(desk.base_url.join("/" + place.format(statement=statement)))
        page.goto(f"{address}{'&' if '?' in place else '?'}language={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        harmless(page)
        # A date in a table stands on one line.
        broken = (
            "[...document.querySelectorAll('.rows time')].filter((one) => one.getClientRects().length > 1)"
        )
        assert page.evaluate(f"{broken}.map((one) => one.textContent)") == []


@pytest.mark.parametrize("opened", [False, True])
def test_letters_of_twice_the_size_fit_a_telephone(page: Page, desk: httpx.Client, opened: bool) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    # In Dutch, whose words are the longest.
    held = next(one for one in desk.get("/api/v1/pages").json()["items"] if one["language"] == "nl")
    statement = desk.get("/api/v1/statements").json()["items"][0]["id"]
    for place in (*PLACES, f"pages/{held['id']}", "account", "watch/settings", "review", "register"):
        address = str(desk.base_url.join("/" + place.format(statement=statement)))
        page.goto(f"{address}{'&' if '?' in place else '?'}language=nl")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate(
            f"for (const one of document.querySelectorAll('details')) one.open = {str(opened).lower()}"
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 390, place
        # No button stands where nobody can press it.
        beyond = """[...document.querySelectorAll('button')]
            .filter((one) => one.offsetParent && !one.closest('.scroll'))
            .filter((one) => one.getBoundingClientRect().right > innerWidth)
            .map((one) => one.outerHTML)"""
        assert page.evaluate(beyond) == [], place


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), ("en", 360)])
def test_axe_finds_nothing_in_files_that_stand_alone(
    page: Page, own: Path, harmless: Callable[[Page], None], tmp_path: Path, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    file = tmp_path / "alone.html"
    with Ledger(own) as ledger:
        dossier = standing_of(ledger, "Huawei")
        texts = (
            render(dossier, "html", language=language),
            render_standings(standings_of(ledger), "html", language=language),
        )
    for text in texts:
        file.write_text(text, "utf-8")
        page.goto(file.as_uri())
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        harmless(page)
