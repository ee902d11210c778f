"""Pages of the workbench: the entries of a list, and one entry through its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.ledger import Part, last_day
from onrecord.lists import ListVersion, Party, parties_of, party_of, versions_of, was_listed
from onrecord.present import party_fields, today
from onrecord.web._asked import Some, Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._errors import not_found
from onrecord.web._html import page

router = APIRouter(default_response_class=HTMLResponse)

_VERSIONS = 24
"""Versions that an entry is looked up in: each is unpacked for it."""


@router.get("/lists/{name}/entries")
def entries(
    request: Request,
    bench: Here,
    name: str,
    language: Spoken,
    some: Some,
    version: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    q: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """The entries of a version of a list, or those that hold some words."""
    held, part = entries_asked(bench, name, version, q, some)
    return page(
        request,
        "entries.html",
        language,
        name=name,
        version=held,
        versions=versions_of(bench.ledger, name)[::-1],
        q=q,
        part=part,
    )


def entries_asked(
    bench: Bench, name: str, number: int | None, q: str, some: Some
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


@router.get("/lists/{name}/entries/{id:path}")
def entry(
    request: Request,
    bench: Here,
    name: str,
    id: str,
    language: Spoken,
    on: Annotated[str, Query(max_length=20)] = "",
) -> HTMLResponse:
    """An entry as the newest version that has it tells it, in which versions it stands, and whether it stood
    on the list on a day."""
    on = on.strip()
    if on:
        last_day(on)
    history, party = history_of(bench, name, id)
    return page(
        request,
        "entry.html",
        language,
        name=name,
        party=party,
        fields={key: value for key, value in party_fields(party).items() if value and key not in _SHOWN},
        history=history,
        of=len(versions_of(bench.ledger, name)),
        on=on,
        listing=was_listed(bench.ledger, name, id, on) if on else None,
        today=today(),
    )


_SHOWN = ("id", "names", "url", "line")


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
