"""The API: restriction lists, kept and added, and names screened against them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile

from onrecord.entities.matching import NameKind
from onrecord.lists import current_lists, list_changes, list_versions, versions_of, was_listed
from onrecord.present import (
    changes_fields,
    listing_fields,
    party_fields,
    problem_fields,
    screened_fields,
    version_fields,
)
from onrecord.shapes import AddedList, Changes, Items, ListedParty, ListEntry, ListVersion, Screened
from onrecord.web._asked import Some, When
from onrecord.web._bench import Here
from onrecord.web._entries import entries_asked, history_of
from onrecord.web._errors import conflict
from onrecord.web._found import screened
from onrecord.web._json import Json, listed
from onrecord.web._person import Who, needs
from onrecord.web._sent_lists import add_checked, read_sent
from onrecord.web._uploads import files_of

router = APIRouter(tags=["lists"])

Name = Annotated[str, Query(min_length=1, max_length=500, description="The name to look up.")]
OfKind = Annotated[NameKind, Query(description="What the name is of.")]
Near = Annotated[bool, Query(description="Tell also of parties whose names are merely alike.")]
_HELD: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK: {"model": AddedList, "description": "That version is held already."},
    **conflict("Some of its entries cannot be used, or it has shrunk, and nothing says to take it so."),
}


@router.get("/lists", response_class=Json, response_model=Items[ListVersion])
def lists(bench: Here, when: When, some: Some) -> Json:
    """Of each list the version that holds now, or held on the day of `as_of`."""
    held = current_lists(bench.ledger, as_of=when.as_of, known_at=when.known_at)
    return listed(some.of(held, lambda one: one.list), version_fields)


@router.post(
    "/lists",
    response_class=Json,
    response_model=AddedList,
    responses=_HELD,
    status_code=201,
    dependencies=[Depends(needs("reviewer"))],
)
def add_list(
    bench: Here,
    person: Who,
    files: Annotated[list[UploadFile], File(description="The files of one list.")],
    name: Annotated[str, Form(max_length=60, description="Keep it under this short name.")] = "",
    issued: Annotated[str, Form(max_length=20, description="Its day, where it does not say so.")] = "",
    keep_good: Annotated[bool, Form(description="Take the entries that can be used.")] = False,
    shrunk: Annotated[bool, Form(description="Take it though it lost more than a tenth.")] = False,
) -> Json:
    """Add a list as a version of itself. 409 where some of its entries cannot be used, or it has shrunk, and
    nothing says to take it all the same. 200 where that version is held already."""
    read = read_sent(files_of(files), name, issued)
    before = list_versions(bench.ledger, read.list)
    version = add_checked(bench, read, person, keep_good=keep_good, shrunk=shrunk)
    status = HTTPStatus.OK if version in before else HTTPStatus.CREATED
    problems = [problem_fields(one) for one in read.problems]
    place = {"Location": f"/api/v1/lists/{quote(version.list, safe='')}/versions"}
    return Json({**version_fields(version), "unusable": problems}, status, place)


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
    end: Annotated[
        int | None, Query(ge=0, le=2**62, description="Of the version of that number; else of the newest.")
    ] = None,
) -> Json:
    """What a version of a list, the newest unless another is named, brought against the one before it, or
    against another one."""
    return Json(changes_fields(list_changes(bench.ledger, list, since=since or None, start=start, end=end)))


@router.get("/lists/{list}/entries", response_class=Json, response_model=Items[ListedParty])
def entries(
    bench: Here,
    list: str,
    some: Some,
    q: Annotated[
        str, Query(max_length=200, description="Only those with all these words in a name, id or program.")
    ] = "",
    version: Annotated[
        int | None, Query(ge=0, le=2**62, description="Of the version of that number; else of the newest.")
    ] = None,
) -> Json:
    """The entries of a version of a list, in the order of the list."""
    return listed(entries_asked(bench, list, version, q, some)[1], party_fields)


@router.get("/lists/{list}/entries/{id:path}", response_class=Json, response_model=ListEntry)
def entry(
    bench: Here,
    list: str,
    id: str,
    on: Annotated[
        str, Query(max_length=20, description="Whether it stood on the list on this day, too.")
    ] = "",
) -> Json:
    """An entry by the list's own id, as the newest version that has it tells it; in which versions it stands,
    and what changed in them."""
    history, party = history_of(bench, list, id)
    day = on.strip()
    return Json(
        {
            "list": list,
            "party": party_fields(party),
            "versions": [
                {
                    "version": version_fields(one.version),
                    "stands": one.party is not None,
                    "differs": [*one.differs],
                }
                for one in history
            ],
            "versions_total": len(versions_of(bench.ledger, list)),
            "listing": listing_fields(was_listed(bench.ledger, list, id, day)) if day else None,
        }
    )


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
