"""The API: entities, names that wait, judgements, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from onrecord.entities import EntityKind
from onrecord.ledger import DIGEST, Parent
from onrecord.present import (
    audit_fields,
    judgement_fields,
    log_end_fields,
    mention_fields,
    supplier_fields,
)
from onrecord.shapes import (
    Audit,
    EntityRead,
    Family,
    Items,
    Judgement,
    LogEnd,
    Mention,
    SideBySide,
    Supplier,
)
from onrecord.web._asked import Judged, Some, Spoken, When
from onrecord.web._bench import Here
from onrecord.web._entity_acts import Acts, family
from onrecord.web._errors import conflict
from onrecord.web._found import judgement_of, known_of
from onrecord.web._json import Json, listed
from onrecord.web._person import Who, needs
from onrecord.web._second import Sees
from onrecord.web._side_by_side import called_of, side_by_side

router = APIRouter(tags=["entities and judgements"])

OfKind = Annotated[EntityKind | None, Query(description="Only of this kind.")]


@router.get("/entities", response_class=Json, response_model=Items[Supplier])
def entities(bench: Here, some: Some, kind: OfKind = None) -> Json:
    """The entities that are named, those told of most first."""
    held = tuple(one for one in bench.entities() if kind in (None, one.entity.kind))
    return listed(some.of(held, lambda one: one.entity.key), supplier_fields)


@router.get("/entities/{name:path}", response_class=Json, response_model=EntityRead)
def entity(bench: Here, name: str) -> Json:
    """An entity by its key or any of its names, on record or in the catalogue: what pages in each language
    call it, and what it is part of and consists of."""
    stored = known_of(bench, name)
    tree = family(bench, stored.entity.key)
    chain = [stored.entity.key, *(key for key, _ in reversed(tree["above"]))]
    parents: Mapping[str, Parent] = bench.kept("parents", bench.ledger.parents)
    return Json(
        {
            **supplier_fields(stored),
            "called": [asdict(one) for one in called_of(bench, stored.entity.key)],
            "above": [
                _family(key, steps, parents[chain[steps - 1]]) for steps, key in enumerate(chain[1:], 1)
            ],
            "below": [_family(key, depth, parent) for depth, key, parent in tree["below"]],
        }
    )


def _family(key: str, steps: int, parent: Parent) -> Family:
    return {
        "key": key,
        "steps": steps,
        "part_of": parent.key,
        "since": parent.since,
        "source": parent.source or None,
        "who": parent.who or None,
    }


@router.get("/compare", response_class=Json, response_model=SideBySide)
def compare(
    bench: Here,
    language: Spoken,
    sees: Sees,
    a: Annotated[str, Query(min_length=1, max_length=500, description="One entity, by any of its names.")],
    b: Annotated[str, Query(min_length=1, max_length=500, description="The other.")],
) -> Json:
    """Two entities side by side with what each rests on, to say whether they are one."""
    found = side_by_side(bench, sees, a, b, language)
    told = [
        {
            "entity": supplier_fields(side.stored),
            "called": [asdict(one) for one in side.called],
            "outlets": list(side.outlets),
            "statements": list(side.statements),
        }
        for side in found.sides
    ]
    like = found.likeness
    return Json(
        {
            "a": told[0],
            "b": told[1],
            "one": found.one,
            "likeness": {
                "score": round(like.score, 3),
                "relation": like.relation,
                "rule": like.rule,
                "reason": like.reason,
                "wanting": like.wanting,
            },
            "pages_in_common": found.common,
        }
    )


@router.get("/mentions", response_class=Json, response_model=Items[Mention])
def mentions(bench: Here, some: Some, kind: OfKind = None) -> Json:
    """The names that wait to be recognised, each with the known entity whose name comes nearest, and what it
    would take to be the same."""
    held = tuple(one for one in bench.mentions() if kind in (None, one.stored.entity.kind))
    return listed(some.of(held, lambda one: one.stored.entity.key), mention_fields)


@router.get("/judgements", response_class=Json, response_model=Items[Judgement])
def judgements(
    bench: Here,
    when: When,
    some: Some,
    wanted: Judged,
    sees: Sees,
    subject: Annotated[
        str | None, Query(max_length=500, description="A statement's, page's id or a key.")
    ] = None,
) -> Json:
    """What persons judged, in the order in which they did. Of statements that await you as the second who
    judges them, what others said is `withheld` until you have judged."""
    which = sees.wanted(replace(wanted, subject=subject or None))
    held = bench.ledger.some_judgements(some.limit, some.after, wanted=which, known_at=when.known_at)
    return listed(held, sees.fields)


@router.get("/judgements/{number}", response_class=Json, response_model=Judgement)
def judgement(bench: Here, number: Annotated[int, Path(ge=0, le=2**31)], sees: Sees) -> Json:
    """A judgement by its number."""
    return Json(sees.fields(judgement_of(bench, number)))


@router.get("/audit", response_class=Json, response_model=Audit)
def audit(
    bench: Here,
    expect: Annotated[
        str | None,
        Query(
            pattern=f"^{DIGEST}$",
            description="The digest of an entry that was once the last, or its beginning: a fault if gone.",
        ),
    ] = None,
) -> Json:
    """Verify the ledger against its log: everything that is not as the log says, and how far the log goes. It
    reads all that the ledger holds, which takes its time."""
    bench.state()
    end = bench.ledger.log_end()
    return Json(audit_fields(end, bench.ledger.audit(expect)))


@router.get("/audit/end", response_class=Json, response_model=LogEnd)
def log_end(bench: Here) -> Json:
    """How far the log goes. Keep the digest elsewhere, and have the audit `expect` it later."""
    bench.state()
    return Json(log_end_fields(bench.ledger.log_end()))


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", str_max_length=2000)
    why: str = Field("", description="Why, in a sentence.")


class Merged(_Said):
    """That two entities are one."""

    entity: str = Field(description="The one that is another, by any of its names.")
    into: str = Field(description="The one that it is; it need not be on record yet.")


class Split(_Said):
    """That a name means another on one page."""

    entity: str = Field(description="The one that was read, by any of its names.")
    page: str = Field(description="The beginning of the page's id.")
    into: str = Field(description="Who is meant there; it need not be on record yet.")


class Recognised(_Said):
    """That a mention is an entity, and what it is; what is left out stays as it was read."""

    entity: str = Field(description="The mention.")
    kind: str = Field("", description="company, person, body or outlet.")
    name: str = Field("", description="The name it goes by.")
    also: list[str] = Field([], max_length=100, description="Other names.")
    country: str = Field("", description="Its state (ISO 3166-1 alpha-2).")
    part_of: str = Field("", description="What it belongs to; it need not be on record yet.")


class Dismissed(_Said):
    """That a mention is nobody's name."""

    entity: str = Field(description="The mention.")


_acts = APIRouter(
    dependencies=[Depends(needs("reviewer"))],
    responses=conflict("It cannot be judged so: `detail` says why."),
)


@_acts.post("/entities/merge", response_class=Json, response_model=Judgement)
def merge(bench: Here, who: Who, said: Merged) -> Json:
    """Say that two entities are one: a judgement, which can be undone."""
    return Json(judgement_fields(Acts(bench, who).merge(said.entity, said.into, said.why)))


@_acts.post("/entities/split", response_class=Json, response_model=Judgement)
def split(bench: Here, who: Who, said: Split) -> Json:
    """Say that on one page an entity's name means another."""
    return Json(judgement_fields(Acts(bench, who).split(said.entity, said.page, said.into, said.why)))


@_acts.post("/entities/recognise", response_class=Json, response_model=Judgement)
def recognise(bench: Here, who: Who, said: Recognised) -> Json:
    """Say that a mention is an entity, and what it is."""
    done = Acts(bench, who).recognise(
        said.entity,
        kind=said.kind,
        called=said.name,
        also=said.also,
        country=said.country,
        part_of=said.part_of,
        why=said.why,
    )
    return Json(judgement_fields(done))


@_acts.post("/entities/dismiss", response_class=Json, response_model=Judgement)
def dismiss(bench: Here, who: Who, said: Dismissed) -> Json:
    """Say that a mention is nobody's name."""
    return Json(judgement_fields(Acts(bench, who).dismiss(said.entity, said.why)))


router.include_router(_acts)
