"""Registers, lists and sources, as a person uses them: from a file on the disk to findings in a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.web.conftest import PAGES
from tests.web.registers import waited

from onrecord.engine import read
from onrecord.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples"


def upload(page: Page, file: Path) -> None:
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Look at its columns").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(file.name)


def checked(page: Page) -> None:
    """Check the register on whose page one is, and wait for it to be done."""
    page.get_by_label("Your own state").fill("Denmark")
    page.get_by_role("button", name="Check now").click()
    # The page asks by itself how far it is.
    done = page.get_by_role("link", name="See what came of it")
    expect(done).to_be_visible(timeout=60_000)
    expect(page.locator("#checks tbody tr").first).to_be_visible()
    done.click()
    expect(page.get_by_role("heading", name="What was not looked at")).to_be_visible()


def test_a_register_from_upload_to_workbook(page: Page, desk: httpx.Client, tmp_path: Path) -> None:
    page.get_by_role("link", name="Lists", exact=True).click()
    page.get_by_label("Files").set_input_files(EXAMPLES / "lists" / "us-entity-list-excerpt.csv")
    page.get_by_label("Its day").fill("2019-11-01")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name=re.compile("^Added"))).to_contain_text("4")
    page.get_by_role("button", name="Keep this version").click()
    expect(page.get_by_role("status")).to_contain_text("kept as a new version")

    page.get_by_role("link", name="Registers", exact=True).click()
    vendors = tmp_path / "vendors.csv"
    text = (EXAMPLES / "register.csv").read_text("utf-8")
    vendors.write_text(text.replace("Party", "Firm of ours", 1), "utf-8")
    upload(page, vendors)
    expect(page.locator(".warn")).to_contain_text("None of the columns is for “Party”")
    page.get_by_label("Firm of ours").select_option("party")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("7 lines can be used.")).to_be_visible()
    page.get_by_role("button", name="Keep this register").click()
    checked(page)

    page.get_by_label("Kind").select_option("list-hit")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("table.found")).to_contain_text("Hikvision stands on us-entity-list-excerpt")
    page.get_by_role("link", name="Entry on us-entity-list-excerpt").first.click()
    expect(page.get_by_role("heading", name="Through the versions")).to_be_visible()

    # A second version: a line fewer, and another one.
    page.goto(f"{desk.base_url}/register")
    lines = text.splitlines()
    (tmp_path / "register.csv").write_text("\n".join([*lines[:-4], "S3,supplier,Dahua Technology"]), "utf-8")
    page.get_by_label("Keep it as").fill("vendors")
    upload(page, tmp_path / "register.csv")
    if page.get_by_label("Keep it with").count():
        page.get_by_label("Keep it with").check()
    page.get_by_role("button", name="Keep this register").click()
    checked(page)
    page.get_by_role("link", name="Compare with the last check").click()
    expect(page.get_by_role("heading", name=re.compile("^New"))).to_be_visible()
    expect(page.locator("table[aria-labelledby=h-gone]")).to_contain_text("ETECSA")
    page.get_by_role("link", name="Back to the check").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as XLSX").click()
    saved.value.save_as(tmp_path / "check.xlsx")
    book = load_workbook(tmp_path / "check.xlsx")
    told = [str(cell) for row in book["Findings"].iter_rows(values_only=True) for cell in row if cell]
    assert any("Hikvision" in one for one in told)


def test_a_source_is_read_again_when_its_file_was_mended(page: Page, own: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    with Ledger(own) as ledger:
        read(later, into=ledger)
    page.get_by_role("link", name="Sources", exact=True).click()
    later.write_text(PAGES["harbour.txt"].replace("Telenor", "Telia"), "utf-8")
    page.get_by_role("button", name=f"Try again: {later}").click()
    page.get_by_role("link", name="See what came of it").click(timeout=60_000)
    expect(page.get_by_role("status")).to_contain_text("Read: 1")
    expect(page.get_by_text(str(later))).to_have_count(0)


def test_findings_stand_under_each_other_on_a_phone(page: Page, desk: httpx.Client) -> None:
    file = (EXAMPLES / "register.csv").read_bytes()
    desk.post("/api/v1/register", files={"file": ("ours.csv", file)}).raise_for_status()
    begun = desk.post("/api/v1/checks", json={"register": "ours"})
    found = waited(desk, begun.headers["location"])["result"].removeprefix("/api/v1")
    page.set_viewport_size({"width": 390, "height": 800})
    for place, label in ((found, "Kind"), ("/audit", "Who")):
        page.goto(f"{desk.base_url}{place}")
        table = page.locator("table.stacks").first
        expect(table).to_be_visible()
        around = table.locator("..")
        assert around.evaluate("(one) => one.scrollWidth <= one.clientWidth"), place
        cell = table.locator(f"td[data-label='{label}']").first
        assert label in cell.evaluate("(one) => getComputedStyle(one, '::before').content")
        box, whole = cell.bounding_box(), table.bounding_box()
        assert box
        assert whole
        assert box["width"] > whole["width"] - 2


def test_the_search_stands_beside_the_parts_of_the_workbench(page: Page) -> None:
    for width in (1280, 1200, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        parts = page.get_by_role("navigation", name="Parts of the workbench").bounding_box()
        search = page.get_by_role("search").bounding_box()
        assert parts
        assert search
        assert search["y"] < parts["y"] + parts["height"], width
        assert search["x"] >= parts["x"] + parts["width"], width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious(
    page: Page, desk: httpx.Client, harmless: Callable[[Page], None], width: int, scheme: str
) -> None:
    file = (EXAMPLES / "register.csv").read_bytes()
    desk.post("/api/v1/register", files={"file": ("ours.csv", file)}).raise_for_status()
    for _ in range(2):
        begun = desk.post("/api/v1/checks", json={"register": "ours"})
        found = waited(desk, begun.headers["location"])["result"].removeprefix("/api/v1")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{desk.base_url}/register")
    upload(page, EXAMPLES / "register.csv")
    places = [
        page.url, "/register", "/register/ours", found, f"{found}/compare", begun.headers["location"][7:],
        "/lists", "/lists/ours", "/lists/ours/entries", "/lists/ours/entries/Huawei%20Techn",
        "/sources", "/rules/us-entity-list",
    ]  # fmt: skip
    for place in places:
        answer = page.goto(place if place.startswith("http") else f"{desk.base_url}{place}")
        assert answer is not None
        assert answer.ok, place
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        harmless(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
