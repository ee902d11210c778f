"""The API: the queue of what waits to be judged, and judging."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Path, Query, Response
from pydantic import Field

from onrecord import shapes
from onrecord.ledger import StoredStatement
from onrecord.present import judgement_fields
from onrecord.shapes import Judgement, Places
from onrecord.standing import Queued
from onrecord.web._asked import MOST, Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._bodies import HavingSeen, Reasoned
from onrecord.web._errors import conflict, not_found
from onrecord.web._json import Json
from onrecord.web._person import Who, needs
from onrecord.web._review import MOST_AT_ONCE, Asked, judge, queue_for, seen_of, some_of, undo
from onrecord.web._second import Sees, Sight

router = APIRouter(tags=["review"])
_REVIEWER = [Depends(needs("reviewer"))]

Id = Annotated[str, Field(max_length=64)]


class Judging(HavingSeen):
    """A judgement to pass. It is passed in the name of whoever asks."""

    kind: Literal["accept", "reject", "correct"]
    statements: list[Id] = Field(
        min_length=1, max_length=MOST_AT_ONCE, description="One, or of accept and reject several as one."
    )
    changes: dict[str, str | list[str] | None] | None = Field(
        None, description="Of a correction the fields with their right values; null for none."
    )


class Undoing(Reasoned):
    """Why a judgement is undone."""


@router.get("/review", response_class=Json, response_model=Places[shapes.Queued])
def queue(
    bench: Here,
    person: Who,
    wanted: Asked,
    language: Spoken,
    sees: Sees,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Items at most.")] = 50,
    after: Annotated[
        int, Query(ge=0, le=2**31, description="How many of the first to leave out: the `next` before.")
    ] = 0,
) -> Json:
    """The statements that wait for you, those first in which a mistake would matter most. One that needs you
    as the second is told as it was read, and its `judgement` is `withheld`."""
    found = queue_for(bench, person, wanted)
    some = some_of(bench, found, after, after + limit)
    items = [_queued(bench, sees, stored, one, language) for one, stored in some]
    more = after + limit < len(found)
    return Json({"items": items, "total": len(found), "next": after + limit if more else None})


def _queued(
    bench: Bench, sees: Sight, stored: StoredStatement, queued: Queued, language: str
) -> shapes.Queued:
    return {
        "statement": {**sees.told(stored, bench.names(), language), "counts": True},
        "stakes": round(queued.stakes, 3),
        "doubt": round(queued.doubt, 3),
        "reasons": list(queued.reasons),
        "second": queued.again,
        "seen": seen_of(bench.ledger.judgements(subject=stored.id)),
    }


@router.post(
    "/judgements",
    response_class=Json,
    response_model=Judgement,
    status_code=201,
    dependencies=_REVIEWER,
    responses=conflict("It cannot be judged so; or somebody judged it meanwhile: `judgement` is theirs."),
)
def pass_judgement(bench: Here, person: Who, told: Annotated[Judging, Body()]) -> Response:
    """Accept or reject statements, or correct one. 409 where somebody judged one meanwhile: the problem's
    `judgement` is theirs, and nothing was done."""
    passed = judge(
        bench,
        person,
        told.kind,
        told.statements,
        why=told.why,
        changes=told.changes,
        seen=told.seen,
    )
    return Json(judgement_fields(passed), 201)


@router.post(
    "/judgements/{id}/undo",
    response_class=Json,
    response_model=Judgement,
    status_code=201,
    dependencies=_REVIEWER,
    responses=conflict("It was undone already, or is an undo itself."),
)
def undo_judgement(
    bench: Here,
    person: Who,
    id: Annotated[int, Path(ge=0, le=2**31)],
    told: Annotated[Undoing | None, Body()] = None,
) -> Response:
    """Undo a judgement; what held before it holds again. 409 where it was undone already."""
    if id == 0:
        raise not_found("There is no judgement 0.")
    return Json(judgement_fields(undo(bench, person, id, told.why if told else "")), 201)
