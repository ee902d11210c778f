"""The description of the API (OpenAPI 3.1) as it is: every error is a problem (RFC 9457)."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from onrecord.shapes import Problem
from onrecord.web._acts import ACTS
from onrecord.web._guard import unmarked

_ANY = {
    "400": "A date, an id or another parameter is wrong.",
    "401": "Nobody is signed in, or the token does not hold (where there are accounts).",
    "403": "Your role is not enough, the X-CSRF-Token is missing, or another site's page sent it.",
    "404": "That is not on record; `nearest` holds what may be meant.",
    "421": "The host is not one under which the workbench is reached.",
    "500": "On Record itself failed.",
    "503": "The ledger cannot be read: gone, locked or damaged; or too many other tasks wait.",
}
"""What may be wrong with any request."""
_SENT = {"413": "More than 64 MB were sent."}
"""With one that carries something."""
_REFS = "#/components/schemas/{model}"
_CONTENT = {"application/problem+json": {"schema": {"$ref": _REFS.format(model="Problem")}}}


def described(app: FastAPI) -> None:
    """Have the application describe itself so."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    told = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = told.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = TypeAdapter(Problem).json_schema(ref_template=_REFS)
    schemas.update({**problem.pop("$defs"), "Problem": problem})
    told["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "Where there are accounts."}
    }
    told["security"] = [{"token": []}, {}]
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            responses = operation["responses"]
            responses.pop("422", None)
            if method == "get" and not unmarked(path):
                responses["304"] = {"description": "What you have (If-None-Match) still holds."}
            if forms := _forms_of(method, path):
                operation["x-workbench"] = forms
            common = _ANY | (_SENT if "requestBody" in operation else {})
            # What is wrong with one alone (409) stands beside its route.
            own = {status: one["description"] for status, one in responses.items() if status >= "400"}
            for status, description in {**own, **common}.items():
                responses[status] = {"description": description, "content": _CONTENT}
    return told


def _forms_of(method: str, path: str) -> list[str]:
    """The forms of the workbench that do what an operation does."""
    operation = f"{method.upper()} {path.removeprefix('/api/v1')}"
    return [form for form, done_by in ACTS.items() if done_by == operation]
