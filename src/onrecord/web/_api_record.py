"""The API: suppliers, standing, pages, statements, search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from onrecord.entities import EntityKind
from onrecord.lists import current_lists
from onrecord.present import (
    hit_fields,
    judgement_fields,
    page_fields,
    supplier_fields,
    thing_fields,
)
from onrecord.shapes import (
    Dossier,
    Items,
    OverTime,
    Page,
    PageRead,
    Searched,
    Standings,
    Statement,
    Supplier,
    SupplierChanges,
    Totals,
)
from onrecord.standing import Concerning
from onrecord.statements import StatementType, Status
from onrecord.web._asked import MOST, Known, Some, Spoken, When
from onrecord.web._bench import Here
from onrecord.web._by_hand import withdrawals, withdrawn
from onrecord.web._found import (
    Which,
    kinds_asked,
    page_of,
    statement_of,
    statements_asked,
)
from onrecord.web._html import address
from onrecord.web._json import Json, listed, told
from onrecord.web._long import ChangesJson, DossierJson, OverTimeJson, StandingsJson
from onrecord.web._searched import Narrowed, searched
from onrecord.web._second import Sees

router = APIRouter(tags=["record"])

KindAsked = Annotated[list[EntityKind] | None, Query(description="Of actors of these kinds; else of states.")]
SuppliersAsked = Annotated[
    str | None, Query(max_length=2000, description="On these alone, by any names, with commas between.")
]
MostAsked = Annotated[int, Query(ge=1, le=MOST, description="Else on so many that are told of most.")]
Words = Annotated[str, Query(max_length=500, description="What to look for; quoted words stand together.")]
InLanguage = Annotated[str | None, Query(description="Only in this language (ISO 639).", max_length=10)]


@router.get("/counts", response_class=Json, response_model=Totals)
def counts(bench: Here) -> Json:
    """How much is on record, as the workbench's first page tells it."""
    held = bench.counts()
    return Json(
        {
            "ledger": str(bench.ledger.place),
            "pages": held.pages,
            "statements": held.statements,
            "entities": held.entities,
            "suppliers": len(bench.suppliers()),
            "unread": held.unread,
            "unreadable": held.unreadable,
            "waiting": len(bench.mentions()),
            "lists": len(current_lists(bench.ledger)),
        }
    )


@router.get("/suppliers", response_class=Json, response_model=Items[Supplier])
def suppliers(bench: Here, some: Some) -> Json:
    """The companies that statements are about, those told of most first."""
    return listed(some.of(bench.suppliers(), lambda one: one.entity.key), supplier_fields)


@router.get("/suppliers/{name:path}/dossier", response_class=Json, response_model=Dossier)
def dossier(bench: Here, name: str, when: When, language: Spoken) -> Response:
    """Everything on record about a supplier, by any of its names: the shape `onrecord.dossier/1`."""
    return told(bench.text(DossierJson(name, when, language)))


@router.get("/suppliers/{name:path}/over-time", response_class=Json, response_model=OverTime)
def over_time(bench: Here, name: str, when: When, language: Spoken) -> Response:
    """How many actors stood where on a supplier in each period, and who turned when: the shape
    `onrecord.over-time/1`."""
    return told(bench.text(OverTimeJson(name, when, language)))


@router.get("/suppliers/{name:path}/changes", response_class=Json, response_model=SupplierChanges)
def changes(
    bench: Here,
    name: str,
    known_at: Known,
    language: Spoken,
    since: Annotated[
        str, Query(max_length=20, description="What was not on record yet on this day: 2019-01-01.")
    ],
    until: Annotated[
        str | None, Query(max_length=20, description="Only what had been published by then.")
    ] = None,
) -> Response:
    """What moved about a supplier between two dates: positions, cases, accusations and denials, each with the
    lines that tell it: the shape `onrecord.changes/1`."""
    return told(bench.text(ChangesJson(name, since, until or None, known_at, language)))


@router.get("/standing", response_class=Json, response_model=Standings)
def standing(
    bench: Here,
    when: When,
    language: Spoken,
    suppliers: SuppliersAsked = None,
    kind: KindAsked = None,
    most: MostAsked = 100,
) -> Response:
    """Where all actors of some kinds stand on many suppliers: the shape `onrecord.standings/1`."""
    kinds = kinds_asked(kind)
    return told(bench.text(StandingsJson(suppliers, kinds, most, when, language)))


@router.get("/pages", response_class=Json, response_model=Items[Page])
def pages(bench: Here, when: When, some: Some, in_language: InLanguage = None) -> Json:
    """The pages, oldest first, without their text."""
    held = bench.ledger.some_pages(
        some.limit, some.after, language=in_language or None, as_of=when.as_of, known_at=when.known_at
    )
    return listed(held, page_fields)


@router.get("/pages/{id}", response_class=Json, response_model=PageRead)
def page(bench: Here, id: str, language: Spoken, sees: Sees) -> Json:
    """A page by the beginning of its id: its text, statements, unread sentences, what was dropped, and
    whether its publisher withdrew it."""
    found = page_of(bench, id)
    gone = withdrawn(withdrawals(bench, found.page.id))
    text = found.content.original
    return Json(
        {
            **page_fields(found.page),
            "text": found.content.text,
            "statements": [sees.told(one, bench.names(), language) for one in found.statements],
            "unread_sentences": [
                {"sentence": one.sentence, "names": list(one.unread.names)} for one in found.unread
            ],
            "dropped": [
                {"start": run.start, "end": run.end, "reason": run.reason, "text": text[run.start : run.end]}
                for run in found.dropped
            ],
            "withdrawn": judgement_fields(gone) if gone is not None else None,
        }
    )


@router.get("/statements", response_class=Json, response_model=Items[Statement])
def statements(
    bench: Here,
    when: When,
    some: Some,
    language: Spoken,
    sees: Sees,
    entity: Annotated[str | None, Query(max_length=500, description="Who acts, is meant or says it.")] = None,
    other: Annotated[
        str | None, Query(max_length=500, description="And who acts, is meant or says it beside.")
    ] = None,
    page: Annotated[str | None, Query(description="Only on the page whose id begins so.")] = None,
    in_language: InLanguage = None,
    type: Annotated[StatementType | None, Query(description="Only of this type.")] = None,
    status: Annotated[Status | None, Query(description="Only of this status.")] = None,
    judged: Annotated[
        bool | None, Query(description="Only those that a person judged, or that nobody did.")
    ] = None,
    of: Annotated[
        Concerning | None,
        Query(
            description="Of the entity only those that count and to which it is a party, or all those that "
            "its dossier counts; or those of its dossier that were rejected, or whose page was withdrawn "
            "(`discounted`; none that await you as the second who judges them)."
        ),
    ] = None,
) -> Json:
    """Statements: of one entity, of one page, or all. Those that were rejected say so (`counts`); one that
    awaits you as the second who judges it is told as it was read."""
    which = Which(entity, other, page, in_language, type, status, judged, of)
    held = statements_asked(bench, which, some, when, sees.awaiting)
    names = bench.names()
    return listed(held, lambda one: sees.told(one, names, language))


@router.get("/statements/{id}", response_class=Json, response_model=Statement)
def statement(bench: Here, id: str, language: Spoken, sees: Sees) -> Json:
    """A statement by the beginning of its id."""
    return Json(sees.told(statement_of(bench, id), bench.names(), language))


@router.get("/search", response_class=Json, response_model=Searched)
def search(
    bench: Here,
    q: Words,
    narrowed: Narrowed,
    sees: Sees,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Places at most.")] = 50,
    after: Annotated[int, Query(ge=0, le=10_000, description="How many of the best to leave out.")] = 0,
) -> Json:
    """The places that hold all words asked for, in any of their forms, the best first; the first entities,
    entries of lists, parties of registers and judgements that hold them; and to what the search can be
    narrowed, each value with how many there are. Narrowed to one of these kinds, `limit` and `after` are of
    it."""
    found = searched(bench, sees, q, narrowed, limit, after)
    return Json(
        {
            "items": [hit_fields(one) for one in found.places],
            "next": after + limit if found.more else None,
            "things": {
                kind: {"items": [thing_fields(one, address) for one in some.hits], "total": some.total}
                for kind, some in found.things.items()
            },
            "unread_registers": list(found.unread),
            "facets": {name: dict(values) for name, values in found.facets.items()},
            "counted": found.counted.counted,
            "counted_all": not found.counted.more,
        }
    )
