"""Pages come from folders, files and globs, in one order, and what fails does not stop the rest."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.pages import MAX_PAGE_BYTES
from onrecord.sources import count_items, open_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.html",
        "deep/er/c.md",
        "deep/d.htm.gz",
        "E.TXT",
        "notes.pdf",
        ".hidden.txt",
        ".git/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def names(folder: Path, *places: str | Path) -> list[str]:
    return [Path(item.locator).relative_to(folder).as_posix() for item in open_source(*places)]


def test_a_folder_gives_its_pages_in_order(folder: Path) -> None:
    assert names(folder, folder) == ["E.TXT", "a.html", "b.txt", "deep/d.htm.gz", "deep/er/c.md"]
    assert [item.data for item in open_source(folder / "deep")] == [b"deep/d.htm.gz", b"deep/er/c.md"]
    assert count_items(folder) == 5


def test_files_globs_and_folders_together_give_each_file_once(folder: Path) -> None:
    assert names(folder, folder / "b.txt", f"{folder}/*.txt", str(folder)) == [
        "b.txt",
        "E.TXT",
        "a.html",
        "deep/d.htm.gz",
        "deep/er/c.md",
    ]
    assert names(folder, f"{folder}/**/*.md") == ["deep/er/c.md"]


def test_a_file_that_is_named_is_taken_whatever_its_name(folder: Path) -> None:
    assert [item.data for item in open_source(folder / "notes.pdf")] == [b"notes.pdf"]


def test_what_is_not_there_is_told_and_the_rest_is_read(folder: Path) -> None:
    (folder / "none").mkdir()
    items = list(open_source(folder / "missing", f"{folder}/*.xyz", folder / "none", folder / "b.txt"))
    assert [item.error_code for item in items] == ["path-not-found", "path-not-found", "no-pages", None]
    assert all((item.data is None) == (item.message is not None) for item in items)
    assert count_items(folder / "missing", folder / "b.txt") == 2


def test_a_file_too_large_is_told(folder: Path) -> None:
    with (folder / "a.html").open("wb") as file:
        file.truncate(200_000_000)
    items = {Path(item.locator).name: item for item in open_source(folder)}
    assert items["a.html"].error_code == "too-large"
    assert str(MAX_PAGE_BYTES // 1024**2) in str(items["a.html"].message)
    assert items["b.txt"].data == b"b.txt"


def test_a_link_that_leads_back_does_not_go_round(folder: Path) -> None:
    (folder / "deep" / "loop").symlink_to(folder)
    assert names(folder, folder) == ["E.TXT", "a.html", "b.txt", "deep/d.htm.gz", "deep/er/c.md"]


def test_a_dangling_link_is_told(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    assert [item.error_code for item in open_source(folder)].count("not-readable") == 1


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of one's own, worked in without the rights of an administrator."""
    with tempfile.TemporaryDirectory() as place:
        root = os.geteuid() == 0
        if root:
            os.chown(place, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(place)
        finally:
            for path in Path(place).rglob("*"):
                path.chmod(0o700)
            if root:
                os.seteuid(0)


def test_a_folder_without_rights_is_told_and_the_rest_is_read(unprivileged: Path) -> None:
    for name in ("closed/a.txt", "open/b.txt", "open/c.txt"):
        path = unprivileged / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    (unprivileged / "closed").chmod(0)
    (unprivileged / "open" / "b.txt").chmod(0)
    items = {Path(item.locator).name: item for item in open_source(unprivileged)}
    assert items["closed"].error_code == "no-permission"
    assert items["b.txt"].error_code == "no-permission"
    assert items["c.txt"].data == b"open/c.txt"
