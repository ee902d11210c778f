"""Forms that could not be done are shown again with what was written, and say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html
from tests.web.conftest import SCRIPT, serving
from tests.web.places import all_pages

from onrecord.ledger import Ledger

MARKED = "Written by hand, æøå & <b>"


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    """The workbench of a ledger that the test may change."""
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


def tree_of(answer: httpx.Response) -> Any:
    return html.fromstring(answer.content.decode())


def form_at(desk: httpx.Client, place: str, action: str, **params: str) -> Any:
    """The first form of a page that is sent to an address."""
    answer = desk.get(httpx.URL(place).copy_merge_params(params))
    assert answer.status_code == 200, (place, answer.status_code)
    return tree_of(answer).xpath(f"//form[starts-with(@action, '{action}')]")[0]


def filled(form: Any, **fields: str) -> dict[str, str]:
    """What a browser sends of a form with these fields filled in."""
    told = {name: value for name, value in form.form_values() if isinstance(value, str)}
    for button in form.xpath(".//button[@name]")[-1:]:
        told.setdefault(button.get("name"), button.get("value"))
    return {**told, **fields}


def refused(answer: httpx.Response, action: str, field: str, status: int = 422) -> Any:
    """The form in an answer that shows it again, with the field at fault."""
    assert answer.status_code == status, (answer.status_code, answer.text[-900:])
    tree = tree_of(answer)
    (said,) = tree.xpath("//*[@id='wrong']")
    assert said.get("role") == "alert"
    assert said.text_content().strip()
    (form,) = said.xpath("ancestor::form")
    assert form.get("action").partition("?")[0] == action
    assert not form.xpath("ancestor::details[not(@open)]")
    at_fault = form.xpath(".//*[@aria-invalid='true']")
    assert [one.get("name") for one in at_fault] == ([field] if field else [])
    for one in at_fault:
        assert "wrong" in one.get("aria-describedby").split()
    return form


@pytest.mark.parametrize(
    ("place", "action", "fields", "field"),
    [
        ("/entities/Telenor", "/entities/split", {"page": "ffff", "into": MARKED, "why": MARKED}, "page"),
        ("/entities/Telenor", "/entities/split", {"page": "", "into": "Telia", "why": MARKED}, "page"),
        (
            "/entities/Telenor",
            "/entities/recognise",
            {"called": MARKED, "also": "A; B", "country": "Atlantis", "why": MARKED, "kind": "body"},
            "country",
        ),
        ("/entities/Telenor", "/entities/recognise", {"part_of": MARKED, "why": MARKED}, "part_of"),
        ("/watch", "/watch/follow", {"supplier": MARKED}, "supplier"),
        (
            "/watch/settings",
            "/watch/channels",
            {"address": MARKED, "hour": "7", "zone": "Europe/Oslo", "pace": "weekly", "quiet_from": "22:00"},
            "quiet_from",
        ),
        (
            "/watch/settings",
            "/watch/channels",
            {"address": "https://", "weekday": "3", "spoken": "nl"},
            "address",
        ),
        ("/review/settings", "/review/settings", {"stakes": "much", "type": "restriction"}, "stakes"),
        (
            "/accounts",
            "/accounts",
            {"name": MARKED, "email": "a@example.org", "role": "administrator"},
            "name",
        ),
        ("/accounts", "/accounts", {"name": "Ada", "email": "nowhere"}, "email"),
        ("/register", "/uploads/register", {"name": "Our own"}, "file"),
        ("/lists", "/uploads/list", {"name": "ours", "issued": "soon"}, "files"),
        ("/sources", "/sources/upload", {}, "files"),
    ],
)
def test_what_was_written_stands_in_the_form_and_the_field_at_fault_says_why(
    desk: httpx.Client, place: str, action: str, fields: dict[str, str], field: str
) -> None:
    for language in ("en", "da", "nl"):
        sent = filled(form_at(desk, place, action, language=language), **fields)
        if action == "/accounts":
            sent["password"] = "three gulls, four herrings"
        answer = desk.post(f"{action}?language={language}", data=sent)
        form = refused(answer, action, field)
        shown = dict(form.form_values())
        assert {name: shown.get(name) for name in fields} == fields
        assert not shown.get("password")
        assert "three gulls" not in answer.text
        assert tree_of(answer).get("lang") == language
    # What is mended in it can be sent as it stands.
    assert shown["csrf"]
    assert desk.get(shown["stood"]).status_code == 200


@pytest.mark.parametrize(
    ("language", "hint", "hint_of_many"),
    [
        ("en", "Perhaps you mean: Huawei", "Did you mean Huawei"),
        ("da", "Måske mener du: Huawei", "Måske mener du: Huawei"),
        ("nl", "Misschien bedoelt u: Huawei", "Misschien bedoelt u: Huawei"),
    ],
)
def test_of_a_supplier_that_is_not_known_the_nearest_are_named(
    desk: httpx.Client, language: str, hint: str, hint_of_many: str
) -> None:
    sent = filled(form_at(desk, "/watch", "/watch/follow", language=language), supplier="Huawey")
    answer = desk.post(f"/watch/follow?language={language}", data=sent)
    refused(answer, "/watch/follow", "supplier")
    assert hint in tree_of(answer).xpath("string(//main)")
    asked = desk.get("/standing", params={"suppliers": "Huawey", "language": language})
    assert hint_of_many in tree_of(asked).xpath("string(//main)")


def test_a_second_channel_to_one_address_is_refused_at_its_field(desk: httpx.Client) -> None:
    place, action = "/watch/settings", "/watch/channels"
    sent = filled(form_at(desk, place, action), address="desk@example.org")
    assert desk.post(action, data=sent).status_code == 303
    form = refused(desk.post(action, data={**sent, "pace": "daily"}), action, "address")
    assert form.xpath("string(.//input[@name='address']/@value)") == "desk@example.org"
    danish = desk.post(action, data={**sent, "pace": "weekly", "stood": f"{place}?language=da"})
    assert "Der sendes allerede til desk@example.org" in danish.text


def test_a_reason_that_is_too_long_and_a_statement_of_nobody_stand_in_their_forms(desk: httpx.Client) -> None:
    place, action = "/compare?a=Huawei&b=Telenor", "/entities/merge"
    long = "æ" * 2001
    form = refused(desk.post(action, data=filled(form_at(desk, place, action), why=long)), action, "why")
    assert form.xpath("string(.//input[@name='why']/@value)") == long
    page = desk.get("/api/v1/pages").json()["items"][0]["id"]
    place = f"/pages/{page}/say"
    sent = filled(form_at(desk, f"{place}?start=0&end=6", place), do="say", stood=f"{place}?start=0&end=6")
    refused(desk.post(place, data=sent), place, "actor")


def test_a_list_is_looked_at_again_with_its_name_and_day(desk: httpx.Client) -> None:
    data = b"name,type\nNordlys Works,company\n"
    for fields, field in (
        ({"name": "no such name!"}, "name"),
        ({"name": "ours-2", "issued": "soon"}, "issued"),
    ):
        sent = filled(form_at(desk, "/lists", "/uploads/list"), **fields)
        answer = desk.post("/uploads/list", data=sent, files={"files": ("ours.csv", data)})
        shown = dict(refused(answer, "/uploads/list", field).form_values())
        assert {name: shown[name] for name in fields} == fields


def test_the_columns_of_a_register_stay_as_they_were_chosen(desk: httpx.Client) -> None:
    sent = filled(form_at(desk, "/register", "/uploads/register"), name="vendors")
    vendors = "Vendor;Firm no;Land\nHuawei;V1;NO\nEricsson;V2;Nowhereland\n"
    looked = desk.post("/uploads/register", data=sent, files={"file": ("v.csv", vendors.encode())})
    place = looked.headers["location"]
    action = place.partition("?")[0]
    told = {"c1": "party", "c2": "id", "c3": "state", "sort": "supplier", "name": "Vendors 2", "do": "keep"}
    answer = desk.post(action, data=filled(form_at(desk, place, action), **told))
    form = refused(answer, action, "")
    shown = dict(form.form_values())
    assert {name: shown[name] for name in told if name != "do"} == {
        n: v for n, v in told.items() if n != "do"
    }
    done = desk.post(action, data={**shown, "do": "keep", "keep_good": "yes"})
    assert done.headers["location"].startswith("/register/Vendors%202")
    # A check of it, with a state and a day that are none.
    checks = "/register/Vendors%202/checks"
    for fields, field in (({"home": "Atlantis", "as_of": "2019-02"}, "home"), ({"as_of": "soon"}, "as_of")):
        again = filled(form_at(desk, "/register/Vendors%202", checks), **fields)
        shown = dict(refused(desk.post(checks, data=again), checks, field).form_values())
        assert {name: shown[name] for name in fields} == fields


def test_what_the_ledger_refuses_is_shown_with_what_was_written(own: Path) -> None:
    with Ledger(own) as ledger, serving(ledger) as desk, Ledger(own) as other:
        sent = filled(form_at(desk, "/compare?a=Huawei&b=Telenor", "/entities/merge"), why=MARKED)
        # A person who has no name to judge in, as the ledger has it, meets a refusal of its own.
        other.merge(sent["into"], sent["key"], who="Bo")
        answer = desk.post("/entities/merge", data=sent)
        assert answer.status_code == 409
        assert "one already" in answer.text
        assert not tree_of(answer).xpath("//script[contains(., 'alert')]")


def test_nothing_is_shown_again_of_what_came_from_elsewhere(desk: httpx.Client) -> None:
    form = form_at(desk, "/watch", "/watch/follow")
    for stood in (
        "https://evil.example/",
        "//evil.example",
        "/api/v1/suppliers",
        "/nowhere",
        "/static/x",
        "",
    ):
        answer = desk.post("/watch/follow", data=filled(form, supplier=SCRIPT, stood=stood))
        assert answer.status_code == 404, stood
        assert "evil.example" not in answer.text
    answer = desk.post("/watch/follow", data=filled(form, supplier=SCRIPT))
    assert not refused(answer, "/watch/follow", "supplier").xpath(".//script | .//img")
    foreign = {**filled(form, supplier=SCRIPT), "csrf": "x" * 88}
    assert desk.post("/watch/follow", data=foreign).status_code == 403


def test_every_form_says_where_it_stands(desk: httpx.Client) -> None:
    seen = 0
    for place in ("/review", "/review/list", "/review?said=done_review_skipped&undo=3", *all_pages(desk)):
        answer = desk.get(place)
        if "html" not in answer.headers["content-type"]:
            continue
        for form in tree_of(answer).xpath("//main//form[@method='post']"):
            stood = form.xpath("string(.//input[@name='stood']/@value)")
            assert stood.startswith("/"), (place, form.get("action"))
            assert "said=" not in stood
            seen += 1
    assert seen > 30
