"""Pages of the workbench: entities, names that wait, judgements and the audit."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.present import statement_fields
from onrecord.web._asked import Some, Spoken
from onrecord.web._bench import Here
from onrecord.web._found import entity_of
from onrecord.web._html import page
from onrecord.web._view_suppliers import KINDS

router = APIRouter(default_response_class=HTMLResponse)

_MENTIONS = 50
"""Names waiting that a page shows, those told of most first."""


@router.get("/entities")
def entities(
    request: Request,
    bench: Here,
    language: Spoken,
    some: Some,
    kind: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """The entities, and the names that wait to be recognised with the nearest of those known."""
    held = tuple(one for one in bench.entities() if kind in ("", one.entity.kind))
    waiting = [one for one in bench.mentions() if kind in ("", one.stored.entity.kind)]
    return page(
        request,
        "entities.html",
        language,
        part=some.of(held, lambda one: one.entity.key),
        waiting=waiting[:_MENTIONS],
        waiting_all=len(waiting),
        kind=kind,
        kinds=KINDS,
    )


@router.get("/entities/{name:path}")
def entity(request: Request, bench: Here, name: str, language: Spoken, some: Some) -> HTMLResponse:
    """An entity under all its names, and the statements in which it acts, is meant or says it."""
    stored = entity_of(bench, name)
    names = bench.names()
    part = bench.ledger.some_statements(some.limit, some.after, entity=stored.entity.key)
    statements = [statement_fields(one, names, language) for one in part.items]
    return page(request, "entity.html", language, stored=stored, part=part, statements=statements)


@router.get("/audit")
def audit(
    request: Request, bench: Here, language: Spoken, some: Some, verify: Annotated[str, Query()] = ""
) -> HTMLResponse:
    """What persons judged, the newest first; and on demand whether the ledger is as its log says."""
    bench.state()
    return page(
        request,
        "audit.html",
        language,
        part=bench.ledger.some_judgements(some.limit, some.after, newest=True),
        faults=bench.ledger.audit() if verify else None,
    )
