"""Exports from the command line."""

from __future__ import annotations

import csv
import json
import os
import subprocess
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


def test_what_is_left_out_is_told_with_its_reason(onrecord: Command, tmp_path: Path) -> None:
    file, lines = tmp_path / "out.csv", tmp_path / "out.ftm"
    onrecord("export", str(file))
    rows = read(file)
    rejected = next(row["id"] for row in rows if row["actor"] and row["target"])
    assert onrecord("reject", rejected, "--who", "Anna").exit_code == 0
    done = onrecord("export", str(lines), "-f", "ftm")
    told = [json.loads(line)["properties"] for line in lines.read_text("utf-8").splitlines()]
    written = {id for properties in told for id in properties.get("recordId", ())}
    assert f": {len(written)} statements; left out: " in done.stdout
    assert "1 rejected" in done.stdout
    assert rejected not in written
    onrecord("export", str(file))
    assert [row["id"] for row in read(file) if row["discounted"] == "rejected"] == [rejected]


def test_a_link_stays_a_link_and_a_pipe_a_pipe(onrecord: Command, tmp_path: Path) -> None:
    file, link, pipe = tmp_path / "kept.csv", tmp_path / "latest.csv", tmp_path / "pipe"
    file.write_text("from before")
    file.chmod(0o640)
    link.symlink_to(file.name)
    assert onrecord("export", str(link)).exit_code == 0
    assert (link.is_symlink(), len(read(file)) > 1, file.stat().st_mode & 0o777) == (True, True, 0o640)
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert onrecord("export", str(pipe)).exit_code == 0
        assert reader.communicate()[0] == file.read_bytes()
    assert pipe.is_fifo()
    assert {path.name for path in tmp_path.iterdir()} >= {"kept.csv", "latest.csv", "pipe"}
    assert not list(tmp_path.glob("*.part"))
