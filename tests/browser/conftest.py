"""The workbench in a real browser: Debian's Chromium, headless, before a real server and a real ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.web.conftest import filled, own, serving

from onrecord.ledger import Ledger

__all__ = ["filled", "own"]

_BROWSER = shutil.which("chromium") or shutil.which("chromium-headless-shell")

GRAVE = ("moderate", "serious", "critical")
"""What axe-core may not find."""

WITH_TARGETS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""All rules that are on by default, and the one on the size of what one points at (WCAG 2.2, 2.5.8), which is
not."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if _BROWSER is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        # Chromium's own sandbox wants a user who is not root, which continuous integration is.
        found = playwright.chromium.launch(executable_path=_BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A person's window: English, of the size of a laptop's screen."""
    with browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800}) as found:
        found.set_default_timeout(10_000)
        yield found


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """A workbench of a ledger that the test may change, as a client; its `base_url` is where it is."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


@pytest.fixture
def page(context: BrowserContext, desk: httpx.Client) -> Iterator[Page]:
    """A tab on the workbench of `desk`, on its first page. What a page's scripts complain of, and whatever
    its policy blocks, fails the test."""
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    tab.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    tab.goto(str(desk.base_url))
    yield tab
    # A refused form (4xx) is told on the console too, which is no fault of the page.
    assert not [one for one in wrong if "status of 4" not in one]


_WIDE = """[...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth && !one.closest('.scroll'))
    .map((one) => one.outerHTML.slice(0, 120))"""
"""What stands out over the right edge of the screen."""


@pytest.fixture
def harmless() -> Callable[[Page], None]:
    """A check that axe-core finds nothing moderate or worse on the page as it is, and that nothing but what
    scrolls in a box of its own is wider than the screen."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=WITH_TARGETS).response["violations"]
        grave = [
            f"{one['id']}: {one['help']}: {node['html'][:200]}"
            for one in found
            if one["impact"] in GRAVE
            for node in one["nodes"]
        ]
        assert not grave, "\n".join([page.url, *grave])
        wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wider, "\n".join([page.url, *page.evaluate(_WIDE)])

    return check
