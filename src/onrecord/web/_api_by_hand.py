"""The API: what a person sets by hand beside all statements: positions, and that a page was withdrawn."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from onrecord.present import held_fields, judgement_fields
from onrecord.shapes import Judgement, Stands
from onrecord.standing import position_codes, position_scopes
from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._bodies import HavingSeen
from onrecord.web._by_hand import place_of, set_position, stood_at, withdraw
from onrecord.web._errors import conflict
from onrecord.web._found import page_called
from onrecord.web._json import Json
from onrecord.web._person import Who, needs

router = APIRouter(tags=["entities and judgements"])

_SCOPES = f"In what: {', '.join(position_scopes())}."
Name = Annotated[str, Field(min_length=1, max_length=500)]
Asked = Annotated[str, Query(min_length=1, max_length=500, description="By any of its names.")]
Scope = Annotated[str, Query(max_length=50, description=_SCOPES)]


class SetPosition(HavingSeen):
    """Where an actor stands on a supplier, in one scope."""

    actor: Name = Field(description="Who stands so, by any of its names.")
    supplier: Name = Field(description="On whom, by any of its names.")
    position: str = Field(max_length=50, description=f"How: {', '.join(position_codes())}.")
    scope: str = Field("networks", max_length=50, description=_SCOPES)
    since: str = Field("", max_length=20, description="2019, 2019-05 or 2019-05-15; left out, today.")


class Withdrawn(HavingSeen):
    """That a page was withdrawn by whoever published it."""

    on: str = Field(max_length=20, description="The day on which it was; of a year or month the last day.")


@router.get("/positions", response_class=Json, response_model=Stands)
def stands(bench: Here, language: Spoken, actor: Asked, supplier: Asked, scope: Scope = "networks") -> Json:
    """Where an actor stands on a supplier in each scope, as it holds and as the statements alone give it; and
    the judgements by which persons set it in one scope, undone ones too."""
    found = stood_at(bench, place_of(bench, actor, supplier, scope))
    told = {
        name: [held_fields(one, language, present=not at) for at, one in enumerate(some)]
        for name, some in (("held", found.stands.now), ("as_read", found.stands.as_read))
    }
    return Json(
        {
            "supplier": found.place.supplier,
            "actor": found.place.actor,
            "scope": scope,
            **told,
            "judgements": [judgement_fields(one) for one in found.judgements],
            "seen": found.seen,
        }
    )


_acts = APIRouter(
    dependencies=[Depends(needs("reviewer"))],
    responses=conflict("Somebody judged it meanwhile: `judgement` is theirs, and nothing was done."),
)


@_acts.post("/positions", response_class=Json, response_model=Judgement, status_code=201)
def setting(bench: Here, who: Who, told: SetPosition) -> Json:
    """Say where an actor stands on a supplier: it holds over what was read, from its day on until the next
    that is set in that scope, or until it is undone."""
    place = place_of(bench, told.actor, told.supplier, told.scope)
    done = set_position(bench, who, place, told.position, told.since, told.why.strip(), told.seen)
    return Json(judgement_fields(done), 201)


@_acts.post("/pages/{id}/withdraw", response_class=Json, response_model=Judgement, status_code=201)
def withdrawing(bench: Here, who: Who, id: str, told: Withdrawn) -> Json:
    """Note that a page was withdrawn by its publisher: as of that day and later what it says does not count,
    until this is undone."""
    page = page_called(bench, id.lower())
    return Json(judgement_fields(withdraw(bench, who, page.id, told.on, told.why.strip(), told.seen)), 201)


router.include_router(_acts)
