"""Pages of the workbench: signing in and out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from onrecord.team import AccountError, Wait
from onrecord.web._asked import Spoken
from onrecord.web._errors import Problem
from onrecord.web._forms import own_path, see_other
from onrecord.web._identity import Asking, Door
from onrecord.web._openid import FLOW_SECONDS, OpenIdError, Provider
from onrecord.web._signing import sign_in_page
from onrecord.web._unsent import MOST_BYTES, back_at_form, is_of, unsent_in
from onrecord.web._words import Words

router = APIRouter(default_response_class=HTMLResponse)

Next = Annotated[str, Query(max_length=4000)]
_BACK = "/sign-in/openid/back"


@router.get("/sign-in")
def sign_in(request: Request, asking: Asking, language: Spoken, next: Next = "/") -> Response:
    """The form to sign in; who is signed in, or works alone, goes on."""
    if asking.person is not None:
        return see_other(next)
    return sign_in_page(request, language, next)


@router.post("/sign-in")
async def signed_in(
    request: Request,
    door: Door,
    language: Spoken,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=10_000)] = "",
    next: Annotated[str, Form(max_length=4000)] = "/",
    unsent: Annotated[str, Form(max_length=2 * MOST_BYTES)] = "",
) -> Response:
    """Sign in. The same is said, after the same time, of a wrong password and of a name that nobody has. Who
    had written something before finds it in its form again; nobody else does."""
    if not door.guarded():
        return see_other("/")
    kept = unsent_in(unsent) if unsent else None
    found = await run_in_threadpool(
        door.sign_in.by_password, name, password, request.client.host if request.client else ""
    )
    match found:
        case Wait(seconds):
            wrong = Words(language)("sign_in_wait", -(-seconds // 60))
            status = HTTPStatus.TOO_MANY_REQUESTS
            answer = sign_in_page(request, language, next, name=name, wrong=wrong, unsent=kept, status=status)
            answer.headers["Retry-After"] = str(seconds)
            return answer
        case None:
            wrong, status = Words(language)("sign_in_wrong"), HTTPStatus.FORBIDDEN
            return sign_in_page(request, language, next, name=name, wrong=wrong, unsent=kept, status=status)
    token = await run_in_threadpool(door.begin, request, found)
    if kept is None:
        done: Response = see_other(next)
    elif is_of(kept, door.whose(found.id)):
        back = await back_at_form(request, kept, f"{door.cookie(request)}={token}")
        done = back or see_other(kept.stood, "done_unsent")
    else:
        done = see_other(next, "done_not_yours")
    door.keep(request, done, token)
    return done


@router.post("/sign-out")
def sign_out(request: Request, door: Door) -> Response:
    """End the session."""
    door.leave(request)
    done = see_other("/sign-in", "done_signed_out")
    done.delete_cookie(door.cookie(request), path="/", secure=door.secure, httponly=True, samesite="lax")
    return done


@router.get("/sign-in/openid")
def openid(request: Request, door: Door, next: Next = "/") -> Response:
    """On to the provider, to sign in there."""
    try:
        address, kept = _provider(request).begin(door.marks, _redirect(request), own_path(next))
    except OpenIdError as error:
        raise Problem(HTTPStatus.BAD_GATEWAY, str(error)) from error
    answer = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    door.set(answer, _flow_cookie(request, door), kept, FLOW_SECONDS)
    return answer


@router.get(_BACK)
def back(request: Request, door: Door) -> Response:
    """Back from the provider: who it vouches for is signed in, with an account from the first time on."""
    kept = request.cookies.get(_flow_cookie(request, door), "")
    try:
        vouched, after = _provider(request).finish(
            door.marks, kept, dict(request.query_params), _redirect(request)
        )
        account = door.sign_in.by_provider(
            vouched.issuer, vouched.subject, vouched.name, vouched.role, vouched.email
        )
    except (OpenIdError, AccountError) as error:
        raise Problem(HTTPStatus.FORBIDDEN, str(error)) from error
    answer = see_other(after)
    door.admit(request, answer, account)
    door.set(answer, _flow_cookie(request, door), "", 0)
    return answer


def _provider(request: Request) -> Provider:
    provider = cast(Provider | None, request.app.state.provider)
    if provider is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    return provider


def _redirect(request: Request) -> str:
    """Where the provider sends the browser: under the name by which it came, which the guard checked."""
    origin = cast(str | None, request.app.state.public_url)
    return f"{origin or 'http://' + request.headers['host']}{_BACK}"


def _flow_cookie(request: Request, door: Door) -> str:
    return f"{door.cookie(request)}-openid"
