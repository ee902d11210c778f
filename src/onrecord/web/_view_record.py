"""Pages of the workbench: pages and statements."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.ledger import StoredStatement
from onrecord.present import statement_fields
from onrecord.web._asked import Some, Spoken, When
from onrecord.web._bench import Here
from onrecord.web._found import statement_of
from onrecord.web._html import page
from onrecord.web._judged import told_of
from onrecord.web._review import seen_of
from onrecord.web._second import Sees, needs_another
from onrecord.web._sources import pages_from

router = APIRouter(default_response_class=HTMLResponse)

_UNREADABLE = 200
"""Places that could not be read that a page shows, in the order of the alphabet."""


@router.get("/pages")
def pages(
    request: Request,
    bench: Here,
    when: When,
    language: Spoken,
    some: Some,
    place: Annotated[str, Query(max_length=4000)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
) -> HTMLResponse:
    """The pages, those that the ledger learned of last first, and what could not be read; or those from one
    place, of which `_sources` tells."""
    if place:
        part = pages_from(bench, kind, place, some)
        return page(request, "pages_from.html", language, part=part, place=place, kind=kind)
    return page(
        request,
        "pages.html",
        language,
        part=bench.ledger.some_pages(
            some.limit, some.after, order="learned", newest=True, as_of=when.as_of, known_at=when.known_at
        ),
        unreadable=bench.ledger.some_unreadable(_UNREADABLE),
    )


@router.get("/statements/{id}")
def statement(request: Request, bench: Here, id: str, language: Spoken, sees: Sees) -> HTMLResponse:
    """A statement in its sentence, with all that is known of it."""
    stored = sees.statement(statement_of(bench, id))
    judgements = bench.ledger.judgements(subject=stored.id)
    return page(
        request,
        "statement.html",
        language,
        stored=stored,
        told=statement_fields(stored, bench.names(), language),
        sentence=_around(stored),
        names=bench.names(),
        judgements=told_of(bench, sees, judgements, language),
        seen=seen_of(judgements),
        blind=stored.id in sees.awaiting,
        one_only=needs_another(bench, stored.id) is not None,
    )


def _around(stored: StoredStatement) -> tuple[str, str, str]:
    """The sentence before its quote, the quote, and what stands behind. A quote that was mended on the way
    stands alone."""
    before, quote, behind = stored.sentence.partition(stored.statement.quote)
    return (before, quote, behind) if quote else ("", stored.statement.quote, "")
