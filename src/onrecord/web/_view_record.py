"""Pages of the workbench: pages, statements, search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.ledger import SearchHit, StoredStatement
from onrecord.present import statement_fields
from onrecord.web._asked import Some, Spoken, When
from onrecord.web._bench import Here
from onrecord.web._found import statement_of
from onrecord.web._html import page

router = APIRouter(default_response_class=HTMLResponse)

_HITS = 20
"""Places that a page of a search shows."""


@router.get("/pages")
def pages(request: Request, bench: Here, when: When, language: Spoken, some: Some) -> HTMLResponse:
    """The pages, those that the ledger learned of last first, and what could not be read."""
    held = bench.ledger.pages(as_of=when.as_of, known_at=when.known_at)
    newest = sorted(held, key=lambda one: (one.learned_at, one.id), reverse=True)
    return page(
        request,
        "pages.html",
        language,
        part=some.of(newest, lambda one: one.id),
        unreadable=bench.ledger.unreadable(),
    )


@router.get("/statements/{id}")
def statement(request: Request, bench: Here, id: str, language: Spoken) -> HTMLResponse:
    """A statement in its sentence, with all that is known of it."""
    stored = statement_of(bench, id)
    return page(
        request,
        "statement.html",
        language,
        stored=stored,
        told=statement_fields(stored, bench.names(), language),
        sentence=_around(stored),
        names=bench.names(),
        judgements=bench.ledger.judgements(subject=stored.id),
    )


@router.get("/search")
def search(
    request: Request,
    bench: Here,
    language: Spoken,
    q: Annotated[str, Query(max_length=500)] = "",
    after: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """The places that hold all words asked for."""
    found = bench.ledger.search(q, limit=after + _HITS + 1)
    return page(
        request,
        "search.html",
        language,
        q=q,
        hits=[(hit, _cut(hit)) for hit in found[after : after + _HITS]],
        next=after + _HITS if len(found) > after + _HITS else None,
    )


def _around(stored: StoredStatement) -> tuple[str, str, str]:
    """The sentence before its quote, the quote, and what stands behind. A quote that was mended on the way
    stands alone."""
    before, quote, behind = stored.sentence.partition(stored.statement.quote)
    return (before, quote, behind) if quote else ("", stored.statement.quote, "")


def _cut(hit: SearchHit) -> list[tuple[str, bool]]:
    """The snippet in pieces, and whether each was found."""
    pieces, at = [], 0
    for start, end in sorted(hit.marks):
        if start >= at:
            pieces += [(hit.snippet[at:start], False), (hit.snippet[start:end], True)]
            at = end
    return [*pieces, (hit.snippet[at:], False)]
