"""How the API is asked: its errors, its parts, and what is kept of answers that still hold."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import httpx

_KEPT = 256
"""Answers that are kept with their ETag."""
_PART = 500
"""Items that are asked for at once, which is what the API gives at most."""


class ApiProblem(Exception):
    """The API's own word that something is wrong (RFC 9457): `status`, `detail`, and whatever else it says,
    such as `nearest`, in `told`."""

    def __init__(self, status: int, detail: str, told: Mapping[str, Any]) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.told = told


class Unreachable(Exception):
    """No workbench answers at the address, or what answers is none; the message says what to do."""


class Transport:
    """Asks one workbench. Answers that it says still hold (304) are not sent again."""

    def __init__(self, url: str, token: str | None, language: str | None, timeout: float) -> None:
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if language is not None:
            headers["Accept-Language"] = language
        self.url = url.rstrip("/")
        # What the environment says of proxies is for other hosts than the one that the user named.
        self._http = httpx.Client(
            base_url=f"{self.url}/api/v1/", headers=headers, timeout=timeout, trust_env=False
        )
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def close(self) -> None:
        """Give up the connections."""
        self._http.close()

    def get(self, path: str, **asked: object) -> Any:
        """The answer to a question, of which what is None is not asked."""
        request = self._http.build_request("GET", path, params=_given(asked))
        kept = self._kept.get(str(request.url))
        if kept is not None:
            request.headers["If-None-Match"] = kept[0]
        answer = self._sent(request)
        if answer.status_code == httpx.codes.NOT_MODIFIED and kept is not None:
            self._kept.move_to_end(str(request.url))
            return httpx.Response(200, content=kept[1]).json()
        if tag := answer.headers.get("etag"):
            self._kept[str(request.url)] = (tag, answer.content)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return answer.json()

    def raw(self, path: str, **asked: object) -> bytes:
        """The bytes of a file."""
        return self._sent(self._http.build_request("GET", path, params=_given(asked))).content

    def send(self, method: str, path: str, told: Any = None, **more: Any) -> Any:
        """Have something done; what it gives, None where that is nothing."""
        if told is not None:
            more["json"] = told
        answer = self._sent(self._http.build_request(method, path, **more))
        return answer.json() if answer.content else None

    def all(self, path: str, **asked: object) -> Iterator[Any]:
        """The items of a list, asked for in parts as they are taken."""
        after: str | int | None = None
        while True:
            part = self.get(path, **asked, limit=_PART, after=after)
            yield from part["items"]
            after = part["next"]
            if after is None:
                return

    def _sent(self, request: httpx.Request) -> httpx.Response:
        try:
            answer = self._http.send(request)
        except httpx.TransportError as error:
            raise Unreachable(
                f"No workbench answers at {self.url} ({type(error).__name__}: {error}). "
                "Start one with `onrecord serve`, or name another address."
            ) from error
        if answer.is_success or answer.status_code == httpx.codes.NOT_MODIFIED:
            return answer
        if answer.headers.get("content-type") != "application/problem+json":
            raise Unreachable(f"What answers at {self.url} is no workbench ({answer.status_code}).")
        told = answer.json()
        raise ApiProblem(answer.status_code, told["detail"], told)


def _given(asked: Mapping[str, object]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None}


def within(segment: str) -> str:
    """A name or id as a part of an address."""
    return quote(segment, safe="")
