"""Pages of the workbench: search over everything, narrowed by what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.ledger import SearchHit
from onrecord.present import ThingHit, plain
from onrecord.web._asked import Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._found import sentences_of
from onrecord.web._html import page
from onrecord.web._searched import Narrowed, Narrowing, Searched, searched
from onrecord.web._second import Sees, Sight

router = APIRouter(default_response_class=HTMLResponse)

_SHOWN = 20
"""Hits that a page of a search shows."""
_ASKED = 3 * _SHOWN
"""Places that are asked for: statements with the same quote become one hit."""

Pieces = list[tuple[str, bool]]
"""A text in pieces, and whether each was found."""


@dataclass(slots=True)
class _Place:
    """A place with its words, and the statements that have them as their quote: ids and sentences."""

    hit: SearchHit
    quote: str
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def pieces(self) -> Pieces:
        return _cut(self.hit.snippet, self.hit.marks)


@router.get("/search")
def search(
    request: Request,
    bench: Here,
    language: Spoken,
    narrowed: Narrowed,
    sees: Sees,
    q: Annotated[str, Query(max_length=500)] = "",
    after: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """The places and things that hold all words asked for, and to what they can be narrowed."""
    found = searched(bench, sees, q, narrowed, _SHOWN if narrowed.kind else _ASKED, after)
    places, taken = _together(bench, sees, found.places, language)
    behind = after + (taken if narrowed.kind is None else _SHOWN)
    return page(
        request,
        "search.html",
        language,
        q=q,
        found=found,
        places=places,
        things=[
            (kind, some, [_shown(bench, sees, hit, language) for hit in some.hits])
            for kind, some in found.things.items()
            if some.hits
        ],
        next=behind if found.more or taken < len(found.places) else None,
        facets=_offered(found, narrowed),
        narrowed=narrowed,
        taken=[(name, value, narrowed.having(name, None).asked()) for name, value in narrowed.told().items()],
    )


def _together(
    bench: Bench, sees: Sight, hits: Sequence[SearchHit], language: str
) -> tuple[list[_Place], int]:
    """Places as they are shown, those with the very same quote on the same page as one, and how many hits
    they take. Such stand side by side, since they fit alike."""
    found: list[_Place] = []
    said = sentences_of(
        bench, [hit.statement_id for hit in hits if hit.statement_id], language, sees.statement
    )
    for number, hit in enumerate(hits):
        quote, reads = said.get(hit.statement_id, ("", hit.statement_id)) if hit.statement_id else ("", "")
        last = found[-1] if found else None
        same = (
            hit.statement_id
            and last is not None
            and last.said
            and (last.hit.page_id, last.quote) == (hit.page_id, quote)
        )
        if last is None or not same:
            if len(found) == _SHOWN:
                return found, number
            last = _Place(hit, quote)
            found.append(last)
        if hit.statement_id:
            last.said.append((hit.statement_id, reads))
    return found, len(hits)


def _shown(bench: Bench, sees: Sight, hit: ThingHit, language: str) -> tuple[ThingHit, str, Pieces]:
    """A thing with what it is called, and the text of it that was found. A judgement is called as the
    statement that was judged reads."""
    statement = hit.thing.statement
    said = sentences_of(bench, [statement], language, sees.statement) if statement else {}
    name = said.get(statement, ("", statement))[1] if statement else hit.thing.name
    return hit, plain(name), _cut(hit.text, hit.marks)


def _offered(found: Searched, narrowed: Narrowing) -> list[tuple[str, list[tuple[str, int, dict[str, str]]]]]:
    """Each facet that is open and would tell apart what was found: its values, counts, and what asks for
    each."""
    taken = narrowed.told()
    return [
        (name, [(value, n, narrowed.having(name, value).asked()) for value, n in values])
        for name, values in found.facets.items()
        if name not in taken and (len(values) > 1 or values[0][1] < found.total)
    ]


def _cut(text: str, marks: Iterable[tuple[int, int]]) -> Pieces:
    pieces, at = [], 0
    for start, end in sorted(marks):
        if start >= at:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [*pieces, (text[at:], False)]
