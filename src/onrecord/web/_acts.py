"""What the forms of the workbench do, and by which operation the API does the same: a script must never have
to fill in a form. A test holds that every act stands here; the description of the API tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from starlette.routing import compile_path

ACTS: Mapping[str, str] = {
    "POST /pages/{id}/say": "POST /statements",
    "POST /pages/{id}/unsay": "POST /judgements/{id}/undo",
    "POST /pages/{id}/withdraw": "POST /pages/{id}/withdraw",
    "POST /positions": "POST /positions",
    "POST /watch/follow": "PUT /watch/{supplier}",
    "POST /watch/unfollow": "DELETE /watch/{supplier}",
    "POST /watch/seen": "POST /watch/seen",
    "POST /watch/channels": "POST /channels",
    "POST /watch/channels/remove": "DELETE /channels/{id}",
    "POST /watch/channels/test": "POST /channels/{id}/test",
    "POST /review/judge": "POST /judgements",
    "POST /review/several": "POST /judgements",
    "POST /review/skip": "PUT /review/skipped/{id}",
    "POST /review/undo": "POST /judgements/{id}/undo",
    "POST /review/settings": "PUT /review/settings",
    "POST /entities/merge": "POST /entities/merge",
    "POST /entities/split": "POST /entities/split",
    "POST /entities/recognise": "POST /entities/recognise",
    "POST /entities/dismiss": "POST /entities/dismiss",
    "POST /entities/undo": "POST /judgements/{id}/undo",
    "POST /uploads/list": "POST /lists/preview",
    "POST /uploads/list/{token}": "POST /lists",
    "POST /uploads/register": "POST /register/preview",
    "POST /uploads/register/{token}": "POST /register",
    "POST /register/{name}/checks": "POST /checks",
    "POST /sources/retry": "POST /sources/retry",
    "POST /sources/upload": "POST /sources",
    "POST /account/password": "PUT /me/password",
    "POST /account/sessions/{id}/end": "DELETE /sessions/{id}",
    "POST /account/tokens": "POST /tokens",
    "POST /account/tokens/{id}/revoke": "DELETE /tokens/{id}",
    "POST /accounts": "POST /accounts",
    "POST /accounts/{name}/role": "PATCH /accounts/{name}",
    "POST /accounts/{name}/email": "PATCH /accounts/{name}",
    "POST /accounts/{name}/password": "PATCH /accounts/{name}",
    "POST /accounts/{name}/disable": "PATCH /accounts/{name}",
    "POST /accounts/{name}/enable": "PATCH /accounts/{name}",
    "POST /accounts/{name}/tokens/{id}/revoke": "DELETE /accounts/{name}/tokens/{id}",
}
"""By each act of the workbench, its method and path, the operation of the API, under /api/v1."""

OF_BROWSERS: Mapping[str, str] = {
    "POST /sign-in": "It begins a browser's session; a program sends its token with each request.",
    "POST /sign-out": "It ends the session that a browser holds; DELETE /sessions/{id} ends any.",
}
"""Acts that only a browser has, with the reason. The language is named in each request, and light or dark is
the browser's own choice: neither is an act."""

STANDS: Mapping[str, str] = {
    "/watch/channels": "/watch/settings",
    "/review/several": "/review/list",
    "/uploads/list": "/lists",
    "/uploads/register": "/register",
}
"""Where the form of an act stands, and of those below it, where that is not the nearest page above."""


def act_at(path: str) -> str | None:
    """The path, as it stands in `ACTS`, of the act that is done at an address; None where none is."""
    return next((told for told, fits in _paths() if fits.match(path)), None)


@cache
def _paths() -> tuple[tuple[str, re.Pattern[str]], ...]:
    told = (act.partition(" ")[2] for act in (*ACTS, *OF_BROWSERS))
    return tuple((path, compile_path(path)[0]) for path in told)
