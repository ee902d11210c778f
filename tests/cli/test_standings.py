"""`onrecord standing` without a name: where all states stand on all suppliers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import Result

from onrecord.cli._failure import Code
from onrecord.cli._standings import _MOST, ActorKind
from onrecord.entities import EntityKind
from onrecord.ledger import Ledger
from onrecord.standing._standings import MOST

Command = Callable[..., Result]


@pytest.mark.usefixtures("held")
def test_all_states_on_all_suppliers(onrecord: Command, tmp_path: Path) -> None:
    text = onrecord("standing").stdout
    assert "Germany" in text
    assert "Huawei" in text
    assert "Telenor" not in text.partition("\n\n")[2].partition("\n\n")[0]
    assert onrecord("standing", "-f", "markdown", "-L", "da").stdout.startswith("# Hvem står hvor")
    file = tmp_path / "all.html"
    assert onrecord("standing", "--format", "html", "-o", file).stdout == f"{file}\n"
    assert '<table class="standings">' in file.read_text("utf-8")


@pytest.mark.usefixtures("held")
def test_which_actors_suppliers_and_days(onrecord: Command) -> None:
    def asked(*options: str) -> tuple[set[str], list[str]]:
        result = onrecord("standing", "--format", "json", *options)
        assert result.exit_code == Code.OK, result.output
        data = json.loads(result.stdout)
        assert data["shape"] == "onrecord.standings/1"
        return {one["key"] for one in data["actors"]}, [one["key"] for one in data["suppliers"]]

    assert asked()[0] == {"DE"}
    assert asked("--kind", "company")[0] == {"Telenor"}
    assert asked("--kind", "state", "--kind", "company")[0] == {"DE", "Telenor"}
    assert asked("--suppliers", "ericsson, Huawei")[1] == ["Ericsson", "Huawei"]
    assert asked("--suppliers", "Huawei", "--suppliers", "Ericsson,Huawei")[1] == ["Huawei", "Ericsson"]
    assert asked("--most", "1")[1] == ["Huawei"]
    assert asked("--as-of", "2019-04") == (set(), asked("--as-of", "2019-04")[1])
    assert asked("--known-at", "2001-01-01") == (set(), [])


def test_a_name_on_a_page_that_is_a_states_code_never_stands_for_that_state(
    onrecord: Command, tmp_path: Path
) -> None:
    page = tmp_path / "havn.txt"
    text = "Nyt udstyr i 2019\n\nKP har fravalgt Huawei. KP vil ikke bruge Huaweis udstyr i sit netværk.\n"
    page.write_text(f"2019-03-04\n\n{text}", "utf-8")
    assert onrecord("read", page).exit_code == Code.OK
    shown = onrecord("dossier", "Huawei").stdout
    assert "KP" in shown
    assert "North Korea" not in shown
    asked = ("standing", "--format", "json", "--kind")
    assert json.loads(onrecord(*asked, "state").stdout)["actors"] == []
    actors = [
        one for kind in ("company", "body") for one in json.loads(onrecord(*asked, kind).stdout)["actors"]
    ]
    assert [(one["key"], one["name"]) for one in actors] == [("KP (name)", "KP")]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--over-time",), "goes with a NAME"),
        (("Huawei", "--suppliers", "ZTE"), "--suppliers goes without a NAME"),
        (("Huawei", "--kind", "state"), "--kind goes without a NAME"),
        (("Huawei", "--over-time", "--most", "3"), "--most goes without a NAME"),
        (("--suppliers", "Huawei", "--most", "3"), "Leave out --suppliers, or --most"),
        (("--suppliers", " , "), "at least one supplier"),
        (("--kind", "planet"), "planet"),
        (("--most", "0"), "--most"),
        (("--known-at", "last week"), "no moment"),
        (("--as-of", "soon"), "soon"),
        (("--language", "xx"), "xx"),
    ],
)
def test_what_does_not_go_together_is_told(onrecord: Command, options: tuple[str, ...], said: str) -> None:
    result = onrecord("standing", *options)
    assert result.exit_code == Code.USAGE
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("held")
def test_an_unknown_supplier_is_offered_the_nearest(onrecord: Command) -> None:
    result = onrecord("standing", "--suppliers", "Ericsson,Huawai")
    assert result.exit_code == Code.NOT_FOUND
    assert "Huawei" in result.stderr


def test_an_empty_ledger_and_none(onrecord: Command, ledger: Path) -> None:
    assert onrecord("standing").exit_code == Code.LEDGER
    Ledger(ledger).close()
    result = onrecord("standing")
    assert result.exit_code == Code.OK
    assert "no position is on record" in result.stdout


def test_kinds_and_the_number_are_those_of_the_rooms_below() -> None:
    assert {kind.value for kind in ActorKind} == set(get_args(EntityKind))
    assert _MOST == MOST
