"""The API: packs of rules, what a register is to look like, and how much is on record. `serving` holds every
answer against its description."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from tests.web.test_pages import text_of, tree_of
from typer.testing import CliRunner

from onrecord.cli import app as command
from onrecord.client import Client
from onrecord.exposure import GivenFile, packs, read_register
from onrecord.present import languages


def test_packs_of_rules_are_told_as_the_command_line_tells_them(web: httpx.Client) -> None:
    part = web.get("/api/v1/rules").json()
    told = CliRunner().invoke(command, ["rules", "--format", "json"])
    assert part["items"] == json.loads(told.stdout)
    assert part["total"] == len(packs())
    for one in part["items"]:
        whole = CliRunner().invoke(command, ["rules", one["id"], "--format", "json", "--language", "da"])
        read = web.get(f"/api/v1/rules/{one['id']}", params={"language": "da"}).json()
        assert read == json.loads(whole.stdout)
        assert len(read["rules"]) == one["rule_count"]
        # What the page shows stands there too.
        page = text_of(web.get(f"/rules/{one['id']}", params={"language": "da"}))
        assert all(" ".join(rule["says"].split()) in page for rule in read["rules"])
    assert web.get("/api/v1/rules?limit=1").json()["next"] == part["items"][0]["id"]
    unknown = web.get("/api/v1/rules/xx-none")
    assert unknown.status_code == 404
    assert unknown.json()["nearest"]


@pytest.mark.parametrize("language", languages())
def test_the_template_of_a_register_is_told_and_can_be_had(web: httpx.Client, language: str) -> None:
    told = web.get("/api/v1/register-template", params={"language": language}).json()
    assert told["language"] == language
    assert [one["field"] for one in told["columns"] if one["must"]] == ["sort", "party"]
    sorts = next(one for one in told["columns"] if one["field"] == "sort")
    assert len(sorts["choices"]) == 5
    for form in ("csv", "xlsx"):
        file = web.get(f"/api/v1/register-template.{form}", params={"language": language})
        assert (
            file.content == web.get(f"/register-template.{form}?language={language}").content
            or form == "xlsx"
        )
        assert f"register.{form}" in file.headers["content-disposition"]
    headings = ";".join(one["heading"] for one in told["columns"])
    line = ";".join(
        {"sort": sorts["choices"][0], "party": "Huawei"}.get(one["field"], "") for one in told["columns"]
    )
    read = read_register(GivenFile("ours.csv", f"{headings}\n{line}\n".encode()))
    assert [(one.sort, one.party) for one in read.lines] == [("supplier", "Huawei")]
    assert web.get("/api/v1/register-template.pdf").status_code == 400


def test_how_much_is_on_record_is_what_the_first_page_says(web: httpx.Client, filled: Path) -> None:
    told = web.get("/api/v1/counts").json()
    lead = tree_of(web.get("/")).xpath("string(//p[@class='lead'])")
    for name, words in (("pages", "page"), ("statements", "statement"), ("entities", "name")):
        assert f"{told[name]} {words}" in lead
    assert told["ledger"] == str(filled)
    for name, place in (("suppliers", "suppliers"), ("waiting", "mentions"), ("lists", "lists")):
        assert told[name] == web.get(f"/api/v1/{place}").json()["total"]
    assert told["pages"] == web.get("/api/v1/pages").json()["total"]


def test_the_client_asks_for_them(web: httpx.Client) -> None:
    with Client(str(web.base_url), language="nl") as client:
        (first, *_) = client.rule_packs()
        assert client.rule_pack(first["id"])["rules"]
        assert client.register_template()["columns"][1]["heading"] == "Soort"
        assert client.register_template_file("csv").startswith(b"\xef\xbb\xbf#")
        assert client.counts()["pages"] == 3
