"""The API: what one put off, what needs a second person, and how far those who review agree."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from onrecord import shapes
from onrecord.present import judgement_fields
from onrecord.shapes import Items, Statement
from onrecord.standing import Wanted
from onrecord.team import Reviews
from onrecord.web._agreement import Pair, agreements
from onrecord.web._asked import Some, Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._found import statement_of
from onrecord.web._json import Json, listed
from onrecord.web._person import Who, needs
from onrecord.web._review import disagreed, pairs, queue_for
from onrecord.web._reviewers import MOST_STAKES, done, set_rule
from onrecord.web._second import Sees, Sight, rule_of, waiting_for_second

router = APIRouter(tags=["review"])
_REVIEWER = [Depends(needs("reviewer"))]


def _told(bench: Bench, sees: Sight, id: str, language: str) -> Statement:
    return sees.told(statement_of(bench, id), bench.names(), language)


@router.get("/review/skipped", response_class=Json, response_model=Items[Statement])
def skipped(bench: Here, person: Who, some: Some, language: Spoken, sees: Sees) -> Json:
    """The statements that you put off, in the order in which you did; they come last in your queue."""
    held = some.of(Reviews(bench.team).skipped(person.name), lambda one: one)
    return listed(held, lambda one: _told(bench, sees, one, language))


@router.put(
    "/review/skipped/{id}",
    status_code=HTTPStatus.NO_CONTENT,
    response_class=Response,
    dependencies=_REVIEWER,
)
def skip(bench: Here, person: Who, id: str) -> Response:
    """Put a statement off: it comes last in your queue, behind all that you put off before."""
    Reviews(bench.team).skip(person.name, statement_of(bench, id).id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.delete(
    "/review/skipped/{id}",
    status_code=HTTPStatus.NO_CONTENT,
    response_class=Response,
    dependencies=_REVIEWER,
)
def unskip(bench: Here, person: Who, id: str) -> Response:
    """Have a statement where it stood in your queue before you put it off, if you did."""
    Reviews(bench.team).unskip(person.name, statement_of(bench, id).id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/review/second", response_class=Json, response_model=Items[Statement])
def second(bench: Here, some: Some, language: Spoken, sees: Sees) -> Json:
    """The statements that one person judged and a second is to judge. To you who may be the second, each is
    told as it was read."""
    held = some.of(waiting_for_second(bench), lambda one: one)
    return listed(held, lambda one: _told(bench, sees, one, language))


@router.get("/review/disagreed", response_class=Json, response_model=Items[shapes.Disagreed])
def apart(bench: Here, some: Some, language: Spoken, sees: Sees) -> Json:
    """The statements of which two persons, the second without having seen what the first said, say different
    things, and that nobody has settled since."""

    def fields(pair: Pair) -> shapes.Disagreed:
        return {
            "statement": _told(bench, sees, pair.statement, language),
            "first": judgement_fields(pair.first),
            "second": judgement_fields(pair.second),
        }

    return listed(some.of(disagreed(bench), lambda one: one.statement), fields)


@router.get("/review/progress", response_class=Json, response_model=shapes.Progress)
def progress(bench: Here, person: Who) -> Json:
    """How many statements wait for you, how many have one reviewer only, and on how many two disagree; who
    judged how much; and how far those who judged the same agree."""
    told = pairs(bench)
    return Json(
        {
            "waiting": len(queue_for(bench, person, Wanted())),
            "second": len(waiting_for_second(bench)),
            "disagreed": len(disagreed(bench)),
            "done": [asdict(one) for one in done(bench)],
            "pairs": len(told),
            "agreements": [{**asdict(one), "persons": [*one.persons]} for one in agreements(told)],
        }
    )


class Rule(BaseModel):
    """What needs a second person."""

    model_config = ConfigDict(extra="forbid")

    types: Annotated[list[str], Field(max_length=100, description="Statements of these types.")]
    stakes: Annotated[
        float | None,
        Field(gt=0, le=MOST_STAKES, description="And those with which at least so much is at stake."),
    ] = None


def _rule(bench: Bench) -> Json:
    rule = rule_of(bench)
    return Json({"types": list(rule.types), "stakes": rule.stakes})


@router.get("/review/settings", response_class=Json, response_model=shapes.ReviewRule)
def settings(bench: Here) -> Json:
    """What needs a second person's judgement: statements of some types, those with which much is at stake."""
    return _rule(bench)


@router.put(
    "/review/settings",
    response_class=Json,
    response_model=shapes.ReviewRule,
    dependencies=[Depends(needs("administrator"))],
)
def set_settings(bench: Here, person: Who, told: Rule) -> Json:
    """Say what needs a second person; what was said before holds no longer."""
    set_rule(bench, person, told.types, told.stakes)
    return _rule(bench)
