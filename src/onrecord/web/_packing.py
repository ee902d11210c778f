"""Answers that are large go out compressed to who takes them so."""

from __future__ import annotations

import zlib

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEAST = 1_000
"""Bytes below which compressing saves less than a packet."""
_LARGE = 100_000
"""Bytes from which it is left to a thread, so that others are answered meanwhile."""
_LEVEL = 6
"""zlib's default: a higher one takes far longer for a few bytes less."""
_GZIP = 31
"""What zlib calls the format of gzip. Its header then bears no time, so that the same answer is the same
bytes (a strong ETag says that it is)."""
_PACKED = ("text/", "application/json", "application/problem+json", "image/svg")
"""Media types that become smaller."""


def takes_gzip(headers: Headers) -> bool:
    """Whether an asker takes answers in gzip (RFC 9110, 12.5.3): it is named, and not with a weight of 0."""
    for part in headers.get("accept-encoding", "").lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "x-gzip", "*"):
            name, _, value = weight.strip().partition("=")
            return name.strip() != "q" or value.strip().rstrip("0") not in ("", ".", "0.")
    return False


class Packing:
    """Middleware: compresses an answer that comes in one piece, where that is worth it and asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not takes_gzip(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def packed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            begun, start = start, None
            if begun is not None:
                headers = MutableHeaders(scope=begun)
                body = message.get("body", b"")
                if _worth(headers, body, more=message.get("more_body", False)):
                    body = await run_in_threadpool(_gzip, body) if len(body) >= _LARGE else _gzip(body)
                    headers["Content-Encoding"] = "gzip"
                    headers["Content-Length"] = str(len(body))
                    message = {**message, "body": body}
                await send(begun)
            await send(message)

        await self.app(scope, receive, packed)


def _worth(headers: Headers, body: bytes, *, more: bool) -> bool:
    kind = headers.get("content-type", "")
    return not more and len(body) >= _LEAST and "content-encoding" not in headers and kind.startswith(_PACKED)


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(body) + packer.flush()
