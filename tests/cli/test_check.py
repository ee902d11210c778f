"""`onrecord check` on a real ledger and real files; what the check itself finds is made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.present.checks import CHECK, REGISTER
from typer.testing import Result

from onrecord import exposure
from onrecord.cli._failure import Code
from onrecord.exposure import Check, Register, read_register
from onrecord.ledger import Ledger

Command = Callable[..., Result]
ROWS = "ID,Sort,Party,State\nD-1,supplier,Huawei,CN\n2,supplier,Nokia,FI\n3,partner,Panda,CN\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, held: Path) -> list[dict[str, Any]]:  # noqa: ARG001
    """Stands for the check itself, on a ledger with pages, and keeps what it was asked."""
    calls: list[dict[str, Any]] = []

    def check(ledger: Ledger, register: Register, **more: Any) -> Check:
        assert ledger.entity("Huawei") is not None
        more["progress"](1, 1)
        calls.append({"register": register, **more})
        return CHECK

    monkeypatch.setattr(exposure, "check", check, raising=False)
    return calls


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(ROWS)
    return path


def test_a_register_is_checked(onrecord: Command, asked: list[dict[str, Any]], register: Path) -> None:
    result = onrecord(
        "check",
        register,
        "--as-of",
        "2026-11-28",
        "--known-at",
        "2026-11-27",
        "--who",
        "Anna",
        "--home",
        "Danmark",
        "--language",
        "da",
    )
    assert result.exit_code == Code.OK, result.output
    assert "Kontrol af et register" in result.stdout
    assert "Linje 2: Huawei" in result.stdout
    (call,) = asked
    assert [line.party for line in call["register"].lines] == ["Huawei", "Nokia", "Panda"]
    assert (call["as_of"], call["who"], call["home"]) == ("2026-11-28", "Anna", "DK")
    assert call["name"] == "register.csv"
    assert isinstance(call["known_at"], datetime)


@pytest.mark.parametrize("form", ["terminal", "html", "json", "xlsx"])
@pytest.mark.usefixtures("asked")
def test_it_is_written_to_a_file(onrecord: Command, register: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"check.{form}"
    result = onrecord("check", register, "--format", form, "-o", out)
    assert (result.exit_code, result.stdout) == (Code.OK, f"{out}\n")
    if form == "xlsx":
        assert load_workbook(out).sheetnames[0] == "Findings"
    elif form == "json":
        assert json.loads(out.read_text())["lines"] == 5
    else:
        assert "on a list" in out.read_text()
    assert onrecord("check", register, "--format", form, "-o", tmp_path / "no" / "x").exit_code == Code.OUTPUT


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ("list-hit", Code.FOUND),
        ("chain, dispute", Code.FOUND), ("any", Code.FOUND), ("new-any", Code.FOUND),
        ("new-restriction", Code.FOUND), ("new-list-hit", Code.OK), ("new-chain,new-rule", Code.OK),
        ("ban", Code.USAGE), ("new-", Code.USAGE), ("", Code.USAGE), (",", Code.USAGE),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("asked")
def test_a_scheduler_hears_of_what_it_asks_for(
    onrecord: Command, register: Path, kinds: str, code: Code
) -> None:
    result = onrecord("check", register, "--fail-on", kinds)
    assert result.exit_code == code, result.output
    assert ("Check of a register" in result.stdout) == (code != Code.USAGE), "it is written all the same"
    assert ("--fail-on" in result.stderr) == (code != Code.OK)


def test_a_register_with_bad_lines_is_refused_unless_the_good_are_enough(
    onrecord: Command, asked: list[dict[str, Any]], register: Path
) -> None:
    register.write_text(ROWS + "4,supplier,=A1,CN\n5,supplier,A,Narnia\n")
    result = onrecord("check", register)
    assert result.exit_code == Code.REFUSED
    assert not asked
    assert not result.stdout
    for words in (
        "register.csv: 2 lines cannot be used, and nothing was checked",
        "the 3 other lines alone with --keep-good",
        "line 5, column Party: holds a formula",
        "line 6, column State: 'Narnia' is no state",
    ):
        assert words in result.stderr
    assert onrecord("check", register, "--keep-good").exit_code == Code.OK
    assert [bad.line for bad in asked[0]["register"].bad] == [5, 6]


def test_many_bad_lines_are_not_all_listed_when_refused(onrecord: Command, register: Path) -> None:
    register.write_text(ROWS + "".join(f"x{n},supplier,,CN\n" for n in range(500)))
    result = onrecord("check", register)
    assert result.exit_code == Code.REFUSED
    assert result.stderr.count("names nobody") == 20
    assert "and 480 more" in result.stderr
    register.write_text("Sort,Party\nsupplier,\n")
    assert onrecord("check", register, "--keep-good").exit_code == Code.REFUSED, "there is no good one"


@pytest.mark.parametrize(
    ("content", "words"),
    [("Price\n3\n", "no column 'Sort' and 'Party'"), ("", "is empty"), ("sort,party\n", "no lines")],
)
def test_what_is_no_register_is_refused(
    onrecord: Command, asked: list[dict[str, Any]], register: Path, content: str, words: str
) -> None:
    register.write_text(content)
    result = onrecord("check", register, "--keep-good")
    assert result.exit_code == Code.REFUSED
    assert words in result.stderr
    assert not asked


def test_what_does_not_go_together_is_told(onrecord: Command, register: Path, tmp_path: Path) -> None:
    assert onrecord("check").exit_code == Code.USAGE
    assert onrecord("check", tmp_path / "none.csv").exit_code == Code.NOTHING_READ
    assert onrecord("check", register, "--format", "xlsx").exit_code == Code.USAGE
    assert onrecord("check", register, "--template", "csv").exit_code == Code.USAGE
    assert onrecord("check", "--template", "xlsx").exit_code == Code.USAGE
    assert onrecord("check", register, "--home", "Narnia").exit_code == Code.USAGE
    assert onrecord("check", register, "--language", "xx").exit_code == Code.USAGE


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_made_and_never_written_over_a_file(
    onrecord: Command, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"mine.{form}"
    assert onrecord("check", "--template", form, "-o", out, "--language", "nl").stdout == f"{out}\n"
    assert out.stat().st_size > 1000
    before = out.read_bytes()
    again = onrecord("check", "--template", form, "-o", out)
    assert again.exit_code == Code.OUTPUT
    assert "is there already" in again.stderr
    assert out.read_bytes() == before


def test_a_template_can_be_piped_filled_in_and_checked(
    onrecord: Command, asked: list[dict[str, Any]], register: Path
) -> None:
    text = onrecord("check", "--template", "csv").stdout
    assert text.startswith("# ")
    register.write_text(text + "H-1,supplier,Huawei,,CN,,,,2019,,\n")
    assert read_register(register).lines[0].party == "Huawei"
    result = onrecord("check", register)
    assert result.exit_code == Code.OK
    assert "Left out as the template's own examples: 4." in result.stdout
    assert len(asked) == 1
    assert REGISTER.remarks == asked[0]["register"].remarks
