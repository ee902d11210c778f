"""Following a supplier, and whether who asks does: for the button on its page, and for its entity tag."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from fastapi import Request

from onrecord.team import Person, Team, Watching
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem
from onrecord.web._found import entity_of
from onrecord.web._person import person_of

_DOSSIERS = "/suppliers/"


def followed(request: Request, supplier: str) -> bool:
    """Whether who asks follows a supplier, by its key."""
    return _watching(request).followed(person_of(request).account, supplier)


def begun(bench: Bench, person: Person, supplier: str) -> bool:
    """Have a person follow a supplier, given by its key; False where they do already. `Problem` where it can
    be no supplier."""
    found = entity_of(bench, supplier).entity
    if not can_be_followed(bench, found.key):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            f"'{found.name}' is no company. Suppliers are followed: name a company.",
            field="supplier",
        )
    return Watching(bench.team).follow(person.account, found.key, knew=bench.ledger.latest())


def can_be_followed(bench: Bench, supplier: str) -> bool:
    """Whether the entity of a key can be a supplier: companies are."""
    found = bench.names().get(supplier)
    return found is not None and found.kind == "company"


def mark_of_followed(request: Request) -> str:
    """A mark of what who asks follows, where a page shows that; else empty."""
    if not request.url.path.startswith(_DOSSIERS):
        return ""
    return "\t".join(one.supplier for one in _watching(request).follows(person_of(request).account))


def _watching(request: Request) -> Watching:
    return Watching(cast(Team, request.app.state.bench.team))
