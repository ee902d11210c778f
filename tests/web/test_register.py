"""Registers in the workbench: uploaded, mapped, kept, checked, compared, saved; and refused."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html
from openpyxl import Workbook, load_workbook
from tests.web.conftest import SCRIPT, serving
from tests.web.registers import REGISTER, ended, send
from tests.web.test_pages import check_harmless, text_of

from onrecord.ledger import Ledger


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def kept(client: httpx.Client, text: str = REGISTER, **data: Any) -> dict[str, Any]:
    answer = client.post(
        "/api/v1/register", files={"file": ("ours.csv", text.encode())}, data={"name": "ours", **data}
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_register_is_kept_checked_compared_and_saved(
    desk: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("onrecord", "uvicorn"):
        caplog.set_level(logging.DEBUG, logger=name)
    assert kept(desk)["lines"] == 3
    first = ended(desk, desk.post("/api/v1/checks", json={"register": "ours", "home": "Norway"}))
    assert (first["state"], first["message"]) == ("done", None)
    place = first["result"].removeprefix("/api/v1")
    found = desk.get(first["result"]).json()
    assert found["shape"] == "onrecord.check/1"
    assert {"list-hit", "restriction"} <= {one["kind"] for one in found["findings"]}

    page = desk.get(place)
    check_harmless(place, page)
    assert f"Evil {SCRIPT} Ltd" in text_of(page)
    tree: Any = html.fromstring(page.content.decode())
    links = set(tree.xpath("//main//td//a/@href"))
    for part in ("/statements/", "/lists/ours/entries/", "/rules/"):
        some = [link for link in links if link.startswith(part)]
        assert some or part == "/rules/", (part, links)
        for link in some[:3]:
            assert desk.get(link).status_code == 200, link

    listed = desk.get(place, params={"kind": "list-hit", "side": "against", "relation": "direct"})
    many = sum(one["kind"] == "list-hit" for one in found["findings"])
    assert f"of {many}" in text_of(listed)
    beyond = desk.get(place, params={"after": "100000"})
    assert beyond.status_code == 200

    # The same file once more, with a line less and another state of the first.
    changed = "\n".join(REGISTER.replace(",NO,radio", ",DK,radio").splitlines()[:-1]) + "\n"
    assert kept(desk, changed)["lines"] == 2
    second = ended(desk, desk.post("/api/v1/checks", json={"register": "ours", "home": "NO"}))
    at = second["result"].removeprefix("/api/v1")
    against = desk.get(f"{at}/compare")
    check_harmless(at, against)
    assert "Evil" in text_of(against)
    told = desk.get(second["result"]).json()
    assert told["gone"]
    # The first one is as it was.
    assert desk.get(first["result"]).json() == found

    book = load_workbook(io.BytesIO(desk.get(f"{at}/check.xlsx").content))
    assert book.sheetnames[0] == "Findings"
    saved = desk.get(f"{at}/check.html")
    assert "attachment" in saved.headers["content-disposition"]
    assert "<script>alert" not in saved.text
    assert json.loads(desk.get(f"{at}/check.json").content)["findings"] == told["findings"]
    assert desk.get(second["result"] + ".xlsx").content[:2] == b"PK"
    assert desk.get(second["result"] + ".pdf").status_code == 404
    assert [one["findings"] for one in desk.get("/api/v1/register/ours").json()["checks"]] == [
        len(found["findings"]), len(told["findings"]),
    ]  # fmt: skip
    assert desk.get("/register/ours").status_code == 200
    # What a register holds is told in no log.
    assert not [
        one for one in caplog.records if "Evil" in one.getMessage() and "python_multipart" not in one.name
    ]


def test_columns_are_mapped_by_hand(desk: httpx.Client) -> None:
    vendors = "Vendor;Firm no;Land\nHuawei;V1;NO\nEricsson;V2;Nowhereland\n"
    sent = send(desk, "/uploads/register", file=("C:\\secret\\vendors.csv", vendors.encode()))
    assert sent.status_code == 303, sent.text
    place = sent.headers["location"].partition("?")[0]
    seen = desk.get(sent.headers["location"])
    assert "choose a column for “Sort”, or one sort for all lines" in text_of(seen)
    assert "secret" not in seen.text
    told = {"c1": "party", "c2": "id", "c3": "state", "sort": "supplier", "name": "vendors"}
    looked = desk.post(place, data={**told, "do": "look", "csrf": csrf_of(seen)})
    again = desk.get(looked.headers["location"])
    assert "1 line can be used. 1 cannot." in text_of(again)
    assert "Nowhereland" in text_of(again)
    # A line that cannot be used is not passed over in silence.
    assert desk.post(place, data={**told, "do": "keep", "csrf": csrf_of(seen)}).status_code == 400
    done = desk.post(place, data={**told, "do": "keep", "keep_good": "yes", "csrf": csrf_of(seen)})
    assert done.status_code == 303
    assert done.headers["location"] == "/register/vendors?said=done_register"
    (version,) = desk.get("/api/v1/register/vendors").json()["versions"]
    assert (version["lines"], version["unusable"], version["sort"]) == (1, 1, "supplier")
    assert version["columns"] == {"#2": "id"} or version["columns"]["#2"] == "id"
    held = desk.get(f"/register/vendors/versions/{version['version']}")
    assert held.content == vendors.encode()
    assert held.headers["content-disposition"].startswith("attachment")
    # What was used is no longer held.
    assert desk.get(place).status_code == 404
    twice = desk.post("/api/v1/register", files={"file": ("v.csv", vendors.encode())}, data={
        "map": ["Vendor=party", "Firm no=party"], "sort": "supplier",
    })  # fmt: skip
    assert twice.status_code == 400
    assert "both stand for Party" in twice.json()["detail"]


def csrf_of(page: httpx.Response) -> str:
    return str(html.fromstring(page.text).xpath("string(//form//input[@name='csrf']/@value)"))


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 MB."""
    made, book = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with (
        zipfile.ZipFile(book) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for part in old.infolist():
            if part.filename != "xl/worksheets/sheet1.xml":
                new.writestr(part, old.read(part))
        with new.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(b" " * 2**20)
    return made.getvalue()


HEAD = "ID,Sort,Party\n"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("head.csv", HEAD.encode(), "no lines below"),
        ("page.html", b"<!doctype html><p>Hello</p>", "no column"),
        ("picture.png", bytes(range(256)) * 40, "neither a workbook"),
        ("broken.csv", HEAD.encode("utf-16") + b"\xd8", "neither a workbook"),
        ("twice.csv", b"ID,Sort,Party,Supplier\n1,supplier,A,B\n", "both stand for Party"),
        ("formula.csv", f"{HEAD}1,supplier,=1+1\n".encode(), "none of its 1 lines"),
        ("bomb.xlsx", bomb, "200 times its size"),
        ("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100, "an old Excel file"),
    ],
)  # fmt: skip
def test_what_is_no_register_is_refused_with_what_is_wrong(
    web: httpx.Client, name: str, data: Any, told: str
) -> None:
    data = data() if callable(data) else data
    answer = web.post("/api/v1/register", files={"file": (name, data)})
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json()["detail"]
    page = send(web, "/uploads/register", file=(name, data))
    assert page.status_code in (303, 400)
    assert web.get("/api/v1/register").json()["total"] == 0


def test_a_file_without_a_column_that_must_be_there_is_told_by_the_names_on_the_page(
    desk: httpx.Client,
) -> None:
    book = Workbook()
    for row in (["Wer", "Land"], ["Huawei", "CN"], ['=CONCATENATE("Z", "TE")', "CN"]):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    place = send(desk, "/uploads/register", file=("ours.xlsx", held.getvalue())).headers["location"]
    for language, told in (
        ("en", "None of the columns is for “Party”"),
        ("da", "Ingen af kolonnerne er til »Part«"),
        ("nl", "Geen van de kolommen is voor “Partij”"),
    ):
        shown = text_of(desk.get(place, params={"language": language, "name": "ours"}))
        assert told in shown
        # What is told is of this page, not of the command line, and what is wrong with a cell is no sample.
        assert "--map" not in shown
        assert "formula" not in shown
    asked = {"c1": "party", "sort": "supplier", "language": "da"}
    mapped = text_of(desk.get(place, params=asked))
    assert "1 linje kan bruges. 1 kan ikke." in mapped
    assert "formel" in mapped


def test_what_cannot_be_asked_is_refused(web: httpx.Client) -> None:
    too_much = web.post("/api/v1/register", files={"file": ("big.csv", b"x" * (65 * 2**20))})
    assert too_much.status_code == 413
    for given in ({"register": "nobody"}, {"register": "x", "more": 1}, {}):
        assert web.post("/api/v1/checks", json=given).status_code in (400, 404), given
    for place in ("/checks/99", "/checks/1", "/register/nobody", "/jobs/none", "/uploads/register/none"):
        answer = web.get(place)
        assert answer.status_code == 404, place
        check_harmless(place, answer)
    assert "started anew" in web.get("/api/v1/jobs/none").json()["detail"]
    # A page that asks on its own is told in its place, and stops asking.
    gone = web.get("/jobs/none", headers={"HX-Request": "true"})
    assert (gone.status_code, "started anew" in gone.text, "hx-get" in gone.text) == (200, True, False)
    # A form without the token of our pages is none of ours.
    assert web.post("/uploads/register", files={"file": ("a.csv", b"x")}).status_code == 403


def test_states_and_days_that_are_none_are_told(desk: httpx.Client) -> None:
    kept(desk)
    for given in ({"home": "Atlantis"}, {"as_of": "yesterday"}, {"as_of": "9999"}, {"version": 77}):
        answer = desk.post("/api/v1/checks", json={"register": "ours", **given})
        assert answer.status_code in (400, 404), given
    refused = desk.post("/api/v1/checks", json={"register": "ours", "as_of": "9999"}).json()
    assert "to come" in refused["detail"]
    aside = ended(desk, desk.post("/api/v1/checks", json={"register": "ours", "as_of": "2019-03-10"}))
    found = desk.get(aside["result"]).json()
    assert (found["as_of"], found["last"]) == ("2019-03-10", None)


def test_an_empty_register_can_be_had_in_ones_language(web: httpx.Client) -> None:
    assert "Soort" in web.get("/register-template.csv", params={"language": "nl"}).text
    assert web.get("/register-template.xlsx").content[:2] == b"PK"
