"""Pages of the workbench: search over everything, narrowed by what was found."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.ledger import Facets, SearchFilter, SearchHit
from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._html import page

router = APIRouter(default_response_class=HTMLResponse)

_HITS = 20
"""Places that a page of a search shows."""


def _narrowed(
    in_language: Annotated[
        str | None, Query(max_length=10, description="Only in this language (ISO 639).")
    ] = None,
    kind: Annotated[
        str | None, Query(pattern="^(page|statement|)$", description="page or statement.")
    ] = None,
    outlet: Annotated[str | None, Query(max_length=500, description="Only in this outlet.")] = None,
    year: Annotated[str | None, Query(pattern=r"^(\d{4}|)$", description="Only of this year.")] = None,
    type: Annotated[str | None, Query(max_length=40, description="Only statements of this type.")] = None,
) -> SearchFilter:
    of: Any = kind or None
    return SearchFilter(in_language or None, of, outlet or None, year or None, type or None)


Narrowed = Annotated[SearchFilter, Depends(_narrowed)]
"""To what a search is narrowed."""


@router.get("/search")
def search(
    request: Request,
    bench: Here,
    language: Spoken,
    narrowed: Narrowed,
    q: Annotated[str, Query(max_length=500)] = "",
    after: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """The places that hold all words asked for, and to what they can be narrowed."""
    hits = bench.ledger.search(q, limit=_HITS + 1, after=after, narrowed=narrowed)
    facets = bench.small(("facets", q, narrowed), lambda: bench.ledger.facets(q, narrowed))
    return page(
        request,
        "search.html",
        language,
        q=q,
        hits=[(hit, _cut(hit)) for hit in hits[:_HITS]],
        next=after + _HITS if len(hits) > _HITS else None,
        facets=_offered(facets, narrowed),
        counted=facets,
        kept=_asked(narrowed),
        taken=[
            (name, value, _asked(_with(narrowed, name, None)))
            for name, value in asdict(narrowed).items()
            if value
        ],
    )


def _offered(
    facets: Facets, narrowed: SearchFilter
) -> list[tuple[str, list[tuple[str, int, dict[str, str]]]]]:
    """Each facet that is open and would tell places apart: its values, counts, and what asks for each."""
    return [
        (name, [(value, n, _asked(_with(narrowed, name, value))) for value, n in values])
        for name, values in facets.by.items()
        if getattr(narrowed, name) is None and values and (len(values) > 1 or values[0][1] < facets.counted)
    ]


def _with(narrowed: SearchFilter, name: str, value: Any) -> SearchFilter:
    return replace(narrowed, **{name: value})


def _asked(narrowed: SearchFilter) -> dict[str, str]:
    """What an address asks for a filter; `language` there is that of the workbench."""
    told = {name: value for name, value in asdict(narrowed).items() if value}
    if "language" in told:
        told["in_language"] = told.pop("language")
    return told


def _cut(hit: SearchHit) -> list[tuple[str, bool]]:
    """The snippet in pieces, and whether each was found."""
    pieces, at = [], 0
    for start, end in sorted(hit.marks):
        if start >= at:
            pieces += [(hit.snippet[at:start], False), (hit.snippet[start:end], True)]
            at = end
    return [*pieces, (hit.snippet[at:], False)]
