"""Forms: that one comes from a page of ours, and what follows when it was done."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from onrecord.web._errors import Problem


class DoneAlready(Exception):
    """The same form was done just now; `location` is where its answer led (`_once`)."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


SAFE = ("GET", "HEAD")
"""The methods that change nothing."""

FIELD = "csrf"
"""The field of every form that holds the token; scripts send it as the header X-CSRF-Token."""
WHOSE = "whose"
"""The field of every form that tells for whose account it was made, by a mark that outlives the session."""


# Browsers take a backslash for a slash, and leave out tabs and ends of lines.
_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def own_path(told: str) -> str:
    """An address of ours that somebody told; the first page where it leads, or could lead, elsewhere."""
    return told if _OURS.fullmatch(told) else "/"


def masked(mark: str, place: str) -> str:
    """The mark of an asker as an answer at a place holds it: other bytes at every address, since answers are
    compressed, and who can have us repeat guesses beside a secret could else tell it by their length (BREACH,
    https://www.breachattack.com). At one address it is always the same, as an ETag asks for."""
    secret = hashlib.sha256(mark.encode()).digest()
    mask = hashlib.sha256(b"\0".join((secret, place.encode("utf-8", "replace")))).digest()
    return base64.urlsafe_b64encode(mask + _mixed(secret, mask)).decode()


def fits(told: str, mark: str) -> bool:
    """Whether what was sent is the mark of that asker, masked for whatever place."""
    try:
        raw = base64.urlsafe_b64decode(told.encode("ascii"))
    except ValueError:
        return False
    half = hashlib.sha256().digest_size
    if len(raw) != 2 * half:
        return False
    return hmac.compare_digest(_mixed(raw[half:], raw[:half]), hashlib.sha256(mark.encode()).digest())


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


async def from_our_page(request: Request) -> None:
    """A dependency of all pages: what changes something carries the token that our pages hold, which no page
    of another site can read. `Problem` where it does not; `DoneAlready`. The form is kept with the request,
    to be shown again (`_again`): also one that was made for who asks in a session before this one."""
    if request.method in SAFE:
        return
    told = request.headers.get("x-csrf-token")
    form = None
    if told is None:
        form = await request.form()
        told = _told(form, FIELD)
    if not fits(told, str(request.state.csrf)):
        if form is not None and request.state.person and fits(_told(form, WHOSE), str(request.state.whose)):
            request.state.form = form
            raise not_sent()
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "This form was not made for you, or has grown old. Go back, load the page anew; send it again.",
        )
    request.state.form = form
    if form is not None and request.state.person is not None:
        deed = await request.app.state.once.begin(str(request.state.csrf), request.url.path, form)
        if isinstance(deed, str):
            raise DoneAlready(deed)
        request.state.deed = deed


def not_sent() -> Problem:
    """That a form was sent when its session was over: it is shown again, and acts when it is sent anew."""
    return Problem(
        HTTPStatus.FORBIDDEN,
        "You had been signed out, so this was not sent. Look at it, and send it again.",
        key="wrong_unsent",
    )


def _told(form: FormData, field: str) -> str:
    return str(form.get(field, ""))


def staying(location: str, language: str) -> str:
    """Where an answer leads, in the language that the request named: within the workbench it stays named."""
    if not language or not _OURS.fullmatch(location):
        return location
    address, hash, part = location.partition("#")
    path, _, query = address.partition("?")
    told = parse_qsl(query, keep_blank_values=True)
    if not any(name == "language" for name, _ in told):
        address = f"{path}?{urlencode([*told, ('language', language)])}"
    return address + hash + part


def see_other(path: str, said: str | None = None, **asked: object) -> RedirectResponse:
    """Go on at an address of ours after a form was done. `said` is the message that the page then shows: its
    key begins with `done_`; `undo=N` beside it offers to undo the judgement of that number. A language that
    the form's address named is added on the way out (`staying`)."""
    path = own_path(path)
    told = {"said": said, **asked}
    query = urlencode({key: str(value) for key, value in told.items() if value not in (None, "")})
    joined = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{joined}{query}" if query else path, HTTPStatus.SEE_OTHER)
