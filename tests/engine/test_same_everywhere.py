"""The same bytes give the same statements, in whatever process and order they are read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = "import sys; from onrecord.cli import main; sys.argv[0] = 'onrecord'; main()"
EXAMPLES = Path(__file__).parents[2] / "examples" / "pages"


def annotate(pages: list[Path], out: Path, seed: str) -> dict[str, bytes]:
    """What a process of its own, with its own order of sets, reads from pages given in that order."""
    subprocess.run(
        [sys.executable, "-c", COMMAND, "annotate", *map(str, pages), "--out", str(out)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """One example page of each of several languages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for path in sorted(EXAMPLES.iterdir())[::4]:
        shutil.copy(path, folder)
    return sorted(folder.iterdir())


def test_two_processes_read_the_same(pages: list[Path], tmp_path: Path) -> None:
    one = annotate(pages, tmp_path / "one", "1")
    two = annotate(list(reversed(pages)), tmp_path / "two", "2")
    assert one == two
    assert any(b'"type"' in read for read in one.values())
