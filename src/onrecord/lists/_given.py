"""A list from the bytes of the files that make it, as a user gives them, before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from onrecord.ledger import Ledger, first_day
from onrecord.lists._changes import compared
from onrecord.lists._model import ListError, Party, ReadList
from onrecord.lists._store import MOST_LOST, list_versions, parties_of
from onrecord.lists._versions import ListVersion, PartyChange
from onrecord.lists.readers import read_list, read_list_files


def read_given(files: Mapping[str, bytes], *, name: str | None = None, issued: str | None = None) -> ReadList:
    """The list that files make, by their names, under its own short name or the one given, and of the day
    `issued` where it does not say its own. `ListError` where it can't be read, or says another."""
    if len(files) == 1:
        ((file, data),) = files.items()
        found: ReadList = read_list(data, name=file, list=name)
    else:
        found = read_list_files(dict(files))
        found = found if name is None else replace(found, list=name)
    if issued is not None and found.issued not in (None, issued):
        raise ListError(f"it says itself that it was issued on {found.issued}. Leave out --issued.")
    found = replace(found, issued=found.issued or issued)
    digests = (sha256(data) for _, data in sorted(files.items()))
    whole = sha256(b"".join(digest.digest() for digest in digests)) if len(files) > 1 else next(digests)
    return replace(found, digest=whole.hexdigest())


@dataclass(frozen=True, slots=True)
class Brought:
    """What a list that was read would bring against `before`, the version before it by its day; None where
    none is held: then all are `added`. `shrunk`: it has lost more than a list may without a word."""

    before: ListVersion | None
    added: tuple[Party, ...]
    removed: tuple[Party, ...]
    changed: tuple[PartyChange, ...]
    shrunk: bool


def brought_by(ledger: Ledger, read: ReadList) -> Brought:
    """What a list would bring, without keeping it."""
    day = first_day(read.issued) if read.issued is not None else None
    held = [v for v in list_versions(ledger, read.list) if day is None or first_day(v.day) <= day]
    if not held:
        return Brought(None, read.parties, (), (), shrunk=False)
    before = held[-1]
    added, removed, changed = compared(parties_of(ledger, before), read.parties)
    shrunk = len(read.parties) < (1 - MOST_LOST) * before.size
    return Brought(before, added, removed, changed, shrunk)
