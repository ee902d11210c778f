"""Pages of the workbench: registers, uploaded, mapped and kept; and their checks begun."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from onrecord.exposure import (
    Column,
    GivenFile,
    Register,
    RegisterError,
    current_registers,
    keep_register,
    kept_checks,
    read_register,
    register_columns,
    register_fields,
    register_file,
    register_versions,
    versions_of_register,
)
from onrecord.team import Person
from onrecord.web._again import written_in
from onrecord.web._asked import Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._errors import Problem
from onrecord.web._files import attachment, template_file
from onrecord.web._forms import see_other
from onrecord.web._html import page
from onrecord.web._mapping import NAME, SORTS, mapping_asked, name_of
from onrecord.web._person import Who, needs
from onrecord.web._registers import begin_check, version_asked
from onrecord.web._uploads import one_file

router = APIRouter(default_response_class=HTMLResponse)
_REVIEWER = [Depends(needs("reviewer"))]

_BAD = 100
"""Lines that cannot be used which a page names."""


@router.get("/register")
def registers(request: Request, bench: Here, language: Spoken) -> HTMLResponse:
    """The registers that are kept, each with its newest version and last check; and a form for another."""
    last = {one.name: one for one in kept_checks(bench.ledger)}
    return page(request, "registers.html", language, held=current_registers(bench.ledger), last=last)


@router.get("/register-template.{form}")
def template(form: str, language: Spoken) -> Response:
    """An empty register to fill in, with headings in the reader's language."""
    return template_file(form, language)


@router.post("/uploads/register", dependencies=_REVIEWER)
def upload(
    bench: Here,
    person: Who,
    file: Annotated[UploadFile | None, File()] = None,
    name: Annotated[str, Form(max_length=NAME)] = "",
) -> RedirectResponse:
    """Take a register's file to be looked at; nothing is kept yet."""
    called, data = one_file(file)
    try:
        register_columns(GivenFile(called, data))
    except RegisterError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, str(error), field="file") from None
    token = bench.uploads.hold({called: data}, person)
    return see_other(f"/uploads/register/{token}", name=name_of(name or called))


@router.get("/uploads/register/{token}", dependencies=_REVIEWER)
def columns(request: Request, bench: Here, person: Who, token: str, language: Spoken) -> HTMLResponse:
    """The columns of what was sent and what each is taken for, and which lines can be used if it stays so."""
    file = _held(bench, person, token)
    found = register_columns(file)
    asked = written_in(request, "uploads", "register", token).all() or request.query_params
    mapping, sort = mapping_asked(asked, found)
    read: Register | None = None
    wrong = ""
    missing: tuple[str, ...] = ()
    try:
        read = read_register(file, columns=mapping, sort=sort)
    except RegisterError as error:
        wrong, missing = str(error), error.missing
    name = name_of(asked.get("name", "") or file.name)
    before = register_versions(bench.ledger, name)
    return page(
        request,
        "register_columns.html",
        language,
        token=token,
        file=file,
        columns=[(one, _taken(one, mapping)) for one in found],
        fields=register_fields(language),
        sorts=SORTS,
        sort=sort or "",
        named_so=name,
        before=before[-1] if before else None,
        read=read,
        wrong=wrong,
        missing=missing,
        bad=read.bad[:_BAD] if read else (),
        lines=read.lines[:5] if read else (),
    )


@router.post("/uploads/register/{token}", dependencies=_REVIEWER)
async def save(request: Request, bench: Here, person: Who, token: str) -> RedirectResponse:
    """Look at it anew with other columns, or keep it as a version."""
    told = await request.form()
    asked = {key: str(value) for key, value in told.items() if key != "csrf" and isinstance(value, str)}
    return await run_in_threadpool(_saved, bench, person, token, asked)


def _saved(bench: Bench, person: Person, token: str, asked: dict[str, str]) -> RedirectResponse:
    file = _held(bench, person, token)
    mapping, sort = mapping_asked(asked, register_columns(file))
    name = name_of(asked.get("name", ""))
    if asked.get("do") != "keep":
        again = {key: value for key, value in asked.items() if key != "do" and value}
        return RedirectResponse(f"/uploads/register/{token}?{urlencode(again)}#h-seen", HTTPStatus.SEE_OTHER)
    keep_register(
        bench.ledger,
        name,
        file,
        columns=mapping,
        sort=sort,
        who=person.name,
        keep_good=bool(asked.get("keep_good")),
    )
    bench.uploads.forget(token)
    return see_other(f"/register/{quote(name, safe='')}", "done_register")


@router.get("/register/{name}")
def register(request: Request, bench: Here, name: str, language: Spoken) -> HTMLResponse:
    """A register: its versions, its checks, and one that is under way."""
    versions = versions_of_register(bench.ledger, name)
    checks = kept_checks(bench.ledger, name)
    return page(
        request,
        "register.html",
        language,
        name=name,
        versions=versions[::-1],
        checks=checks[::-1],
        job=bench.jobs.of(("check", name)),
    )


@router.get("/register/{name}/versions/{number:int}")
def file(bench: Here, name: str, number: int) -> Response:
    """The file of a version, as it was sent."""
    version = version_asked(bench, name, number)
    return attachment(register_file(bench.ledger, version).data, version.file)


@router.post("/register/{name}/checks", dependencies=_REVIEWER)
def begin(
    bench: Here,
    person: Who,
    name: str,
    version: Annotated[int | None, Form()] = None,
    as_of: Annotated[str, Form(max_length=20)] = "",
    home: Annotated[str, Form(max_length=60)] = "",
) -> RedirectResponse:
    """Have a register checked in the background."""
    begin_check(bench, name, person, number=version, as_of=as_of, home=home)
    return see_other(f"/register/{quote(name, safe='')}", "done_check_begun")


def _held(bench: Bench, person: Person, token: str) -> GivenFile:
    held = bench.uploads.held(token, person)
    if len(held.files) != 1:
        raise Problem(HTTPStatus.BAD_REQUEST, "A register is one file. Send it alone.")
    ((name, data),) = held.files.items()
    return GivenFile(name, data)


def _taken(column: Column, mapping: dict[str, str]) -> str:
    return mapping.get(f"#{column.number}", column.field or "")
