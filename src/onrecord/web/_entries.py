"""The entries of a list, and one entry through its versions, for a page and for the API alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ledger import Part
from onrecord.lists import ListVersion, Party, parties_of, party_of, versions_of
from onrecord.present import party_fields
from onrecord.web._asked import Extent
from onrecord.web._bench import Bench
from onrecord.web._errors import not_found

_VERSIONS = 24
"""Versions that an entry is looked up in: each is unpacked for it."""


def entries_asked(
    bench: Bench, name: str, number: int | None, q: str, some: Extent
) -> tuple[ListVersion, Part[Party]]:
    """Entries of the version of a list with a number, or of its newest, that hold all of some words in a
    name, id, program, citation or country."""
    versions = versions_of(bench.ledger, name)
    held = versions[-1]
    if number is not None:
        found = next((one for one in versions if one.id == number), None)
        if found is None:
            raise not_found(f"{name} has no version {number}.")
        held = found
    parties = bench.lists.kept(("parties", held.id), lambda: parties_of(bench.ledger, held))
    words = q.casefold().split()
    wanted = [one for one in parties if all(word in _searched(one) for word in words)] if words else parties
    return held, some.of(wanted, lambda one: one.id)


def _searched(party: Party) -> str:
    names = (one.text for one in party.names)
    return "\n".join((party.id, *names, *party.programs, *party.citations, *party.countries)).casefold()


@dataclass(frozen=True, slots=True)
class Stood:
    """Whether an entry stands in a version, and which of its fields differ from the version before."""

    version: ListVersion
    party: Party | None
    differs: tuple[str, ...]


def history_of(bench: Bench, name: str, id: str) -> tuple[Sequence[Stood], Party]:
    """An entry in the newest versions of a list, the newest first, and as the newest that has it tells it."""
    versions = versions_of(bench.ledger, name)[-_VERSIONS:]
    told: list[Stood] = []
    before: Party | None = None
    for version in versions:
        party = party_of(bench.ledger, version, id)
        told.append(Stood(version, party, _differs(before, party)))
        before = party
    told.reverse()
    found = next((one.party for one in told if one.party is not None), None)
    if found is None:
        raise not_found(f"No version of {name} has an entry '{id}'.")
    return told, found


def _differs(before: Party | None, after: Party | None) -> tuple[str, ...]:
    if before is None or after is None:
        return ()
    old, new = dict(party_fields(before)), dict(party_fields(after))
    return tuple(key for key in new if key not in ("id", "line") and old[key] != new[key])
