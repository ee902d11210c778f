"""Each bad input gets a clear message and a documented exit code, and the rest is read all the same."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import Result

from onrecord.cli._failure import Code

Command = Callable[..., Result]

POLISH = (
    "Urząd Komunikacji Elektronicznej przedstawił w poniedziałek nowe wymagania co do bezpieczeństwa sieci. "
    "Wszyscy dostawcy sprzętu będą musieli wykazać, że w ich urządzeniach nie da się niczego podmienić. "
    "Nie oznacza to wykluczenia żadnego producenta, powiedział rzecznik urzędu w Warszawie.\n"
)
NO_ARTICLE = "<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></body></html>"


def write_empty(path: Path) -> None:
    path.write_bytes(b"")


def write_binary(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)


def write_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)  # a hole: it takes no room on the disk


def write_truncated_gzip(path: Path) -> None:
    packed = gzip.compress(("Telenor will not use equipment from Huawei in its network. " * 200).encode())
    path.write_bytes(packed[: len(packed) // 2])


def write_deep(path: Path) -> None:
    path.write_text("<html><body>" + "<div>" * 100_000 + "Huawei" + "</div>" * 100_000, "utf-8")


def write_polish(path: Path) -> None:
    path.write_text(POLISH, "utf-8")


def write_no_article(path: Path) -> None:
    path.write_text(NO_ARTICLE, "utf-8")


BAD_PAGES = {
    "empty.txt": (write_empty, "empty"),
    "picture.txt": (write_binary, "binary"),
    "huge.txt": (write_large, "too-large"),
    "cut.html.gz": (write_truncated_gzip, "truncated-gzip"),
    "deep.html": (write_deep, "too-deep"),
    "polski.txt": (write_polish, "language-not-installed"),
    "menu.html": (write_no_article, "no-article"),
}


@pytest.mark.parametrize("name", BAD_PAGES)
def test_bad_page_is_told_and_the_others_are_read(name: str, onrecord: Command, pages: Path) -> None:
    write, code = BAD_PAGES[name]
    write(pages / name)
    result = onrecord("read", pages, "--format", "json")
    assert result.exit_code == Code.SOME_UNREADABLE
    told = json.loads(result.stdout)
    assert told["read"] == 2
    assert [(Path(bad["locator"]).name, bad["code"]) for bad in told["unreadable"]] == [(name, code)]
    assert name in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("name", BAD_PAGES)
def test_bad_page_alone_leaves_nothing_read(name: str, onrecord: Command, tmp_path: Path) -> None:
    write, code = BAD_PAGES[name]
    write(tmp_path / name)
    assert onrecord("read", tmp_path / name).exit_code == Code.NOTHING_READ
    kept = json.loads(onrecord("pages", "--unreadable", "--format", "json").stdout)
    assert [bad["code"] for bad in kept] == [code]


def test_annotate_writes_the_others_and_tells(onrecord: Command, pages: Path, tmp_path: Path) -> None:
    write_binary(pages / "picture.txt")
    result = onrecord("annotate", pages, "--out", tmp_path / "out")
    assert result.exit_code == Code.SOME_UNREADABLE
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["harbour.json", "kantoor.json"]
    assert "picture.txt" in result.stderr


def test_path_that_does_not_exist(onrecord: Command, pages: Path, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    result = onrecord("read", missing)
    assert result.exit_code == Code.NOTHING_READ
    assert "does not exist" in result.stderr
    assert onrecord("read", missing, pages).exit_code == Code.SOME_UNREADABLE


def test_folder_without_pages(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    assert onrecord("read", tmp_path / "hollow").exit_code == Code.NOTHING_READ


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that nobody but the superuser may list, in a place that everybody may reach."""
    place = Path(tempfile.mkdtemp(prefix="onrecord-test-"))
    folder = place / "secret"
    folder.mkdir()
    place.chmod(0o777)
    folder.chmod(0)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(place)


DROPPING_RIGHTS = """
import os, sys
from typer.testing import CliRunner
from onrecord.cli import app
place, arguments = sys.argv[1], sys.argv[2:]
if os.geteuid() == 0:  # the superuser may read whatever there is: load all that is needed, then be nobody
    CliRunner().invoke(app, ["--ledger", f"{place}/first.db", "read", f"{place}/pages"])
    os.setgid(65534)
    os.setuid(65534)
app(arguments)
"""


def test_folder_without_rights(locked_folder: Path, pages: Path) -> None:
    place = locked_folder.parent
    shutil.copytree(pages, place / "pages")
    command = ["--ledger", str(place / "record.db"), "read", str(locked_folder), str(place / "pages")]
    result = subprocess.run(
        [sys.executable, "-c", DROPPING_RIGHTS, str(place), *command],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == Code.SOME_UNREADABLE, result.stderr
    assert "2 read" in result.stdout
    assert str(locked_folder) in result.stderr
    assert "Traceback" not in result.stderr


def test_ledger_that_is_not_there(onrecord: Command, ledger: Path) -> None:
    for arguments in (["pages"], ["dossier", "Huawei"], ["search", "Huawei"], ["show", "Huawei"]):
        result = onrecord(*arguments)
        assert result.exit_code == Code.LEDGER
        assert str(ledger) in result.stderr
    assert not ledger.exists()


def test_ledger_that_is_corrupt(onrecord: Command, pages: Path, ledger: Path) -> None:
    ledger.write_text("this is no database\n" * 100, "utf-8")
    before = ledger.read_bytes()
    for arguments in (["read", pages], ["pages"]):
        result = onrecord(*arguments)
        assert result.exit_code == Code.LEDGER
        assert str(ledger) in result.stderr
    assert ledger.read_bytes() == before


@pytest.mark.usefixtures("held")
def test_ledger_that_is_damaged_within(onrecord: Command, ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(ledger.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    ledger.write_bytes(bytes(content))
    result = onrecord("pages")
    assert result.exit_code == Code.LEDGER
    assert "damaged" in result.stderr


def test_ledger_from_a_newer_version(onrecord: Command, held: Path, ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for arguments in (["read", held], ["pages"], ["dossier", "Huawei"]):
        result = onrecord(*arguments)
        assert result.exit_code == Code.LEDGER
        assert "newer" in result.stderr


@pytest.mark.usefixtures("held")
def test_ledger_that_is_locked(onrecord: Command, pages: Path, ledger: Path) -> None:
    (pages / "kantoor.txt").write_text("2019-05-21\n\n" + (pages / "harbour.txt").read_text("utf-8"), "utf-8")
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = onrecord("read", pages)
        assert result.exit_code == Code.LEDGER
        assert "locked" in result.stderr
        assert onrecord("pages").exit_code == Code.OK  # to look into it needs no lock
        other.execute("ROLLBACK")
    assert onrecord("read", pages).exit_code == Code.OK


@pytest.mark.usefixtures("held")
def test_unknown_supplier_is_offered_the_nearest(onrecord: Command) -> None:
    for command in ("dossier", "standing"):
        result = onrecord(command, "Huawai")
        assert result.exit_code == Code.NOT_FOUND
        assert "Huawei" in result.stderr
        assert result.stdout == ""


@pytest.mark.usefixtures("held")
def test_unknown_id_and_unknown_words(onrecord: Command) -> None:
    assert onrecord("show", "ffffffffffff").exit_code == Code.NOT_FOUND
    assert onrecord("search", "rhubarb").exit_code == Code.NOT_FOUND


@pytest.mark.usefixtures("held")
def test_wrong_command_lines(onrecord: Command) -> None:
    for arguments in (
        ["dossier"],
        ["dossier", "Huawei", "--as-of", "next year"],
        ["dossier", "Huawei", "--format", "pdf"],
        ["changes", "Huawei", "--since", "2020", "--until", "2019"],
        ["read"],
        ["show", "Huawei", "--dropped"],
        ["frobnicate"],
    ):
        assert onrecord(*arguments).exit_code == Code.USAGE, arguments


def test_output_that_cannot_be_written(onrecord: Command, held: Path, tmp_path: Path) -> None:
    target = tmp_path / "no" / "such" / "folder.html"
    result = onrecord("dossier", "Huawei", "--format", "html", "-o", target)
    assert result.exit_code == Code.OUTPUT
    assert str(target) in result.stderr
    (tmp_path / "file").write_text("not a folder", "utf-8")
    assert onrecord("annotate", held, "--out", tmp_path / "file" / "out").exit_code == Code.OUTPUT
