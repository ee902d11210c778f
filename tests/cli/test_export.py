"""Exports from the command line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("held")


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl", "ftm", "prov"])
def test_each_format_is_written(onrecord: Command, tmp_path: Path, form: str) -> None:
    file = tmp_path / "out"
    done = onrecord("export", str(file), "--format", form)
    assert done.exit_code == 0, done.output
    assert "statements" in done.stdout
    assert file.stat().st_size > 100


def test_only_what_is_asked_for_is_exported(onrecord: Command, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    assert onrecord("export", str(file), "--about", "telenor").exit_code == 0
    rows = read(file)
    assert rows
    assert all("Telenor" in (row["actor"], row["target"], *row["source"].split(" > ")) for row in rows)
    assert onrecord("export", str(file), "--as-of", "2018").exit_code == 0
    assert read(file) == []


def test_what_cannot_be_exported_is_told(onrecord: Command, tmp_path: Path) -> None:
    unknown = onrecord("export", str(tmp_path / "out.csv"), "--about", "Huawey")
    assert (unknown.exit_code, "Huawei" in unknown.stderr) == (1, True)
    nowhere = onrecord("export", str(tmp_path / "none" / "out.csv"))
    assert (nowhere.exit_code, "cannot write" in nowhere.stderr) == (6, True)
