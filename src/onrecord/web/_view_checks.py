"""Pages of the workbench: what a check of a register found, filtered, compared, and to be saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from onrecord.exposure import Finding, FindingKind
from onrecord.ledger import Part
from onrecord.present import CheckView, today
from onrecord.web._asked import Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._evidence import Evidence, evidence_of
from onrecord.web._files import file_of
from onrecord.web._found import pack_of, sentences_of
from onrecord.web._html import page
from onrecord.web._registers import Found, check_asked, compared
from onrecord.web._second import Sees, Sight

router = APIRouter(default_response_class=HTMLResponse)

_SOME = 50
"""Findings that a page shows."""
_LISTED = 500
"""Things of each kind that a page lists."""

Kind = Annotated[FindingKind | Literal[""], Query()]
Side = Annotated[Literal["", "against", "open", "for"], Query()]
Relation = Annotated[Literal["", "direct", "reached"], Query()]


@router.get("/checks/{number:int}")
def findings(
    request: Request,
    bench: Here,
    sees: Sees,
    number: int,
    language: Spoken,
    kind: Kind = "",
    side: Side = "",
    relation: Relation = "",
    only: Annotated[Literal["", "new"], Query()] = "",
    after: Annotated[int, Query(ge=0, le=10**8)] = 0,
) -> HTMLResponse:
    """The findings of a check, the gravest first, each with its evidence; and what was not looked at."""
    found = check_asked(bench, number)
    view = found.view(language)
    places = found.places(kind, side, relation, only == "new")
    told = [_told(view, found.check.findings[place]) for place in places.some(after, _SOME)]
    more = after + len(told)
    part = Part(tuple(told), len(places), str(more) if more < len(places) else None, after)
    return page(
        request,
        "check.html",
        language,
        found=found,
        view=view,
        part=part,
        quotes=_quotes(bench, sees, language, told),
        when=_when(found, found.kept.learned_at),
        counts=found.counts(),
        kind=kind,
        side=side,
        relation=relation,
        only=only,
        most=_LISTED,
        job=bench.jobs.of(("check", found.kept.name)),
    )


@router.get("/checks/{number:int}/compare")
def compare(request: Request, bench: Here, sees: Sees, number: int, language: Spoken) -> HTMLResponse:
    """What is new, gone and changed against the check before it."""
    found = check_asked(bench, number)
    view = found.view(language)
    told = compared(found)
    new, gone = ([_told(view, one) for one in some[:_LISTED]] for some in (told.new, told.gone))
    changed = [(_told(view, was), _told(view, now)) for was, now in told.changed[:_LISTED]]
    return page(
        request,
        "check_compared.html",
        language,
        found=found,
        view=view,
        parts=[
            ("new", len(told.new), new),
            ("gone", len(told.gone), gone),
        ],
        changed=changed,
        quotes=_quotes(bench, sees, language, [*new, *(now for _, now in changed)]),
        changed_in_all=len(told.changed),
        when=_when(found, found.kept.learned_at),
        before=_when(found, datetime.fromisoformat(found.check.last or found.kept.learned_at.isoformat())),
        most=_LISTED,
    )


@router.get("/checks/{number:int}/check.{form}")
def saved(bench: Here, number: int, form: str, language: Spoken) -> Response:
    """The whole check as a file: XLSX, HTML or JSON."""
    return file_of(check_asked(bench, number), form, language)


@router.get("/rules/{pack}")
def rules(request: Request, pack: str, language: Spoken) -> HTMLResponse:
    """A pack of rules: what each says, when it is in force, and where that stands."""
    return page(request, "rules.html", language, pack=pack_of(pack), today=today())


def _when(found: Found, made: datetime) -> dict[str, str]:
    """What an address asks to be told what was on record when a check was made."""
    until = (made + timedelta(seconds=1)).astimezone(UTC)
    return {"as_of": found.kept.detail.get("asked") or "", "known_at": until.strftime("%Y-%m-%dT%H:%M:%SZ")}


Told = tuple[object, str, str, Evidence]


def _quotes(bench: Bench, sees: Sight, language: str, told: Iterable[Told]) -> dict[str, tuple[str, str]]:
    """By the ids of the statements behind some findings what stands on the page of each."""
    named = dict.fromkeys(id for *_, evidence in told for id in evidence.statements)
    return sentences_of(bench, list(named), language, sees.statement)


def _told(view: CheckView, finding: Finding) -> Told:
    """A finding in words, its line with what it says, and its evidence."""
    return view.told(finding), view.heading(finding.line), view.note(finding.line), evidence_of(finding)
