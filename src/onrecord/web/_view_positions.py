"""Pages of the workbench: where somebody stands, set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from onrecord.present import HeldTold, code_told, held_told, scope_told
from onrecord.standing import Held, position_codes, position_scopes
from onrecord.web._again import refuse
from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._by_hand import Stood, place_of, set_position, stood_at
from onrecord.web._errors import Problem
from onrecord.web._forms import see_other
from onrecord.web._found import known_of
from onrecord.web._html import address, page
from onrecord.web._judged import told_of
from onrecord.web._naming import offered, shown
from onrecord.web._person import Who, needs
from onrecord.web._second import Sees

router = APIRouter(default_response_class=HTMLResponse, dependencies=[Depends(needs("reviewer"))])

Asked = Annotated[str, Query(max_length=500)]
Field = Annotated[str, Form(max_length=500)]


@router.get("/positions")
def position(
    request: Request,
    bench: Here,
    language: Spoken,
    sees: Sees,
    supplier: Asked = "",
    actor: Asked = "",
    scope: Asked = "networks",
) -> HTMLResponse:
    """The form in which a person sets where somebody stands on a supplier, with what holds there now. Until
    it is told who, it asks for that."""
    key = known_of(bench, supplier).entity.key
    found: Stood | None = None
    wrong = False
    try:
        if actor.strip():
            found = stood_at(bench, place_of(bench, actor, key, scope))
            actor = shown(bench, found.place.actor, language)
    except Problem as problem:
        wrong = True
        refuse(request, {"actor": actor, "scope": scope}, problem)
    return page(
        request,
        "position.html",
        language,
        status=422 if wrong else 200,
        supplier=key,
        actor=actor,
        scope=scope,
        found=found,
        rows=tuple(_rows(found, language)) if found else (),
        judged=told_of(bench, sees, found.judgements, language) if found else (),
        names=offered(bench, language),
        scopes={one: scope_told(one, language) for one in position_scopes()},
        codes={one: code_told(one, language) for one in position_codes()},
    )


def _rows(found: Stood, language: str) -> Iterator[tuple[str, Held | None, HeldTold | None, HeldTold | None]]:
    """Each scope that is asked for or of which anything is told, that asked for first; what holds there, the
    same in words, and what the statements alone give."""
    now, read = ({one.scope: one for one in some} for some in (found.stands.now, found.stands.as_read))
    for scope in dict.fromkeys((found.place.scope, *now)):
        held, alone = now.get(scope), read.get(scope)
        yield (
            scope,
            held,
            held_told(held, language) if held else None,
            held_told(alone, language) if alone else None,
        )


@router.post("/positions")
def setting(
    bench: Here,
    who: Who,
    supplier: Field,
    actor: Field,
    scope: Field,
    position: Field = "",
    since: Annotated[str, Form(max_length=20)] = "",
    why: Annotated[str, Form(max_length=4000)] = "",
    seen: Annotated[str, Form(max_length=10, pattern=r"\d*")] = "",
) -> RedirectResponse:
    """Set where somebody stands on a supplier, and go back to its dossier."""
    place = place_of(bench, actor, supplier, scope)
    done = set_position(bench, who, place, position, since, why.strip(), int(seen) if seen else None)
    return see_other(address("suppliers", place.supplier), "done_position", undo=done.id)
