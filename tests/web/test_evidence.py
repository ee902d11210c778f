"""What a finding of a check rests on: all its statements are a click away, also where they are very many."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.conftest import serving
from tests.web.registers import ended
from tests.web.test_pages import check_harmless, text_of, tree_of

from onrecord.entities import Entity
from onrecord.ledger import Ledger
from onrecord.pages import Block, Page, Published, Run
from onrecord.statements import Reading, Statement

REGISTER = (
    "ID,Sort,Party,Operator,State,Layer,Goods,US share,Since,Until,Note\n"
    "D1,deployment,Huawei,,NO,radio,,,2015,2027-06,\n"
    "D2,deployment,Huawei,,DK,radio,,,2015,2027-06,\n"
)
SOME, MANY = 16, 70


def page_of(state: str, number: int) -> tuple[Page, Reading]:
    """A page on which a state restricts Huawei so many times."""
    lines = [f"{state} bans Huawei, paragraph {at}." for at in range(number)]
    text = "\n\n".join(lines)
    page = Page(
        digest=hashlib.sha256(text.encode()).hexdigest(),
        locator=f"/pages/{state}.html",
        encoding="utf-8",
        original=text,
        text=text,
        offsets=tuple(range(len(text))),
        ends=tuple(range(1, len(text) + 1)),
        blocks=(Block(0, len(text), "body"),),
        runs=(Run(0, len(text), True, "body"),),
        title=f"What {state} said",
        outlet="The Gazette",
        published=Published("2019-04-01", "day", "meta", 0.9),
        language="en",
        language_confidence=1.0,
    )
    said, begin = [], 0
    for line in lines:
        end = begin + len(line)
        said.append(
            Statement(
                start=begin,
                end=end,
                quote=line,
                sentence_start=begin,
                sentence_end=end,
                type="restriction",
                actor=state,
                target="Huawei",
                status="asserted",
                topic="network",
                source=(),
                when=None,
                confidence=0.9,
                rule="restriction.bans",
            )
        )
        begin = end + 2
    entities = (Entity(state, "state", state, (), state), Entity("Huawei", "company", "Huawei", ()))
    return page, Reading("by-hand", "1", tuple(said), (), entities)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("evidence") / "record.db"
    with Ledger(found) as ledger:
        ledger.add(*page_of("NO", SOME))
        ledger.add(*page_of("DK", MANY))
        ledger.settle()
    return found


@pytest.fixture(scope="module")
def desk(place: Path) -> Iterator[httpx.Client]:
    with Ledger(place) as ledger, serving(ledger) as client:
        yield client


@pytest.fixture(scope="module")
def check(desk: httpx.Client) -> str:
    """The address of a check of the register."""
    desk.post("/api/v1/register", files={"file": ("ours.csv", REGISTER.encode())}, data={"name": "ours"})
    done = ended(desk, desk.post("/api/v1/checks", json={"register": "ours"}))
    return str(done["result"]).removeprefix("/api/v1")


def evidence(desk: httpx.Client, check: str, line: str) -> Any:
    """What stands behind the position of a line's own state."""
    tree = tree_of(desk.get(check, params={"kind": "restriction"}))
    rows = tree.xpath("//tr[contains(th, $line)][contains(., 'restricts')]", line=line)
    return rows[0].xpath("td[@class='evidence']")[0]


def test_each_statement_of_a_finding_is_a_link(desk: httpx.Client, check: str) -> None:
    check_harmless(check, desk.get(check))
    cell = evidence(desk, check, "Line 2")
    links = cell.xpath(".//a/@href")
    told = {one["id"] for one in desk.get("/api/v1/statements?entity=NO&limit=500").json()["items"]}
    assert {link.rpartition("/")[2] for link in links} == told
    assert len(told) == SOME
    # Each is told by its words, not by its id.
    (id,) = [link.rpartition("/")[2] for link in links[:1]]
    assert [one.text_content() for one in cell.xpath(".//a[contains(@href, $id)]", id=id)] == [
        f"“{desk.get(f'/api/v1/statements/{id}').json()['quote']}”"
    ]
    assert not told & set(text_of(desk.get(check)).split())
    # The first few stand there, the rest behind.
    assert len(cell.xpath(".//details//a")) == SOME - 3
    assert f"and {SOME - 3} more" in cell.text_content()
    found = [one for one in desk.get(f"/api/v1{check}").json()["findings"] if one["line"] == 2]
    assert max(len(one["statements"]) for one in found) >= SOME
    assert f"{SOME} statements" in text_of(desk.get(check))


@pytest.mark.parametrize(
    ("language", "rule", "past", "since"),
    [
        ("en", "at least half of its base stations", "1 April 2019", "Since"),
        ("da", "mindst halvdelen af basestationerne", "1. april 2019", "Siden"),
        ("nl", "ten minste de helft van de basisstations", "1 april 2019", "Sinds"),
    ],
)
def test_a_check_is_told_in_one_language_and_one_form_of_dates(
    desk: httpx.Client, check: str, language: str, rule: str, past: str, since: str
) -> None:
    page = desk.get(check, params={"language": language})
    tree = tree_of(page)
    text = text_of(page)
    assert rule in text
    assert past in text
    assert since in text
    assert re.findall(r".{50}\b\d{4}-\d\d\b.{12}", text) == []
    assert [one.text_content() for one in tree.xpath("//main//td[@lang]")] == []
    saved = desk.get(f"{check}/check.html", params={"language": language})
    assert rule in text_of(saved)


def test_very_many_are_a_list_of_their_own(desk: httpx.Client, check: str) -> None:
    cell = evidence(desk, check, "Line 3")
    links = cell.xpath(".//a/@href")
    named = [link for link in links if link.startswith("/statements/")]
    (place,) = [link for link in links if link.startswith("/entities/")]
    assert len(named) == len(set(named)) == 50
    assert f"and {MANY - 3} more" in cell.text_content()
    page = desk.get(place.partition("#")[0])
    assert page.status_code == 200
    assert f"of {MANY}" in text_of(page)
    assert "with Denmark" in text_of(page)
    # On to the next part it is narrowed still; and all is a click away.
    (on,) = tree_of(page).xpath("//a[@rel='next']/@href")
    behind = desk.get(on)
    assert f"51 to {MANY} of {MANY}" in text_of(behind)
    everything = tree_of(page).xpath("//section[@aria-labelledby='h-statements']/p/a/@href")
    assert any(f"of {SOME + MANY}" in text_of(desk.get(one.partition("#")[0])) for one in everything)


def test_the_saved_check_names_them_too(desk: httpx.Client, check: str) -> None:
    page = desk.get(f"{check}/check.html")
    told = {one["id"] for one in desk.get("/api/v1/statements?entity=NO&limit=500").json()["items"]}
    assert all(one in page.text for one in told)
    assert "Ids of 50 of the statements, the first and the last" in page.text
    assert "Af udsagnene" not in page.text
    danish = desk.get(f"{check}/check.html", params={"language": "da"})
    assert "de første og de sidste" in danish.text


def test_statements_are_asked_for_with_another_and_of_a_type(desk: httpx.Client) -> None:
    def total(**asked: str) -> int:
        answer = desk.get("/api/v1/statements", params=asked)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["total"])

    assert total(entity="Huawei", other="DK") == total(entity="DK") == MANY
    assert total(entity="Huawei", other="NO", type="restriction") == SOME
    assert total(entity="Huawei", other="NO", type="supply") == 0
    assert total(entity="NO", other="DK") == 0
    assert desk.get("/api/v1/statements?entity=Huawei&other=Nowhere+Inc").status_code == 404
    empty = desk.get("/entities/Huawei?other=NO&type=supply")
    assert empty.status_code == 200
    assert "Narrowed to" in text_of(empty)
    assert desk.get("/entities/Huawei?type=praise").status_code == 400
