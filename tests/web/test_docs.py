"""The calls in the documentation work as they are pasted, before the ledger that `make demo` fills."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import serving
from typer.testing import CliRunner

from onrecord.cli import app as command
from onrecord.ledger import Ledger

ROOT = Path(__file__).parents[2]
ADDRESS = "http://localhost:8321"
"""Where the pages have the workbench."""
PAGES = ("api", "watch", "by-hand", "names", "judging", "workbench-register", "review")
"""Pages with examples of calls, without those on accounts, which this workbench has none of."""
_TELLING = "--noproxy '*' --silent --show-error --write-out '%{stderr}%{http_code} %{url}\\n'"
TOLD = f'curl() {{ command curl {_TELLING} "$@"; }}'
"""Has each call tell its status and address, beside what it does."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The workbench of the demonstration's ledger, filled by the same commands."""
    place = tmp_path_factory.mktemp("demo") / "demo.db"
    for line in re.findall(r"onrecord --ledger build/demo\.db (.+)", (ROOT / "Makefile").read_text("utf-8")):
        words = [str(ROOT / word) if word.startswith("examples/") else word for word in line.split()]
        if words[0] != "dossier":
            done = CliRunner().invoke(command, ["--ledger", str(place), *words])
            assert done.exit_code == 0, done.output
    with Ledger(place) as ledger, serving(ledger) as client:
        yield client


def blocks() -> list[str]:
    """The examples of the pages, each as a shell gets it; what shows an answer too is none."""
    texts = [(ROOT / "docs" / f"{page}.md").read_text("utf-8") for page in PAGES]
    blocks = [one for text in texts for one in re.findall(r"(?:^ {4}.*\n)+", text, re.M)]
    found = (re.sub("^    ", "", one, flags=re.M) for one in blocks)
    return [one for one in found if "curl" in one and not one.startswith("$ ")]


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="there is no curl")
@pytest.mark.parametrize("block", blocks(), ids=lambda block: block.splitlines()[0][-60:])
def test_an_example_works_as_pasted(desk: httpx.Client, block: str, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert block.count("http://") == block.count(ADDRESS)
    script = f"{TOLD}\n{block.replace(ADDRESS, str(desk.base_url).rstrip('/'))}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    calls = [line.split(" ", 1) for line in done.stderr.splitlines()]
    assert len(calls) >= block.count("curl ")
    wrong = [f"{status} {url}" for status, url in calls if status[0] != "2" and status != "304"]
    assert not wrong, wrong
    assert ("304" in {status for status, _ in calls}) == ("If-None-Match" in block)
