"""The API: the suppliers that one follows, and what moved since one last looked."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from onrecord.shapes import Items, Move, Watched
from onrecord.team import Follow, Watching
from onrecord.web._asked import Some, Spoken
from onrecord.web._bench import Here
from onrecord.web._errors import not_found
from onrecord.web._followed import begun
from onrecord.web._found import entity_of
from onrecord.web._json import Json
from onrecord.web._person import Who
from onrecord.web._watched import Card, cards

router = APIRouter(tags=["watch"])


def _fields(card: Card | Follow) -> Watched:
    assert isinstance(card, Card), "nothing hurries"
    follow, figures, weeks = card.follow, card.figures, card.weeks
    return {
        "supplier": follow.supplier,
        "since": follow.since.isoformat(),
        "seen": follow.before.isoformat(),
        "statements": figures.statements if figures else 0,
        "origins": figures.origins if figures else 0,
        "disputes": figures.disputes if figures else 0,
        "listed": figures.listed if figures else 0,
        "weeks": {"first": weeks.first.isoformat(), "counts": list(weeks.counts)} if weeks else None,
        "moves": cast(list[Move], card.moves),
    }


@router.get("/watch", response_class=Json, response_model=Items[Watched])
def watch(bench: Here, person: Who, some: Some, language: Spoken) -> Json:
    """The suppliers that you follow, with what moved since your last visit to the workbench (`seen`). Asking
    is no visit."""
    part = some.of(Watching(bench.team).follows(person.account), lambda one: one.supplier)
    found = cards(bench, part.items, language, patience=None)
    return Json({"items": [_fields(one) for one in found], "total": part.total, "next": part.next})


@router.get("/watch/{supplier:path}", response_class=Json, response_model=Watched)
def one(bench: Here, person: Who, supplier: str, language: Spoken) -> Json:
    """A supplier that you follow, by any of its names."""
    return Json(_fields(cards(bench, [_follow(bench, person, supplier)], language, patience=None)[0]))


@router.put(
    "/watch/{supplier:path}",
    response_class=Json,
    response_model=Watched,
    responses={HTTP_201_CREATED: {"model": Watched, "description": "Followed."}},
)
def follow(bench: Here, person: Who, supplier: str, language: Spoken) -> Json:
    """Follow a supplier, which is a company, by any of its names; 200 where you do already."""
    key = entity_of(bench, supplier).entity.key
    new = begun(bench, person, key)
    answer = one(bench, person, key, language)
    if new:
        answer.status_code = HTTP_201_CREATED
    return answer


@router.delete("/watch/{supplier:path}", status_code=HTTP_204_NO_CONTENT, response_class=Response)
def unfollow(bench: Here, person: Who, supplier: str) -> Response:
    """Follow a supplier no longer."""
    Watching(bench.team).unfollow(person.account, _follow(bench, person, supplier).supplier)
    return Response(status_code=HTTP_204_NO_CONTENT)


class Seen(BaseModel):
    """What was seen."""

    model_config = ConfigDict(extra="forbid")

    supplier: str | None = Field(
        None, max_length=500, description="What moved of this one, by any of its names; else of all."
    )


@router.post("/watch/seen", status_code=HTTP_204_NO_CONTENT, response_class=Response)
def seen(bench: Here, person: Who, told: Seen) -> Response:
    """Say that you have seen what moved: it is new no longer, here and in the workbench."""
    key = _follow(bench, person, told.supplier).supplier if told.supplier else None
    Watching(bench.team).seen(person.account, key, knew=bench.ledger.latest())
    return Response(status_code=HTTP_204_NO_CONTENT)


def _follow(bench: Here, person: Who, supplier: str) -> Follow:
    held = {one.supplier: one for one in Watching(bench.team).follows(person.account)}
    found = held.get(supplier) or held.get(entity_of(bench, supplier).entity.key)
    if found is None:
        raise not_found(f"You do not follow '{supplier}'. Follow it with PUT.")
    return found
