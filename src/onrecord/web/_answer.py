"""What is answered where something cannot be done."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match

from onrecord.present import ENGLISH
from onrecord.web._acts import STANDS, act_at
from onrecord.web._again import again, asked_again
from onrecord.web._asked import preferred
from onrecord.web._errors import Problem
from onrecord.web._forms import SAFE
from onrecord.web._html import address, page
from onrecord.web._signing import sign_in_page
from onrecord.web._unsent import unsent_by


async def answer_problem(request: Request, problem: Problem) -> Response:
    """What is said of a problem: under /api a `application/problem+json`; of a form the page on which it
    stands, with what was written, or the page for signing in, which keeps that; else a page of its own."""
    headers = {**problem.headers, **({"Allow": problem.allow} if problem.allow else {})}
    if request.url.path.startswith("/api/"):
        return JSONResponse(
            problem.fields(request.url.path), problem.status, headers, media_type="application/problem+json"
        )
    if (shown := await again(request, problem) or await asked_again(request, problem)) is not None:
        return shown
    if _asks_for_act(request, problem):
        return RedirectResponse(_form_of(request), HTTPStatus.SEE_OTHER)
    try:
        language = preferred(request)
    except Problem:
        language = ENGLISH
    if problem.status == HTTPStatus.UNAUTHORIZED and (unsent := await unsent_by(request)) is not None:
        return sign_in_page(request, language, unsent.stood, unsent=unsent, status=problem.status)
    answer = page(
        request,
        "problem.html",
        language,
        status=problem.status,
        problem=problem,
        form=None if request.method in SAFE else _form_of(request),
    )
    answer.headers.update(headers)
    return answer


def _asks_for_act(request: Request, problem: Problem) -> bool:
    """Whether an address is asked for to which a form is sent, as who loads a refused form anew does. A page
    that has the same address says itself what is wrong."""
    if request.method not in SAFE or problem.status not in (
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
    ):
        return False
    act = act_at(request.url.path)
    own = getattr(request.scope.get("route"), "path", None)
    return act is not None and (problem.status == HTTPStatus.METHOD_NOT_ALLOWED or own != act)


def _form_of(request: Request) -> str:
    """Where a form stood that is sent to the address of a request: the nearest page above, unless another is
    known (`STANDS`)."""
    segments = request.url.path.strip("/").split("/")
    while segments:
        place = address(*segments)
        if place in STANDS:
            return STANDS[place]
        segments.pop()
        scope = {**request.scope, "path": address(*segments), "method": "GET"}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            return address(*segments)
    return address()
