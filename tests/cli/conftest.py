"""The real command on real files: in this process where that will do, else as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli import app

PAGES = {
    "harbour.txt": (
        "2019-03-04\n\nNorway's Telenor drops Huawei from its new network\n\n"
        "Telenor will not use equipment from Huawei in its new mobile network, the operator said on Monday. "
        "The company has chosen Ericsson as its supplier instead.\n\n"
        "Huawei denies that it has ever spied on its customers for the Chinese government.\n"
    ),
    "kantoor.txt": (
        "2019-05-20\n\nDuitsland sluit Huawei niet uit\n\n"
        "De Duitse regering sluit Huawei niet uit van de aanleg van het nieuwe mobiele netwerk, zei een "
        "minister maandag in Berlijn.\n\n"
        "Volgens de Amerikaanse regering kan het Chinese bedrijf voor spionage worden gebruikt.\n"
    ),
}
"""Pages of our own, in two languages; each has an article and a date."""

Command = Callable[..., Result]
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with readable pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where the test's ledger is, or will be."""
    return tmp_path / "record.db"


@pytest.fixture
def onrecord(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command within this process, on the test's ledger."""
    monkeypatch.setenv("ONRECORD_LEDGER", str(ledger))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def held(onrecord: Command, pages: Path) -> Path:
    """The readable pages, read into the ledger."""
    assert onrecord("read", pages).exit_code == 0
    return pages


def program() -> str:
    """The installed command."""
    return str(Path(sys.executable).with_name("onrecord"))


@pytest.fixture
def spawned(ledger: Path) -> Program:
    """Runs a command as a program of its own."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program(), *map(str, arguments)],
            env={**os.environ, "ONRECORD_LEDGER": str(ledger)},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
