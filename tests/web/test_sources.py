"""Lists added, and sources read again, in the workbench: what is taken, and what is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import PAGES, SCRIPT, serving
from tests.web.registers import ended, send, token_of, waited
from tests.web.test_pages import check_harmless, text_of, tree_of

from onrecord.engine import read
from onrecord.ledger import Ledger

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def desk(own: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    """A workbench on whose ledger a page was tried that was not there."""
    with Ledger(own) as ledger:
        read(tmp_path / "later.txt", into=ledger)
        with serving(ledger) as client:
            yield client


def own_list(*names: str) -> bytes:
    return "\n".join(["name,id", *(f"{name},{name[:3]}" for name in names), ""]).encode()


def test_a_list_is_looked_at_and_then_kept(desk: httpx.Client) -> None:
    data = (EXAMPLES / "lists" / "us-entity-list-excerpt.csv").read_bytes()
    sent = send(desk, "/uploads/list", {"name": "excerpt", "issued": "2019-11-01"}, files=("us.csv", data))
    assert sent.status_code == 303, sent.text
    seen = desk.get(sent.headers["location"])
    check_harmless("preview", seen)
    assert "own-csv" in text_of(seen)
    assert "Added 4" in text_of(seen)
    place = sent.headers["location"].partition("?")[0]
    given = {"name": "excerpt", "issued": "2019-11-01"}
    assert send(desk, place, given).headers["location"] == "/lists/excerpt?said=done_list"
    assert desk.get(place).status_code == 404, "what was used is no longer held"
    found = text_of(desk.get("/lists/excerpt/entries", params={"q": "hikvision entity"}))
    assert "Hangzhou Hikvision Digital Technology" in found
    assert "Dahua" not in found
    entry = text_of(desk.get("/lists/excerpt/entries/huawei-technologies", params={"on": "2019-06-01"}))
    assert "On 2019-06-01: yes." in entry


def test_a_list_that_shrank_or_is_broken_is_taken_on_demand_alone(desk: httpx.Client) -> None:
    def add(data: bytes, **given: str) -> httpx.Response:
        told = {"name": "avoid", **given}
        return desk.post("/api/v1/lists", files={"files": ("avoid.csv", data)}, data=told)

    first = add(own_list("Aaa", "Bbb", "Ccc"), issued="2019-01-01")
    assert (first.status_code, first.json()["entries"]) == (201, 3)
    assert add(own_list("Aaa", "Bbb", "Ccc"), issued="2019-01-01").status_code == 200
    small = add(own_list("Aaa"), issued="2019-02-01")
    assert small.status_code == 409
    assert "--" not in small.json()["detail"]
    sent = send(
        desk, "/uploads/list", {"name": "avoid", "issued": "2019-02-01"}, files=("a.csv", own_list("Aaa"))
    )
    assert "lost more than a tenth" in text_of(desk.get(sent.headers["location"]))
    assert add(own_list("Aaa"), issued="2019-02-01", shrunk="true").status_code == 201
    broken = own_list("Aaa", "Ddd") + b",x\n"
    told = add(broken, issued="2019-03-01")
    assert told.status_code == 409
    assert told.json()["errors"]
    assert add(broken, issued="2019-03-01", keep_good="true").status_code == 201
    # Any two versions can be compared, and an entry is followed through them.
    held = [one["version"] for one in desk.get("/api/v1/lists/avoid/versions").json()["items"]]
    assert "Bbb" in text_of(desk.get("/lists/avoid", params={"start": held[0], "end": held[2]}))
    history = text_of(desk.get("/lists/avoid/entries/Bbb"))
    assert "no longer stands" in history
    for data in (b"", b"<!doctype html><title>x</title>", b"\x00\x01\x02" * 50, b"%PDF-1.4 hello"):
        assert add(data).status_code == 400
    assert desk.get("/lists/avoid/entries/nobody").status_code == 404


def test_counts_of_places_add_up(desk: httpx.Client) -> None:
    found = desk.get("/api/v1/sources").json()
    assert found["total"]["pages"] == desk.get("/api/v1/pages").json()["total"]
    assert found["total"]["failed"] == sum(len(one["items"]) for one in found["unreadable"]) == 2
    for key in ("pages", "statements", "unread", "failed"):
        assert found["total"][key] == sum(one[key] for one in found["places"])
    page = desk.get("/sources")
    check_harmless("/sources", page)
    assert f"It holds no text {SCRIPT}" in text_of(page)


def test_what_failed_is_read_when_it_was_mended(desk: httpx.Client, tmp_path: Path) -> None:
    missing = tmp_path / "later.txt"
    still = ended(desk, desk.post("/api/v1/sources/retry", json={"locators": [str(missing)]}))
    assert (still["state"], desk.get("/api/v1/sources").json()["total"]["failed"]) == ("done", 2)
    missing.write_text(PAGES["harbour.txt"].replace("Telenor", "Telia"), "utf-8")
    begun = send(desk, "/sources/retry", {"locator": str(missing)})
    assert begun.headers["location"].startswith("/jobs/")
    done = ended_page(desk, begun.headers["location"])
    assert done["result"].startswith("/api/v1/sources?read=1&unchanged=0&failed=0")
    assert desk.get("/api/v1/sources").json()["total"]["failed"] == 1
    # Only what could not be read before can be asked for: not what lies beside it, nor what is elsewhere.
    beside = tmp_path / "beside.txt"
    shutil.copy(missing, beside)
    for place in (
        str(beside),
        "/etc/passwd",
        str(missing),
        "https://example.org/",
        f"{missing}/../beside.txt",
    ):
        answer = desk.post("/api/v1/sources/retry", json={"locators": [place]})
        assert answer.status_code == 400, place
    assert send(desk, "/sources/retry").status_code == 400


def ended_page(desk: httpx.Client, place: str) -> dict[str, str]:
    told: dict[str, str] = waited(desk, f"/api/v1{place}")
    part = desk.get(place, headers={"HX-Request": "true"})
    assert "hx-trigger" not in part.text
    assert "<html" not in part.text
    return told


def test_pages_are_read_that_are_sent(desk: httpx.Client) -> None:
    before = desk.get("/api/v1/sources").json()["total"]["pages"]
    files = [
        ("files", ("../../etc/new.txt", PAGES["kantoor.txt"].replace("Duitsland", "Oostenrijk").encode())),
        ("files", (f"{SCRIPT}.txt", b"\x00\x00\x00")),
    ]
    done = ended(desk, desk.post("/api/v1/sources", files=files))
    assert "read=1&unchanged=0&failed=1" in done["result"]
    found = desk.get("/api/v1/sources").json()
    assert found["total"]["pages"] == before + 1
    (sent,) = [one for one in found["places"] if one["kind"] == "upload"]
    assert (sent["pages"], sent["failed"]) == (1, 1)
    (page,) = [
        one for one in desk.get("/api/v1/pages").json()["items"] if "upload:new.txt" in one["locators"]
    ]
    assert desk.get(f"/pages/{page['id']}").status_code == 200
    # Its bytes are gone: it is sent again, not read from a disk.
    bad = next(one for group in found["unreadable"] for one in group["items"] if "upload" in one["locator"])
    assert bad["can_be_retried"] is False
    assert desk.post("/api/v1/sources/retry", json={"locators": [bad["locator"]]}).status_code == 400
    assert send(desk, "/sources/upload").status_code == 400
    assert token_of(desk, "/sources")


@pytest.mark.parametrize(("language", "told"), [("en", "It holds nothing"), ("da", "Der står intet i den")])
def test_each_place_leads_to_its_pages_and_reasons_stand_in_words(
    desk: httpx.Client, language: str, told: str
) -> None:
    shown = tree_of(desk.get("/sources", params={"language": language}))
    heads = [" ".join(one.text.split()) for one in shown.xpath("//section[@aria-labelledby='h-failing']/h3")]
    assert told in heads
    assert not {"empty", "path-not-found"} & set(heads)
    rows = shown.xpath("//table[@aria-labelledby='h-places']/tbody/tr[td[2]/a]")
    assert rows
    for row in rows:
        (count,) = row.xpath("td[2]/a")
        assert row.xpath("th/a/@href") == [count.get("href")]
        pages = tree_of(desk.get(count.get("href")))
        assert len(pages.xpath("//tbody/tr")) == int(count.text)
    assert desk.get("/pages", params={"place": "nowhere", "kind": "folder"}).status_code == 404


def test_what_is_wrong_with_a_file_is_told_under_its_own_name(desk: httpx.Client) -> None:
    data = b"%PDF-1.7\n\x00\x01\x02" * 20
    sent = send(desk, "/uploads/list", {"name": "avoid"}, files=("bin.pdf", data))
    told = text_of(sent if sent.status_code != 303 else desk.get(sent.headers["location"]))
    assert "bin.pdf" in told
    assert "Bin.pdf" not in told


def test_what_failed_is_told_in_the_language_among_the_pages_too(desk: httpx.Client, own: Path) -> None:
    with Ledger(own) as ledger:
        told = "nothing.html is empty; fetch or save the page again."
        ledger.add_unreadable("nothing.html", None, "empty", told)
    failed = tree_of(desk.get("/pages?language=da")).xpath("//section[@aria-labelledby='h-unreadable']")[0]
    assert "nothing.html er tom; hent eller gem siden igen." in failed.text_content()
    (again,) = failed.xpath(".//p/a/@href")
    assert tree_of(desk.get(again)).xpath("//*[@id='h-failing']")
    assert again.endswith("#h-failing")


def test_the_publisher_of_ones_own_list_is_told_in_the_language(desk: httpx.Client) -> None:
    sent = send(desk, "/uploads/list", {"name": "mine"}, files=("mine.csv", own_list("Alpha", "Beta")))
    seen = text_of(desk.get(sent.headers["location"], params={"name": "mine", "language": "nl"}))
    assert "eigen lijst" in seen
    assert "own list" not in seen
