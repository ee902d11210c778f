"""Pages of the workbench: the entries of a list, and one entry through its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.ledger import last_day
from onrecord.lists import versions_of, was_listed
from onrecord.present import party_fields, today
from onrecord.web._asked import Some, Spoken
from onrecord.web._bench import Here
from onrecord.web._entries import entries_asked, history_of
from onrecord.web._html import page

router = APIRouter(default_response_class=HTMLResponse)


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
