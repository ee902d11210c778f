"""Pages of the workbench: restriction lists, and names screened against them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.entities.matching import NameKind
from onrecord.lists import current_lists, list_changes, list_versions, versions_of
from onrecord.present import today
from onrecord.web._asked import Spoken, When
from onrecord.web._bench import Here
from onrecord.web._found import screened
from onrecord.web._html import page

router = APIRouter(default_response_class=HTMLResponse)

_CHANGES = 200
"""Parties added, removed or changed that a page shows of each."""

_OLD = 30
"""Days after which a list is old: those after which a check of a register says so (docs/check.md)."""


@router.get("/lists")
def lists(request: Request, bench: Here, when: When, language: Spoken) -> HTMLResponse:
    """Of each list the version that holds, its age, and how many versions are kept."""
    kept: dict[str, int] = {}
    for version in list_versions(bench.ledger, known_at=when.known_at):
        kept[version.list] = kept.get(version.list, 0) + 1
    current = current_lists(bench.ledger, as_of=when.as_of, known_at=when.known_at)
    old = [one for one in current if one.age(today()) > _OLD]
    return page(
        request, "lists.html", language, lists=current, kept=kept, today=today(), old=old, old_days=_OLD
    )


@router.get("/lists/{name}")
def versions(
    request: Request,
    bench: Here,
    name: str,
    language: Spoken,
    start: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    end: Annotated[int | None, Query(ge=0, le=2**62)] = None,
) -> HTMLResponse:
    """The versions of a list, and what one brought against another: the newest against the one before,
    unless others are asked for."""
    held = versions_of(bench.ledger, name)
    if len(held) > 1 and start is None and end in (None, held[0].id):
        end = None if end is None else held[1].id
    changes = (
        bench.kept(
            ("changes", name, start, end), lambda: list_changes(bench.ledger, name, start=start, end=end)
        )
        if len(held) > 1
        else None
    )
    return page(
        request,
        "list.html",
        language,
        name=name,
        versions=held,
        changes=changes,
        most=_CHANGES,
        today=today(),
    )


@router.get("/screen")
def screen(
    request: Request,
    bench: Here,
    when: When,
    language: Spoken,
    name: Annotated[str, Query(max_length=500)] = "",
    kind: Annotated[NameKind, Query()] = "company",
    near: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """Whom a name may mean on the restriction lists, and why."""
    name = name.strip()
    hits = screened(bench, name, kind, when, near=bool(near), limit=10) if name else None
    held = current_lists(bench.ledger, as_of=when.as_of, known_at=when.known_at)
    return page(
        request,
        "screen.html",
        language,
        name=name,
        kind=kind,
        near=near,
        hits=hits,
        lists=held,
        today=today(),
    )
