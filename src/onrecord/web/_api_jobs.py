"""The API: work in the background, begun and asked after."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from onrecord import shapes
from onrecord.web._asked import Some
from onrecord.web._bench import Here
from onrecord.web._jobs import Job
from onrecord.web._json import Json, listed

router = APIRouter(tags=["jobs"])
_API = "/api/v1"


def job_fields(one: Job) -> shapes.Job:
    """A piece of work, as JSON gives it."""
    return {
        "job": one.id,
        "what": one.what.removeprefix("job_"),
        "subject": one.subject,
        "who": one.who,
        "state": one.state,
        "done": one.done,
        "of": one.of,
        "asked": one.asked.isoformat(timespec="seconds"),
        "ended": one.ended.isoformat(timespec="seconds") if one.ended else None,
        "result": f"{_API}{one.result}" if one.result else None,
        "message": one.message or None,
    }


def begun(job: Job) -> Json:
    """That work was begun: 202, and where it is asked after."""
    return Json(job_fields(job), HTTPStatus.ACCEPTED, {"Location": f"{_API}/jobs/{job.id}"})


@router.get("/jobs", response_class=Json, response_model=shapes.Items[shapes.Job])
def jobs(bench: Here, some: Some) -> Json:
    """The work in the background that is known here, the last asked for first: what is under way, and what
    ended last. Where the server is started anew, it is forgotten."""
    return listed(some.of(bench.jobs.all(), lambda one: one.id), job_fields)


@router.get("/jobs/{id}", response_class=Json, response_model=shapes.Job)
def job(bench: Here, id: str) -> Json:
    """How far a piece of work is; `result` is where to find what came of it."""
    return Json(job_fields(bench.jobs.job(id)))
