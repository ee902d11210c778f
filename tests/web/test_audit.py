"""The audit in the workbench: every judgement with what it is of, narrowed by who, what and when; and the end
of the log, to be noted down and asked for later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from sqlalchemy import create_engine, text
from tests.web.conftest import FIRM, serving
from tests.web.test_pages import text_of, tree_of

from onrecord.client import Client
from onrecord.ledger import JudgementKind, Ledger
from onrecord.present import languages

AN, BO = "An Auditor", "Bo <b>Reviewer</b>"


@pytest.fixture
def ledger(own: Path) -> Iterator[Ledger]:
    """The filled ledger in which two persons judged in each way that there is."""
    with Ledger(own) as ledger:
        said = [one for one in ledger.statements() if one.statement.actor == "Telenor"]
        one = ledger.statements()[0]
        page = ledger.pages()[0]
        ledger.judge("reject", said[0].id, who=AN, why="It is told of another")
        ledger.judge("correct", one.id, who=BO, changes={"status": "possible", "actor": "DK"})
        ledger.judge_all("accept", [each.id for each in ledger.statements()[:5]], who=BO)
        ledger.merge("Ericsson", "Nokia", who=AN, why="only to try")
        ledger.split("Huawei", page.id, FIRM, who=BO)
        ledger.withdraw(page.id, "2019-08-01", who=AN)
        ledger.set_position("DE", "Huawei", scope="networks", code="restricts", since="2019-05", who=BO)
        ledger.recognise(FIRM, kind="company", names=("Evil Nordic",), country="DK", who=AN)
        ledger.dismiss(f"Spokes {FIRM[5:-4]}", who=BO)
        ledger.add_statement(page.id, 0, 12, type="supply", actor="Nokia", target="NO", who=AN)
        ledger.undo(ledger.judgements(subject=said[0].id)[0].id, who=BO, why="it is not")
        yield ledger


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[httpx.Client]:
    with serving(ledger) as client:
        yield client


def rows(answer: httpx.Response) -> dict[int, Any]:
    """By the numbers of the judgements that a page lists their rows."""
    assert answer.status_code == 200, answer.text
    found = tree_of(answer).xpath("//section[@aria-labelledby='h-judgements']//tbody/tr")
    return {int(row.xpath("string(th)")): row for row in found}


def links(row: Any) -> list[str]:
    return [str(link) for link in row.xpath(".//a/@href")]


def test_every_judgement_leads_to_what_it_is_of(desk: httpx.Client, ledger: Ledger) -> None:
    listed = rows(desk.get("/audit?limit=100"))
    passed = {one.id: one for one in ledger.judgements()}
    assert list(listed) == sorted(passed, reverse=True)
    assert {one.kind for one in passed.values()} == set(get_args(JudgementKind))
    for number, row in listed.items():
        one = passed[number]
        for link in links(row):
            assert desk.get(link).status_code == 200, link
        assert f"/judgements/{number}" in links(row)
        assert one.at.strftime("%Y-%m-%d %H:%M:%S") in row.text_content()
        assert one.who in row.text_content()
        if one.kind in ("accept", "reject", "correct", "add"):
            shown = [link for link in links(row) if link.startswith("/statements/")]
            assert shown == [f"/statements/{id}" for id in one.of[:3]]
            # A statement stands there in its sentence, and what does not is on the judgement's own page.
            assert one.of[0] not in row.text_content()
            alone = tree_of(desk.get(f"/judgements/{number}"))
            assert {f"/statements/{id}" for id in one.of} <= set(links(alone))
    by_kind = {one.kind: listed[number] for number, one in passed.items()}
    assert "/suppliers/Huawei" in links(by_kind["position"])
    assert "/entities/DE" in links(by_kind["position"])
    # Nothing is on record about Denmark.
    assert "DK" in by_kind["correct"].text_content()
    assert "/entities/DK" not in links(by_kind["correct"])
    assert {"/entities/Ericsson", "/entities/Nokia"} <= set(links(by_kind["merge"]))
    for kind in ("withdraw", "split", "add"):
        assert f"/pages/{ledger.pages()[0].id}" in links(by_kind[kind]), kind


def test_what_was_undone_and_what_undid_it_lead_to_each_other(desk: httpx.Client, ledger: Ledger) -> None:
    undo = ledger.judgements()[-1]
    undone = ledger.judgements()[undo.undoes - 1 if undo.undoes else 0]
    assert (undo.kind, undone.undone_by) == ("undo", undo.id)
    listed = rows(desk.get("/audit?limit=100"))
    for one, other in ((undo, undone), (undone, undo)):
        assert f"/judgements/{other.id}" in links(listed[one.id])
        alone = tree_of(desk.get(f"/judgements/{one.id}"))
        assert f"/judgements/{other.id}" in links(alone)
        # An undo is of what the undone one is of.
        assert f"/statements/{undone.subject}" in links(listed[one.id])
    assert desk.get("/api/v1/judgements").json()["items"][-1]["undoes"] == undone.id
    assert desk.get("/judgements/4711").status_code == 404
    assert desk.get("/api/v1/judgements/4711").status_code == 404


@pytest.mark.parametrize("language", languages())
def test_kinds_are_told_in_words(desk: httpx.Client, ledger: Ledger, language: str) -> None:
    listed = rows(desk.get("/audit", params={"limit": 100, "language": language}))
    told = {}
    for one in ledger.judgements():
        told[one.kind] = listed[one.id].xpath("string(td[3]/text()[1])").strip(" :\n")
    assert all(told.values())
    assert len(set(told.values())) == len(get_args(JudgementKind))
    if language != "en":
        assert not set(told.values()) & set(get_args(JudgementKind))
    assert "begrænser, netværk" in text_of(desk.get("/audit?language=da"))


def test_it_is_narrowed_by_who_what_and_when_in_the_page_and_in_the_api(
    desk: httpx.Client, ledger: Ledger
) -> None:
    passed = ledger.judgements()
    today = passed[-1].at.strftime("%Y-%m-%d")
    for asked, fits in (
        ({"who": BO}, [one for one in passed if one.who == BO]),
        ({"kind": "merge"}, [one for one in passed if one.kind == "merge"]),
        ({"who": AN, "kind": "undo"}, []),
        (
            {"since": today, "until": today[:7]},
            [one for one in passed if one.at.strftime("%Y-%m-%d") == today],
        ),
        ({"until": "2019"}, []),
        ({"who": "", "kind": "", "since": "", "until": ""}, list(passed)),
    ):
        told: dict[str, str] = {"limit": "100", **asked}
        assert list(rows(desk.get("/audit", params=told))) == [one.id for one in reversed(fits)], asked
        answer = desk.get("/api/v1/judgements", params=told).json()
        assert [one["id"] for one in answer["items"]] == [one.id for one in fits], asked
        assert answer["total"] == len(fits)
        with Client(str(desk.base_url)) as client:
            assert [one["id"] for one in client.judgements(**asked)] == [one.id for one in fits]
    assert "No judgement fits" in text_of(desk.get("/audit?until=2019"))
    for wrong in ("kind=praise", "since=yesterday", "until=2019-13"):
        assert desk.get(f"/audit?{wrong}").status_code == 400
        assert desk.get(f"/api/v1/judgements?{wrong}").status_code == 400


def test_the_next_part_is_narrowed_as_the_first(desk: httpx.Client, ledger: Ledger) -> None:
    of_one = [one.id for one in reversed(ledger.judgements()) if one.who == BO]
    place, found = f"/audit?{httpx.QueryParams(limit=2, who=BO)}", list[int]()
    for _ in of_one:
        answer = desk.get(place)
        found += rows(answer)
        tree = tree_of(answer)
        assert tree.xpath("//select[@name='who']/option[@selected]/@value") == [BO]
        following = tree.xpath("//a[@rel='next']/@href")
        if not following:
            break
        (place,) = following
    assert found == of_one


def test_the_end_of_the_log_can_be_noted_and_asked_for_later(own: Path, desk: httpx.Client) -> None:
    end = desk.get("/api/v1/audit/end").json()
    tree = tree_of(desk.get("/audit"))
    assert tree.xpath("string(//code[@id='log-end'])") == end["last"]
    assert f"{end['judgements']} judgements" in text_of(desk.get("/audit"))
    with Client(str(desk.base_url)) as client:
        assert client.log_end() == end
        assert client.audit()["judgements"] == end["judgements"] == len(list(client.judgements()))
    for noted in (end["last"], end["last"][:12], f" {end['last'].upper()} ", ""):
        assert "is as its log says" in text_of(desk.get("/audit", params={"verify": "yes", "expect": noted}))
    refused = desk.get("/audit", params={"verify": "yes", "expect": "my notes"})
    assert refused.status_code == 400
    assert tree_of(refused).xpath("//input[@id='expect' and @aria-invalid='true']/@value") == ["my notes"]
    # Whoever cuts the log off is found out by the digest alone.
    engine = create_engine(f"sqlite:///{own}")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM judgement WHERE id = (SELECT max(id) FROM judgement)"))
        connection.execute(text("DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)"))
    engine.dispose()
    assert "is as its log says" in text_of(desk.get("/audit?verify=yes"))
    cut = text_of(desk.get("/audit", params={"verify": "yes", "expect": end["last"]}))
    assert "1 thing is not as the log says" in cut
    assert end["last"] in cut
