"""What stands before every answer: who may ask, what may be asked, and the headers that keep it harmless."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.present import languages, today
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem, problem_of
from onrecord.web._followed import mark_of_followed
from onrecord.web._forms import SAFE, staying
from onrecord.web._identity import Asker, Identity
from onrecord.web._once import Deed
from onrecord.web._packing import takes_gzip
from onrecord.web._second import mark_of_second
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
    "Vary": "Accept-Language, Accept-Encoding, HX-Request, Cookie",
}
"""Of every answer. `no-cache` lets a browser keep it, but ask each time whether it still holds."""

UNMARKED = ("/audit", "/account", "/accounts", "/sign-in", "/watch", "/review")
"""What the ledger's state does not tell of, with what is below it, under /api/v1 as well: the audit looks for
changes behind the log; accounts, what a person follows and what waits for a second pair of eyes are no part
of the record."""
UNMARKED_PAGES = ("/statements",)
"""The same of pages alone: they tell who judged meanwhile, and whether a second person is needed."""
UNMARKED_API = ("/channels", "/me", "/tokens", "/sessions", "/account-log")
_STATIC = "/static/"

MOST_BYTES = 64 * 2**20
"""What a request may carry: a register of a million lines."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

Answer = Callable[[Request, Problem], Awaitable[Response]]
_log = logging.getLogger("onrecord.web")


class Guard:
    """Middleware: refuses what is not for us and who may not ask, answers 304 where the asker has it, adds
    the headers. `public` is the origin under which we are reached beside the names of the loopback, `scheme`
    how we are reached under those."""

    def __init__(
        self,
        app: ASGIApp,
        bench: Bench,
        answer: Answer,
        identity: Identity,
        public: str | None = None,
        scheme: str = "http",
    ) -> None:
        self.app, self.bench, self.answer, self.identity = app, bench, answer, identity
        self._public, self._scheme = public, scheme
        self._name = public.partition("://")[2] if public is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        receive = _bounded(receive)
        request = Request(scope, receive)
        head = scope["method"] == "HEAD"
        _known(request, Asker(None, ""))
        begun = False
        tag: str | None = None

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if "location" in headers:
                    headers["Location"] = staying(headers["Location"], _named(request))
                if tag is not None and message["status"] == HTTPStatus.OK:
                    headers["ETag"] = tag
                if message["status"] == HTTPStatus.SEE_OTHER:
                    _over(request, headers["Location"])
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            self._check(request)
            if not scope["path"].startswith(_STATIC):
                asker = await run_in_threadpool(self.identity.asker, request)
                _known(request, asker)
                away = self.identity.turned_away(request, asker)
                if away is not None:
                    await away(scope, receive, told)
                    return
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
            answer = await self.answer(request, problem)
            await answer(scope, receive, told)
        finally:
            _over(request, None)

    async def _tag(self, request: Request) -> str | None:
        """The strong entity tag of what is asked: the same only where the answer is, byte for byte."""
        path: str = request.scope["path"]
        if request.method not in SAFE or unmarked(path):
            return None
        if path.startswith(_STATIC):
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
            self.bench.jobs.mark(),
            request.state.csrf,
            "gzip" if takes_gzip(request.headers) else "",
            await run_in_threadpool(mark_of_followed, request),
            await run_in_threadpool(mark_of_second, self.bench),
        )
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        return f'"{digest}"'

    def _check(self, request: Request) -> None:
        """`Problem` where a request is not for us."""
        if not self._is_ours(request.headers, request.scope["server"]):
            raise Problem(
                HTTPStatus.MISDIRECTED_REQUEST,
                "The workbench is not reached under this name. Open it under the address that "
                "`onrecord serve` printed, or name this one with --public-url.",
            )
        if request.method not in METHODS:
            raise Problem(HTTPStatus.METHOD_NOT_ALLOWED, "Nothing here is asked by this method.")
        if request.method not in SAFE and not self._from_us(request):
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "Another site's page sent this. Open the workbench itself and do it there.",
            )
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > MOST_BYTES:
            raise _too_much()
        asked = request.scope["path"] + unquote(request.scope["query_string"].decode("latin-1"))
        if "\0" in asked:
            raise Problem(HTTPStatus.BAD_REQUEST, "A NUL character stands in the address. Leave it out.")

    def _from_us(self, request: Request) -> bool:
        """Whether a request that changes something comes from a page of ours, or from no page at all:
        browsers say which site's page sent it (Fetch Metadata, Origin), and no page can have them say
        otherwise."""
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site is not None and origin == "null":
            # Under our Referrer-Policy a browser sends our own forms so.
            origin = None
        host = request.headers["host"].lower()
        # A proxy may pass requests on under its own name or under ours.
        ours = {None, self._public, self._public if host == self._name else f"{self._scheme}://{host}"}
        return site in (None, "none", "same-origin") and (origin and origin.lower()) in ours

    def _is_ours(self, headers: Headers, server: tuple[str, int | None]) -> bool:
        hosts = headers.getlist("host")
        if len(hosts) != 1:
            return False
        port = server[1]
        ours = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
        if self._name is not None:
            ours.add(self._name)
        return hosts[0].lower() in ours


def _known(request: Request, asker: Asker) -> None:
    """Have the rest of the application know who asks."""
    request.state.asker, request.state.person = asker, asker.person
    request.state.csrf, request.state.whose = asker.csrf, asker.whose


def _over(request: Request, location: str | None) -> None:
    """Have the same form, where it was sent twice, know where the first led (`_once`)."""
    deed: Deed | None = getattr(request.state, "deed", None)
    if deed is not None:
        deed.over(location)


def _named(request: Request) -> str:
    """The language that a request names, "" for none that there is."""
    named = request.query_params.get("language", "").strip().lower()
    return named if named in languages() else ""


def unmarked(path: str) -> bool:
    """Whether answers under a path have no entity tag: see `UNMARKED`."""
    inner = path.removeprefix("/api/v1")
    names = (*UNMARKED, *(UNMARKED_PAGES if inner == path else UNMARKED_API))
    return any(inner == name or inner.startswith(f"{name}/") for name in names)


@cache
def _version() -> str:
    return version("onrecord")


def _held(request: Request) -> set[str]:
    return {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}


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
