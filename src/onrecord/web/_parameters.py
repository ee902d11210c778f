"""What a request to the API may ask: a parameter that nobody reads would be answered as if it were not there,
and who mistyped a name would take all statements for those of one supplier."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from fastapi import Request

from onrecord.web._errors import Problem


async def only_known(request: Request) -> None:
    """A dependency of all operations of the API. `Problem` where a request has a parameter that its operation
    has not; it names the nearest."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    if dependant is None or not request.query_params:
        return
    known = sorted(set(_names(dependant)))
    wrong = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if not wrong:
        return
    nearest = tuple(dict.fromkeys(one for name in wrong for one in get_close_matches(name, known, 1)))
    there = f"There are: {', '.join(known)}." if known else "It takes none."
    hint = f"Did you mean {', '.join(nearest)}?" if nearest else there
    raise Problem(
        HTTPStatus.BAD_REQUEST,
        f"There is no parameter {', '.join(repr(name) for name in wrong)} here. {hint}",
        nearest,
        tuple({"parameter": name, "detail": "There is no such parameter."} for name in wrong),
    )


def _names(dependant: Any) -> Iterator[str]:
    """The parameters in the address that an operation reads, with what it depends on."""
    yield from (one.alias for one in dependant.query_params)
    for below in dependant.dependencies:
        yield from _names(below)
