"""Files from the web: the one place where anything is fetched, and only what the user named by its URL.

The name in the URL may lead anywhere, and so may every redirect. So each connection looks at the address that
it is about to open, and opens no other: private networks, this machine and the metadata services of clouds
are refused, unless the environment's ONRECORD_ALLOW_PRIVATE says otherwise. What comes is bounded in size and
in time. Proxies that the environment names are not used, since they would open what was refused here.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

MAX_FETCHED = 512 * 1024**2
"""Bytes of a file that is fetched: several times the largest list, OFAC's advanced XML with some 120 MB."""

_PATIENCE = 30.0
"""Seconds to wait for a server that says nothing."""
_LONGEST = 600.0
"""Seconds that a file may take in all."""
_REDIRECTS = 5
_CHUNK = 1024 * 1024
_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052, 2.1)."""

ALLOW_PRIVATE = "ONRECORD_ALLOW_PRIVATE"
"""What the environment must set to 1 for lists to be fetched from private addresses."""


class FetchError(Exception):
    """A file that could not be fetched: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file from the web: its bytes, and the URL from which they came in the end."""

    url: str
    data: bytes

    @property
    def name(self) -> str:
        """The last part of the URL's path, as a file's name."""
        return name_in(self.url)


def is_url(place: str) -> bool:
    """Whether a place is one that `fetch` understands."""
    return place.lower().startswith(("http://", "https://"))


def name_in(url: str) -> str:
    """The last part of a URL's path, as a file's name; its host where it has no path."""
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) or (parts.hostname or url)


def fetch(url: str, *, most: int = MAX_FETCHED, patience: float = _PATIENCE) -> Fetched:
    """What a server gives for an http or https URL: at most `most` bytes, and no server that is silent for
    `patience` seconds is waited for. `FetchError` otherwise."""
    allowed = os.environ.get(ALLOW_PRIVATE) == "1"
    opener = urllib.request.OpenerDirector()
    for handler in (
        _Http(allowed),
        _Https(allowed),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    agent = f"onrecord/{version('onrecord')}"
    try:
        if not urlsplit(url).hostname:
            raise FetchError(f"{url} names no server. Write it as https://example.org/list.csv.")
        request = urllib.request.Request(url, headers={"User-Agent": agent, "Accept-Encoding": "identity"})
        with opener.open(request, timeout=patience) as answer:
            return Fetched(answer.geturl(), _body(url, answer, most, time.monotonic() + _LONGEST))
    except urllib.error.HTTPError as error:
        with error:
            raise FetchError(
                f"{url} answers {error.code} {error.reason}. See whether it is right."
            ) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, FetchError):
            raise error.reason from error
        raise FetchError(f"{url} cannot be fetched: {_reason(error.reason)}. {_SAVE}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"{url} cannot be fetched: {_reason(error)}. {_SAVE}") from error


_SAVE = "See whether it can be reached, or save it with a browser and name the file."


def _body(url: str, answer: Any, most: int, until: float) -> bytes:
    told = answer.headers.get("Content-Length", "")
    whole = int(told) if told.isdigit() else None
    if whole is not None and whole > most:
        raise FetchError(_too_large(url, most))
    parts, size = [], 0
    while part := answer.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > most:
            raise FetchError(_too_large(url, most))
        if time.monotonic() > until:
            raise FetchError(f"{url} did not come to its end in {_LONGEST:.0f} seconds. {_SAVE}")
    if whole is not None and size < whole:
        raise FetchError(f"{url} broke off after {size} of {whole} bytes. Run this again.")
    return b"".join(parts)


def _too_large(url: str, most: int) -> str:
    return f"{url} is larger than {most // 1024**2} MB, more than any list. See whether it is the right file."


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "the server does not answer"
    if isinstance(error, socket.gaierror):
        return "there is no server of that name"
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def _connect(
    allowed: bool, address: tuple[str, int], timeout: float | None = None, source: Any = None
) -> socket.socket:
    """A connection to one of the addresses of a host, none of which may be private unless that is `allowed`.
    What was looked at is what is opened: the name is not asked for a second time."""
    host, port = address
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, place in found:
        if not allowed and not is_public(str(place[0])):
            raise FetchError(
                f"{host} is at the private address {place[0]}, from which nothing is fetched. "
                f"Save the file and name it, or set {ALLOW_PRIVATE}=1 if you trust that server."
            )
    last: OSError = OSError("it has no address")
    for *_, place in found:
        try:
            return socket.create_connection((str(place[0]), port), timeout, source)
        except OSError as error:
            last = error
    raise last


def is_public(text: str) -> bool:
    """Whether an address is one of the internet, also where it stands for an IPv4 address."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast


class _Connection(http.client.HTTPConnection):
    def __init__(self, host: str, *, allowed: bool, **given: Any) -> None:
        super().__init__(host, **given)
        self._create_connection: Callable[..., socket.socket] = partial(_connect, allowed)


class _SafeConnection(http.client.HTTPSConnection):
    def __init__(self, host: str, *, allowed: bool, **given: Any) -> None:
        super().__init__(host, **given)
        self._create_connection: Callable[..., socket.socket] = partial(_connect, allowed)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, allowed: bool) -> None:
        super().__init__()
        self.connection = partial(_Connection, allowed=allowed)

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self.connection, request)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, allowed: bool) -> None:
        super().__init__()
        self.connection = partial(_SafeConnection, allowed=allowed)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self.connection, request, context=ssl.create_default_context())


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, to http and https alone, and from https to https alone."""

    max_redirections = _REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not is_url(newurl) or (req.type == "https" and urlsplit(newurl).scheme.lower() != "https"):
            raise FetchError(f"{req.full_url} leads on to {newurl}, which is not followed. {_SAVE}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
