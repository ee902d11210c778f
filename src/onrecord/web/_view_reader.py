"""Pages of the workbench: the reader, a page's original, and saying what a page says."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from onrecord.statements import SCOPES, STATUSES, TOPICS, TYPES
from onrecord.web._again import written_in
from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._by_hand import withdraw, withdrawals, withdrawn
from onrecord.web._errors import Problem
from onrecord.web._forms import see_other
from onrecord.web._found import FoundPage, page_called, page_of
from onrecord.web._html import address, page
from onrecord.web._judged import told_of
from onrecord.web._person import Who, needs
from onrecord.web._reader import around, in_text, marked, stretches
from onrecord.web._review import seen_of
from onrecord.web._saying import preview, say, saying_of, suggested
from onrecord.web._second import Sees

router = APIRouter(default_response_class=HTMLResponse)

_MOST_ORIGINAL = 300_000
"""Characters of an original that are shown beside the text; all of it is a link away."""
KINDS = ("company", "person", "body", "outlet", "role")


@router.get("/pages/{id}")
def reader(
    request: Request,
    bench: Here,
    who: Who,
    id: str,
    language: Spoken,
    sees: Sees,
    dropped: Annotated[str, Query()] = "",
    original: Annotated[str, Query()] = "",
    undo: Annotated[str, Query(pattern=r"^\d{0,9}$")] = "",
) -> HTMLResponse:
    """The reader: a page's text with its statements marked and beside it; whether it was withdrawn; on demand
    what was dropped, and the original."""
    found = page_of(bench, id)
    names = bench.names()
    told = [sees.told(one, names, language) for one in found.statements]
    blocks = tuple(marked(found.content, found.statements, found.unread))
    judged = withdrawals(bench, found.page.id)
    return page(
        request,
        "page.html",
        language,
        found=found,
        blocks=blocks,
        beside=_beside(found, len(blocks)),
        statements=told,
        stored=found.statements,
        shown={number for _, pieces in blocks for piece in pieces for number in piece.begins},
        names=names,
        show_dropped=bool(dropped),
        original=stretches(found.content, _MOST_ORIGINAL) if original else None,
        cut=len(found.content.original) > _MOST_ORIGINAL,
        may=who.may("reviewer"),
        undo=undo,
        withdrawn=withdrawn(judged),
        judged=told_of(bench, sees, judged, language),
        seen=seen_of(judged),
    )


def _beside(found: FoundPage, blocks: int) -> list[list[int]]:
    """For each block the numbers of the statements that begin in it; behind the last those that begin in
    none."""
    beside: list[list[int]] = [[] for _ in range(blocks + 1)]
    for number, one in enumerate(found.statements, 1):
        first, last = in_text(found.content, one.statement.start, one.statement.end)
        here = (
            at
            for at, block in enumerate(found.content.blocks)
            if first < last and block.start < last and block.end > first
        )
        beside[next(here, blocks)].append(number)
    return beside


@router.get("/pages/{id}/original")
def original_text(bench: Here, id: str) -> Response:
    """The text of the page's file, as it was decoded: never as a page of its own."""
    return original_of(page_of(bench, id))


def original_of(found: FoundPage) -> Response:
    """An original as plain text, in which a browser runs and loads nothing."""
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{found.page.id}.txt"',
    }
    text = found.content.original.encode("utf-8", "replace")
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


@router.post("/pages/{id}/withdraw", dependencies=[Depends(needs("reviewer"))])
def withdrawing(
    bench: Here,
    who: Who,
    id: str,
    on: Annotated[str, Form(max_length=20)] = "",
    why: Annotated[str, Form(max_length=4000)] = "",
    seen: Annotated[str, Form(max_length=10, pattern=r"\d*")] = "",
) -> RedirectResponse:
    """Note that its publisher withdrew the page."""
    found = page_called(bench, id)
    done = withdraw(bench, who, found.id, on, why.strip(), int(seen) if seen else None)
    return see_other(address("pages", found.id), "done_withdrawn", undo=done.id)


@router.get("/pages/{id}/say", dependencies=[Depends(needs("reviewer"))])
def saying(request: Request, bench: Here, id: str, language: Spoken) -> HTMLResponse:
    """The form in which a person says what some words of a page say, and how that will read. The words are
    given by their place in the text (`at`, `to`) or in the original (`start`, `end`), or are to be found
    (`words`)."""
    found = page_of(bench, id)
    form = written_in(request, "pages", id, "say")
    told = saying_of(found, form.all() or request.query_params)
    shown = None if told.start is None or told.end is None else (told.start, told.end)
    near, offered = suggested(bench, found, *shown, language) if shown else ((), ())
    asked = form.wrong is None and any(told.told[name] for name in ("actor", "target"))
    template = "say_preview.html" if request.query_params.get("part") == "preview" else "say.html"
    return page(
        request,
        template,
        language,
        found=found,
        form=form,
        told=told,
        sentence=around(found.content, *shown) if shown else None,
        choices=[(place, around(found.content, *place)) for place in told.places],
        preview=preview(bench, found, told, language) if asked else None,
        near=near,
        offered=offered,
        types=TYPES,
        statuses=STATUSES,
        topics=TOPICS,
        scopes=SCOPES,
        kinds=KINDS,
    )


@router.post("/pages/{id}/say", dependencies=[Depends(needs("reviewer"))])
async def said(request: Request, bench: Here, who: Who, id: str) -> Response:
    """Put on record what a person says of the page's words; back to the form where it is only to be seen how
    it will read."""
    form = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}

    def work() -> Response:
        found = page_of(bench, id)
        told = saying_of(found, form)
        if form.get("do") == "preview" or told.start is None:
            return see_other(f"/pages/{found.page.id}/say", **told.asked())
        passed = say(bench, found, told, who.name)
        return see_other(f"/pages/{found.page.id}", "done_stated", undo=passed.id)

    return await run_in_threadpool(work)


@router.post("/pages/{id}/unsay", dependencies=[Depends(needs("reviewer"))])
async def unsaid(request: Request, bench: Here, who: Who, id: str) -> Response:
    """Take back what a person said of the page's words."""
    number = str((await request.form()).get("number", ""))

    def work() -> Response:
        found = page_of(bench, id)
        passed = next((one for one in bench.ledger.judgements() if str(one.id) == number), None)
        if passed is None or passed.kind != "add" or passed.payload["page"] != found.page.id:
            raise Problem(400, "Nothing was said of this page under that number.")
        bench.ledger.undo(passed.id, who=who.name)
        return see_other(f"/pages/{found.page.id}", "done_unsaid")

    return await run_in_threadpool(work)
