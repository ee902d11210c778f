"""Pages of the workbench: all accounts, for administrators."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from onrecord.team import ROLES, SHORTEST, Role
from onrecord.web._asked import Spoken
from onrecord.web._forms import see_other
from onrecord.web._html import page
from onrecord.web._identity import Door
from onrecord.web._person import Who, needs
from onrecord.web._view_account import Number

router = APIRouter(default_response_class=HTMLResponse, dependencies=[Depends(needs("administrator"))])

Password = Annotated[str, Form(max_length=10_000)]
_DEEDS = 100
"""Of what was done with accounts, the last that the page shows."""


@router.get("/accounts")
def accounts(request: Request, door: Door, language: Spoken) -> HTMLResponse:
    """The accounts, a form for another, and what was done with them."""
    held = door.accounts.all()
    return page(
        request,
        "accounts.html",
        language,
        accounts=held,
        deeds=door.accounts.log(_DEEDS),
        roles=ROLES if held else ("administrator",),
        shortest=SHORTEST,
    )


@router.post("/accounts")
def add(
    door: Door,
    who: Who,
    name: Annotated[str, Form(max_length=200)] = "",
    role: Annotated[Role, Form()] = "reader",
    email: Annotated[str, Form(max_length=320)] = "",
    password: Password = "",
) -> Response:
    """Make an account. Once there is one, all have to sign in, who made it too."""
    door.accounts.add(name, role, password=password, email=email.strip() or None, by=who.name)
    return see_other("/accounts", "done_account")


@router.get("/accounts/{name}")
def one(request: Request, door: Door, name: str, language: Spoken) -> HTMLResponse:
    """One account, and forms to change it."""
    account = door.accounts.get(name)
    return page(
        request,
        "accounts_one.html",
        language,
        account=account,
        tokens=door.tokens.of(account.id),
        roles=ROLES,
        shortest=SHORTEST,
    )


@router.post("/accounts/{name}/role")
def set_role(door: Door, who: Who, name: str, role: Annotated[Role, Form()]) -> Response:
    """Give an account another role."""
    return _done(door.accounts.set_role(name, role, by=who.name).name, "done_role")


@router.post("/accounts/{name}/email")
def set_email(door: Door, who: Who, name: str, email: Annotated[str, Form(max_length=320)] = "") -> Response:
    """Give an account another address for e-mail, or none."""
    return _done(door.accounts.set_email(name, email.strip() or None, by=who.name).name, "done_email")


@router.post("/accounts/{name}/password")
def set_password(door: Door, who: Who, name: str, password: Password = "") -> Response:
    """Give an account another password, and end its sessions."""
    return _done(door.accounts.set_password(name, password, by=who.name).name, "done_account_password")


@router.post("/accounts/{name}/disable")
def disable(door: Door, who: Who, name: str) -> Response:
    """Let nobody in under that name."""
    return _done(door.accounts.disable(name, by=who.name).name, "done_disabled")


@router.post("/accounts/{name}/enable")
def enable(door: Door, who: Who, name: str) -> Response:
    """Let them in again."""
    return _done(door.accounts.enable(name, by=who.name).name, "done_enabled")


@router.post("/accounts/{name}/tokens/{id}/revoke")
def revoke(door: Door, who: Who, name: str, id: Number) -> Response:
    """Have a token of an account hold no longer."""
    account = door.accounts.get(name)
    door.tokens.revoke(id, by=who.name, account=account.id)
    return _done(account.name, "done_token_revoked")


def _done(name: str, said: str) -> Response:
    return see_other(f"/accounts/{quote(name, safe='')}", said)
