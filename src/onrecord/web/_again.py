"""A form that could not be done, shown again: the page on which it stood, with what was written and what is
wrong.

Every form says where it stood (`STOOD`). Where it is refused, that page is asked for anew within the
application, and its template puts what was `Written` back into the form. No form has code of its own for it.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlencode

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from onrecord.web._errors import Problem
from onrecord.web._forms import FIELD, SAFE, WHOSE, own_path

STOOD = "stood"
"""The field of every form that holds the address of the page on which it stands."""
MARK = 'id="wrong"'
"""What a page holds that shows what is wrong with a form of it (`macros.html`)."""
AT_FAULT = 'aria-invalid="true"'
"""The same of a field of it."""

_NEVER = frozenset((FIELD, STOOD, WHOSE, "password", "current", "new"))
"""Fields that are not shown again: marks and passwords."""
_PASSING = ("said", "undo", "skipped")
"""What an address asks once, after something was done."""
_DAYS = ("when", "as_of", "issued")
"""The fields that hold a day: a day that is none stands in the one of them that was filled in."""
_INPUT = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
"""What becomes 422 of a form: its address is right, and what was written in it is not."""
_KEEP = ("type", "asgi", "http_version", "server", "client", "scheme", "root_path")
_DROP = (b"content-length", b"content-type", b"if-none-match", b"accept-encoding", b"hx-request")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent to a path and not done: its fields, without those that are never shown again, and
    what is wrong."""

    path: str
    fields: Mapping[str, tuple[str, ...]]
    problem: Problem


class Written:
    """What stands in a form: what was written, where it is the one that was not done."""

    def __init__(self, sent: Sent | None) -> None:
        self.sent = sent is not None
        self.wrong = sent.problem if sent is not None else None
        self.field = _field(sent) if sent is not None else ""
        self._fields = sent.fields if sent is not None else {}

    def get(self, name: str, otherwise: object = "") -> str:
        """What stands in a field: what was written, or else what a new form holds."""
        if self.sent:
            return self._fields.get(name, ("",))[0]
        return "" if otherwise is None else str(otherwise)

    def has(self, name: str, value: object, otherwise: object = False) -> bool:
        """Whether a value of a field is chosen or ticked."""
        return str(value) in self._fields.get(name, ()) if self.sent else bool(otherwise)

    def all(self) -> dict[str, str]:
        """All that was written, by field; of several values the first."""
        return {name: values[0] for name, values in self._fields.items()}


def sent_of(request: Request) -> Sent | None:
    """The form that the answer to a request is to show again."""
    return cast(Sent | None, getattr(request.state, "sent", None))


def written_in(request: Request, *segments: str, **same: object) -> Written:
    """What stands in the form that is sent to an address, given by its segments; of several forms on a page
    that are sent there, the one in which these fields are so."""
    sent = sent_of(request)
    if sent is None or sent.path != "/" + "/".join(segments):
        return Written(None)
    if any(sent.fields.get(name, ("",))[0] != str(value) for name, value in same.items()):
        return Written(None)
    return Written(sent)


def asked_in(request: Request) -> Written:
    """What stands in the form that asks for the page (GET)."""
    sent = sent_of(request)
    return Written(sent if sent is not None and sent.path == request.scope["path"] else None)


def stands_at(request: Request) -> str:
    """The address of the page that answers a request, as its forms tell it: without what it asks once."""
    path: str = request.scope["raw_path"].decode("latin-1")
    told = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    kept = urlencode([pair for pair in told if pair[0] not in _PASSING])
    return f"{path}?{kept}" if kept else path


def refuse(request: Request, asked: Mapping[str, str], problem: Problem) -> None:
    """Have the page that answers a form that asks (GET) show it again, with what is wrong."""
    fields = {name: (value,) for name, value in asked.items()}
    request.state.sent = Sent(request.scope["path"], fields, problem)


async def again(request: Request, problem: Problem) -> Response | None:
    """The page on which the form stood that could not be done, with what was written and what is wrong; None
    for what is no form of ours, and where that page has no such form any more."""
    form = getattr(request.state, "form", None)
    if request.method in SAFE or form is None:
        return None
    told = problem.status in _INPUT or (problem.status == HTTPStatus.CONFLICT and problem.field)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if told else problem.status
    sent = Sent(request.scope["path"], fields_of(form), problem)
    answer = await shown(request, str(form.get(STOOD, "")), sent)
    if answer is None:
        return None
    answer.status_code = status
    answer.headers.update(problem.headers)
    return answer


def fields_of(form: FormData) -> dict[str, tuple[str, ...]]:
    """What was written in a form: neither files nor what is never shown again."""
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and name not in _NEVER:
            fields[name] = (*fields.get(name, ()), value)
    return fields


async def asked_again(request: Request, problem: Problem) -> Response | None:
    """The page of a form that asks (GET), as it is without what is wrong in its fields, which stands in them
    with what is wrong; None where no field of a form of it is at fault."""
    if request.method not in SAFE or sent_of(request) is not None or problem.status not in _INPUT:
        return None
    query = request.query_params
    sent = Sent(request.scope["path"], {name: tuple(query.getlist(name)) for name in query}, problem)
    wrong = {_field(sent), *(one["parameter"] for one in problem.errors)}
    if not wrong & query.keys():
        return None
    path = request.scope["raw_path"].decode("latin-1")
    kept = urlencode([pair for pair in query.multi_items() if pair[0] not in wrong])
    answer = await shown(request, f"{path}?{kept}" if kept else path, sent)
    if answer is None or MARK.encode() not in answer.body or AT_FAULT.encode() not in answer.body:
        return None
    answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


async def shown(request: Request, place: str, sent: Sent, cookie: str | None = None) -> Response | None:
    """The page at an address of ours as who asks gets it, or whoever shows a `cookie`, with a form of it
    filled in and what is wrong with that; None where there is no such page, or no such form on it."""
    if own_path(place) != place or not place.isascii():
        return None
    path, _, query = place.partition("?")
    headers = [pair for pair in request.scope["headers"] if pair[0] not in _DROP]
    if cookie is not None:
        headers = [pair for pair in headers if pair[0] != b"cookie"] + [(b"cookie", cookie.encode())]
    scope = {
        **{key: request.scope[key] for key in _KEEP},
        "method": "GET",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": headers,
        "state": {"sent": sent},
    }
    asked = [{"type": "http.request", "body": b"", "more_body": False}]
    begun: MutableMapping[str, Any] = {}
    body = bytearray()

    async def receive() -> MutableMapping[str, Any]:
        return asked.pop() if asked else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            begun.update(message)
        else:
            body.extend(message.get("body", b""))

    await request.app(scope, receive, send)
    if begun.get("status") != HTTPStatus.OK or MARK.encode() not in body:
        return None
    answer = Response(bytes(body))
    answer.raw_headers = [pair for pair in begun["headers"] if pair[0].lower() != b"etag"]
    return answer


def _field(sent: Sent) -> str:
    """The field that is at fault, "" where that is not known."""
    problem = sent.problem
    if problem.field == "when":
        return next((name for name in _DAYS if any(sent.fields.get(name, ()))), "when")
    return problem.field or next((one["parameter"] for one in problem.errors), "")


def at_field(problem: Problem, field: str) -> Problem:
    """A problem as one of a field."""
    return replace(problem, field=field)
