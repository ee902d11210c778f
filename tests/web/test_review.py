"""Judging over HTTP: pages that need no script, and the API; by one person, and by several at once."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from lxml import html
from tests.web.conftest import SCRIPT, As
from tests.web.test_pages import text_of

FORM = ("type", "actor", "target", "status", "topic", "scope", "when")
"""The fields of the form for a correction that hold one word."""


def send(client: httpx.Client, path: str, **fields: Any) -> httpx.Response:
    """Send a form of our pages, and go where it leads."""
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/review/settings").text)
    assert found
    at = fields.get("statement") if path == "/review/judge" else None
    stood = f"/review?at={at}" if at else "/review/list"
    return client.post(path, data={"csrf": found[1], "stood": stood, **fields}, follow_redirects=True)


def queue(client: httpx.Client, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/review", params=asked)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def ids(client: httpx.Client, **asked: Any) -> list[str]:
    return [one["statement"]["id"] for one in queue(client, **asked)]


def judged(client: httpx.Client, **told: Any) -> httpx.Response:
    return client.post("/api/v1/judgements", json=told)


def test_one_judges_and_the_next_is_there(as_: As) -> None:
    desk = as_("Anna")
    before = queue(desk)
    first, second = (one["statement"]["id"] for one in before[:2])
    at = desk.get("/review").text
    assert f'value="{first}"' in at
    assert SCRIPT not in at
    answer = send(desk, "/review/judge", statement=first, kind="accept", why=SCRIPT, next=second)
    assert "Accepted." in answer.text
    assert answer.url.params["at"] == second
    assert first not in ids(desk)
    told = desk.get(f"/api/v1/statements/{first}").json()["judgement"]
    assert (told["kind"], told["who"], told["why"]) == ("accept", "Anna", SCRIPT)
    for place in (f"/review?at={first}", "/review/list", "/review/progress", f"/statements/{first}"):
        assert SCRIPT not in desk.get(place).text
    assert "Undone" in send(desk, "/review/undo", judgement=told["id"]).text
    assert queue(desk) == [{**before[0], "seen": told["id"] + 1}, *before[1:]]


def test_to_a_reader_nothing_is_said_to_wait_for_them(as_: As) -> None:
    desk = as_("Anna", "reader")
    for place in ("/review", "/review/progress"):
        shown = text_of(desk.get(place))
        assert "wait to be judged. That takes the role of reviewer" in shown, place
        assert "for you" not in shown, place
    assert "Tick what you judge" not in text_of(desk.get("/review/list"))


def test_review_uses_the_words_of_the_dossier(as_: As) -> None:
    desk = as_("Anna")
    for language, words in (("da", ("fastslået", "restriktion")), ("nl", ("gesteld", "beperking"))):
        review: Any = html.fromstring(desk.get(f"/review?language={language}").text)
        reader: Any = html.fromstring(desk.get(say_of(desk) + f"&language={language}").text)
        for field, word in zip(("status", "type"), words, strict=True):
            here, there = (
                [
                    one.text_content()
                    for one in tree.xpath(f"//select[@name='{field}'][not(option[@value=''])]/option")
                ]
                for tree in (review, reader)
            )
            assert here == there
            assert word in here


def say_of(desk: httpx.Client) -> str:
    """Where a statement is said of some words of a page."""
    page = desk.get("/api/v1/pages").json()["items"][0]["id"]
    return f"/pages/{page}/say?start=0&end=6"


def test_a_correction_takes_names_and_what_was_skipped_comes_last(as_: As) -> None:
    desk = as_("Anna")
    first, second, *_, last = ids(desk)
    shown = desk.get(f"/api/v1/statements/{first}").json()
    same = {name: shown[name] or "" for name in FORM}
    same["source"] = ", ".join(shown["source"])
    assert send(desk, "/review/judge", statement=first, kind="correct", **same).status_code == 422
    answer = send(
        desk,
        "/review/judge",
        statement=first,
        kind="correct",
        **{**same, "actor": "HUAWEI", "when": "2019-02", "scope": "radio"},
    )
    assert answer.status_code == 200, answer.text
    found = desk.get(f"/api/v1/statements/{first}").json()
    assert (found["actor"], found["when"], found["scope"]) == ("Huawei", "2019-02", "radio")
    assert found["judgement"]["payload"] == {"actor": "Huawei", "when": "2019-02", "scope": "radio"}
    assert (
        send(desk, "/review/judge", statement=second, kind="correct", **{**same, "when": "soon"}).status_code
        == 422
    )
    assert "Skipped" in send(desk, "/review/skip", statement=second, next=last).text
    assert ids(desk)[-1] == second
    assert second in ids(as_("Bo"))[:-1], "what one skips stays where it was for others"
    send(desk, "/review/undo", skipped=second)
    assert ids(desk)[0] == second


def test_several_are_judged_as_one_and_undone_as_one(as_: As) -> None:
    desk = as_("Anna")
    before = ids(desk)
    answer = send(desk, "/review/several", statement=before[:3], kind="reject", why="adverts", seen="9")
    assert "as one judgement" in answer.text
    assert ids(desk) == before[3:]
    number = answer.url.params["undo"]
    told = [one for one in desk.get("/api/v1/judgements").json()["items"] if str(one["id"]) == number]
    assert [set(one["payload"]["statements"]) for one in told] == [set(before[:3])]
    send(desk, "/review/undo", judgement=number, back="/review/list")
    assert ids(desk) == before
    assert send(desk, "/review/several", kind="accept").status_code == 422


def test_of_two_who_judge_at_once_the_second_is_told_and_nothing_is_lost(as_: As) -> None:
    anna, bo = as_("Anna"), as_("Bo")
    statement = ids(anna)[0]
    ready = Barrier(2)

    def judge(desk: httpx.Client, kind: str) -> httpx.Response:
        ready.wait()
        return judged(desk, kind=kind, statements=[statement], seen=None)

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(judge, (anna, bo), ("accept", "reject")))
    passed, told = sorted(done, key=lambda one: one.status_code)
    assert (passed.status_code, told.status_code) == (201, 409)
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["judgement"] == passed.json()
    assert [one["id"] for one in anna.get(f"/api/v1/judgements?subject={statement}").json()["items"]] == [
        passed.json()["id"]
    ]
    # On the page likewise: the other's judgement is shown, and what one wrote is still there.
    late = send(anna, "/review/judge", statement=statement, kind="reject", why="my own reason")
    assert late.status_code == 409
    assert passed.json()["who"] in late.text
    assert "my own reason" in late.text
    seen = passed.json()["id"]
    again = send(anna, "/review/judge", statement=statement, kind="reject", why="my own reason", seen=seen)
    assert again.status_code == 200


def test_what_needs_a_second_person_is_judged_without_seeing_the_first(as_: As) -> None:
    head, anna, bo = as_("Head", "administrator"), as_("Anna"), as_("Bo")
    assert send(anna, "/review/settings", type="restriction").status_code == 403
    assert "Saved." in send(head, "/review/settings", type="restriction").text
    first, second, *_ = ids(anna, type="restriction")
    for one, kind in ((first, "reject"), (second, "accept")):
        assert judged(anna, kind=kind, statements=[one], why="a secret reason").status_code == 201
    assert first not in ids(anna)
    assert "One reviewer so far" in anna.get(f"/statements/{first}").text
    (item,) = [one for one in queue(bo) if one["statement"]["id"] == first]
    assert (item["second"], item["statement"]["judgement"]["kind"]) == (True, "withheld")
    for place in (f"/review?at={first}", "/review/list"):
        assert "a secret reason" not in bo.get(place).text
    assert "Somebody has judged it already" in bo.get(f"/review?at={first}").text
    for one in (first, second):
        seen = next(item["seen"] for item in queue(bo) if item["statement"]["id"] == one)
        assert judged(bo, kind="accept", statements=[one], seen=seen).status_code == 201
    assert "a secret reason" in bo.get(f"/review?at={first}").text
    apart = bo.get("/review/list?show=apart").text
    assert first in apart
    assert second not in apart
    progress = anna.get("/review/progress").text
    assert "Anna, Bo" in progress
    assert "50 %" in progress
    # A further judgement by either settles it.
    assert judged(anna, kind="accept", statements=[first], seen=seen + 2, why="agreed").status_code == 201
    assert first not in bo.get("/review/list?show=apart").text


def test_whoever_is_the_second_of_several_at_once_agrees_or_not_of_each(as_: As) -> None:
    head, anna, bo = as_("Head", "administrator"), as_("Anna"), as_("Bo")
    assert "Saved." in send(head, "/review/settings", type="restriction").text
    first, second, *_ = ids(anna, type="restriction")
    assert judged(anna, kind="reject", statements=[first]).status_code == 201
    seen = judged(anna, kind="accept", statements=[second]).json()["id"]
    assert judged(bo, kind="accept", statements=[first, second], seen=seen).status_code == 201
    apart = anna.get("/api/v1/review/disagreed").json()
    assert [one["statement"]["id"] for one in apart["items"]] == [first]
    progress = text_of(anna.get("/review/progress"))
    assert "Anna, Bo" in progress
    assert "50 %" in progress


def test_on_what_two_disagree_is_told_in_the_language_of_whoever_reads(as_: As) -> None:
    head, anna, bo = as_("Head", "administrator"), as_("Anna"), as_("Bo")
    assert "Saved." in send(head, "/review/settings", type="restriction").text
    one, *_ = ids(anna, type="restriction")
    changes = {"status": "possible", "actor": "DK", "source": []}
    seen = judged(anna, kind="correct", statements=[one], changes=changes).json()["id"]
    assert judged(bo, kind="accept", statements=[one], seen=seen).status_code == 201
    told = text_of(bo.get("/review/list?show=apart&language=da"))
    assert "Aktør: Danmark" in told
    assert "possible" not in told


def test_what_nobody_is_named_for_reads_as_a_person_says_it(as_: As) -> None:
    desk = as_("Anna")
    one = next(item["statement"] for item in queue(desk) if item["statement"]["source"] == [])
    for place in (f"/review?at={one['id']}", f"/statements/{one['id']}"):
        assert "According tothe outlet itself" in text_of(desk.get(place)), place
    done = judged(desk, kind="correct", statements=[one["id"]], changes={"target": None, "source": []}).json()
    for place in (f"/judgements/{done['id']}", "/audit"):
        told = text_of(desk.get(place))
        assert "nobody named" in told, place
        assert "None" not in told, place
    assert "no reason given" in text_of(desk.get(f"/judgements/{done['id']}"))
    assert "ingen grund givet" in text_of(desk.get(f"/judgements/{done['id']}?language=da"))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"kind": "accept", "statements": ["ffffffffffff"]}, 404),
        ({"kind": "accept", "statements": []}, 400),
        ({"kind": "praise", "statements": ["{id}"]}, 400),
        ({"kind": "accept", "statements": ["{id}"], "who": "Somebody Else"}, 400),
        ({"kind": "accept", "statements": ["{id}"], "changes": {"actor": "DK"}}, 400),
        ({"kind": "correct", "statements": ["{id}"]}, 400),
        ({"kind": "correct", "statements": ["{id}"], "changes": {"quote": "other"}}, 400),
        ({"kind": "correct", "statements": ["{id}"], "changes": {"when": "soon"}}, 400),
        ({"kind": "correct", "statements": ["{id}"], "changes": {"actor": "\ud800"}}, 400),
        ({"kind": "correct", "statements": ["{id}", "{other}"], "changes": {"actor": "DK"}}, 400),
    ],
)
def test_what_cannot_be_judged_is_a_problem_and_does_nothing(
    as_: As, told: dict[str, Any], status: int
) -> None:
    desk = as_("Anna")
    first, other, *_ = ids(desk)
    names = {"{id}": first, "{other}": other}
    told = {**told, "statements": [names.get(one, one) for one in told["statements"]]}
    before = desk.get("/api/v1/judgements").json()["total"]
    content = json.dumps(told)
    answer = desk.post("/api/v1/judgements", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert desk.get("/api/v1/judgements").json()["total"] == before


@pytest.mark.parametrize(
    ("told", "field"),
    [({"when": "2019-13"}, "when"), ({"when": "soon", "actor": "Telia"}, "when"), ({}, "type")],
)
def test_a_wrong_correction_is_shown_again_with_all_that_was_written(
    as_: As, told: dict[str, str], field: str
) -> None:
    desk = as_("Anna")
    first = queue(desk)[0]["statement"]
    shown = {name: first[name] or "" for name in FORM}
    fields = {**shown, "source": ", ".join(first["source"]), "why": "My long reason", **told}
    answer = send(desk, "/review/judge", statement=first["id"], kind="correct", **fields)
    assert answer.status_code == 422
    tree: Any = html.fromstring(answer.text)
    form = tree.xpath("//details[@open][summary/@data-key='c']//form")[0]
    held = dict(form.form_values())
    assert {name: held[name] for name in fields} == fields
    at_fault = form.xpath(".//*[@aria-invalid='true']")[0]
    assert (at_fault.get("name"), at_fault.get("autofocus") is not None) == (field, True)
    said = tree.get_element_by_id(at_fault.get("aria-describedby"))
    assert said.get("role") == "alert"
    # What was written is mended and sent as it stands, and the queue goes on.
    held |= {"when": "2019-03", "kind": "correct"}
    done = desk.post(form.get("action"), data=held, follow_redirects=True)
    assert done.status_code == 200
    assert first["id"] not in ids(desk)


def test_a_list_with_nothing_ticked_is_shown_again(as_: As) -> None:
    desk = as_("Anna")
    answer = send(desk, "/review/several", kind="reject", why="adverts")
    assert answer.status_code == 422
    tree: Any = html.fromstring(answer.text)
    assert "Nothing was ticked" in tree.xpath("string(//*[@role='alert'])")
    assert dict(tree.xpath("//form[contains(@class, 'several')]")[0].form_values())["why"] == "adverts"


def test_a_judgement_is_undone_once_and_readers_judge_nothing(as_: As) -> None:
    anna, reader = as_("Anna"), as_("Cleo", "reader")
    statement = ids(anna)[0]
    number = judged(anna, kind="accept", statements=[statement]).json()["id"]
    undone = anna.post(f"/api/v1/judgements/{number}/undo", json={"why": "too quick"})
    assert (undone.status_code, undone.json()["kind"], undone.json()["why"]) == (201, "undo", "too quick")
    assert anna.post(f"/api/v1/judgements/{number}/undo").status_code == 409
    assert anna.post("/api/v1/judgements/4711/undo").status_code == 404
    assert judged(reader, kind="accept", statements=[statement]).status_code == 403
    assert send(reader, "/review/judge", statement=statement, kind="accept").status_code == 403
    page = reader.get(f"/review?at={statement}").text
    assert 'data-key="a"' not in page


@pytest.mark.parametrize("language", ["da", "nl"])
def test_it_is_there_in_the_other_languages(as_: As, language: str) -> None:
    desk = as_("Anna")
    for place in ("/review", "/review/list", "/review/progress", "/review/settings"):
        answer = desk.get(place, params={"language": language})
        assert answer.status_code == 200
        assert "What comes next" not in answer.text


def test_a_server_killed_in_mid_review_comes_back_with_everything(own: Path) -> None:
    def begin() -> tuple[subprocess.Popen[str], str]:
        run = "from onrecord.cli import main; main()"
        arguments = ["--ledger", str(own), "serve", "--port", "0", "--who", "Anna"]
        server = subprocess.Popen(
            [sys.executable, "-c", run, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=dict(os.environ),
        )  # fmt: skip
        assert server.stdout
        return server, server.stdout.readline().strip()

    server, address = begin()
    try:
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as desk:
            before = ids(desk)
            one = judged(desk, kind="accept", statements=before[:1], why="right").json()
            both = judged(desk, kind="reject", statements=before[1:3], seen=one["id"]).json()
            assert send(desk, "/review/skip", statement=before[3]).status_code == 200
    finally:
        server.send_signal(signal.SIGKILL)
        server.communicate()
    server, address = begin()
    try:
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as desk:
            assert ids(desk) == [*before[4:], before[3]]
            told = desk.get("/api/v1/judgements").json()["items"]
            assert told[-2:] == [one, both]
            assert desk.get("/api/v1/audit").json()["whole"]
    finally:
        server.kill()
        server.communicate()


def test_who_only_reads_has_no_boxes_to_tick(as_: As) -> None:
    rows = "//ol[@class='ticks']/li"
    for role, boxes in (("reader", 0), ("reviewer", 1)):
        tree: Any = html.fromstring(as_("anna", role).get("/review/list").text)
        assert tree.xpath(rows)
        assert {len(one.xpath(".//input[@type='checkbox']")) for one in tree.xpath(rows)} == {boxes}
