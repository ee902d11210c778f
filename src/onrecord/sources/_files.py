"""Pages from folders, files and globs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path

from onrecord.pages import MAX_PAGE_BYTES

_SUFFIXES = (".html", ".htm", ".txt", ".md")
_PACKED = tuple(f"{suffix}.gz" for suffix in _SUFFIXES)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was to be read: its bytes, or why they could not be had.

    `locator` is its path. Exactly one of `data` and `error_code` is given; `error_code` is one of
    `path-not-found`, `no-permission`, `too-large`, `not-readable`, `no-pages`, and `message` says what to do.
    """

    locator: str
    data: bytes | None = None
    error_code: str | None = None
    message: str | None = None


def open_source(*places: str | Path) -> Iterator[Item]:
    """The pages at `places`: files, folders with all below them, and globs (`**` for any depth).

    Of a folder, the files named .html, .htm, .txt and .md are taken, and the same with .gz; a file that is
    named itself is taken whatever its name. The order is that of the places, within each that of the names; a
    file that several places hold comes once. What cannot be read becomes an item with an error, the rest is
    read all the same. No more than one file is in memory at a time, and of one too large only its beginning.
    """
    for found in _found(places):
        yield found if isinstance(found, Item) else _read(found)


def count_items(*places: str | Path) -> int:
    """How many items `open_source` will give for the same places, without reading a file."""
    return sum(1 for _ in _found(places))


def _found(places: tuple[str | Path, ...]) -> Iterator[Path | Item]:
    seen: set[Path] = set()
    for place in places:
        for found in _at(place):
            if isinstance(found, Path):
                same = Path(os.path.realpath(found))
                if same in seen:
                    continue
                seen.add(same)
            yield found


def _at(place: str | Path) -> Iterator[Path | Item]:
    path = Path(place).expanduser()
    try:
        exists = path.exists()
    except OSError as error:
        yield _unreadable(path, error)
        return
    if exists:
        if not path.is_dir():
            yield path
            return
        found = list(_below(path))
        yield from found
        if not found:
            names = ", ".join(_SUFFIXES)
            yield Item(str(place), None, "no-pages", f"{place} holds no pages ({names}, or those with .gz).")
    elif has_magic(str(place)):
        matches = sorted(iglob(str(path), recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
        for match in matches:
            matched = Path(match)
            if matched.is_dir():
                yield from _below(matched)
            elif not matched.name.startswith("."):
                yield matched
        if not matches:
            yield Item(str(place), None, "path-not-found", f"Nothing matches {place}; check the pattern.")
    else:
        yield Item(str(place), None, "path-not-found", f"{place} does not exist; check its spelling.")


def _below(folder: Path) -> Iterator[Path | Item]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            folder_below = entry.is_dir() and not entry.is_symlink()
        except OSError as error:
            yield _unreadable(entry, error)
            continue
        if folder_below:
            yield from _below(entry)
        elif entry.name.lower().endswith((*_SUFFIXES, *_PACKED)):
            yield entry


def _read(path: Path) -> Item:
    try:
        if not path.is_file():
            return Item(str(path), None, "not-readable", f"{path} is no file; name a file or a folder.")
        with path.open("rb") as file:
            data = file.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        return _unreadable(path, error)
    if len(data) > MAX_PAGE_BYTES:
        limit = MAX_PAGE_BYTES // 1024**2
        message = f"{path} is larger than {limit} MB, more than any page; split it or save only the article."
        return Item(str(path), None, "too-large", message)
    return Item(str(path), data)


def _unreadable(path: Path, error: OSError) -> Item:
    if isinstance(error, PermissionError):
        message = f"{path} may not be read by you; change its permissions, or run as its owner."
        return Item(str(path), None, "no-permission", message)
    return Item(str(path), None, "not-readable", f"{path} could not be read: {error.strerror or error}.")
