"""Whether answers are what the API's own description says of them: status, type of content, and shape."""

from __future__ import annotations

import re
from typing import Any

import httpx
import jsonschema_rs
from fastapi import FastAPI


class Description:
    """The description of an application, made when the first answer of its API comes."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._operations: list[tuple[str, re.Pattern[str], dict[str, Any]]] = []
        self._components: dict[str, Any] = {}
        self._validators: dict[str, jsonschema_rs.Validator] = {}

    def check(self, answer: httpx.Response) -> None:
        """A hook of a client: `AssertionError` for an answer that is not as described. What nobody describes
        (another method, an address where nothing is) is nobody's answer."""
        path = answer.request.url.path
        if not path.startswith("/api/v1/") or path.endswith("/openapi.json"):
            return
        answer.read()
        self.check_parts(
            answer.request.method,
            path,
            answer.status_code,
            answer.headers.get("content-type"),
            answer.content,
        )

    def check_parts(self, method: str, path: str, status: int, kind: str | None, body: bytes) -> None:
        """The same of an answer in its parts."""
        operation = self._operation(method, path)
        if operation is None:
            return
        told = f"{method} {path}: {status}"
        assert str(status) in operation["responses"], f"{told} is not described"
        content = operation["responses"][str(status)].get("content", {})
        if method == "HEAD" or not content:
            assert not body, told
            return
        media = (kind or "").partition(";")[0]
        assert media in content, f"{told} as {media} is not described"
        if media.endswith("json"):
            wrong = [
                f"{'/'.join(map(str, one.instance_path))}: {one.message}"
                for one in self._validator(content[media]["schema"]["$ref"]).iter_errors(_read(body))
            ]
            assert not wrong, f"{told}: {wrong[:3]}"

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        if not self._operations:
            self._take(self._app.openapi())
        method = method.replace("HEAD", "GET").lower()
        fit = (one for of, pattern, one in self._operations if of == method and pattern.fullmatch(path))
        return next(fit, None)

    def _take(self, told: dict[str, Any]) -> None:
        for path, operations in told["paths"].items():
            # Names may hold slashes; the longest template that fits is meant.
            pattern = re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(path)))
            self._operations += [(method, pattern, one) for method, one in operations.items()]
        self._operations.sort(key=lambda one: -len(re.sub(r"\.\+", "", one[1].pattern)))
        self._components = {name: _closed(schema) for name, schema in told["components"]["schemas"].items()}

    def _validator(self, ref: str) -> jsonschema_rs.Validator:
        if ref not in self._validators:
            whole = {"$ref": ref, "components": {"schemas": self._components}}
            self._validators[ref] = jsonschema_rs.validator_for(whole)
        return self._validators[ref]


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """A shape that allows nothing but what it names: what is sent and not told is a fault as well."""
    return {**schema, "additionalProperties": False} if "properties" in schema else schema


def _read(body: bytes) -> Any:
    return httpx.Response(200, content=body).json()
