"""The page for signing in, which also keeps what somebody wrote who was not signed in any more."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from fastapi import Request
from fastapi.responses import HTMLResponse

from onrecord.web._forms import own_path
from onrecord.web._html import page
from onrecord.web._openid import Provider
from onrecord.web._unsent import Unsent


def sign_in_page(
    request: Request,
    language: str,
    next: str,
    *,
    name: str = "",
    wrong: str | None = None,
    unsent: Unsent | None = None,
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    """The form to sign in, from which one goes on at an address of ours; `unsent` is what was written before,
    and not sent."""
    provider = cast(Provider | None, request.app.state.provider)
    return page(
        request,
        "sign_in.html",
        language,
        status=status,
        next=own_path(next),
        account=name,
        wrong=wrong,
        unsent=unsent,
        provider=provider.label if provider else None,
    )
