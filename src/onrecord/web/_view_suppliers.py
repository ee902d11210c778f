"""Pages of the workbench: what is on record, suppliers, and where all stand on all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from onrecord.entities import EntityKind
from onrecord.lists import current_lists
from onrecord.present import dossier_part, standing_told, standings_part, today
from onrecord.web._asked import Some, Spoken, When
from onrecord.web._bench import Here
from onrecord.web._days import strip_of
from onrecord.web._found import dossier_of, standings_asked
from onrecord.web._html import addresses, page

router = APIRouter(default_response_class=HTMLResponse)

_FEW = 8
"""Suppliers, pages and names that the first page shows."""

KINDS: tuple[EntityKind, ...] = ("state", "body", "company", "person", "outlet", "role")


@router.get("/")
def home(request: Request, bench: Here, language: Spoken) -> HTMLResponse:
    """What is on record."""
    newest = sorted(bench.ledger.pages(), key=lambda one: (one.learned_at, one.id), reverse=True)
    waiting = bench.mentions()
    suppliers = bench.suppliers()
    return page(
        request,
        "home.html",
        language,
        counts=bench.kept("counts", bench.ledger.counts),
        place=str(bench.ledger.place),
        suppliers=suppliers[:_FEW],
        suppliers_all=len(suppliers),
        pages=newest[:_FEW],
        lists=current_lists(bench.ledger),
        waiting=waiting[:_FEW],
        waiting_all=len(waiting),
        today=today(),
    )


@router.get("/suppliers")
def suppliers(request: Request, bench: Here, language: Spoken, some: Some) -> HTMLResponse:
    """The suppliers, those told of most first."""
    part = some.of(bench.suppliers(), lambda one: one.entity.key)
    return page(request, "suppliers.html", language, part=part)


@router.get("/suppliers/{name:path}")
def supplier(request: Request, bench: Here, name: str, when: When, language: Spoken) -> HTMLResponse:
    """The dossier of a supplier, with the days for which it can be asked."""
    found, marks = dossier_of(bench, name, when)
    to = addresses(request)
    shelves = {"statement": "statements", "entity": "entities", "page": "pages"}
    told = dossier_part(found, language=language, marks=marks, go=lambda kind, id: to(shelves[kind], id))
    return page(
        request,
        "supplier.html",
        language,
        supplier=found.supplier,
        dossier=Markup(told),  # `present` has escaped it
        strip=strip_of(bench, found, when, language),
        told=standing_told(found, language=language),
        known_at=(request.query_params.get("known_at") or "").strip(),
    )


@router.get("/standing")
def standing(
    request: Request,
    bench: Here,
    when: When,
    language: Spoken,
    suppliers: Annotated[str, Query(max_length=2000)] = "",
    kind: Annotated[list[EntityKind] | None, Query()] = None,
    most: Annotated[int, Query(ge=1, le=100)] = 20,
) -> HTMLResponse:
    """Where actors of some kinds stand on many suppliers."""
    found, kinds = standings_asked(bench, suppliers, kind, most, when)
    told = Markup(standings_part(found, kinds, language=language))  # `present` has escaped it
    return page(request, "standing.html", language, standings=told, kinds=kinds, all_kinds=KINDS, most=most)
