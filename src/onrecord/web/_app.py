"""The application: its routes, and what stands before them."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from onrecord.ledger import Ledger
from onrecord.team import Person, Team, alone
from onrecord.web import (
    _api_accounts,
    _api_by_hand,
    _api_channels,
    _api_entities,
    _api_jobs,
    _api_lists,
    _api_previews,
    _api_reader,
    _api_record,
    _api_register,
    _api_review,
    _api_reviewers,
    _api_rules,
    _api_sources,
    _api_watch,
    _static,
    _view_account,
    _view_accounts,
    _view_add_list,
    _view_audit,
    _view_checks,
    _view_entities,
    _view_entries,
    _view_jobs,
    _view_lists,
    _view_positions,
    _view_reader,
    _view_record,
    _view_register,
    _view_review,
    _view_search,
    _view_sign_in,
    _view_sources,
    _view_suppliers,
    _view_watch,
    _view_watch_settings,
)
from onrecord.web._answer import answer_problem
from onrecord.web._bench import Bench, Makers
from onrecord.web._errors import problem_of
from onrecord.web._forms import DoneAlready, from_our_page
from onrecord.web._guard import Guard
from onrecord.web._identity import Identity
from onrecord.web._once import Once
from onrecord.web._openapi import described
from onrecord.web._openid import Provider
from onrecord.web._packing import Packing
from onrecord.web._parameters import only_known

_PAGES = (
    _view_reader,
    _view_watch,
    _view_watch_settings,
    _view_suppliers,
    _view_positions,
    _view_record,
    _view_review,
    _view_search,
    _view_entities,
    _view_audit,
    _view_lists,
    _view_entries,
    _view_add_list,
    _view_register,
    _view_checks,
    _view_sources,
    _view_jobs,
    _view_sign_in,
    _view_account,
    _view_accounts,
    _static,
)
_APIS = (
    _api_reader,
    _api_by_hand,
    _api_watch,
    _api_channels,
    _api_record,
    _api_review,
    _api_reviewers,
    _api_entities,
    _api_lists,
    _api_register,
    _api_jobs,
    _api_rules,
    _api_previews,
    _api_sources,
    _api_accounts,
)
_NO_TELEMETRY: dict[str, Any] = {
    "telemetry": dict.fromkeys(("tracing", "metrics", "logs", "operation_spans", "auto_configure"), False)
}
"""Newer FastAPI would hand spans, counts and errors to whatever collects them in the process, or send them
where the environment says. What is asked of a ledger is nobody else's. Older versions pass it by."""


def create_app(
    ledger: Ledger,
    team: Team,
    *,
    person: Person | None = None,
    public_url: str | None = None,
    tls: bool = False,
    provider: Provider | None = None,
    makers: Makers | None = None,
) -> FastAPI:
    """The workbench and the HTTP API of an open ledger, as an ASGI application.

    `team` is what those who work with it keep, opened for the same place. Without accounts all is done in the
    name of `person`: the user of the system, unless another is given.

    It answers to the names of the loopback, at the port of the socket on which it is served, and to that of
    `public_url`, an origin (`check_public_url`). `tls` says that it is itself served by HTTPS, `provider` who
    else vouches for people (OpenID Connect), and `makers` who makes what takes long. The ledger, the team and
    the makers stay the caller's, to be closed when the application is no longer served.
    """
    bench = Bench(ledger, team, makers)
    app = FastAPI(
        title="On Record",
        version=version("onrecord"),
        description="The record of what is said about technology suppliers, by whom, in whose words. "
        "Everything is read with GET; what a person judges is sent with POST, and can be undone.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        **_NO_TELEMETRY,
        exception_handlers={HTTPException: _told, RequestValidationError: _told, DoneAlready: _done},
    )
    app.state.bench = bench
    app.state.once = Once()
    app.state.provider = provider
    app.state.public_url = public_url
    app.state.identity = Identity(
        team,
        person or alone(),
        secure=tls or (public_url or "").startswith("https:"),
        provider=provider is not None,
    )
    for module in _PAGES:
        app.include_router(module.router, include_in_schema=False, dependencies=[Depends(from_our_page)])
    for module in _APIS:
        app.include_router(module.router, prefix="/api/v1", dependencies=[Depends(only_known)])
    app.add_middleware(Packing)
    app.add_middleware(
        Guard,
        bench=bench,
        answer=answer_problem,
        identity=app.state.identity,
        public=public_url,
        scheme="https" if tls else "http",
    )
    described(app)
    return app


async def _told(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    assert problem is not None, "only errors that are a problem are handled here"
    return await answer_problem(request, problem)


async def _done(_: Request, error: Exception) -> Response:
    assert isinstance(error, DoneAlready), "only this one is handled here"
    return RedirectResponse(error.location, HTTPStatus.SEE_OTHER)
