"""What the workbench does, the API does: every form has its operation, which asks for the same role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from tests.web.test_accounts import Route, routes_of

from onrecord.ledger import Ledger
from onrecord.team import Team
from onrecord.web import create_app
from onrecord.web._acts import ACTS, OF_BROWSERS

_API = "/api/v1"


@pytest.fixture
def app(own: Path) -> Iterator[FastAPI]:
    with Ledger(own) as ledger, Team(ledger.place) as team:
        yield create_app(ledger, team)


def acts(app: FastAPI, *, api: bool) -> dict[str, Route]:
    """What changes something, by its method and path."""
    return {
        f"{one.method} {one.template.removeprefix(_API).replace(':path}', '}')}": one
        for one in routes_of(app)
        if one.api is api and one.method not in ("GET", "HEAD")
    }


def test_every_act_of_the_workbench_has_its_operation(app: FastAPI) -> None:
    forms, operations = acts(app, api=False), acts(app, api=True)
    # The way in is no route of which `routes_of` tells.
    assert {*forms, *OF_BROWSERS} == {*ACTS, *OF_BROWSERS}, "name the operation in onrecord.web._acts"
    assert not ACTS.keys() & OF_BROWSERS.keys()
    assert not set(ACTS.values()) - operations.keys()
    assert all(OF_BROWSERS.values())
    for form, operation in ACTS.items():
        assert operations[operation].needs == forms[form].needs, (form, operation)


def test_the_description_tells_of_which_forms_an_operation_is(app: FastAPI) -> None:
    told = app.openapi()["paths"]
    found = {
        (form, f"{method.upper()} {path.removeprefix(_API)}")
        for path, operations in told.items()
        for method, operation in operations.items()
        for form in operation.get("x-workbench", ())
    }
    assert found == set(ACTS.items())
