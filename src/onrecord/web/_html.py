"""Pages of the workbench from templates, in which everything is escaped but what `present` rendered."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.present import ENGLISH, call, languages, plain
from onrecord.web._again import asked_in, stands_at, written_in
from onrecord.web._followed import followed
from onrecord.web._forms import masked
from onrecord.web._words import Words, messages

NAVIGATION = (
    ("watch", "/watch"),
    ("suppliers", "/suppliers"),
    ("standing", "/standing"),
    ("pages", "/pages"),
    ("entities", "/entities"),
    ("review", "/review"),
    ("lists", "/lists"),
    ("screen", "/screen"),
    ("registers", "/register"),
    ("sources", "/sources"),
    ("audit", "/audit"),
)
"""The parts of the workbench, by their message and address."""

_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)


def _link(locator: str) -> bool:
    """Whether a page's place can be followed: a web address, so that no script or file is a click away."""
    return _LINK.fullmatch(locator) is not None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(plain=plain)
    environment.tests.update(link=_link)
    return environment


def address(*segments: str) -> str:
    """The address of a part of the workbench; its segments are quoted."""
    return "/" + "/".join(quote(segment, safe="") for segment in segments)


def addresses(request: Request) -> Callable[..., str]:
    """What makes addresses: of path segments, which are quoted, and of what is asked. A language that was
    named in the request stays named."""
    return addressing(named_in(request))


def addressing(named: str) -> Callable[..., str]:
    """The same for a language that was named, "" for none."""

    def to(*segments: str, **asked: object) -> str:
        if named in languages():
            asked = {"language": named, **asked}
        told = urlencode({key: str(value) for key, value in asked.items() if value not in (None, "")})
        path = address(*segments)
        return f"{path}?{told}" if told else path

    return to


def named_in(request: Request) -> str:
    """The language that a request names, "" for none."""
    return request.query_params.get("language", "").strip().lower()


def fragment(template: str, language: str, named: str, /, **more: object) -> str:
    """What a template that is a part of a page makes; `named` is the language that was named in the
    request."""
    made: str = _environment().get_template(template).render(w=Words(language), to=addressing(named), **more)
    return made


def page(
    request: Request, template: str, language: str, /, *, status: int = 200, **more: object
) -> HTMLResponse:
    """The page that a template makes of what it is given, in a language. `to` in it is what `addresses`
    makes."""
    text = (
        _environment()
        .get_template(template)
        .render(
            w=Words(language),
            to=addresses(request),
            navigation=NAVIGATION,
            languages=languages(),
            named=named_in(request),
            here=request.scope["raw_path"].decode("latin-1"),
            asked=request.query_params,
            day=_day(request),
            person=request.state.person,
            csrf=masked(request.state.csrf, str(request.url)),
            whose=masked(request.state.whose, str(request.url)),
            stood=stands_at(request),
            written=partial(written_in, request),
            asks=asked_in(request),
            name_of=_namer(request, language),
            said=_said(request),
            followed=partial(followed, request),
            **more,
        )
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status)


def _namer(request: Request, language: str) -> Callable[[str], str]:
    """What gives what the entity of a key is called in a language. Who is named is asked once for a page: a
    page names hundreds, and whether somebody else is named by now is a question to the database."""
    names = cache(request.app.state.bench.names)
    return lambda key: call(key, names(), language).bare


def _day(request: Request) -> dict[str, str]:
    """The two times that a request is about, as fields of an address."""
    return {name: told for name in ("as_of", "known_at") if (told := request.query_params.get(name, ""))}


def _said(request: Request) -> str | None:
    """The message to be shown of what was just done (`see_other`)."""
    key = request.query_params.get("said", "")
    return key if key.startswith("done_") and key in messages(ENGLISH) else None
