"""Pages of the workbench: the suppliers that one follows, and what moved since the last visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse

from onrecord.alerts import LONG, own_changes
from onrecord.present import render_changes
from onrecord.standing import UnknownEntity
from onrecord.team import Channels, Follow, Person, Watching
from onrecord.web._asked import Spoken
from onrecord.web._bench import Bench, Here
from onrecord.web._errors import not_found
from onrecord.web._followed import begun
from onrecord.web._forms import see_other
from onrecord.web._html import addresses, page
from onrecord.web._naming import meant, offered
from onrecord.web._person import Who
from onrecord.web._watched import PATIENCE, cards

router = APIRouter(default_response_class=HTMLResponse)

_OFFERED = 8
"""Suppliers that are offered to who follows none."""

_FEED = timedelta(days=30)
"""How far back the feed goes: a reader that was off for a holiday misses nothing."""

Supplier = Annotated[str, Form(max_length=500)]
Back = Annotated[str, Form(max_length=1000)]


@router.get("/watch")
def watch(
    request: Request,
    bench: Here,
    person: Who,
    language: Spoken,
    supplier: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """The suppliers that one follows, each with what moved since the last visit."""
    # What is told of as seen is what was known before anything was shown.
    follows = Watching(bench.team).look(person.account, knew=bench.ledger.latest())
    chosen = [one for one in follows if supplier in ("", one.supplier)]
    found = cards(bench, chosen, language, patience=None if supplier else PATIENCE)
    keys = {one.supplier for one in follows}
    suppliers = [one for one in bench.suppliers()[: _OFFERED + len(keys)] if one.entity.key not in keys]
    return page(
        request,
        "watch.html",
        language,
        cards=[None if isinstance(one, Follow) else one for one in found],
        follows=chosen,
        all_follows=len(follows),
        offered=suppliers[:_OFFERED],
        names=offered(bench, language),
        failing=_failing(bench, person),
        alone=False,
        channels=Channels(bench.team).of(person.account),
    )


def _failing(bench: Bench, person: Person) -> list[str]:
    """The addresses of channels by which nothing gets through for long."""
    long_ago = datetime.now(UTC) - LONG
    return [
        one.wish.address
        for one in Channels(bench.team).of(person.account)
        if one.stopped or (one.failing is not None and one.failing < long_ago)
    ]


@router.get("/watch/of/{supplier:path}")
def one(request: Request, bench: Here, person: Who, language: Spoken, supplier: str) -> HTMLResponse:
    """One of them, as a part of the page."""
    follow = next((f for f in Watching(bench.team).follows(person.account) if f.supplier == supplier), None)
    if follow is None:
        raise not_found(f"You do not follow '{supplier}'.")
    [card] = cards(bench, [follow], language, patience=None)
    return page(request, "watch_card.html", language, card=card, alone=True)


@router.get("/watch/feed.atom")
def feed(request: Request, bench: Here, person: Who, language: Spoken) -> Response:
    """What moved of late for the suppliers that one follows, as an Atom feed."""
    since = datetime.now(UTC) - _FEED
    found = []
    for follow in Watching(bench.team).follows(person.account):
        try:
            found.append(own_changes(bench.ledger, follow.supplier, since=max(since, follow.since)))
        except UnknownEntity:
            continue
    # The same feed whomever one follows; other servers have others.
    of = f"{request.url.replace(query='')} {person.account}"
    to, here = addresses(request), request.app.state.public_url or str(request.base_url)
    told = render_changes(
        found, "atom", language=language, of=of, at=lambda key: here.rstrip("/") + to("suppliers", key)
    )
    return Response(told.encode("utf-8", "replace"), media_type="application/atom+xml")


@router.post("/watch/follow")
def follow(bench: Here, person: Who, supplier: Supplier, back: Back = "/watch") -> Response:
    """Follow a supplier."""
    begun(bench, person, meant(bench, supplier, "supplier"))
    return see_other(back, "done_followed")


@router.post("/watch/unfollow")
def unfollow(bench: Here, person: Who, supplier: Supplier, back: Back = "/watch") -> Response:
    """Follow it no longer."""
    Watching(bench.team).unfollow(person.account, supplier)
    return see_other(back, "done_unfollowed")


@router.post("/watch/seen")
def seen(bench: Here, person: Who, supplier: Supplier = "") -> Response:
    """What moved of one supplier, or of all, is new no longer."""
    Watching(bench.team).seen(person.account, supplier or None, knew=bench.ledger.latest())
    return see_other("/watch", "done_seen")
