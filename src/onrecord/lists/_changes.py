"""What a version of a list brought, and whether a party stood on a list on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime

from onrecord.ledger import Ledger, first_day, last_day
from onrecord.lists._model import ListError, Party
from onrecord.lists._store import held_on, parties_of, party_of, versions_of
from onrecord.lists._versions import Answer, ListChanges, Listing, ListVersion, NoSuchList, PartyChange

_TOLD = tuple(f.name for f in fields(Party) if f.name not in ("id", "line"))
"""The fields that a change is told of. Where an entry stands in its file changes with every other entry."""


def list_changes(
    ledger: Ledger,
    list: str,
    *,
    since: str | None = None,
    start: int | None = None,
    end: int | None = None,
    known_at: datetime | None = None,
) -> ListChanges:
    """What the newest version of a list, or the one with the id `end`, brought: against the version that held
    on the day `since`, against the one with the id `start`, or against the one before it.

    `NoSuchList` where there is no such list or version, `ListError` where nothing is there to compare with.
    """
    versions = versions_of(ledger, list, known_at=known_at)
    after = versions[-1] if end is None else _numbered(versions, list, end)
    if start is not None:
        before = _numbered(versions, list, start)
    elif since is not None:
        before = held_on(versions, since)
    else:
        place = versions.index(after)
        if place == 0:
            raise ListError(f"no version of {list} from before {after.day} is held: nothing to compare with.")
        before = versions[place - 1]
    return changes_between(ledger, before, after)


def changes_between(ledger: Ledger, before: ListVersion, after: ListVersion) -> ListChanges:
    """What one version of a list brought against another."""
    added, removed, changed = compared(parties_of(ledger, before), parties_of(ledger, after))
    return ListChanges(
        list=after.list, before=before, after=after, added=added, removed=removed, changed=changed
    )


def compared(
    before: Iterable[Party], after: Iterable[Party]
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[PartyChange, ...]]:
    """Who was added, who removed, and who is told of differently; a party is known by the list's own id."""
    old = {party.id: party for party in before}
    new = {party.id: party for party in after}
    changed = []
    for id, party in new.items():
        was = old.get(id)
        if was is not None and (names := _differing(was, party)):
            changed.append(PartyChange(was, party, names))
    added = tuple(party for id, party in new.items() if id not in old)
    removed = tuple(party for id, party in old.items() if id not in new)
    return added, removed, tuple(changed)


def _differing(one: Party, other: Party) -> tuple[str, ...]:
    if one == other:
        return ()
    return tuple(name for name in _TOLD if getattr(one, name) != getattr(other, name))


def _numbered(versions: Sequence[ListVersion], list: str, number: int) -> ListVersion:
    found = next((version for version in versions if version.id == number), None)
    if found is None:
        there = ", ".join(f"{version.id} ({version.day})" for version in versions)
        raise NoSuchList(f"{list} has no version {number}. There are: {there}.")
    return found


def was_listed(ledger: Ledger, list: str, id: str, day: str, *, known_at: datetime | None = None) -> Listing:
    """Whether the party with the list's own `id` stood on a list on a day (for a month or year, on its last).

    The versions between which the day lies are looked at, and since when and until when they say that the
    party is listed. Where one of them has it and the other has not, and no date tells when that changed, the
    answer is unknown. `NoSuchList` where no version is held at all.
    """
    versions = versions_of(ledger, list, known_at=known_at)
    end = last_day(day)
    before = [version for version in versions if last_day(version.day) <= end]
    after = [version for version in versions if last_day(version.day) > end]
    if before and (party := party_of(ledger, before[-1], id)) is not None:
        answer, rests = _while_held(ledger, before[-1], after[0] if after else None, party, end)
        return Listing(answer, list, id, end, party.since, party, (rests,))
    later, found = None, None
    for later in after:
        if (found := party_of(ledger, later, id)) is not None:
            break
    answer, rests = _before_held(before[-1] if before else None, later, found, end)
    return Listing(answer, list, id, end, found.since if found else None, found, (rests,))


def _while_held(
    ledger: Ledger, version: ListVersion, following: ListVersion | None, party: Party, end: str
) -> tuple[Answer, str]:
    """The answer where the last version before the end of a day has the party."""
    if party.since is not None and first_day(party.since) > end:
        return "no", f"{_of(version)} says that it is listed since {party.since}"
    if party.until is not None and last_day(party.until) < end:
        return "no", f"{_of(version)} says that it was listed until {party.until}"
    since = f", by it since {party.since}" if party.since is not None else ""
    here = f"it stands on {_of(version)}{since}"
    if following is None:
        return "yes", f"{here}; no newer one is held"
    if last_day(version.day) == end:
        return "yes", here
    if party_of(ledger, following, party.id) is not None:
        return "yes", f"{here}, and on {_of(following)}"
    return "unknown", f"{here}, and no longer on {_of(following)}: when it was taken off is not known"


def _before_held(
    version: ListVersion | None, later: ListVersion | None, party: Party | None, end: str
) -> tuple[Answer, str]:
    """The answer where the last version before the end of a day, if there is one, does not have the party;
    `later` is the first newer one that has it."""
    without = f"{_of(version)} does not have it" if version is not None else "no version from before is held"
    if party is None or later is None:
        return ("no" if version is not None else "unknown"), f"{without}, and no later one has it"
    if party.since is None:
        return "unknown", f"{without}, and {_of(later)} does not say since when"
    told = f"{_of(later)} says that it is listed since {party.since}"
    if first_day(party.since) > end:
        return "no", told
    if party.until is not None and last_day(party.until) < end:
        return "no", f"{told} until {party.until}"
    return "yes", told if version is None else f"{told}, though {without}"


def _of(version: ListVersion) -> str:
    return f"the version of {version.day}"
