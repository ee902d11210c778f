"""The API: what was read from where, what could not be, and reading again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from onrecord import shapes
from onrecord.shapes import Sources
from onrecord.web._api_jobs import begun
from onrecord.web._bench import Here
from onrecord.web._json import Json
from onrecord.web._person import Who, needs
from onrecord.web._sources import Place, again, read_uploads, retry, sources_of
from onrecord.web._uploads import files_of

router = APIRouter(tags=["sources"])
_REVIEWER = [Depends(needs("reviewer"))]


def place_fields(one: Place) -> shapes.Place:
    """A place, as JSON gives it."""
    return {
        "place": one.name,
        "kind": one.kind,
        "pages": one.pages,
        "statements": one.statements,
        "unread": one.unread,
        "failed": one.failed,
        "last": one.last.isoformat(timespec="seconds") if one.last else None,
    }


@router.get("/sources", response_class=Json, response_model=Sources)
def sources(bench: Here) -> Json:
    """What was read, by place, and all together; what could not be read, by the code of the reason."""
    found = sources_of(bench)
    return Json(
        {
            "places": [place_fields(one) for one in found.places],
            "total": place_fields(found.total()),
            "unreadable": [
                {
                    "code": group.code,
                    "items": [
                        {
                            "locator": one.locator,
                            "message": one.message,
                            "learned_at": one.learned_at.isoformat(timespec="seconds"),
                            "can_be_retried": again(one.locator),
                        }
                        for one in group.items
                    ],
                }
                for group in found.failing
            ],
        }
    )


@router.post(
    "/sources", response_class=Json, response_model=shapes.Job, status_code=202, dependencies=_REVIEWER
)
def upload(
    bench: Here, person: Who, files: Annotated[list[UploadFile], File(description="Pages; 64 MB in all.")]
) -> Json:
    """Have pages read that are sent; their places are `upload:NAME`."""
    return begun(read_uploads(bench, person, files_of(files)))


class RetryAsked(BaseModel):
    """What is to be read again."""

    model_config = ConfigDict(extra="forbid")

    locators: Annotated[
        list[Annotated[str, Field(max_length=4096)]] | None,
        Field(
            max_length=10_000, description="Only these, of those that could not be read; else all of them."
        ),
    ] = None


@router.post(
    "/sources/retry", response_class=Json, response_model=shapes.Job, status_code=202, dependencies=_REVIEWER
)
def again_please(bench: Here, person: Who, asked: RetryAsked) -> Json:
    """Have places read again that could not be read. Others are refused."""
    return begun(retry(bench, person, asked.locators))
