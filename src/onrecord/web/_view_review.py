"""Pages of the workbench: review by keyboard, its list, its progress, and what needs a second person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from onrecord.language import installed_languages
from onrecord.ledger import StoredStatement
from onrecord.present import statement_fields
from onrecord.standing import Wanted, rows_of
from onrecord.statements import SCOPES, STATUSES, TOPICS, TYPES
from onrecord.team import Reviews
from onrecord.web._agreement import agreements
from onrecord.web._asked import Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._context import context_of
from onrecord.web._errors import Problem
from onrecord.web._forms import see_other
from onrecord.web._found import statement_of
from onrecord.web._html import page
from onrecord.web._judged import told_of
from onrecord.web._naming import meant, offered, shown
from onrecord.web._person import Who, needs
from onrecord.web._review import (
    MOST_AT_ONCE,
    Asked,
    Case,
    case_of,
    disagreed,
    fields_of,
    judge,
    last_by,
    pairs,
    queue_for,
    some_of,
    undo,
)
from onrecord.web._reviewers import done as done_of
from onrecord.web._reviewers import set_rule
from onrecord.web._second import Kind, Sees, Sight, needs_another, rule_of, waiting_for_second

router = APIRouter(default_response_class=HTMLResponse)

_COMING = 8
"""Statements that come next, beside the one at hand."""
_LISTED = 50
"""Statements that a page of the list shows."""

_ALL = Wanted()
_DONE = {
    "accept": "done_review_accepted",
    "reject": "done_review_rejected",
    "correct": "done_review_corrected",
}

Number = Annotated[str, Form(max_length=10, pattern=r"\d*")]
Short = Annotated[str, Form(max_length=500)]
Why = Annotated[str, Form(max_length=4000)]
After = Annotated[int, Query(ge=0, le=2**31)]
JUDGES = [Depends(needs("reviewer"))]


@router.get("/review")
def review(
    request: Request, bench: Here, person: Who, wanted: Asked, language: Spoken, sees: Sees,
    at: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:  # fmt: skip
    """The statement at hand, and those that come next."""
    queue = queue_for(bench, person, wanted)
    place, stored = 0, None
    if at:
        stored = statement_of(bench, at)
        row = rows_of(bench.ledger, [stored.id]).get(stored.id)
        found = None if row is None else queue.place(row)
        place = -1 if found is None else found
    some = some_of(bench, queue, place, place + 1 + _COMING) if place >= 0 else []
    coming = some[1:] if some else some_of(bench, queue, 0, _COMING)
    before = some_of(bench, queue, place - 1, place) if place > 0 else []
    queued = some[0][0] if some else None
    if stored is None and some:
        stored = some[0][1]
    at_hand: dict[str, Any] = {"case": None}
    if stored is not None:
        at_hand = _at_hand(bench, sees, case_of(bench, person, stored, queued), language)
    done = next((one for one in done_of(bench) if one.who == person.name), None)
    return page(
        request,
        "review.html",
        language,
        **at_hand,
        queue=queue,
        place=place,
        coming=[(one, sees.told(said, bench.names(), language)) for one, said in coming],
        before=before[0][1].id if before else None,
        filters=fields_of(wanted),
        types=TYPES,
        statuses=STATUSES,
        topics=TOPICS,
        scopes=SCOPES,
        in_languages=installed_languages(),
        names=offered(bench, language),
        in_field=partial(shown, bench, language=language),
        done=done,
        last=last_by(bench, person) if person.may("reviewer") else None,
        apart_all=len(disagreed(bench)),
    )


def _at_hand(bench: Bench, sees: Sight, case: Case, language: str) -> dict[str, Any]:
    """What the page shows of a statement: its fields, the words around it, what else its sentence says, and
    what was judged of it."""
    stored = case.stored
    content = bench.ledger.content(stored.page_id)
    others = [
        one
        for one in bench.ledger.statements(page=stored.page_id)
        if one.id != stored.id and one.statement.sentence_start == stored.statement.sentence_start
    ]
    return {
        "case": case,
        "judged": told_of(bench, sees, case.judgements, language),
        "told": statement_fields(stored, bench.names(), language),
        "context": context_of(content, stored.statement) if content else None,
        "others": [sees.told(one, bench.names(), language) for one in others],
        "one_only": needs_another(bench, stored.id) is not None and not case.blind,
        "apart": any(pair.statement == stored.id for pair in disagreed(bench)),
    }


@router.post("/review/judge", dependencies=JUDGES)
def judging(
    bench: Here,
    person: Who,
    wanted: Asked,
    language: Spoken,
    statement: Short,
    kind: Annotated[Kind, Form()],
    why: Why = "",
    seen: Number = "",
    next: Short = "",
    back: Short = "",
    type: Short = "",
    actor: Short = "",
    target: Short = "",
    status: Short = "",
    topic: Short = "",
    scope: Short = "",
    when: Short = "",
    source: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Judge the statement at hand, and go on to the next."""
    stored = statement_of(bench, statement)
    changes: dict[str, Any] | None = None
    if kind == "correct":
        seen_so = case_of(bench, person, stored).stored
        told = (type, actor, target, status, topic, scope, when, source)
        changes = _changes(bench, seen_so, dict(zip(_CORRECTED, told, strict=True)), language)
        if not changes:
            raise Problem(HTTPStatus.BAD_REQUEST, "Nothing was changed.", field="type", key="wrong_unchanged")
    passed = judge(bench, person, kind, [stored.id], why=why.strip(), changes=changes, seen=_number(seen))
    return _on(back, wanted, _DONE[kind], undo=passed.id, at=next)


_CORRECTED = ("type", "actor", "target", "status", "topic", "scope", "when", "source")


def _changes(bench: Bench, stored: StoredStatement, told: Mapping[str, str], language: str) -> dict[str, Any]:
    """The fields that a form tells otherwise than they are shown; names become the keys of whom they name."""
    found: dict[str, Any] = {}
    for name, text in told.items():
        held = getattr(stored.statement, name)
        if name == "source":
            # As it is shown, which a name with a comma in it would not be told from.
            if text != ", ".join(shown(bench, key, language) for key in held):
                keys = [
                    meant(bench, part, name, unnamed=True) for one in text.split(",") if (part := one.strip())
                ]
                if keys != list(held):
                    found[name] = keys
            continue
        value = text.strip() or None
        if value is not None and name in ("actor", "target"):
            value = held if value == held else meant(bench, value, name, unnamed=True)
        if value != held:
            found[name] = value
    return found


@router.post("/review/several", dependencies=JUDGES)
def several(
    bench: Here,
    person: Who,
    wanted: Asked,
    kind: Annotated[Kind, Form()],
    statement: Annotated[list[str] | None, Form(max_length=MOST_AT_ONCE)] = None,
    why: Why = "",
    seen: Number = "",
) -> Response:
    """Accept or reject what was ticked, as one judgement."""
    if not statement:
        raise Problem(
            HTTPStatus.BAD_REQUEST, "Nothing was ticked.", field="statement", key="wrong_none_ticked"
        )
    passed = judge(bench, person, kind, statement, why=why.strip(), changes=None, seen=_number(seen))
    return _on("/review/list", wanted, "done_review_several", undo=passed.id)


@router.post("/review/skip", dependencies=JUDGES)
def skip(bench: Here, person: Who, wanted: Asked, statement: Short, next: Short = "") -> Response:
    """Put the statement at hand off, and go on to the next."""
    found = statement_of(bench, statement)
    Reviews(bench.team).skip(person.name, found.id)
    return _on("", wanted, "done_review_skipped", skipped=found.id, at=next)


@router.post("/review/undo", dependencies=JUDGES)
def undoing(
    bench: Here,
    person: Who,
    wanted: Asked,
    judgement: Number = "",
    skipped: Short = "",
    back: Short = "",
) -> Response:
    """Take back what was done last: a judgement, or that a statement was put off."""
    if skipped:
        found = statement_of(bench, skipped)
        Reviews(bench.team).unskip(person.name, found.id)
        return _on(back, wanted, "done_review_back", at=found.id)
    number = _number(judgement) or 0
    of = next((one.of for one in bench.ledger.judgements() if one.id == number), ())
    undo(bench, person, number, "")
    return _on(back, wanted, "done_review_undone", at=of[0] if len(of) == 1 else "")


def _on(back: str, wanted: Asked, said: str, **asked: object) -> Response:
    """Go on where one was; in review what was asked of the queue stays asked."""
    if back:
        asked.pop("at", None)
    if back in ("", "/review/list"):
        asked = {**fields_of(wanted), **asked}
    return see_other(back or "/review", said, **asked)


def _number(told: str) -> int | None:
    return int(told) if told else None


@router.get("/review/list")
def listed(
    request: Request, bench: Here, person: Who, wanted: Asked, language: Spoken, sees: Sees,
    show: Annotated[str, Query(pattern="^(queue|one|apart|)$")] = "",
    after: After = 0,
) -> HTMLResponse:  # fmt: skip
    """What waits, to be judged several at once; what has one reviewer only; on what two disagree."""
    queue = queue_for(bench, person, wanted)
    one_only, apart = waiting_for_second(bench), disagreed(bench)
    some: list[Any] = []
    if show in ("", "queue"):
        some = some_of(bench, queue, after, after + _LISTED)
    elif show == "one":
        some = [(None, statement_of(bench, id)) for id in one_only[after : after + _LISTED]]
    else:
        some = [(pair, statement_of(bench, pair.statement)) for pair in apart[after : after + _LISTED]]
    total = {"": len(queue), "queue": len(queue), "one": len(one_only), "apart": len(apart)}[show]
    names = bench.names()
    rows = [(about, sees.told(one, names, language)) for about, one in some]
    return page(
        request,
        "review_list.html",
        language,
        show=show or "queue",
        rows=rows,
        total=total,
        begin=after,
        next=after + _LISTED if after + _LISTED < total else None,
        queue=queue,
        one_all=len(one_only),
        apart_all=len(apart),
        seen=max((one.id for one in bench.ledger.judgements()), default=0),
        filters=fields_of(wanted),
        types=TYPES,
        in_languages=installed_languages(),
    )


@router.get("/review/progress")
def progress(request: Request, bench: Here, person: Who, language: Spoken) -> HTMLResponse:
    """Who judged how much, what waits, and how far those who judged the same agree."""
    told = pairs(bench)
    return page(
        request,
        "review_progress.html",
        language,
        done=done_of(bench),
        agreements=agreements(told),
        pairs=len(told),
        apart_all=len(disagreed(bench)),
        one_all=len(waiting_for_second(bench)),
        left=len(queue_for(bench, person, _ALL)),
    )


@router.get("/review/settings")
def settings(request: Request, bench: Here, language: Spoken) -> HTMLResponse:
    """What needs a second person."""
    return page(request, "review_settings.html", language, rule=rule_of(bench), types=TYPES)


@router.post("/review/settings", dependencies=[Depends(needs("administrator"))])
def set_settings(
    bench: Here,
    person: Who,
    type: Annotated[list[str] | None, Form(max_length=len(TYPES))] = None,
    stakes: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Say what needs a second person."""
    try:
        least = float(stakes.strip().replace(",", ".")) if stakes.strip() else None
    except ValueError:
        least = -1.0
    set_rule(bench, person, type or (), least)
    return _on("/review/settings", _ALL, "done_review_settings")
