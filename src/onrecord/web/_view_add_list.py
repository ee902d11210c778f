"""Pages of the workbench: a list added, after one has seen what it would bring."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from onrecord.lists import ReadList, brought_by, list_versions
from onrecord.present import today
from onrecord.team import Person
from onrecord.web._asked import Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._forms import see_other
from onrecord.web._html import page
from onrecord.web._person import Who, needs
from onrecord.web._sent_lists import MOST_TOLD, add_checked, read_sent
from onrecord.web._uploads import files_of

router = APIRouter(default_response_class=HTMLResponse)
_REVIEWER = [Depends(needs("reviewer"))]

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
        most=MOST_TOLD,
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
