"""The style sheets, which are all that a page needs beside itself."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

from onrecord.present import stylesheet
from onrecord.web._errors import not_found

router = APIRouter()


@cache
def _sheets() -> dict[str, str]:
    own = (files("onrecord.web") / "static" / "workbench.css").read_text("utf-8")
    return {"dossier.css": stylesheet(), "workbench.css": own}


@cache
def static_digest() -> str:
    """A mark of all of them."""
    return hashlib.sha256("\0".join(_sheets().values()).encode()).hexdigest()


@router.get("/static/{name}", include_in_schema=False)
def static(name: str) -> Response:
    """A style sheet."""
    if name not in _sheets():
        raise not_found("There is nothing at this address.")
    return Response(_sheets()[name], media_type="text/css")
