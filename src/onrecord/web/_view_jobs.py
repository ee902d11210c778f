"""Pages of the workbench: work in the background, asked after."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._errors import Problem
from onrecord.web._html import page

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/jobs/{id}")
def job(request: Request, bench: Here, id: str, language: Spoken) -> HTMLResponse:
    """How far a piece of work is; for a page that asks on its own, only the part that tells it."""
    if not request.headers.get("hx-request"):
        return page(request, "job.html", language, job=bench.jobs.job(id))
    try:
        found = bench.jobs.job(id)
        part = page(request, "job_part.html", language, job=found)
        if found.over:
            part.headers["HX-Trigger"] = "workover"  # what the page shows of the work asks for itself anew
        return part
    except Problem as error:
        # A page that asks on its own would go on asking: it is told in its place, and stops.
        return page(request, "job_gone.html", language, problem=error)
