"""The API: who asks, their tokens and sessions, and for administrators the accounts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Path as PathParameter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from onrecord import shapes
from onrecord.team import Role, Wait, account_fields, deed_fields, session_fields, token_fields
from onrecord.web._asked import Some
from onrecord.web._errors import Problem, conflict
from onrecord.web._identity import Asker, Asking, Door, own_account
from onrecord.web._json import Json, listed
from onrecord.web._person import Who, needs

router = APIRouter(tags=["accounts"])

_administrator = [Depends(needs("administrator"))]
Number = Annotated[int, PathParameter(ge=1, lt=2**31, description="The number that the list gives.")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewAccount(_Body):
    """An account to be made."""

    name: str = Field(min_length=1, max_length=64)
    role: Role
    password: str = Field(max_length=1000)
    email: str | None = Field(None, max_length=320)


class AccountChanges(_Body):
    """What is to be changed of an account; what is left out stays."""

    role: Role | None = None
    email: str | None = Field(None, max_length=320, description="Empty for none.")
    password: str | None = Field(None, max_length=1000)
    disabled: bool | None = None


class NewPassword(_Body):
    """A password to take the place of another."""

    current: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


class NewToken(_Body):
    """A token to be made."""

    name: str = Field(min_length=1, max_length=64, description="What it is for.")
    role: Role | None = Field(None, description="At most that of the account, which it is if left out.")
    days: int | None = Field(None, ge=1, le=3660, description="Days for which it holds; else until revoked.")


@router.get("/me", response_class=Json, response_model=shapes.Me)
def me(who: Who) -> Json:
    """Who asks: the name that judgements are signed with, and the role."""
    return Json({"name": who.name, "role": who.role, "account": who.account is not None})


@router.put(
    "/me/password",
    status_code=HTTPStatus.NO_CONTENT,
    response_class=Response,
    responses={HTTPStatus.TOO_MANY_REQUESTS: {"description": "Too many wrong ones; `Retry-After` says."}},
)
def password(request: Request, door: Door, who: Who, asking: Asking, body: NewPassword) -> Response:
    """Change your password. All sessions end; the browser that sent this gets another one. Only who is signed
    in changes it, no token."""
    _signed_in(asking)
    mine = own_account(door, who)
    match door.sign_in.by_password(mine.name, body.current, request.client.host if request.client else ""):
        case Wait(seconds):
            detail = f"Too many wrong passwords were given. Wait {seconds} seconds."
            again = {"Retry-After": str(seconds)}
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, headers=again)
        case None:
            raise Problem(HTTPStatus.FORBIDDEN, "That is not your password.")
    door.accounts.set_password(mine.name, body.new, by=who.name)
    done = Response(status_code=HTTPStatus.NO_CONTENT)
    door.admit(request, done, mine)
    return done


@router.get("/tokens", response_class=Json, response_model=shapes.Items[shapes.Token])
def tokens(door: Door, who: Who, some: Some) -> Json:
    """The tokens of who asks, the last made first."""
    return listed(some.of(door.tokens.of(own_account(door, who).id), lambda one: str(one.id)), token_fields)


@router.post(
    "/tokens",
    response_class=Json,
    response_model=shapes.MadeToken,
    status_code=HTTPStatus.CREATED,
    responses=conflict("The account cannot have such a token."),
)
def add_token(door: Door, who: Who, asking: Asking, body: NewToken) -> Json:
    """Make a token, which is told this once. Only who is signed in makes one, no token another."""
    _signed_in(asking)
    mine = own_account(door, who)
    token = door.tokens.add(mine, body.name, role=body.role, days=body.days, by=who.name)
    answer = Json({"token": token, **token_fields(door.tokens.of(mine.id)[0])}, HTTPStatus.CREATED)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.delete("/tokens/{id}", status_code=HTTPStatus.NO_CONTENT)
def revoke_token(door: Door, who: Who, id: Number) -> Response:
    """Have a token of who asks hold no longer."""
    door.tokens.revoke(id, by=who.name, account=own_account(door, who).id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/sessions", response_class=Json, response_model=shapes.Items[shapes.Session])
def sessions(door: Door, who: Who, some: Some) -> Json:
    """The browsers in which who asks is signed in, the last used first."""
    held = door.sessions.of(own_account(door, who).id)
    return listed(some.of(held, lambda one: str(one.id)), session_fields)


@router.delete("/sessions/{id}", status_code=HTTPStatus.NO_CONTENT)
def end_session(door: Door, who: Who, asking: Asking, id: Number) -> Response:
    """End a session of who asks."""
    _signed_in(asking)
    door.sessions.end(own_account(door, who).id, id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get(
    "/accounts", response_class=Json, response_model=shapes.Items[shapes.Account], dependencies=_administrator
)
def accounts(door: Door, some: Some) -> Json:
    """All accounts, by name."""
    return listed(some.of(door.accounts.all(), lambda one: one.name), account_fields)


@router.post(
    "/accounts",
    response_class=Json,
    response_model=shapes.Account,
    status_code=HTTPStatus.CREATED,
    responses=conflict("The name is taken, or the account cannot be so."),
    dependencies=_administrator,
)
def add(door: Door, who: Who, body: NewAccount) -> Json:
    """Make an account."""
    made = door.accounts.add(
        body.name, body.role, password=body.password, email=body.email or None, by=who.name
    )
    return Json(account_fields(made), HTTPStatus.CREATED)


@router.get(
    "/accounts/{name}", response_class=Json, response_model=shapes.Account, dependencies=_administrator
)
def account(door: Door, name: str) -> Json:
    """An account."""
    return Json(account_fields(door.accounts.get(name)))


@router.get(
    "/accounts/{name}/tokens",
    response_class=Json,
    response_model=shapes.Items[shapes.Token],
    dependencies=_administrator,
)
def tokens_of(door: Door, name: str, some: Some) -> Json:
    """The tokens of an account, the last made first."""
    held = door.tokens.of(door.accounts.get(name).id)
    return listed(some.of(held, lambda one: str(one.id)), token_fields)


@router.delete("/accounts/{name}/tokens/{id}", status_code=HTTPStatus.NO_CONTENT, dependencies=_administrator)
def revoke_token_of(door: Door, who: Who, name: str, id: Number) -> Response:
    """Have a token of an account hold no longer."""
    door.tokens.revoke(id, by=who.name, account=door.accounts.get(name).id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.patch(
    "/accounts/{name}",
    response_class=Json,
    response_model=shapes.Account,
    responses=conflict("The account cannot be changed so."),
    dependencies=_administrator,
)
def change(door: Door, who: Who, name: str, body: AccountChanges) -> Json:
    """Change an account. A new password, or disabling it, ends its sessions."""
    account = door.accounts.get(name)
    if body.password is not None:
        account = door.accounts.set_password(name, body.password, by=who.name)
    if body.email is not None:
        account = door.accounts.set_email(name, body.email or None, by=who.name)
    if body.role is not None:
        account = door.accounts.set_role(name, body.role, by=who.name)
    if body.disabled is not None:
        change = door.accounts.disable if body.disabled else door.accounts.enable
        account = change(name, by=who.name)
    return Json(account_fields(account))


@router.get(
    "/account-log", response_class=Json, response_model=shapes.Items[shapes.Deed], dependencies=_administrator
)
def account_log(door: Door, some: Some) -> Json:
    """What was done with accounts and by whom, the last first."""
    return listed(door.accounts.some_log(some.limit, some.after), deed_fields)


def _signed_in(asking: Asker) -> None:
    """`Problem` for a token: one that leaked could else make others that outlive it."""
    if asking.session is None:
        raise Problem(HTTPStatus.FORBIDDEN, "Sign in for this on the page /account: no token may do it.")
