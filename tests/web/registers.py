"""A register to be uploaded, and what is done with it, as a client does it."""

from __future__ import annotations

import re
import time
from typing import Any

import httpx
from tests.web.conftest import SCRIPT

_SCRIPT = SCRIPT.replace('"', '""')
REGISTER = (
    "ID,Sort,Party,Operator,State,Layer,Goods,US share,Since,Until,Note\n"
    "D1,deployment,Huawei,,NO,radio,,,2015,2027-06,Masts\n"
    "S1,supplier,Ericsson,,SE,,,,2019-03,,\n"
    f'"X1 {_SCRIPT}",supplier,"Evil {_SCRIPT} Ltd",,NO,,,,,,\n'
)
"""The last line is hostile."""


def token_of(client: httpx.Client, place: str = "/register") -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(place).text)
    assert found
    return found[1]


def send(
    client: httpx.Client, place: str, data: dict[str, Any] | None = None, **files: tuple[str, bytes]
) -> httpx.Response:
    """Send a form as the browser does."""
    return client.post(place, data={"csrf": token_of(client), **(data or {})}, files=files or None)


def ended(client: httpx.Client, job: httpx.Response) -> dict[str, Any]:
    """What became of work that was begun."""
    assert job.status_code == 202, job.text
    return waited(client, job.headers["location"])


def waited(client: httpx.Client, place: str) -> dict[str, Any]:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(place).json()
        if found["ended"]:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{place} does not end: {found}")
