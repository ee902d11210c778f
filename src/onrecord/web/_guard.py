"""What stands before every answer: who may ask, what may be asked, and the headers that keep it harmless."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.present import today
from onrecord.team import Person
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem, problem_of
from onrecord.web._forms import SAFE
from onrecord.web._static import static_digest

NAMES = ("localhost", "127.0.0.1", "[::1]")
"""The names of this machine's loopback. A page elsewhere can point its own name at the loopback (DNS
rebinding), but the browser then still sends that name as the host."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",
    "Vary": "Accept-Language, HX-Request, Cookie",
}
"""Of every answer. `no-cache` lets a browser keep it, but ask each time whether it still holds."""

UNMARKED = ("/audit", "/api/v1/audit")
"""What the ledger's state does not tell of: the audit looks for changes behind the log."""

MOST_BYTES = 64 * 2**20
"""What a request may carry: a register of a million lines."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

Answer = Callable[[Request, Problem], Response]
_log = logging.getLogger("onrecord.web")


class Guard:
    """Middleware: refuses what is not for us, answers 304 where the asker has it, adds the headers."""

    def __init__(self, app: ASGIApp, bench: Bench, answer: Answer, person: Person) -> None:
        self.app, self.bench, self.answer, self.person = app, bench, answer, person
        self._csrf = secrets.token_urlsafe(24)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        head = scope["method"] == "HEAD"
        refused = _refused(request)
        request.state.person = self.person
        request.state.csrf = self._csrf
        receive = _bounded(receive)
        begun = False
        tag: str | None = None

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if tag is not None and message["status"] == HTTPStatus.OK:
                    headers["ETag"] = tag
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            if refused is not None:
                raise refused
            tag = await self._tag(request)
            if tag is not None and tag in _held(request):
                answer = Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
                await answer(scope, receive, told)
                return
            await self.app({**scope, "method": "GET"} if head else scope, receive, told)
        except Exception as error:
            if begun:
                raise
            problem = problem_of(error)
            if problem is None:
                _log.error("%s %s: %s: %s", scope["method"], scope["path"], type(error).__name__, error)
                _log.debug("in full", exc_info=error)
                problem = Problem(
                    HTTPStatus.INTERNAL_SERVER_ERROR,
                    "On Record itself failed here. Please report it with the address of this page.",
                )
            tag = None
            await self.answer(request, problem)(scope, receive, told)

    async def _tag(self, request: Request) -> str | None:
        """The strong entity tag of what is asked: the same only where the answer is, byte for byte."""
        if request.method not in SAFE or request.url.path in UNMARKED:
            return None
        if request.url.path.startswith("/static/"):
            state = static_digest()
        else:
            state = await run_in_threadpool(self.bench.state)
        parts = (
            _version(),
            state,
            today().isoformat(),
            request.scope["raw_path"].decode("latin-1"),
            request.scope["query_string"].decode("latin-1"),
            request.headers.get("accept-language", ""),
            request.headers.get("hx-request", ""),
            repr(request.state.person),
            request.state.csrf,
        )
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        return f'"{digest}"'


@cache
def _version() -> str:
    return version("onrecord")


def _held(request: Request) -> set[str]:
    return {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}


def _refused(request: Request) -> Problem | None:
    """Why a request is not for us; None where it is."""
    if not _is_ours(request.headers, request.scope["server"]):
        return Problem(
            HTTPStatus.MISDIRECTED_REQUEST,
            "This is a workbench for one person on one machine. Open it under the address that "
            "`onrecord serve` printed.",
        )
    if request.method not in METHODS:
        return Problem(HTTPStatus.METHOD_NOT_ALLOWED, "Nothing here is asked by this method.")
    if request.method not in SAFE and not _from_us(request):
        return Problem(
            HTTPStatus.FORBIDDEN, "Another site's page sent this. Open the workbench itself and do it there."
        )
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MOST_BYTES:
        return _too_much()
    asked = request.scope["path"] + unquote(request.scope["query_string"].decode("latin-1"))
    if "\0" in asked:
        return Problem(HTTPStatus.BAD_REQUEST, "A NUL character stands in the address. Leave it out.")
    return None


def _from_us(request: Request) -> bool:
    """Whether a request that changes something comes from a page of ours, or from no page at all: browsers
    say which site's page sent it (Fetch Metadata, Origin), and no page can have them say otherwise."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and origin == "null":
        # Under our Referrer-Policy a browser sends our own forms so.
        origin = None
    return site in (None, "none", "same-origin") and origin in (None, f"http://{request.headers['host']}")


def _too_much() -> Problem:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"More than {MOST_BYTES // 2**20} MB were sent. Send less at once, or use the command line.",
    )


def _bounded(receive: Receive) -> Receive:
    """The body of a request as it comes, up to what one may carry."""
    had = 0

    async def some() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > MOST_BYTES:
            raise _too_much()
        return message

    return some


def _is_ours(headers: Headers, server: tuple[str, int | None]) -> bool:
    hosts = headers.getlist("host")
    if len(hosts) != 1:
        return False
    port = server[1]
    ours = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
    return hosts[0].lower() in ours
