"""The files that `onrecord lists add` is given, by path or URL, put together to lists and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.lists import ListError

if TYPE_CHECKING:
    from onrecord.lists import ReadList


@dataclass(frozen=True, slots=True)
class Given:
    """The files that make one list, as the user named them: each one's name and its place."""

    places: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """How to speak of it."""
        return ", ".join(place for _, place in self.places)


def given(places: Iterable[str]) -> list[Given]:
    """What lists there are at places: files, folders (the files in each) and URLs. Files of one folder or
    site whose names say that they are parts of one list are put together."""
    from onrecord.lists import together

    found: dict[str, dict[str, str]] = {}
    for place in places:
        for home, name, path in _files(place):
            found.setdefault(home, {}).setdefault(name, path)
    return [
        Given(tuple((name, files[name]) for name in names))
        for files in found.values()
        for names in together(files)
    ]


def read(files: Given, name: str | None, issued: str | None = None) -> ReadList:
    """The list that files make, under its own short name or the one given, and of the day `issued` where it
    does not say its own. `ListError` where it can't be read, or says another."""
    from onrecord.lists import read_given

    return read_given({file: _bytes(place) for file, place in files.places}, name=name, issued=issued)


def _files(place: str) -> Iterator[tuple[str, str, str]]:
    """Where each file at a place lies (its folder or site), its name, and its own place."""
    from onrecord.sources import is_url, name_in

    if is_url(place):
        yield place.rpartition("/")[0], name_in(place), place
        return
    path = Path(place).expanduser()
    try:
        files = [path]
        if path.is_dir():
            files = [f for f in sorted(path.iterdir()) if f.is_file() and not f.name.startswith(".")]
    except OSError as error:
        raise ListError(f"{path} cannot be read: {error.strerror or error}.") from error
    if not files:
        raise ListError(f"{path} is a folder without files. Name a file, or the folder that it is in.")
    for file in files:
        yield str(file.parent), file.name, str(file)


def _bytes(place: str) -> bytes:
    """The bytes of a file or URL. `ListError` where they can't be had."""
    from onrecord.sources import MAX_FETCHED, FetchError, fetch, is_url

    try:
        if is_url(place):
            return fetch(place).data
        with Path(place).open("rb") as file:
            data = file.read(MAX_FETCHED + 1)
    except FetchError as error:
        raise ListError(str(error)) from error
    except OSError as error:
        message = f"{place} cannot be read: {error.strerror or error}. See whether it is there."
        raise ListError(message) from error
    if len(data) > MAX_FETCHED:
        raise ListError(f"{place} is larger than {MAX_FETCHED // 1024**2} MB, more than any list.")
    return data
