"""What is answered where something cannot be done."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.routing import Match

from onrecord.present import ENGLISH
from onrecord.web._again import again
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
    if (shown := await again(request, problem)) is not None:
        return shown
    try:
        language = preferred(request)
    except Problem:
        language = ENGLISH
    if problem.status == HTTPStatus.UNAUTHORIZED and (unsent := await unsent_by(request)) is not None:
        return sign_in_page(request, language, unsent.stood, unsent=unsent, status=problem.status)
    answer = page(
        request, "problem.html", language, status=problem.status, problem=problem, form=_form_of(request)
    )
    answer.headers.update(headers)
    return answer


def _form_of(request: Request) -> tuple[str, ...]:
    """Where a form that could not be done stood, as segments of its address: the nearest page above what it
    was sent to. Empty for what was no form, or stood nowhere."""
    segments = request.url.path.strip("/").split("/")[:-1] if request.method not in SAFE else []
    while segments:
        scope = {**request.scope, "path": address(*segments), "method": "GET"}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            return tuple(segments)
        segments.pop()
    return ()
