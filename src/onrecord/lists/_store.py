"""Lists in the ledger: each version is a deposit of kind "list" under the list's short name.

A version is known by what it says. A file that brings the same parties of the same day as a version that is
held is no new version, whatever else differs in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import attrgetter

from onrecord.ledger import Deposit, Ledger, first_day, last_day
from onrecord.lists._encoding import decode, encode, find
from onrecord.lists._model import ListError, Party, Problem, ReadList
from onrecord.lists._versions import ListRefused, ListVersion, NoSuchList

KIND = "list"
"""The kind under which the ledger keeps versions of lists."""

MOST_LOST = 0.1
"""The share of its entries that a version may have lost against the one before without a word from the user
(issue 5: "a list version that lost more than a tenth of its entries is not taken")."""


def add_list(
    ledger: Ledger, read: ReadList, *, who: str, keep_good: bool = False, shrunk: bool = False
) -> ListVersion:
    """Keep a list that was read as a version of it; where that version is held already, it is given.

    One that was issued before others that are held takes its place among them by its day. `ListRefused`
    where entries cannot be used, unless `keep_good` says to take the others; where it has lost more than a
    tenth of its entries against the version before it, unless `shrunk` says that this is right; and where
    nothing in it can be used. Then nothing is kept.
    """
    if read.issued is not None:
        last_day(read.issued)  # a `BadDate` here is better than one at every question that is asked later
    _check(read, keep_good=keep_good)
    data = encode(read.parties)
    digest, held = sha256(data).hexdigest(), list_versions(ledger, read.list)
    same = [v for v in held if (v.digest, v.issued) == (digest, read.issued)]
    if same and (read.issued is not None or same[-1] == held[-1]):
        return same[-1]
    if not shrunk:
        _check_size(read, held)
    detail = {
        "title": read.title,
        "publisher": read.publisher,
        "format": read.format,
        "issued": read.issued,
        "original": read.digest,
        "size": len(read.parties),
        "problems": len(read.problems) + (not read.whole),
    }
    return _version(ledger.deposit(KIND, read.list, data, detail=detail, who=who))


def list_versions(
    ledger: Ledger, list: str | None = None, *, known_at: datetime | None = None
) -> tuple[ListVersion, ...]:
    """The versions of a list, or of all, by list and then by the day that they are of, the newest last."""
    return tuple(sorted(map(_version, ledger.deposits(KIND, list, known_at=known_at)), key=_order))


def current_lists(
    ledger: Ledger, *, as_of: str | None = None, known_at: datetime | None = None
) -> tuple[ListVersion, ...]:
    """Of each list the version that held at the end of a day, month or year: the newest one of that day or
    before; where there is none, the first that is held, marked as `early`. Without a date, the newest.
    """
    versions = list_versions(ledger, known_at=known_at)
    return tuple(held_on(tuple(several), as_of) for _, several in groupby(versions, key=attrgetter("list")))


def held_on(versions: Sequence[ListVersion], as_of: str | None) -> ListVersion:
    """Of one list's versions in their order, the one that held at the end of a day (see `current_lists`)."""
    if as_of is None:
        return versions[-1]
    end = last_day(as_of)
    found = [version for version in versions if last_day(version.day) <= end]
    return found[-1] if found else replace(versions[0], early=True)


def parties_of(ledger: Ledger, version: ListVersion) -> tuple[Party, ...]:
    """The parties of a version, in the order of the list."""
    return decode(ledger.deposited(version.id))


def party_of(ledger: Ledger, version: ListVersion, id: str) -> Party | None:
    """The party of a version that has the list's own id; None where it has none."""
    return find(ledger.deposited(version.id), id)


def versions_of(ledger: Ledger, list: str, *, known_at: datetime | None = None) -> tuple[ListVersion, ...]:
    """The versions of a list, of which there is one at least; else `NoSuchList` with the lists there are."""
    found = list_versions(ledger, list, known_at=known_at)
    if found:
        return found
    names = sorted({version.list for version in list_versions(ledger, known_at=known_at)})
    there = f"There are: {', '.join(names)}." if names else "None was added yet: onrecord lists add FILE."
    raise NoSuchList(f"there is no list '{list}'. {there}")


def _order(version: ListVersion) -> tuple[str, str, int]:
    return version.list, first_day(version.day), version.id


def _version(deposit: Deposit) -> ListVersion:
    told = deposit.detail
    return ListVersion(
        id=deposit.id,
        list=deposit.name,
        title=told["title"],
        publisher=told["publisher"],
        format=told["format"],
        issued=told["issued"],
        learned_at=deposit.learned_at,
        digest=deposit.digest,
        size=told["size"],
        problems=told["problems"],
        who=deposit.who,
    )


def _check(read: ReadList, *, keep_good: bool) -> None:
    """`ListRefused` where entries cannot be used and the user has not said to take the others."""
    if not read.parties:
        raise ListRefused(f"no entry of {read.list} ({read.title}) can be used.", read.problems)
    twice = [id for id, times in Counter(party.id for party in read.parties).items() if times > 1]
    if twice:
        raise ListError(
            f"{read.list} has several entries with the id {_some(twice)}; its own must be one of a kind."
        )
    faults = [problem for problem in (_cut(read), *read.problems) if problem is not None]
    if faults and not keep_good:
        count = f"{len(faults)} entries" if len(faults) > 1 else "an entry"
        raise ListRefused(
            f"{count} of {read.list} ({read.title}) cannot be used, {len(read.parties)} can. "
            "To take those that can, add --keep-good.",
            faults,
        )


def _cut(read: ReadList) -> Problem | None:
    if read.whole:
        return None
    last = max((party.line for party in read.parties), default=0)
    return Problem(last, None, "the file ends in the middle: what came behind this entry is missing")


def _check_size(read: ReadList, held: Sequence[ListVersion]) -> None:
    """`ListRefused` where it has lost too much against the version before it by its day."""
    day = first_day(read.issued) if read.issued is not None else None
    before = [v for v in held if day is None or first_day(v.day) <= day]
    if not before or len(read.parties) >= (1 - MOST_LOST) * before[-1].size:
        return
    last = before[-1]
    raise ListRefused(
        f"{read.list} has {len(read.parties)} entries, where the version of {last.day} has {last.size}: "
        "it lost more than a tenth. If that is right, add --accept-shrunk.",
        read.problems,
    )


def _some(ids: Iterable[str]) -> str:
    first, *rest = ids
    return f"'{first}'" + (f" (and {len(rest)} others)" if rest else "")
