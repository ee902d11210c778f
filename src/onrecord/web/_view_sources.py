"""Pages of the workbench: what was read from where, what could not be and why, and trying again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._forms import see_other
from onrecord.web._html import page
from onrecord.web._person import Who, needs
from onrecord.web._sources import again, read_uploads, retry, sources_of
from onrecord.web._uploads import files_of

router = APIRouter(default_response_class=HTMLResponse)
_REVIEWER = [Depends(needs("reviewer"))]

_MOST = 200
"""Places, and failures for each reason, that a page shows."""
Many = Annotated[int | None, Query(ge=0, le=10**9)]


@router.get("/sources")
def sources(
    request: Request,
    bench: Here,
    language: Spoken,
    read: Many = None,
    unchanged: Many = None,
    failed: Many = None,
    statements: Many = None,
) -> HTMLResponse:
    """What was read, by place; what could not be read, by reason."""
    return page(
        request,
        "sources.html",
        language,
        sources=sources_of(bench),
        came=(read, unchanged or 0, failed or 0, statements or 0) if read is not None else None,
        again=again,
        most=_MOST,
        jobs=bench.jobs.under_way("job_retry", "job_read"),
    )


@router.post("/sources/retry", dependencies=_REVIEWER)
def try_again(
    bench: Here,
    person: Who,
    locator: Annotated[list[str] | None, Form()] = None,
    all: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Have one place read again that could not be read, or all of them."""
    job = retry(bench, person, None if all else locator or [])
    return see_other(f"/jobs/{job.id}")


@router.post("/sources/upload", dependencies=_REVIEWER)
def upload(
    bench: Here, person: Who, files: Annotated[list[UploadFile] | None, File()] = None
) -> RedirectResponse:
    """Have pages read that are sent."""
    job = read_uploads(bench, person, files_of(files or []))
    return see_other(f"/jobs/{job.id}")
