"""The API: restriction lists, and names screened against them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from onrecord.entities.matching import NameKind
from onrecord.lists import current_lists, list_changes, versions_of
from onrecord.present import changes_fields, screened_fields, version_fields
from onrecord.shapes import Changes, Items, ListVersion, Screened
from onrecord.web._asked import Some, When
from onrecord.web._bench import Here
from onrecord.web._found import screened
from onrecord.web._json import Json, listed

router = APIRouter(tags=["lists"])

Name = Annotated[str, Query(min_length=1, max_length=500, description="The name to look up.")]
OfKind = Annotated[NameKind, Query(description="What the name is of.")]
Near = Annotated[bool, Query(description="Tell also of parties whose names are merely alike.")]


@router.get("/lists", response_class=Json, response_model=Items[ListVersion])
def lists(bench: Here, when: When, some: Some) -> Json:
    """Of each list the version that holds now, or held on the day of `as_of`."""
    held = current_lists(bench.ledger, as_of=when.as_of, known_at=when.known_at)
    return listed(some.of(held, lambda one: one.list), version_fields)


@router.get("/lists/{list}/versions", response_class=Json, response_model=Items[ListVersion])
def versions(bench: Here, list: str, when: When, some: Some) -> Json:
    """The versions of a list that are kept, by the day they were issued, the newest last."""
    held = versions_of(bench.ledger, list, known_at=when.known_at)
    return listed(some.of(held, lambda one: str(one.id)), version_fields)


@router.get("/lists/{list}/changes", response_class=Json, response_model=Changes)
def changes(
    bench: Here,
    list: str,
    since: Annotated[str | None, Query(description="Against the version that held on that day.")] = None,
    start: Annotated[
        int | None, Query(ge=0, le=2**62, description="Against the version of that number.")
    ] = None,
) -> Json:
    """What the newest version of a list brought against the one before it, or against an earlier one."""
    return Json(changes_fields(list_changes(bench.ledger, list, since=since or None, start=start)))


@router.get("/screen", response_class=Json, response_model=Screened)
def screen(
    bench: Here,
    name: Name,
    when: When,
    kind: OfKind = "company",
    near: Near = False,
    limit: Annotated[int, Query(ge=1, le=50, description="Candidates at most.")] = 5,
) -> Json:
    """Whom a name may mean on the restriction lists: how surely, since when, by which law, and why."""
    hits = screened(bench, name, kind, when, near=near, limit=limit)
    return Json(screened_fields(name, hits))
