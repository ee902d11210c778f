"""The real command on real files: in this process where that will do, else as a program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.postgres import Server
from typer.testing import CliRunner, Result

from onrecord.cli import app
from onrecord.ledger import Ledger

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
    return _written(tmp_path / "pages")


def _written(folder: Path) -> Path:
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Commands are tested on either database; but on a file alone where a test asks for that (`ledger`), or
    for a disk of its own."""
    if "place" in metafunc.fixturenames:
        of_files = not {"ledger", "disk"}.isdisjoint(metafunc.fixturenames)
        stores = ("sqlite",) if of_files else ("sqlite", "postgresql")
        metafunc.parametrize("place", stores, indirect=True)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The readable pages, which no test changes."""
    return _written(tmp_path_factory.mktemp("shelf") / "pages")


@pytest.fixture(scope="session")
def new_ledger(
    request: pytest.FixtureRequest, shelf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, bool, Path], str]:
    """Says where a new ledger stands on a store, empty or with the pages of the shelf, which are read once
    and then copied; a ledger that is a file stands in a folder, and an empty one is still to be made."""
    models: dict[tuple[str, bool], str] = {}

    def model(store: str, full: bool) -> str:
        if store == "sqlite":
            made = str(tmp_path_factory.mktemp("model") / "record.db")
        else:
            server: Server = request.getfixturevalue("postgresql")
            made = server.database()
            Ledger(made).close()
        if full:
            assert CliRunner().invoke(app, ["--ledger", made, "read", str(shelf)]).exit_code == 0
        return made

    def make(store: str, full: bool, folder: Path) -> str:
        if store == "sqlite" and not full:
            return str(folder / "record.db")
        if (store, full) not in models:
            models[store, full] = model(store, full)
        if store == "sqlite":
            return str(shutil.copyfile(models[store, full], folder / "record.db"))
        server: Server = request.getfixturevalue("postgresql")
        return server.database(models[store, full].rpartition("/")[2])

    return make


@pytest.fixture
def place(
    request: pytest.FixtureRequest, new_ledger: Callable[[str, bool, Path], str], tmp_path: Path
) -> str:
    """Where the test's ledger is, or will be: a file, or a database on a real server."""
    return new_ledger(request.param, "held" in request.fixturenames, tmp_path)


@pytest.fixture
def ledger(place: str) -> Path:
    """The file that the test's ledger is, or will be."""
    return Path(place)


@pytest.fixture
def onrecord(place: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command within this process, on the test's ledger."""
    monkeypatch.setenv("ONRECORD_LEDGER", place)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def held(place: str, shelf: Path) -> Path:  # noqa: ARG001  (filled, where this is asked for)
    """The readable pages, which are read into the ledger; no test changes them."""
    return shelf


def program() -> str:
    """The installed command."""
    return str(Path(sys.executable).with_name("onrecord"))


@pytest.fixture
def spawned(place: str) -> Program:
    """Runs a command as a program of its own."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program(), *map(str, arguments)],
            env={**os.environ, "ONRECORD_LEDGER": place},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
