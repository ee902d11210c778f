"""The description of the API (OpenAPI 3.1) as it is: every error is a problem (RFC 9457)."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what to do."},
        "instance": {"type": "string", "description": "The path that was asked."},
        "nearest": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Names or ids that may be meant.",
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "judgement": {
            "type": "object",
            "description": "Of a statement that somebody judged meanwhile: their judgement.",
        },
    },
}
_ERRORS = {
    "400": "A date, an id or another parameter is wrong.",
    "401": "Nobody is signed in, or the token does not hold (where there are accounts).",
    "403": "Your role is not enough, or the X-CSRF-Token is missing.",
    "404": "That is not on record; `nearest` holds what may be meant.",
    "503": "The ledger cannot be read: gone, locked or damaged.",
}


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
    schemas["Problem"] = _PROBLEM
    told["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "Where there are accounts."}
    }
    told["security"] = [{"token": []}, {}]
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in told["paths"].values():
        for method, operation in operations.items():
            responses = operation["responses"]
            responses.pop("422", None)
            if method == "get":
                responses["304"] = {"description": "What you have (If-None-Match) still holds."}
            for status, description in _ERRORS.items():
                responses[status] = {"description": description, "content": content}
    return told
