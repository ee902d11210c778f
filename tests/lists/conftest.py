"""Real snapshots of published lists, where they lie beside the repository."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest


def _folder() -> Path | None:
    beside = (parent / "shared" / "data" / "lists" for parent in Path(__file__).resolve().parents)
    return next((folder for folder in beside if folder.is_dir()), None)


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, bytes]]:
    """Gives the files of a snapshot by its name; skips the test where there are none."""
    unpacked = tmp_path_factory.mktemp("snapshots")

    def files(name: str) -> dict[str, bytes]:
        folder = _folder()
        if folder is None:
            pytest.skip("The snapshots of published lists are not there.")
        if not (unpacked / name).exists():
            with tarfile.open(folder / f"{name}.tar.xz") as archive:
                archive.extractall(unpacked, filter="data")
        return {path.name: path.read_bytes() for path in sorted((unpacked / name).iterdir())}

    return files
