"""The HTTP API: what it describes is what it answers, on both databases; every error is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.postgres import Server
from tests.web.conftest import SCRIPT, serving
from tests.web.registers import REGISTER, ended

from onrecord.ledger import Ledger
from onrecord.team import Accounts, Sessions, Team, Tokens


@pytest.fixture(scope="module")
def on_server(filled: Path, postgresql: Server) -> Iterator[httpx.Client]:
    """The same ledger on PostgreSQL."""
    with Ledger(filled) as ledger, Ledger(postgresql.database()) as other:
        ledger.copy_into(other)
        with serving(other) as client:
            yield client


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def api(request: pytest.FixtureRequest) -> httpx.Client:
    """The API on either database."""
    client: httpx.Client = request.getfixturevalue("web" if request.param == "sqlite" else "on_server")
    return client


ODD = (
    "x",
    "0000",
    "..",
    "-1",
    "999999999999999999999999",
    "é漢",
    SCRIPT,
    "%",
    "a/b",
    "\0",
    "'; --",
    "x" * 600,
)
"""Values that no parameter is made for."""


def values(name: str, schema: dict[str, Any], web: httpx.Client) -> list[str]:
    """Some fit values of a parameter."""
    pages = [one["id"] for one in web.get("/api/v1/pages").json()["items"]]
    known = {"name": ["Huawei"], "id": pages, "list": ["ours"], "q": ["network"], "entity": ["Huawei"]}
    known |= {"since": ["2019-03"], "until": ["2019-05"], "on": ["2019-03-01"], "version": ["2"]}
    known |= {
        "a": ["Huawei"],
        "b": ["Ericsson"],
        "actor": ["DE"],
        "supplier": ["Huawei"],
        "scope": ["networks", "core"],
        "as_of": ["2019-03"],
        "known_at": ["2019-03-01T10:00"],
        "page": pages[:1],
        "language": ["nl"],
    }
    if name in known:
        return known[name]
    options = [schema, *schema.get("anyOf", ()), schema.get("items", {})]
    options += [one.get("items", {}) for one in schema.get("anyOf", ())]
    return next((one["enum"][:2] for one in options if "enum" in one), ["1"])


def test_every_route_that_is_described_answers_whatever_is_asked(api: httpx.Client) -> None:
    described = api.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    asked = 0
    for path, operations in described["paths"].items():
        operation = operations.get("get")
        if operation is None:
            continue  # what changes something has tests of its own
        parameters = operation.get("parameters", [])
        fit = {one["name"]: values(one["name"], one["schema"], api) for one in parameters}
        within = [one["name"] for one in parameters if one["in"] == "path"]
        needed = {one["name"]: fit[one["name"]][0] for one in parameters if one.get("required")}
        for one in parameters:
            for value in (*fit[one["name"]], *ODD):
                given = {**needed, one["name"]: value}
                place = path
                for name in within:
                    place = place.replace(f"{{{name}}}", quote(given.pop(name), safe=""))
                answer = api.get(place, params=given)
                check(answer)
                asked += 1
        if not parameters:
            check(api.get(path))
    assert asked > 300


def check(answer: httpx.Response) -> None:
    assert answer.status_code in (200, 400, 404), (str(answer.url), answer.text[:300])
    if answer.status_code == 200:
        assert answer.headers["content-type"] == "application/json"
        answer.json()
        return
    check_problem(answer, answer.status_code)


def check_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"] == "about:blank"
    assert told["title"]
    assert told["detail"]
    assert "Traceback" not in answer.text


def test_fit_questions_get_an_answer(api: httpx.Client) -> None:
    statement = api.get("/api/v1/statements").json()["items"][0]["id"]
    for place in (
        "suppliers",
        "suppliers/Huawei/dossier",
        "standing",
        "pages",
        f"statements/{statement}",
        "search?q=network",
        "entities/Huawei",
        "mentions",
        "lists",
        "lists/ours/versions",
        "lists/ours/changes",
        "screen?name=Huawei+Technologies",
        "judgements",
        "audit",
    ):
        assert api.get(f"/api/v1/{place}").status_code == 200, place


def test_both_databases_give_the_same(web: httpx.Client, on_server: httpx.Client) -> None:
    for place in ("suppliers", "suppliers/Huawei/dossier", "standing", "pages", "statements", "entities"):
        assert web.get(f"/api/v1/{place}").json() == on_server.get(f"/api/v1/{place}").json(), place


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("entities", "key"),
        ("pages", "id"),
        ("statements", "id"),
        ("mentions", "key"),
        ("lists/ours/versions", "version"),
    ],
)
def test_all_is_had_in_parts(web: httpx.Client, place: str, key: str) -> None:
    whole = web.get(f"/api/v1/{place}", params={"limit": 500}).json()
    assert whole["next"] is None
    assert whole["total"] == len(whole["items"])
    found: list[Any] = []
    after: str | None = None
    for _ in range(len(whole["items"]) + 1):
        given = {"limit": "1", **({"after": after} if after else {})}
        part = web.get(f"/api/v1/{place}", params=given).json()
        found += part["items"]
        after = part["next"]
        if after is None:
            break
    assert [one[key] for one in found] == [one[key] for one in whole["items"]]


def test_hits_are_had_in_parts(web: httpx.Client) -> None:
    whole = web.get("/api/v1/search?q=network").json()["items"]
    first = web.get("/api/v1/search?q=network&limit=1").json()
    second = web.get("/api/v1/search", params={"q": "network", "limit": 1, "after": first["next"]}).json()
    assert [*first["items"], *second["items"]] == whole[:2]


def test_errors_are_problems_that_say_what_to_do(web: httpx.Client) -> None:
    unknown = web.get("/api/v1/suppliers/Huawey/dossier")
    check_problem(unknown, 404)
    assert "Huawei" in unknown.json()["nearest"]
    for given in ("as_of=2019-13", "as_of=yesterday", "known_at=soon", "language=xx", "after=nothing"):
        answer = web.get(f"/api/v1/statements?{given}")
        check_problem(answer, 400)
    limit = web.get("/api/v1/pages?limit=0")
    check_problem(limit, 400)
    assert limit.json()["errors"][0]["parameter"] == "limit"
    check_problem(web.get("/api/v1/nothing"), 404)
    check_problem(web.post("/api/v1/pages"), 405)
    check_problem(web.get("/api/v1/lists/theirs/versions"), 404)
    check_problem(web.get("/api/v1/pages", headers={"Host": "evil.example"}), 421)


def test_dates_are_obeyed(web: httpx.Client) -> None:
    assert web.get("/api/v1/pages?as_of=2019-03").json()["total"] == 1
    published = {one["published"] for one in web.get("/api/v1/statements?as_of=2019-04").json()["items"]}
    assert published == {"2019-03-04", "2019-04-01"}
    assert web.get("/api/v1/statements?known_at=2019-01-01").json()["total"] == 0
    assert web.get("/api/v1/lists?as_of=2019-03").json()["items"][0]["issued"] == "2019-02-01"


def test_nothing_that_is_shown_comes_from_another_host(web: httpx.Client) -> None:
    assert web.get("/docs").status_code == 404
    assert web.get("/redoc").status_code == 404


def test_the_api_gives_what_the_command_line_gives(web: httpx.Client, filled: Path) -> None:
    import json

    from typer.testing import CliRunner

    from onrecord.cli import app

    told = CliRunner().invoke(app, ["--ledger", str(filled), "pages", "--format", "json"])
    assert web.get("/api/v1/pages").json()["items"] == json.loads(told.stdout)


def test_every_answer_has_a_shape(web: httpx.Client) -> None:
    told = web.get("/api/v1/openapi.json").json()
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            for status, one in operation["responses"].items():
                if status.startswith("2") and status != "204":
                    shape = one["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
                    assert told["components"]["schemas"][shape]["properties"], (method, path, status)


def test_what_is_told_of_an_etag_is_so(web: httpx.Client) -> None:
    told = web.get("/api/v1/openapi.json").json()["paths"]
    for place in ("pages", "lists", "judgements", "checks", "audit", "review", "watch", "standing"):
        marked = "etag" in web.get(f"/api/v1/{place}").headers
        assert ("304" in told[f"/api/v1/{place}"]["get"]["responses"]) == marked, place


def test_every_question_gets_what_is_described(own: Path) -> None:
    """On a ledger that holds something of everything; `serving` holds each answer against its description."""
    with Ledger(own) as ledger, Team(ledger.place) as team, serving(ledger) as client:
        ada = Accounts(team).add("Ada", "administrator", password="a harbour at low tide", by="root")
        Sessions(team).begin(ada, "a browser")
        client.headers["Authorization"] = f"Bearer {Tokens(team).add(ada, 'a program', by='root')}"
        kept = client.post("/api/v1/register", files={"file": ("ours.csv", REGISTER.encode())})
        assert kept.status_code == 201
        begun = client.post("/api/v1/checks", json={"register": "ours", "home": "NO"})
        check = ended(client, begun)["result"]
        assert client.put("/api/v1/watch/Huawei").status_code == 201
        last = client.get("/api/v1/statements?entity=Huawei").json()["items"][0]
        reject = {"kind": "reject", "statements": [last["id"]], "why": "to try"}
        judged = client.post("/api/v1/judgements", json=reject).json()["id"]
        assert client.post(f"/api/v1/judgements/{judged}/undo").status_code == 201
        assert client.post(f"/api/v1/judgements/{judged}/undo").status_code == 409
        held = {"files": ("a.csv", b"x" * (64 * 2**20))}
        assert client.post("/api/v1/sources", files=held).status_code == 413
        assert client.post("/api/v1/channels", json={"address": "desk@example.org"}).status_code == 201
        assert client.put(f"/api/v1/review/skipped/{last['id']}").status_code == 204
        some = dict.fromkeys(("name", "supplier", "q", "a", "b"), "Huawei")
        some |= {"list": "ours", "id": last["page"], "since": "2019-03", "number": judged}
        some |= {"actor": "DE", "pack": "gb-5g"}
        filled = {
            "/api/v1/statements/{id}": f"/api/v1/statements/{last['id']}",
            "/api/v1/accounts/{name}": "/api/v1/accounts/Ada",
            "/api/v1/accounts/{name}/tokens": "/api/v1/accounts/Ada/tokens",
            "/api/v1/register/{name}": "/api/v1/register/ours",
            "/api/v1/checks/{id}": check,
            "/api/v1/checks/{id}/findings": f"{check}/findings",
            "/api/v1/checks/{id}/compare": f"{check}/compare",
            "/api/v1/lists/{list}/entries/{id}": "/api/v1/lists/ours/entries/Huawei%20Techn",
            "/api/v1/jobs/{id}": begun.headers["location"],
        }
        told = client.get("/api/v1/openapi.json").json()["paths"]
        empty = set()
        for path, operations in told.items():
            if "get" not in operations:
                continue
            needed = [one for one in operations["get"].get("parameters", ()) if one["required"]]
            given: dict[str, dict[str, str | int]] = {"path": {}, "query": {}}
            for one in needed if path not in filled else ():
                given[one["in"]][one["name"]] = some[one["name"]]
            place = filled.get(path) or path.format(**given["path"])
            answer = client.get(place, params=given["query"] or None)
            assert answer.status_code == 200, (path, answer.text)
            if not answer.json().get("items", True):
                empty.add(path)
        # Two who judge the same are another test's (test_api_reviewers).
        assert empty == {"/api/v1/review/second", "/api/v1/review/disagreed"}
        for form in ("xlsx", "html", "json"):
            assert client.get(f"{check}.{form}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "wrong", "nearest"),
    [
        ("statements?entitty=Huawei", "entitty", ["entity"]),
        ("pages?as-of=2019", "as-of", ["as_of"]),
        ("me?zzz=1", "zzz", None),
        ("suppliers/Huawei/dossier?as_of=2019&x", "x", None),
    ],
)
def test_a_parameter_that_nobody_reads_is_refused(
    web: httpx.Client, asked: str, wrong: str, nearest: list[str] | None
) -> None:
    answer = web.get(f"/api/v1/{asked}")
    if asked.endswith("&x"):
        answer = web.get(f"/api/v1/{asked}=1")
    check_problem(answer, 400)
    told = answer.json()
    assert told.get("nearest") == nearest
    assert [one["parameter"] for one in told["errors"]] == [wrong]
    assert wrong in told["detail"]


def test_a_body_that_is_no_json_is_said_to_be_none(web: httpx.Client) -> None:
    for body, kind, said in (
        (b'{"supplier": ', "application/json", "no JSON"),
        (b"supplier", "text/plain", "Send a JSON object"),
        (b"[]", "application/json", "Send a JSON object"),
    ):
        answer = web.post("/api/v1/watch/seen", content=body, headers={"Content-Type": kind})
        check_problem(answer, 400)
        (one,) = answer.json()["errors"]
        assert one["parameter"] == "body"
        assert said in one["detail"]
        assert ": :" not in answer.json()["detail"]
