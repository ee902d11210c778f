"""Signing in and out as a person does: by keyboard, with a wrong password first, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.web.conftest import serving

from onrecord.ledger import Ledger
from onrecord.team import Accounts, Sessions, Team

PASSWORD = "a harbour at low tide"


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """A workbench of a team."""
    with Ledger(own) as ledger, Team(own) as team:
        Accounts(team).add("Ada", "administrator", password=PASSWORD, by="root")
        with serving(ledger) as client:
            yield client


def type_in(page: Page, name: str, password: str) -> None:
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_by_keyboard_from_the_sign_in_to_an_account_and_out(page: Page) -> None:
    page.goto(page.url.replace("/sign-in", "/suppliers?limit=5"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.get_by_role("navigation")).to_have_count(0)
    type_in(page, "Ada", "not her password")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    # The name is still there, and the password is to be typed again.
    expect(page.get_by_label("Name")).to_have_value("Ada")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/suppliers?limit=5")
    expect(page.get_by_role("link", name="Huawei", exact=True)).to_be_visible()

    # Somebody else is let in.
    page.get_by_role("link", name="Accounts").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").focus()
    page.keyboard.type("Bo")
    page.get_by_label("Role").select_option("reviewer")
    page.get_by_label("Password").focus()
    page.keyboard.type("seven lamps on a pier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The account was made.")
    expect(page.get_by_role("row", name="Bo reviewer")).to_be_visible()

    # A token is shown once.
    page.get_by_role("link", name="Ada").first.click()
    page.get_by_label("What for").fill("export")
    page.get_by_role("button", name="Make a token").click()
    token = page.get_by_label("Copy it now").input_value()
    told = httpx.get(
        page.url.split("/account")[0] + "/api/v1/me",
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    )
    assert told.json()["name"] == "Ada"
    page.goto(page.url.replace("/account/tokens", "/account"))
    assert token not in page.content()

    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious(
    page: Page, harmless: Callable[[Page], None], width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    def check() -> None:
        harmless(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    type_in(page, "Ada", "not her password")
    expect(page.get_by_role("alert")).to_be_visible()
    check()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    root = page.url.rstrip("/")
    page.goto(f"{root}/account")
    page.get_by_label("What for").fill("a name for a token that is rather long for a telephone")
    page.get_by_role("button", name="Make a token").click()
    check()
    for place in ("/accounts", "/accounts/Ada"):
        page.goto(root + place)
        check()


@pytest.mark.parametrize("width", [1280, 360])
def test_what_was_written_outlives_the_session(
    page: Page, desk: httpx.Client, own: Path, harmless: Callable[[Page], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    type_in(page, "Ada", PASSWORD)
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{desk.base_url}/compare?a=Huawei&b=Telenor")
    why = page.get_by_label("Why").first
    why.fill("One firm, as its report says")
    with Team(own) as team:
        (session,) = Sessions(team).of(Accounts(team).get("Ada").id)
        Sessions(team).end(Accounts(team).get("Ada").id, session.id)
    why.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("What you wrote is not lost")
    harmless(page)
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    # It stands where it stood, and waits to be sent.
    expect(page.get_by_role("alert")).to_contain_text("send it again")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(why).to_have_value("One firm, as its report says")
    harmless(page)
    why.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    assert "said=done" in page.url
