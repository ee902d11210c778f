"""The style sheets and scripts, which are all that a page needs beside itself."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

from onrecord.present import stylesheet
from onrecord.web._errors import not_found

router = APIRouter()

_TYPES = {"css": "text/css", "js": "text/javascript"}


@cache
def _files() -> dict[str, str]:
    """The workbench's own sheet and script are those of its parts, one after another."""
    folder = files("onrecord.web") / "static"
    return {
        "dossier.css": stylesheet(),
        "workbench.css": _joined("css", first="workbench"),
        "workbench.js": _joined("js", first="workbench"),
        "htmx.js": (folder / "htmx.min.js").read_text("utf-8"),
    }


def _joined(kind: str, *, first: str) -> str:
    folder = files("onrecord.web") / "static" / kind
    parts = sorted(folder.iterdir(), key=lambda one: (one.name != f"{first}.{kind}", one.name))
    return "\n".join(part.read_text("utf-8") for part in parts)


@cache
def static_digest() -> str:
    """A mark of all of them."""
    return hashlib.sha256("\0".join(_files().values()).encode()).hexdigest()


@router.get("/static/{name}", include_in_schema=False)
def static(name: str) -> Response:
    """A style sheet or a script."""
    if name not in _files():
        raise not_found("There is nothing at this address.")
    return Response(_files()[name], media_type=_TYPES[name.rpartition(".")[2]])
