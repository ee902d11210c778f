"""`onrecord origins`: the trees of what a supplier's pages tell, and of one statement."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from onrecord.cli._failure import Code

Command = Callable[..., Result]

NEWS = (
    "Telenor drops Huawei from its new network\n\n"
    "Telenor will not use equipment from Huawei in its new mobile network, the operator said on Monday. "
    "The company has chosen Ericsson as its supplier instead, and expects the work to last three years. "
    "Masts in the north come first, since the old boxes there have stood in the snow the longest.\n"
)
DENIAL = "\nHuawei denies that it has ever spied on its customers for the Chinese government.\n"


@pytest.fixture
def ids(onrecord: Command, tmp_path: Path) -> dict[str, str]:
    """One story in three papers is read; the last adds a denial. Ids of the statements, by type."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number, outlet in enumerate(("Avisen", "Bladet", "Posten")):
        head = f"---\ndate: 2019-03-0{number + 1}\nsource: {outlet}\n---\n"
        added = DENIAL if outlet == "Posten" else ""
        (folder / f"{outlet}.md").write_text(head + NEWS + added, "utf-8")
    assert onrecord("read", folder).exit_code == Code.OK
    lines = json.loads(onrecord("dossier", "Huawei", "--format", "json").stdout)["lines"]
    return {line["type"]: line["citations"][0]["statement_id"] for line in lines}


@pytest.mark.usefixtures("ids")
def test_origins_of_a_supplier(onrecord: Command) -> None:
    text = onrecord("origins", "Huawei").stdout
    assert "1 origin in 3 outlets" in text
    assert "└── Avisen" in text
    assert "Bladet, 2 March 2019: copy of page 1; tells the same" in text
    assert "adds 1 statement" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.usefixtures("ids")
def test_most_and_dates_narrow_what_is_shown(onrecord: Command) -> None:
    shown = json.loads(onrecord("origins", "Huawei", "--most", "1", "--format", "json").stdout)
    assert len(shown["lines"]) == len(shown["origins"]) == 1
    early = json.loads(onrecord("origins", "Huawei", "--as-of", "2019-03-02", "--format", "json").stdout)
    assert {line["tree"]["outlets"] for line in early["lines"]} == {2}
    assert (
        "No line stands on more than one page"
        in onrecord("origins", "Huawei", "--as-of", "2019-03-01").stdout
    )
    unknown = onrecord("origins", "Huawei", "--known-at", "2001-01-01")
    assert "No line stands on more than one page" in unknown.stdout
    assert onrecord("origins", "Huawei", "--most", "0").exit_code == Code.USAGE


def test_one_statement_is_told_with_what_each_page_added(onrecord: Command, ids: dict[str, str]) -> None:
    text = onrecord("origins", ids["restriction"]).stdout
    assert "1 origin in 3 outlets" in text
    assert "+ " in text
    assert "Origin " not in text
    assert "told by one page alone: [3] Posten" in onrecord("origins", ids["wrongdoing"]).stdout
    assert onrecord("origins", ids["restriction"], "-L", "da").stdout.count("1 ophav i 3 medier") == 1


def test_a_statement_that_does_not_count_has_no_tree(onrecord: Command, ids: dict[str, str]) -> None:
    onrecord("reject", ids["restriction"], "--who", "Anna")
    result = onrecord("origins", ids["restriction"])
    assert result.exit_code == Code.NOT_FOUND
    assert "was rejected" in result.stderr
    assert f"onrecord show {ids['restriction']}" in result.stderr
    left = onrecord("origins", "Huawei").stdout
    assert "1 origin in 2 outlets" in left, "the next one had it first"
    assert "└── Bladet" in left


@pytest.mark.usefixtures("ids")
def test_what_is_not_on_record_is_told(onrecord: Command) -> None:
    for unknown in ("Huawai", "0123456789ab"):
        result = onrecord("origins", unknown)
        assert result.exit_code == Code.NOT_FOUND
        assert "Nothing is on record about" in result.stderr


@pytest.mark.usefixtures("ids")
def test_the_result_goes_into_a_file(onrecord: Command, tmp_path: Path) -> None:
    place = tmp_path / "origins.json"
    assert onrecord("origins", "Huawei", "--format", "json", "-o", place).stdout == f"{place}\n"
    assert json.loads(place.read_text("utf-8"))["supplier"] == "Huawei"
