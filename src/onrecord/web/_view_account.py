"""Pages of the workbench: one's own account: password, sessions, tokens."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi import Path as PathParameter
from fastapi.responses import HTMLResponse, Response

from onrecord.team import ROLES, SHORTEST, Account, Role, Wait
from onrecord.web._asked import Spoken
from onrecord.web._errors import Problem
from onrecord.web._forms import see_other
from onrecord.web._html import page
from onrecord.web._identity import Asking, Door, Identity, own_account
from onrecord.web._person import Who, needs

Number = Annotated[int, PathParameter(ge=1, lt=2**31)]

router = APIRouter(default_response_class=HTMLResponse, dependencies=[Depends(needs("reader"))])


@router.get("/account")
def account(request: Request, door: Door, who: Who, asking: Asking, language: Spoken) -> Response:
    """One's own account. Who works alone has none, and is shown how to make some."""
    if who.account is None:
        return see_other("/accounts")
    return _shown(request, door, own_account(door, who), asking, language)


@router.post("/account/password")
def password(
    request: Request,
    door: Door,
    who: Who,
    current: Annotated[str, Form(max_length=10_000)] = "",
    new: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Change one's password. All sessions end; this browser gets another one."""
    mine = own_account(door, who)
    address = request.client.host if request.client else ""
    match door.sign_in.by_password(mine.name, current, address):
        case Wait(seconds):
            minutes = -(-seconds // 60)
            raise Problem(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"Too much went wrong. Try again in {minutes} min.",
                headers={"Retry-After": str(seconds)},
                field="current",
                key="sign_in_wait",
                words={"n": minutes},
            )
        case None:
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "That is not your password now.",
                field="current",
                key="password_wrong",
            )
    door.accounts.set_password(mine.name, new, by=who.name)
    done = see_other("/account", "done_password")
    door.admit(request, done, mine)
    return done


@router.post("/account/sessions/{id}/end")
def end_session(door: Door, who: Who, id: Number) -> Response:
    """End another session of one's own."""
    door.sessions.end(own_account(door, who).id, id)
    return see_other("/account", "done_session")


@router.post("/account/tokens")
def add_token(
    request: Request,
    door: Door,
    who: Who,
    asking: Asking,
    language: Spoken,
    name: Annotated[str, Form(max_length=200)] = "",
    role: Annotated[Role, Form()] = "reader",
    days: Annotated[str, Form(pattern=r"^\s*\d{0,4}\s*$")] = "",
) -> Response:
    """Make a token. It is shown in the answer to the form itself: what is shown once has no address at which
    it could be asked for again."""
    mine = own_account(door, who)
    token = door.tokens.add(mine, name, role=role, days=int(days) if days.strip() else None, by=who.name)
    return _shown(request, door, mine, asking, language, token)


@router.post("/account/tokens/{id}/revoke")
def revoke_token(door: Door, who: Who, id: Number) -> Response:
    """Have a token of one's own hold no longer."""
    door.tokens.revoke(id, by=who.name, account=own_account(door, who).id)
    return see_other("/account", "done_token_revoked")


def _shown(
    request: Request,
    door: Identity,
    mine: Account,
    asking: Asking,
    language: str,
    token: str | None = None,
) -> HTMLResponse:
    answer = page(
        request,
        "account.html",
        language,
        account=mine,
        sessions=door.sessions.of(mine.id),
        current=asking.session.id if asking.session else None,
        tokens=door.tokens.of(mine.id),
        roles=ROLES[: ROLES.index(mine.role) + 1],
        shortest=SHORTEST,
        token=token,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
