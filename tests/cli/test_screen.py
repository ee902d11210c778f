"""`onrecord screen`: names and files of names against the lists of a ledger."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from onrecord.ledger import Ledger
from onrecord.lists import ListedName, Party, ReadList, add_list

Command = Callable[..., Result]

PANDA = Party(
    "1", "company", (ListedName("Panda International Information Technology Company, Ltd"),),
    source="Entity List", since="2014-06-26", citations=("79 FR 36199",), programs=("EAR",),
)  # fmt: skip
FORMULA = Party("2", "company", (ListedName("=Lantern Trading FZE"),))


@pytest.fixture
def listed(ledger: Path) -> None:
    with Ledger(ledger) as record:
        read = ReadList("us-excerpt", "Excerpt", "BIS", "own-csv", "2020-01-01", (PANDA, FORMULA))
        add_list(record, read, who="Anna")


@pytest.mark.usefixtures("listed")
def test_a_name_is_told_with_list_law_and_reason(onrecord: Command) -> None:
    done = onrecord("screen", "Panda International Information Technology Ltd", "Vestas")
    assert done.exit_code == 0
    for words in ("same", "Entity List", "2014-06-26", "79 FR 36199", "why:", "on none of these lists"):
        assert words in done.stdout


@pytest.mark.usefixtures("listed")
def test_a_file_of_names_becomes_a_safe_table(onrecord: Command, tmp_path: Path) -> None:
    source, target = tmp_path / "names.csv", tmp_path / "out.csv"
    source.write_text(
        "id;company\n1;Panda International Information Technology\n2;Lantern Trading FZE\n3;Vestas\n4;\n"
    )
    done = onrecord(
        "screen",
        "--from",
        source,
        "--column",
        "company",
        "--format",
        "csv",
        "-o",
        target,
        "--fail-on",
        "same",
    )
    assert done.exit_code == 8
    assert "2 names found on the lists" in done.output
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert [row["name"] for row in rows] == [
        "Panda International Information Technology", "Lantern Trading FZE", "Vestas",
    ]  # fmt: skip
    assert [row["relation"] for row in rows] == ["same", "same", ""]
    assert rows[1]["party"] == "'=Lantern Trading FZE"


@pytest.mark.usefixtures("listed")
def test_json_gives_the_parts_that_matched(onrecord: Command) -> None:
    done = onrecord("screen", "Panda International Information Technology GmbH", "--format", "json")
    (told,) = json.loads(done.stdout)
    (candidate,) = told["candidates"]
    assert candidate["list"] == "us-excerpt"
    assert {part["asked"] for part in candidate["parts"]} >= {"panda", "international"}


def test_without_a_list_it_says_how_to_add_one(onrecord: Command, ledger: Path) -> None:
    Ledger(ledger).close()
    done = onrecord("screen", "Vestas")
    assert done.exit_code == 1
    assert "onrecord lists add" in done.output


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "which names"),
        (("--from", "nowhere.csv"), 2, "cannot read"),
        (("Vestas", "--list", "un"), 1, "no list 'un'"),
    ],
)
def test_what_is_wrong_is_said(onrecord: Command, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = onrecord("screen", *arguments)
    assert done.exit_code == code
    assert words in done.output


@pytest.mark.usefixtures("listed")
def test_a_file_without_the_column_is_told_which_it_has(onrecord: Command, tmp_path: Path) -> None:
    source = tmp_path / "names.csv"
    source.write_text("id,company\n1,Vestas\n")
    done = onrecord("screen", "--from", source)
    assert done.exit_code == 2
    assert "id, company" in done.output
    source.write_bytes("name\nVæstas\n".encode("cp1252"))
    assert "UTF-8" in onrecord("screen", "--from", source).output
