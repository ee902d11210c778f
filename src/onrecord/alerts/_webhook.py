"""Messages to a webhook: JSON, signed as Standard Webhooks 1.0.0 has it (standardwebhooks.com).

A request goes to the very address that was checked, and is not led on by a redirect: a name that first means
a public machine and then one of the private network (DNS rebinding) is of no use.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from onrecord.alerts._failed import SendFailed
from onrecord.present import plain
from onrecord.sources import is_public

TIMEOUT = httpx.Timeout(20.0, connect=10.0)
"""Seconds; Standard Webhooks recommends 15 to 30 for an answer."""

_MOST_READ = 65_536
"""Bytes of an answer that are read; what it says is of no use beyond its code."""
_GONE = 410
"""The code by which a receiver says that it wants no more (Standard Webhooks 1.0.0)."""


def signature(secret: str, key: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64, by the key
    that the secret (`whsec_` and base64) holds."""
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join((key.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode()


def check_url(url: str) -> tuple[str, int]:
    """The host and port of a webhook's URL. `ValueError`, with what to write instead, where it is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"'{plain(url)}' is no URL: {error}.") from error
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() or ord(c) < 32 for c in url):
        raise ValueError(f"'{plain(url)}' is no web address. Write one such as https://example.org/hook.")
    if parts.username is not None or parts.password is not None:
        raise ValueError("Leave user and password out of the URL: what is sent is signed instead.")
    return host, port or (443 if parts.scheme == "https" else 80)


def addresses(host: str, port: int, *, private: bool) -> list[str]:
    """The addresses of a host. `SendFailed` where it has none, or one that is not public and may not be asked
    (RFC 6890: loopback, private and link-local networks, the metadata services of clouds)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SendFailed(f"There is no host '{plain(host)}'.") from error
    told = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not private and not all(map(is_public, told)):
        raise SendFailed(
            f"'{plain(host)}' is in a private network. Only an administrator's setting (private_webhooks) "
            "lets accounts send there.",
            final=True,
        )
    return told


def send_webhook(
    data: dict[str, Any], url: str, secret: str, key: str, *, private: bool, now: datetime
) -> None:
    """Send a message to a webhook. `private`: it may be in a private network. `SendFailed` where it is not
    taken: any answer but 2xx, or none."""
    try:
        host, port = check_url(url)
    except ValueError as error:
        raise SendFailed(str(error), final=True) from error
    address = addresses(host, port, private=private)[0]
    body = json.dumps(data, separators=(",", ":")).encode()
    timestamp = int(now.timestamp())
    asked = httpx.URL(url)
    headers = {
        "Host": asked.netloc.decode("ascii"),
        "Content-Type": "application/json",
        "User-Agent": "onrecord",
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, key, timestamp, body),
    }
    try:
        with (
            httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST",
                asked.copy_with(host=address),
                content=body,
                headers=headers,
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            code = answer.status_code
            read = 0
            for some in answer.iter_raw():
                read += len(some)
                if read > _MOST_READ:
                    break
    except (httpx.HTTPError, OSError) as error:
        raise SendFailed(
            f"{plain(host)} gave no answer: {plain(str(error)) or type(error).__name__}."
        ) from error
    if not 200 <= code < 300:
        raise SendFailed(f"{plain(host)} answered {code}.", final=code == _GONE, gone=code == _GONE)
