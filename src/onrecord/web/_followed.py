"""Whether who asks follows a supplier: for the button on the supplier's page, and for its entity tag."""

from __future__ import annotations

from typing import cast

from fastapi import Request

from onrecord.team import Team, Watching
from onrecord.web._person import person_of

_DOSSIERS = "/suppliers/"


def followed(request: Request, supplier: str) -> bool:
    """Whether who asks follows a supplier, by its key."""
    return _watching(request).followed(person_of(request).account, supplier)


def mark_of_followed(request: Request) -> str:
    """A mark of what who asks follows, where a page shows that; else empty."""
    if not request.url.path.startswith(_DOSSIERS):
        return ""
    return "\t".join(one.supplier for one in _watching(request).follows(person_of(request).account))


def _watching(request: Request) -> Watching:
    return Watching(cast(Team, request.app.state.bench.team))
