"""The API: a page's original, and statements that a person says."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from onrecord.entities import EntityKind
from onrecord.pages import find_words
from onrecord.present import judgement_fields, statement_fields
from onrecord.shapes import Marked, Original, SaidStatement
from onrecord.statements import Scope, StatementType, Status, Topic
from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._errors import Problem, conflict
from onrecord.web._found import page_of, statement_of
from onrecord.web._json import Json
from onrecord.web._person import Who, needs
from onrecord.web._reader import marked
from onrecord.web._saying import MOST_WORDS

router = APIRouter(tags=["record"])

Name = Annotated[str, Field(min_length=1, max_length=200)]


class Said(BaseModel):
    """A statement that no reader gave."""

    page: str = Field(max_length=64, description="The page whose id begins so.")
    start: int | None = Field(None, ge=0, le=2**31 - 1, description="Where its words begin in the original.")
    end: int | None = Field(None, ge=0, le=2**31 - 1, description="Where they end.")
    quote: str | None = Field(
        None,
        max_length=MOST_WORDS,
        description="The words. Without `start` they must stand in the text just once.",
    )
    type: StatementType
    actor: Name | None = Field(None, description="Who does it: a name or a key; a new name is a mention.")
    target: Name | None = Field(None, description="To whom it is done.")
    status: Status = "asserted"
    topic: Topic | None = None
    scope: Scope | None = Field(None, description="In what a restriction or permission holds.")
    when: str | None = Field(None, max_length=10, description="2019, 2019-02 or 2019-02-01.")
    source: list[Name] = Field([], max_length=20, description="Who says so, nearest to the fact first.")
    kinds: dict[str, EntityKind] = Field({}, description="The kinds of new names; else a company.")
    why: str = Field("", max_length=2000)


_SAID: dict[int | str, dict[str, Any]] = {
    HTTPStatus.CREATED: {"description": "The statement, with the judgement by which it can be undone."},
    **conflict("It does not fit the page, or is on record already."),
}


@router.post(
    "/statements",
    status_code=HTTPStatus.CREATED,
    response_class=Json,
    response_model=SaidStatement,
    dependencies=[Depends(needs("reviewer"))],
    responses=_SAID,
)
def say(bench: Here, who: Who, told: Said, language: Spoken) -> Json:
    """Say what some words of a page say, where no reader did. It counts as any other statement."""
    found = page_of(bench, told.page.lower())
    if told.start is not None and told.end is not None:
        start, end, quote = told.start, told.end, told.quote
    else:
        start, end = _place(find_words(found.content, told.quote or ""), len(told.quote or ""))
        quote = None
    passed = bench.ledger.add_statement(
        found.page.id, start, end, quote=quote, type=told.type, actor=told.actor, target=told.target,
        status=told.status, topic=told.topic, scope=told.scope, when=told.when or None, source=told.source,
        kinds=told.kinds, who=who.name, why=told.why.strip(),
    )  # fmt: skip
    stored = statement_of(bench, passed.subject)
    body = statement_fields(stored, bench.names(), language)
    answer = Json({**body, "said": judgement_fields(passed)}, HTTPStatus.CREATED)
    answer.headers["Location"] = f"/api/v1/statements/{stored.id}"
    return answer


def _place(places: tuple[tuple[int, int], ...], asked: int) -> tuple[int, int]:
    if len(places) == 1:
        return places[0]
    if not asked:
        told = "Say which words: `quote`, or `start` and `end`."
    elif not places:
        told = "quote: these words do not stand in the page's text."
    else:
        told = f"quote: these words stand in the text {len(places)} times. Give `start` and `end`."
    raise Problem(HTTPStatus.BAD_REQUEST, told, errors=({"parameter": "quote", "detail": told},))


@router.get("/pages/{id}/marked", response_class=Json, response_model=Marked)
def marked_text(bench: Here, id: str) -> Json:
    """A page's clean text by paragraphs, in pieces: by which statements each is said, and where nothing was
    read; and what was dropped of the original, and why. `at` are offsets in the text, those of what was
    dropped in the original."""
    found = page_of(bench, id)
    ids = [one.id for one in found.statements]
    text = found.content.original
    return Json(
        {
            "page": found.page.id,
            "title": found.page.title,
            "blocks": [
                {
                    "kind": block.kind,
                    "pieces": [
                        {
                            "at": one.at,
                            "text": one.text,
                            "said": [ids[number - 1] for number in one.said],
                            "unread": one.unread,
                        }
                        for one in pieces
                    ],
                }
                for block, pieces in marked(found.content, found.statements, found.unread)
            ],
            "dropped": [
                {"start": run.start, "end": run.end, "reason": run.reason, "text": text[run.start : run.end]}
                for run in found.dropped
            ],
        }
    )


@router.get("/pages/{id}/original", response_class=Json, response_model=Original)
def original(bench: Here, id: str) -> Json:
    """A page's original, as it was decoded: that to which all offsets of statements lead, and which stretches
    of it were kept or dropped, and why."""
    found = page_of(bench, id)
    return Json(
        {
            "page": found.page.id,
            "encoding": found.page.encoding,
            "original": found.content.original,
            "runs": [
                {"start": run.start, "end": run.end, "kept": run.kept, "reason": run.reason}
                for run in found.content.runs
            ],
        }
    )
