"""The API: entities, names that wait, judgements, the audit."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from onrecord.entities import EntityKind
from onrecord.present import judgement_fields, mention_fields
from onrecord.web._api_record import supplier_fields
from onrecord.web._asked import Some, When
from onrecord.web._bench import Here
from onrecord.web._found import entity_of
from onrecord.web._json import Json, listed

router = APIRouter(tags=["entities and judgements"])

OfKind = Annotated[EntityKind | None, Query(description="Only of this kind.")]


@router.get("/entities", response_class=Json)
def entities(bench: Here, some: Some, kind: OfKind = None) -> Json:
    """The entities that are named, those told of most first."""
    held = tuple(one for one in bench.entities() if kind in (None, one.entity.kind))
    return listed(some.of(held, lambda one: one.entity.key), supplier_fields)


@router.get("/entities/{name:path}", response_class=Json)
def entity(bench: Here, name: str) -> Json:
    """An entity by its key or any of its names."""
    return Json(supplier_fields(entity_of(bench, name)))


@router.get("/mentions", response_class=Json)
def mentions(bench: Here, some: Some, kind: OfKind = None) -> Json:
    """The names that wait to be recognised, each with the known entity whose name comes nearest, and what it
    would take to be the same."""
    held = tuple(one for one in bench.mentions() if kind in (None, one.stored.entity.kind))
    return listed(some.of(held, lambda one: one.stored.entity.key), mention_fields)


@router.get("/judgements", response_class=Json)
def judgements(
    bench: Here,
    when: When,
    some: Some,
    subject: Annotated[
        str | None, Query(max_length=500, description="A statement's, page's id or a key.")
    ] = None,
) -> Json:
    """What persons judged, in the order in which they did."""
    held = bench.ledger.some_judgements(
        some.limit, some.after, subject=subject or None, known_at=when.known_at
    )
    return listed(held, judgement_fields)


@router.get("/audit", response_class=Json)
def audit(bench: Here) -> Json:
    """Verify the ledger against its log: everything that is not as the log says. It reads all that the ledger
    holds, which takes its time."""
    bench.state()
    faults = bench.ledger.audit()
    return Json({"whole": not faults, "faults": [asdict(fault) for fault in faults]})
