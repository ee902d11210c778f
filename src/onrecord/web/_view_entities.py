"""Pages of the workbench: entities, names that wait, and two names side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from onrecord.ledger import Called, Part
from onrecord.standing import Concerning
from onrecord.statements import StatementType
from onrecord.web._again import refuse
from onrecord.web._asked import Some, Spoken, When
from onrecord.web._bench import Bench, Here
from onrecord.web._entity_acts import Acts, family
from onrecord.web._errors import Problem
from onrecord.web._forms import see_other
from onrecord.web._found import Which, known_of, statements_asked
from onrecord.web._html import address, page
from onrecord.web._naming import meant, offered
from onrecord.web._person import Who, needs
from onrecord.web._second import Sees
from onrecord.web._side_by_side import called_of, side_by_side
from onrecord.web._view_suppliers import KINDS

router = APIRouter(default_response_class=HTMLResponse)
acts = APIRouter(dependencies=[Depends(needs("reviewer"))])
"""What changes something."""

_MENTIONS = 50
"""Names waiting that a page shows, those told of most first."""
_TAKEN = ("company", "person", "body", "outlet")
"""Kinds as which a mention can be recognised."""

Field = Annotated[str, Form(max_length=500)]
Why = Annotated[str, Form(max_length=2000)]


@router.get("/entities")
def entities(
    request: Request,
    bench: Here,
    language: Spoken,
    some: Some,
    kind: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """The entities, and the names that wait to be recognised with the nearest of those known."""
    held = tuple(one for one in bench.entities() if kind in ("", one.entity.kind))
    waiting = [one for one in bench.mentions() if kind in ("", one.stored.entity.kind)]
    return page(
        request,
        "entities.html",
        language,
        part=some.of(held, lambda one: one.entity.key),
        waiting=waiting[:_MENTIONS],
        waiting_all=len(waiting),
        names=offered(bench, language),
        kind=kind,
        kinds=KINDS,
    )


@router.get("/entities/{name:path}")
def entity(
    request: Request,
    bench: Here,
    name: str,
    when: When,
    language: Spoken,
    some: Some,
    sees: Sees,
    other: Annotated[str, Query(max_length=500)] = "",
    type: Annotated[StatementType | Literal[""], Query()] = "",
    of: Annotated[str, Query(pattern="^(party|dossier|discounted|)$")] = "",
) -> HTMLResponse:
    """An entity: its names by language, what it belongs to, what was judged of it, and the statements in
    which it acts, is meant or says it, or those `of` its dossier, as of a day where one is asked for; those
    alone in which another one does so too, or those of a type."""
    stored = known_of(bench, name)
    key = stored.entity.key
    names = bench.names()
    which = Which(entity=key, other=other, type=type, of=cast(Concerning, of) or None)
    part = statements_asked(bench, which, some, when, sees.awaiting) if stored.pages else Part((), 0, None, 0)
    return page(
        request,
        "entity.html",
        language,
        stored=stored,
        part=part,
        narrowed={name: told for name, told in (("type", type), ("other", other)) if told},
        of=of,
        left_out=bool(sees.awaiting),
        statements=[sees.told(one, names, language) for one in part.items],
        pages={one.page_id: one.title or one.locator for one in part.items},
        called=_by_language(called_of(bench, key)),
        family=family(bench, key),
        judgements=_judged(bench, key),
        others=[one for one in offered(bench, language) if one[1] != key],
        kinds=_TAKEN,
    )


@router.get("/compare")
def compare(
    request: Request,
    bench: Here,
    language: Spoken,
    sees: Sees,
    a: Annotated[str, Query(max_length=500)] = "",
    b: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """Two names side by side with what each rests on, to say whether they are one."""
    found = None
    try:
        if a.strip() and b.strip():
            one, other = (meant(bench, told, field, unnamed=True) for field, told in (("a", a), ("b", b)))
            found = side_by_side(bench, sees, one, other, language)
    except Problem as problem:
        refuse(request, {"a": a, "b": b}, problem)
    return page(
        request,
        "compare.html",
        language,
        status=200 if found or not (a.strip() and b.strip()) else 422,
        found=found,
        a=a,
        b=b,
        names=offered(bench, language),
    )


def _by_language(called: Sequence[Called]) -> list[tuple[str | None, list[Called]]]:
    """Names by the language of the pages that know them; first, under "", those of every language."""
    held: dict[str | None, list[Called]] = {}
    for one in called:
        # A name that no page gives is the catalogue's, without a language where it is read in all.
        held.setdefault(one.language or (None if one.pages else ""), []).append(one)
    common = (
        set.intersection(*({one.name for one in some} for some in held.values())) if len(held) > 1 else set()
    )
    pages = Counter[str]()
    for one in called:
        pages[one.name] += one.pages
    everywhere = [Called(name, None, pages[name]) for name in sorted(common, key=lambda n: (-pages[n], n))]
    own = {language: [one for one in some if one.name not in common] for language, some in held.items()}
    return [("", everywhere)] * bool(everywhere) + [(code, some) for code, some in own.items() if some]


def _judged(bench: Bench, key: str) -> list[Any]:
    """What was judged of an entity: also that another one is it, or is it on a page."""
    return [
        one
        for one in bench.kept("judgements", bench.ledger.judgements)
        if one.kind in ("merge", "split", "recognise", "dismiss", "position")
        and key in (one.subject, one.payload.get("into"))
    ]


@acts.post("/entities/merge")
def merge(bench: Here, who: Who, key: Field, into: Field, why: Why = "") -> RedirectResponse:
    """Say that two names are one."""
    done = Acts(bench, who).merge(key, into, why)
    return see_other(address("entities", done.payload["into"]), "done_merged", undo=done.id)


@acts.post("/entities/split")
def split(bench: Here, who: Who, key: Field, page: Field, into: Field, why: Why = "") -> RedirectResponse:
    """Say that a name means another on one page."""
    done = Acts(bench, who).split(key, page, into, why)
    return see_other(address("entities", key), "done_split", undo=done.id)


@acts.post("/entities/recognise")
def recognise(
    bench: Here,
    who: Who,
    key: Field,
    kind: Field = "",
    called: Field = "",
    also: Annotated[str, Form(max_length=5000)] = "",
    country: Field = "",
    part_of: Field = "",
    why: Why = "",
) -> RedirectResponse:
    """Say what a mention is."""
    done = Acts(bench, who).recognise(
        key, kind=kind, called=called, also=also.split(";"), country=country, part_of=part_of, why=why
    )
    return see_other(address("entities", done.subject), "done_recognised", undo=done.id)


@acts.post("/entities/dismiss")
def dismiss(bench: Here, who: Who, key: Field, why: Why = "") -> RedirectResponse:
    """Say that a mention is nobody's name."""
    done = Acts(bench, who).dismiss(key, why)
    return see_other("/entities", "done_dismissed", undo=done.id)


@acts.post("/entities/undo")
def undo(
    bench: Here,
    who: Who,
    judgement: Annotated[int, Form()],
    back: Annotated[str, Form(max_length=5000)] = "/entities",
) -> RedirectResponse:
    """Take a judgement of entities back, of where one stands, or of a page."""
    Acts(bench, who).undo(judgement)
    return see_other(back, "done_undone")


router.include_router(acts)
