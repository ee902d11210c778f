"""The API: registers, and their checks."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Query, Response, UploadFile
from fastapi import Path as PathParameter
from pydantic import BaseModel, ConfigDict, Field

from onrecord import shapes
from onrecord.exposure import (
    FindingKind,
    GivenFile,
    RegisterVersion,
    current_registers,
    keep_register,
    kept_checks,
    versions_of_register,
)
from onrecord.ledger import Deposit
from onrecord.present import render_check
from onrecord.web._api_jobs import begun
from onrecord.web._asked import MOST, Some, Spoken
from onrecord.web._bench import Here
from onrecord.web._errors import not_found
from onrecord.web._files import file_of
from onrecord.web._json import Json, listed, told
from onrecord.web._mapping import NAME, mapping_of, name_of, sort_of
from onrecord.web._person import Who, needs
from onrecord.web._registers import begin_check, check_asked, compared
from onrecord.web._uploads import one_file

router = APIRouter()
_REVIEWER = [Depends(needs("reviewer"))]
_API = "/api/v1"
CheckNumber = Annotated[int, PathParameter(ge=0, lt=2**62, description="The check's number.")]
_FILES: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK: {
        "description": "The check; with `.xlsx` or `.html` behind its number, such a file.",
        "content": {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                "schema": {"type": "string", "format": "binary"}
            },
            "text/html": {"schema": {"type": "string"}},
        },
    }
}


def register_version_fields(one: RegisterVersion) -> shapes.RegisterVersion:
    """A version of a register, as JSON gives it."""
    return {
        "register": one.name,
        "version": one.id,
        "file": one.file,
        "columns": dict(one.columns),
        "sort": one.sort,
        "lines": one.lines,
        "unusable": one.bad,
        "bytes": one.size,
        "digest": one.digest,
        "learned_at": one.learned_at.isoformat(timespec="seconds"),
        "who": one.who,
    }


def check_fields(one: Deposit) -> shapes.Check:
    """A check that is kept, without what it found."""
    return {
        "check": one.id,
        "register": one.name,
        "version": one.detail.get("register"),
        "as_of": one.detail.get("as_of"),
        "asked": one.detail.get("asked"),
        "home": one.detail.get("home"),
        "lines": one.detail.get("lines"),
        "findings": one.detail.get("findings"),
        "at": one.learned_at.isoformat(timespec="seconds"),
        "who": one.who,
    }


@router.get(
    "/register", response_class=Json, response_model=shapes.Items[shapes.RegisterVersion], tags=["register"]
)
def registers(bench: Here, some: Some) -> Json:
    """The registers that are kept, each in its newest version."""
    return listed(some.of(current_registers(bench.ledger), lambda one: one.name), register_version_fields)


@router.post(
    "/register",
    response_class=Json,
    response_model=shapes.RegisterVersion,
    status_code=201,
    tags=["register"],
    dependencies=_REVIEWER,
)
def upload_register(
    bench: Here,
    person: Who,
    file: Annotated[UploadFile, File(description="CSV or XLSX, 64 MB at most.")],
    name: Annotated[str, Form(max_length=NAME, description="Else the file's.")] = "",
    map: Annotated[
        list[str] | None, Form(description="HEADING=COLUMN for each column whose heading does not say it.")
    ] = None,
    sort: Annotated[str, Form(description="What lines tell of that do not say so themselves.")] = "",
    keep_good: Annotated[bool, Form(description="Keep it though some of its lines cannot be used.")] = False,
) -> Json:
    """Keep a register as the newest version under its name."""
    called, data = one_file(file)
    version = keep_register(
        bench.ledger,
        name_of(name or called),
        GivenFile(called, data),
        columns=mapping_of(map or []),
        sort=sort_of(sort),
        who=person.name,
        keep_good=keep_good,
    )
    place = {"Location": f"{_API}/register/{quote(version.name, safe='')}"}
    return Json(register_version_fields(version), HTTPStatus.CREATED, place)


@router.get("/register/{name}", response_class=Json, response_model=shapes.Register, tags=["register"])
def register(bench: Here, name: str) -> Json:
    """A register: its versions and its checks, the newest last."""
    versions = versions_of_register(bench.ledger, name)
    return Json(
        {
            "register": name,
            "versions": [register_version_fields(one) for one in versions],
            "checks": [check_fields(one) for one in kept_checks(bench.ledger, name)],
        }
    )


class CheckAsked(BaseModel):
    """A check to be made."""

    model_config = ConfigDict(extra="forbid")

    register_: Annotated[str, Field(alias="register", max_length=NAME, description="The register's name.")]
    version: Annotated[int | None, Field(ge=0, le=2**62, description="Else its newest version.")] = None
    as_of: Annotated[str | None, Field(max_length=20, description="As of this day; else of now.")] = None
    home: Annotated[str | None, Field(max_length=60, description="Your own state, by name or code.")] = None


@router.get("/checks", response_class=Json, response_model=shapes.Items[shapes.Check], tags=["register"])
def checks(
    bench: Here,
    some: Some,
    register: Annotated[str | None, Query(max_length=NAME, description="Only of this register.")] = None,
) -> Json:
    """The checks that are kept, the oldest first."""
    return listed(some.of(kept_checks(bench.ledger, register or None), lambda one: str(one.id)), check_fields)


@router.post(
    "/checks",
    response_class=Json,
    response_model=shapes.Job,
    status_code=202,
    tags=["register"],
    dependencies=_REVIEWER,
)
def begin(bench: Here, person: Who, asked: CheckAsked) -> Json:
    """Have a register checked in the background; `Location` says where that is asked after. Of one register
    only one check is under way at a time: the one that is, is given."""
    return begun(
        begin_check(bench, asked.register_, person, number=asked.version, as_of=asked.as_of, home=asked.home)
    )


@router.get(
    "/checks/{id}", response_class=Json, response_model=shapes.CheckRead, responses=_FILES, tags=["register"]
)
def check(bench: Here, id: str, language: Spoken) -> Response:
    """A check with all that it found: the shape `onrecord.check/1`. With `.xlsx`, `.html` or `.json` behind
    its number, as a file."""
    number, dot, form = id.partition(".")
    if not number.isdecimal() or len(number) > 18:
        raise not_found(f"There is no check '{id[:40]}'.")
    found = check_asked(bench, int(number))
    if dot:
        return file_of(found, form, language)
    return told(render_check(found.check, "json", register=found.register, language=language))


@router.get(
    "/checks/{id}/findings",
    response_class=Json,
    response_model=shapes.Places[shapes.Finding],
    tags=["register"],
)
def findings(
    bench: Here,
    id: CheckNumber,
    kind: Annotated[FindingKind | None, Query(description="Only of this kind.")] = None,
    side: Annotated[
        Literal["against", "open", "for"] | None, Query(description="Only what speaks so of the line.")
    ] = None,
    relation: Annotated[
        Literal["direct", "reached"] | None, Query(description="Only by itself, or only by a chain.")
    ] = None,
    new: Annotated[bool, Query(description="Only what the check before did not find.")] = False,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Findings at most.")] = 50,
    after: Annotated[
        int, Query(ge=0, le=10**8, description="How many of the first to leave out: the `next` before.")
    ] = 0,
) -> Json:
    """The findings of a check, the gravest first, as the filters have it."""
    found = check_asked(bench, id)
    places = found.places(kind or "", side or "", relation or "", new)
    told = [asdict(found.check.findings[place]) for place in places.some(after, limit)]
    more = after + len(told) < len(places)
    return Json({"items": told, "total": len(places), "next": after + len(told) if told and more else None})


@router.get("/checks/{id}/compare", response_class=Json, response_model=shapes.Compared, tags=["register"])
def compare(bench: Here, id: CheckNumber) -> Json:
    """What is new, gone and changed against the check of that register before it."""
    found = check_asked(bench, id)
    told = compared(found)
    return Json(
        {
            "check": found.kept.id,
            "register": found.kept.name,
            "last": found.check.last,
            "new": [asdict(one) for one in told.new],
            "gone": [asdict(one) for one in told.gone],
            "changed": [{"was": asdict(was), "now": asdict(now)} for was, now in told.changed],
            "whole": told.whole,
        }
    )
