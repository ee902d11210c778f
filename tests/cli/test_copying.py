"""Backup, restore and copy from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import program
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


def test_of_two_backups_to_one_name_at_once_one_is_made_and_the_other_told(
    onrecord: Command, place: str, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.db"
    both = [
        subprocess.Popen([program(), "backup", str(kept), "-l", place], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [one.communicate()[1] for one in both]
    assert sorted(one.returncode for one in both) == [0, 6]
    assert "is being written by another program" in "".join(told) or "never overwrites" in "".join(told)
    assert [file.name for file in tmp_path.iterdir() if "kept" in file.name] == ["kept.db"]
    assert standing(onrecord, kept) == standing(onrecord, place)


def test_who_writes_a_backup_keeps_others_off_until_it_ends_or_is_killed(
    onrecord: Command, ledger: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.db"
    command = [sys.executable, "-c", _WRITING, str(kept)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        busy = onrecord("backup", str(kept))
        assert (busy.exit_code, "is being written by another program" in busy.stderr) == (6, True)
        writer.kill()
    assert kept.with_name("kept.db.part").exists()
    assert onrecord("backup", str(kept)).exit_code == 0
    assert not kept.with_name("kept.db.part").exists()
    assert standing(onrecord, kept) == standing(onrecord, ledger)


_WRITING = """
import sys
from pathlib import Path
from onrecord.cli._output import beside
with beside(Path(sys.argv[1])) as part:
    part.write_text("what is no database")
    print("writing", flush=True)
    sys.stdin.read()
"""
