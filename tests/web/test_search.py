"""Search over everything: names, lists, registers and judgements beside pages and quotes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.conftest import FIRM, SCRIPT, serving
from tests.web.registers import REGISTER
from tests.web.test_pages import check_harmless, text_of, tree_of

from onrecord.client import Client
from onrecord.exposure import GivenFile, keep_register
from onrecord.ledger import Ledger, _full_text
from onrecord.lists import ListedName, Party, ReadList, add_list

HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
VENDORS = "Party,State\n" + "".join(f"{name},DK\n" for name in ("Hikvision", "Dahua", "Hikvision"))


def a_list(issued: str, *names: tuple[str, ...]) -> ReadList:
    parties = tuple(
        Party(f"P/{number}", "company", tuple(map(ListedName, several)))
        for number, several in enumerate(names)
    )
    return ReadList("entity-list", "Entities", "A state", "own-csv", issued, parties)


@pytest.fixture
def ledger(own: Path) -> Iterator[Ledger]:
    """The filled ledger with a list, a register and judgements of its own, of which pages say nothing."""
    with Ledger(own) as ledger:
        add_list(ledger, a_list("2019-09-01", ("Vexalon Works",)), who="Me", shrunk=True)
        add_list(ledger, a_list("2019-10-09", (HIKVISION, "海康威视"), ("Dahua Technology",)), who="Me")
        keep_register(ledger, "Vendors", GivenFile("v.csv", VENDORS.encode()), sort="supplier", who="Me")
        keep_register(ledger, f"Reg {SCRIPT}", GivenFile("x.csv", REGISTER.encode()), who=f"Me {SCRIPT}")
        ledger.recognise(FIRM, kind="company", names=("Hikvision Nordic",), who="Reviewer")
        ledger.judge("reject", ledger.statements()[0].id, who="Reviewer", why="It is of Hikvision’s cameras")
        yield ledger


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[httpx.Client]:
    with serving(ledger) as client:
        yield client


def asked(desk: httpx.Client, q: str, **more: Any) -> dict[str, Any]:
    answer = desk.get("/api/v1/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_name_is_found_wherever_it_stands(desk: httpx.Client) -> None:
    found = asked(desk, "hikvision")
    totals = {kind: some["total"] for kind, some in found["things"].items()}
    assert totals == {"entity": 1, "entry": 1, "register": 1, "judgement": 1}
    assert found["facets"]["kind"] == totals
    assert found["items"] == []
    (party,) = found["things"]["register"]["items"]
    assert (party["of"], party["rows"], party["rows_total"]) == ("Vendors", [2, 4], 2)
    (entry,) = found["things"]["entry"]["items"]
    assert (entry["of"], entry["id"], entry["text"]) == ("entity-list", "P/0", HIKVISION)
    for some in found["things"].values():
        for one in some["items"]:
            assert [one["text"][start:end] for start, end in one["marks"]] == [
                "Hikvision’s" if one["kind"] == "judgement" else "Hikvision"
            ]
            assert desk.get(one["address"]).status_code == 200, one
    assert asked(desk, "reviewer")["things"]["judgement"]["total"] == 2
    # A list's name is found by whole words, a name on pages also by a part.
    assert {k: v["total"] for k, v in asked(desk, "hikvis")["things"].items()} == {
        **dict.fromkeys(totals, 0),
        "entity": 1,
    }


def test_the_page_says_what_was_asked_and_marks_what_was_found(desk: httpx.Client) -> None:
    for language, heading in (("en", "“Hikvision”: 4 hits"), ("da", "»Hikvision«: 4 resultater")):
        tree = tree_of(desk.get("/search", params={"q": "Hikvision", "language": language}))
        assert tree.xpath("string(//h1)") == heading
        assert tree.xpath("string(//title)").startswith(heading)
    tree = tree_of(desk.get("/search?q=Hikvision"))
    for kind in ("entity", "entry", "register", "judgement"):
        (section,) = tree.xpath(f"//section[@aria-labelledby='h-{kind}']")
        assert "Hikvision" in section.xpath("string(.//mark)")
        for link in section.xpath(".//li/a/@href"):
            assert desk.get(link).status_code == 200, link
        (facet,) = tree.xpath(f"//nav[@class='facets']//a[contains(@href, 'kind={kind}')]/@href")
        alone = tree_of(desk.get(facet))
        assert [one.get("aria-labelledby") for one in alone.xpath("//main//section")] == [f"h-{kind}"]
        assert alone.xpath("//ul[@class='taken']//a/@href") == ["/search?q=Hikvision"]
    assert tree_of(desk.get("/search?q=nothing+such")).xpath("//p[@class='none']")


def test_only_the_newest_versions_are_looked_through(desk: httpx.Client, ledger: Ledger) -> None:
    assert asked(desk, "Vexalon")["things"]["entry"]["total"] == 0
    assert asked(desk, '"Dahua Technology"')["things"]["entry"]["total"] == 1
    add_list(ledger, a_list("2020-01-01", (HIKVISION,), ("Vexalon",)), who="Me")
    keep_register(ledger, "Vendors", GivenFile("v.csv", VENDORS.replace("Dahua", "Vexalon").encode()),
                  sort="supplier", who="Me")  # fmt: skip
    found = asked(desk, "Vexalon")["things"]
    assert (found["entry"]["total"], found["register"]["total"]) == (1, 1)
    assert asked(desk, "Dahua")["facets"] == {}
    ledger.merge("Telenor", "Ericsson", who="Reviewer", why="Vexalon told it")
    assert asked(desk, "Vexalon")["things"]["judgement"]["total"] == 1
    assert asked(desk, "Telenor")["things"]["entity"]["items"][0]["id"] == "Ericsson"


def test_many_of_a_kind_are_had_in_parts(desk: httpx.Client, ledger: Ledger) -> None:
    add_list(ledger, a_list("2020-01-01", *((f"Quorvex {n}",) for n in range(25))), who="Me")
    whole = asked(desk, "Quorvex", kind="entry", limit=100)
    assert (len(whole["things"]["entry"]["items"]), whole["next"]) == (25, None)
    assert len(asked(desk, "Quorvex")["things"]["entry"]["items"]) == 10
    with Client(str(desk.base_url)) as client:
        first = client.search("Quorvex", kind="entry", limit=15)
        rest = client.search("Quorvex", kind="entry", limit=15, after=first["next"] or 0)
    assert [*first["things"]["entry"]["items"], *rest["things"]["entry"]["items"]] == whole["things"][
        "entry"
    ]["items"]
    tree = tree_of(desk.get("/search?q=Quorvex"))
    (every,) = tree.xpath("//section//a[starts-with(., 'All 25')]/@href")
    shown = tree_of(desk.get(every))
    (behind,) = shown.xpath("//a[@rel='next']/@href")
    names = [
        one.xpath("string(a)")
        for page in (shown, tree_of(desk.get(behind)))
        for one in page.xpath("//li[p or a][small]")
    ]
    assert names == [one["name"] for one in whole["things"]["entry"]["items"]]
    wrong = desk.get("/api/v1/search?q=x&kind=nothing")
    assert (wrong.status_code, wrong.headers["content-type"]) == (400, "application/problem+json")


def test_statements_with_one_quote_are_one_hit(desk: httpx.Client) -> None:
    statements = [
        one["id"] for one in desk.get("/api/v1/statements?limit=500").json()["items"] if FIRM in one["quote"]
    ]
    assert len(statements) == 2
    tree = tree_of(desk.get("/search", params={"q": '"Evil script" supplies', "kind": "statement"}))
    (hit,) = tree.xpath("//section[@aria-labelledby='h-hits']/ol/li")
    assert hit.text_content().strip().startswith("2 statements")
    assert sorted(hit.xpath(".//a/@href")) == sorted(f"/statements/{id}" for id in statements)
    for id, told in zip(hit.xpath(".//a/@href"), hit.xpath(".//a"), strict=True):
        reads = desk.get(f"/api/v1{id}?language=en").json()["reads"]
        assert " ".join(told.text_content().split()) == " ".join(reads.split())
    danish = tree_of(desk.get("/search", params={"q": "Huawei", "kind": "statement", "language": "da"}))
    link = danish.xpath("//section[@aria-labelledby='h-hits']/ol/li/a")[0]
    reads = desk.get(f"/api/v1{link.get('href').partition('?')[0]}?language=da").json()["reads"]
    assert link.text_content() == reads


def test_languages_are_told_by_their_names(desk: httpx.Client) -> None:
    for language, dutch in (("en", "Dutch"), ("da", "nederlandsk"), ("nl", "Nederlands")):
        tree = tree_of(desk.get("/search", params={"q": "Huawei", "language": language}))
        assert tree.xpath("//nav[@class='facets']//a[contains(@href, 'in_language=nl')]/text()") == [dutch]


def test_hostile_names_reasons_and_registers_are_harmless(desk: httpx.Client) -> None:
    for kind in ("", "entity", "entry", "register", "judgement"):
        answer = desk.get("/search", params={"q": "script", "kind": kind})
        check_harmless(f"search {kind}", answer)
        assert SCRIPT in text_of(answer), kind
        assert tree_of(answer).xpath("//mark[.='script']"), kind
    for q in (SCRIPT, f'"{SCRIPT}"', FIRM, "{n}", "\u202escript"):
        check_harmless(q, desk.get("/search", params={"q": q}))
    assert "\u202e" not in desk.get("/search", params={"q": "\u202escript"}).text.partition("<body")[0]


def test_a_register_that_cannot_be_read_any_more_is_told(desk: httpx.Client, ledger: Ledger) -> None:
    detail: dict[str, Any] = {"file": "old.csv", "columns": {}, "sort": None, "lines": 1, "bad": 0}
    ledger.deposit("register", "Old", b"nothing,of,use\n1,2,3\n", detail=detail, who="Me")
    assert asked(desk, "Hikvision")["unread_registers"] == ["Old"]
    assert "The register Old cannot be read any more" in text_of(desk.get("/search?q=Hikvision"))


def test_of_more_than_can_be_ranked_it_says_that_there_are_more(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_full_text, "CANDIDATES", 1)
    with serving(ledger) as web:
        for language, told in (("en", "more than"), ("da", "over"), ("nl", "meer dan")):
            answer = web.get("/search", params={"q": "Huawei", "language": language})
            assert answer.status_code == 200
            assert told in tree_of(answer).findtext(".//title")
