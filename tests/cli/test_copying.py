"""Backup, restore and copy from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("held")


def standing(onrecord: Command, ledger: Path | str) -> str:
    result = onrecord("standing", "Huawei", "--ledger", str(ledger))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_backup_is_restored_and_answers_alike(onrecord: Command, ledger: Path, tmp_path: Path) -> None:
    kept, new = tmp_path / "kept.db", tmp_path / "new.db"
    done = onrecord("backup", str(kept))
    assert done.exit_code == 0, done.output
    assert "compared and the same" in done.stdout
    assert not kept.with_name("kept.db.part").exists()
    assert standing(onrecord, kept) == standing(onrecord, ledger)
    restored = onrecord("restore", str(kept), "--ledger", str(new), "--format", "json")
    assert json.loads(restored.stdout)["rows"]["page"] == 2
    assert standing(onrecord, new) == standing(onrecord, ledger)
    assert onrecord("audit", "--ledger", str(new)).exit_code == 0


def test_what_stands_in_the_way_is_told(onrecord: Command, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    assert onrecord("backup", str(kept)).exit_code == 0
    again = onrecord("backup", str(kept))
    assert (again.exit_code, "never overwrites" in again.stderr) == (6, True)
    article = "2019-04-01\n\nA third page\n\nTelenor buys its network from Ericsson, it said on Monday.\n"
    (tmp_path / "third.txt").write_text(article, "utf-8")
    assert onrecord("read", str(tmp_path / "third.txt")).exit_code == 0
    full = onrecord("restore", str(kept))
    assert (full.exit_code, "not empty" in full.stderr) == (4, True)
    none = onrecord("restore", str(tmp_path / "none.db"), "--ledger", str(tmp_path / "new.db"))
    assert (none.exit_code, "no backup" in none.stderr) == (4, True)


def test_what_was_copied_is_copied_again(onrecord: Command, tmp_path: Path, ledger: Path) -> None:
    copied = onrecord("copy", str(ledger), str(tmp_path / "copy.db"))
    assert copied.exit_code == 0
    twice = onrecord("copy", str(ledger), str(tmp_path / "copy.db"))
    assert (twice.exit_code, twice.stdout) == (0, copied.stdout)
