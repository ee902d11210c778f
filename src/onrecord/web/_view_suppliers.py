"""Pages of the workbench: what is on record, suppliers, and where all stand on all."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from onrecord.entities import EntityKind
from onrecord.lists import current_lists
from onrecord.present import today
from onrecord.standing import UnknownEntity
from onrecord.web._asked import Some, Spoken, When
from onrecord.web._bench import Here
from onrecord.web._errors import Problem
from onrecord.web._followed import can_be_followed
from onrecord.web._found import MOST, kinds_asked
from onrecord.web._html import named_in, page
from onrecord.web._long import DossierPart, StandingsPart
from onrecord.web._naming import offered
from onrecord.web._person import Who
from onrecord.web._watched import looked

router = APIRouter(default_response_class=HTMLResponse)

_FEW = 8
"""Suppliers, pages and names that the first page shows."""
_SHOWN = 100
"""Suppliers of which the page of standing tells at most."""

KINDS: tuple[EntityKind, ...] = ("state", "body", "company", "person", "outlet", "role")


@router.get("/")
def home(request: Request, bench: Here, language: Spoken) -> HTMLResponse:
    """What is on record."""
    waiting = bench.mentions()
    suppliers = bench.suppliers()
    return page(
        request,
        "home.html",
        language,
        counts=bench.counts(),
        place=str(bench.ledger.place),
        suppliers=suppliers[:_FEW],
        suppliers_all=len(suppliers),
        pages=bench.ledger.some_pages(_FEW, order="learned", newest=True).items,
        lists=current_lists(bench.ledger),
        waiting=waiting[:_FEW],
        waiting_all=len(waiting),
        names=offered(bench, language),
        today=today(),
    )


@router.get("/suppliers")
def suppliers(request: Request, bench: Here, language: Spoken, some: Some) -> HTMLResponse:
    """The suppliers, those told of most first."""
    part = some.of(bench.suppliers(), lambda one: one.entity.key)
    return page(request, "suppliers.html", language, part=part)


@router.get("/suppliers/{name:path}")
def supplier(
    request: Request, bench: Here, person: Who, name: str, when: When, language: Spoken
) -> HTMLResponse:
    """The dossier of a supplier, with the days for which it can be asked."""
    known_at = (request.query_params.get("known_at") or "").strip()
    what = DossierPart(name, when, language, named_in(request), known_at)
    key, called, rest = what.parted(bench.text(what))
    bench.spoken.add(language)
    looked(bench, person, key)
    return page(
        request,
        "supplier.html",
        language,
        supplier={"key": key, "name": called},
        company=can_be_followed(bench, key),
        known_at=known_at,
        rest=rest,
    )


@router.get("/standing")
def standing(
    request: Request,
    bench: Here,
    when: When,
    language: Spoken,
    suppliers: Annotated[str, Query(max_length=2000)] = "",
    kind: Annotated[list[EntityKind] | None, Query()] = None,
    most: Annotated[str, Query(max_length=20)] = "",
) -> HTMLResponse:
    """Where actors of some kinds stand on many suppliers."""
    kinds = kinds_asked(kind)
    shown = _most(most.strip())
    try:
        part = bench.text(StandingsPart(suppliers, kinds, shown, when, language, named_in(request)))
    except UnknownEntity as error:
        if not suppliers.strip():
            raise
        raise Problem(HTTPStatus.BAD_REQUEST, str(error), error.nearest, field="suppliers") from None
    return page(
        request,
        "standing.html",
        language,
        standings=Markup(part),  # `present` has escaped it
        kinds=kinds,
        all_kinds=KINDS,
        most=shown,
    )


def _most(told: str) -> int:
    """How many suppliers are asked for; an empty field asks for as many as usual."""
    if not told:
        return MOST
    if not told.isascii() or not told.isdecimal() or not 1 <= int(told) <= _SHOWN:
        raise Problem(HTTPStatus.BAD_REQUEST, "Ask for 1 to 100 suppliers.", field="most")
    return int(told)
