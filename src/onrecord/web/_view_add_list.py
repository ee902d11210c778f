"""Pages of the workbench: a list added, after one has seen what it would bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from onrecord.ledger import begun
from onrecord.lists import (
    ListError,
    ListRefused,
    ListVersion,
    ReadList,
    add_list,
    brought_by,
    list_versions,
    read_given,
)
from onrecord.present import today
from onrecord.team import Person
from onrecord.web._asked import Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._errors import Problem
from onrecord.web._forms import see_other
from onrecord.web._html import page
from onrecord.web._person import Who, needs
from onrecord.web._uploads import files_of

router = APIRouter(default_response_class=HTMLResponse)
_REVIEWER = [Depends(needs("reviewer"))]

_TOLD = 100
"""Entries of each kind that are named before a list is taken."""

Name = Annotated[str, Form(max_length=60)]
Day = Annotated[str, Form(max_length=20)]


@router.post("/uploads/list", dependencies=_REVIEWER)
def upload(
    bench: Here, person: Who, name: Name = "", issued: Day = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> RedirectResponse:  # fmt: skip
    """Take a list's files to be looked at; nothing is kept yet."""
    sent = files_of(files or [])
    read_sent(sent, name, issued)
    return see_other(
        f"/uploads/list/{bench.uploads.hold(sent, person)}", name=name.strip(), issued=issued.strip()
    )


@router.get("/uploads/list/{token}", dependencies=_REVIEWER)
def preview(
    request: Request, bench: Here, person: Who, token: str, language: Spoken, name: str = "", issued: str = ""
) -> HTMLResponse:
    """What was sent: which list, in which format, what it would bring, and what speaks against taking it."""
    read = _read(bench, person, token, name, issued)
    brought = brought_by(bench.ledger, read)
    newer = [one for one in list_versions(bench.ledger, read.list) if read.issued and one.day > read.issued]
    return page(
        request,
        "list_preview.html",
        language,
        token=token,
        read=read,
        brought=brought,
        newer=newer,
        asked_name=name,
        asked_issued=issued,
        most=_TOLD,
        today=today(),
    )


@router.post("/uploads/list/{token}", dependencies=_REVIEWER)
def take(
    bench: Here,
    person: Who,
    token: str,
    name: Name = "",
    issued: Day = "",
    keep_good: Annotated[str, Form()] = "",
    shrunk: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Keep it as a version of its list."""
    read = _read(bench, person, token, name, issued)
    before = list_versions(bench.ledger, read.list)
    version = add_checked(bench, read, person, keep_good=bool(keep_good), shrunk=bool(shrunk))
    bench.uploads.forget(token)
    said = "done_list_held" if version in before else "done_list"
    return see_other(f"/lists/{quote(read.list, safe='')}", said)


def _read(bench: Bench, person: Person, token: str, name: str, issued: str) -> ReadList:
    held = bench.uploads.held(token, person)
    return bench.lists.kept(("sent", token, name, issued), lambda: read_sent(held.files, name, issued))


def read_sent(files: Mapping[str, bytes], name: str, issued: str) -> ReadList:
    """The list that files make. `Problem` where they make none, or a name or day is none."""
    name, issued = name.strip(), issued.strip()
    if name and not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        told = f"'{name}' is no short name: use letters, digits, dots and hyphens."
        raise Problem(400, told, field="name")
    if issued:
        begun(issued, "issued")
    try:
        return read_given(files, name=name or None, issued=issued or None)
    except ListError as error:
        raise Problem(400, worded(str(error)), field="files") from None


def add_checked(
    bench: Bench, read: ReadList, person: Person, *, keep_good: bool, shrunk: bool
) -> ListVersion:
    """Keep a list that was read. `Problem` where it is refused."""
    try:
        return add_list(bench.ledger, read, who=person.name, keep_good=keep_good, shrunk=shrunk)
    except ListRefused as error:
        wrong = tuple(
            {"parameter": f"line {one.line}", "detail": one.message} for one in error.problems[:_TOLD]
        )
        raise Problem(409, worded(str(error)), errors=wrong) from None
    except ListError as error:
        raise Problem(400, worded(str(error))) from None


def worded(told: str) -> str:
    """What the command line would be told, as a form has it."""
    for option, field in (
        ("add --keep-good", "say that the entries that can be used are to be kept (keep_good)"),
        ("add --accept-shrunk", "say so (shrunk)"),
        ("Leave out --issued", "Leave the day empty"),
    ):
        told = told.replace(option, field)
    # What begins with the name of a file or list stays as it is.
    return told[:1].upper() + told[1:] if told.startswith(("no ", "it ", "an ")) else told
