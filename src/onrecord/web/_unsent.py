"""A form that was sent when its session was over. It is not done, and not lost: the page for signing in
carries what was written in a hidden field, and who then signs in to the account for which the form was made
finds it where it stood, to be sent by hand.

We keep nothing of it ourselves: anybody can send us forms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from urllib.parse import unquote

from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from onrecord.web._again import STOOD, Sent, fields_of, shown
from onrecord.web._forms import SAFE, WHOSE, fits, not_sent, own_path

MOST_BYTES = 256 * 1024
"""What a form may have that is carried: the longest of ours, 500 ticked statements, has a fifth of it. One
with larger files is not read at all before somebody is signed in."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not done: to which address it was sent, that of the page on which it `stood`, the mark
    of `whose` it is, and what was written in it."""

    address: str
    stood: str
    whose: str
    fields: Mapping[str, tuple[str, ...]]

    def told(self) -> str:
        """The same as one text, for a field of a form (`unsent_in`)."""
        return json.dumps(astuple(self), ensure_ascii=False)


def unsent_in(told: str) -> Unsent | None:
    """The form that a text tells; None where it tells none."""
    try:
        address, stood, whose, fields = json.loads(told)
        found = {str(name): tuple(map(str, values)) for name, values in fields.items()}
        return Unsent(_own(str(address)), _own(str(stood)), str(whose), found)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


async def unsent_by(request: Request) -> Unsent | None:
    """The form that somebody sends who is not signed in; None for what is none of a page of ours, and for
    what is too large."""
    length = request.headers.get("content-length", "")
    if request.method in SAFE or not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    try:
        async with request.form() as form:
            stood, whose, fields = str(form.get(STOOD, "")), str(form.get(WHOSE, "")), fields_of(form)
    except HTTPException:  # it is cut short, or no form
        return None
    if not stood or not whose:
        return None
    query = request.scope["query_string"].decode("latin-1")
    address = request.scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
    return Unsent(_own(address), _own(stood), whose, fields)


def _own(told: str) -> str:
    return own_path(told) if told.isascii() else "/"


def is_of(unsent: Unsent, whose: str) -> bool:
    """Whether a form was made for the account of that mark."""
    return fits(unsent.whose, whose)


async def back_at_form(request: Request, unsent: Unsent, cookie: str) -> Response | None:
    """The page on which a form stood, as who shows a cookie gets it, with what was written; None where it
    has no such form any more, or nothing that could be written in it."""
    path = unquote(unsent.address.partition("?")[0])
    return await shown(request, unsent.stood, Sent(path, unsent.fields, not_sent()), cookie)
