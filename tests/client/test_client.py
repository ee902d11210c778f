"""The client before a real workbench."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import FIRM, filled, own, serving

from onrecord.client import ApiProblem, Client, Unreachable
from onrecord.ledger import Ledger

__all__ = ["filled", "own"]


@pytest.fixture
def desk(own: Path) -> Iterator[httpx.Client]:
    with Ledger(own) as ledger, serving(ledger) as client:
        yield client


@pytest.fixture
def client(desk: httpx.Client) -> Iterator[Client]:
    with Client(str(desk.base_url)) as client:
        yield client


def test_it_gives_what_the_api_gives(client: Client, desk: httpx.Client) -> None:
    assert list(client.suppliers()) == desk.get("/api/v1/suppliers").json()["items"]
    statements = list(client.statements(entity="Huawei"))
    assert statements
    assert client.statement(statements[0]["id"]) == statements[0]
    page = client.page(statements[0]["page"])
    assert any(one["quote"] in page["text"] for one in page["statements"])
    assert client.dossier("Huawei", as_of="2019-04")["supplier"]["key"] == "Huawei"
    assert client.search("Huawei", kind="statement")["facets"]["language"]
    assert client.screen("Huawei Technologies")["candidates"][0]["list"] == "ours"
    assert [one["list"] for one in client.lists()] == ["ours"]
    assert client.entity(FIRM)["key"] == FIRM
    assert client.audit()["whole"]


def test_what_was_judged_through_it_holds(client: Client) -> None:
    # The answer before is kept with its ETag, and must not be given again.
    assert client.entity("Telenor")["key"] == "Telenor"
    judgement = client.merge("Telenor", "Ericsson", why="only to try")
    assert client.entity("Telenor")["key"] == "Ericsson"
    assert [one["id"] for one in client.judgements(subject="Telenor")] == [judgement["id"]]


def test_errors_are_told_as_the_api_tells_them(client: Client) -> None:
    with pytest.raises(ApiProblem, match="Did you mean Huawei") as told:
        client.dossier("Huawey")
    assert (told.value.status, told.value.told["nearest"]) == (404, ["Huawei"])
    with Client("http://127.0.0.1:9") as nobody, pytest.raises(Unreachable, match="onrecord serve"):
        list(nobody.suppliers())


def test_every_operation_of_the_api_has_a_method(desk: httpx.Client) -> None:
    described = desk.get("/api/v1/openapi.json").json()["paths"]
    open_ones = {
        (method.upper(), path): re.compile(re.sub(r"\{\w+\}", "[^/]+", path))
        for path, operations in described.items()
        for method in operations
    }
    with Client(str(desk.base_url)) as client:
        asked: list[tuple[str, str]] = []
        client._api._http.event_hooks["request"] = [
            lambda request: asked.append((request.method, request.url.raw_path.decode().partition("?")[0]))
        ]
        for name, method in inspect.getmembers(client, inspect.ismethod):
            if name.startswith("_") or name == "close":
                continue
            needed = [p for p in inspect.signature(method).parameters.values() if p.default is p.empty]
            with suppress(ApiProblem):
                found = method(**{p.name: _some(str(p.annotation)) for p in needed})
                if isinstance(found, Iterator):
                    next(found, None)
    left = [
        one for one, path in open_ones.items() if not any(one[0] == m and path.fullmatch(p) for m, p in asked)
    ]
    assert not left


def _some(annotation: str) -> object:
    """A value of a parameter's type."""
    fit = {
        "Job": {"job": "x", "state": "done"},
        "Mapping": {"x": b"x"},
        "Sequence": ["x"],
        "bytes": b"x",
        "int": 1,
    }
    return next((value for name, value in fit.items() if name in annotation), "x")
