"""Everything that can be wrong with a request, as one shape: a problem (RFC 9457), which
the API answers with as it is and a page of the workbench tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from onrecord.exposure import NoSuchRegister, RegisterError
from onrecord.ledger import (
    AmbiguousId,
    BadDate,
    CannotBe,
    JudgedMeanwhile,
    LedgerError,
    NoSuchJudgement,
    NotJudged,
    NotThere,
)
from onrecord.lists import ListError
from onrecord.present import judgement_fields
from onrecord.shapes import Judgement
from onrecord.standing import UnknownEntity
from onrecord.team import AccountError, PasswordRefused, UnknownAccount


@dataclass
class Problem(Exception):
    """Why a request is not answered: its `status`, and a `detail` that says what to do. `nearest` are names
    or ids that may have been meant, `errors` the parameters that are wrong, `allow` the methods there are,
    `headers` what the answer says beside, `judgement` the fields of the one that came between.

    Of a form `field` is the one that is at fault; where there is a message in the reader's language, `key` is
    its key and `words` what is filled in."""

    status: int
    detail: str
    nearest: tuple[str, ...] = ()
    errors: tuple[dict[str, str], ...] = ()
    allow: str | None = None
    headers: Mapping[str, str] = field_of(default_factory=dict)
    judgement: Judgement | None = None
    field: str = ""
    key: str = ""
    words: Mapping[str, object] = field_of(default_factory=dict)

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase

    def fields(self, path: str) -> dict[str, Any]:
        """The members of the problem, of which `nearest`, `errors` and `judgement` are our own."""
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": path,
        }
        if self.nearest:
            told["nearest"] = list(self.nearest)
        if self.errors:
            told["errors"] = list(self.errors)
        if self.judgement:
            told["judgement"] = self.judgement
        return told


def conflict(when: str) -> dict[int | str, dict[str, Any]]:
    """What the description of a route says of 409: when it is given. Other errors are told of all routes in
    one place (`_openapi`)."""
    return {HTTPStatus.CONFLICT: {"description": when}}


def not_found(what: str, nearest: Sequence[str] = ()) -> Problem:
    """That something is not on record."""
    hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
    return Problem(HTTPStatus.NOT_FOUND, f"{what}{hint}", tuple(nearest))


def problem_of(error: Exception) -> Problem | None:
    """The problem that an error stands for; None where it is a fault of our own."""
    match error:
        case Problem():
            return error
        case UnknownEntity():
            return Problem(HTTPStatus.NOT_FOUND, str(error), error.nearest)
        case NoSuchRegister():
            return Problem(HTTPStatus.NOT_FOUND, str(error))
        case RegisterError():
            return Problem(HTTPStatus.BAD_REQUEST, str(error))
        case ListError():
            return Problem(HTTPStatus.NOT_FOUND, str(error))
        case AmbiguousId():
            return Problem(HTTPStatus.BAD_REQUEST, str(error), error.candidates)
        case BadDate():
            return Problem(HTTPStatus.BAD_REQUEST, str(error), field="when", key="wrong_date")
        case NotThere():
            return Problem(HTTPStatus.BAD_REQUEST, str(error))
        case JudgedMeanwhile():
            held = judgement_fields(error.judgement)
            return Problem(HTTPStatus.CONFLICT, str(error), judgement=held, key="review_meanwhile")
        case NoSuchJudgement():
            return Problem(HTTPStatus.NOT_FOUND, str(error))
        case CannotBe():
            return Problem(HTTPStatus.BAD_REQUEST, str(error), field=error.field)
        case NotJudged():
            return Problem(HTTPStatus.CONFLICT, str(error))
        case UnknownAccount():
            return Problem(HTTPStatus.NOT_FOUND, str(error))
        case PasswordRefused():
            return Problem(HTTPStatus.BAD_REQUEST, str(error), field=error.field)
        case AccountError():
            return Problem(HTTPStatus.CONFLICT, str(error), field=error.field)
        case LedgerError():
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        case RequestValidationError():
            wrong = tuple(_wrong(one) for one in error.errors())
            told = "; ".join(f"{one['parameter']}: {one['detail']}" for one in wrong)
            return Problem(HTTPStatus.BAD_REQUEST, f"The request is wrong: {told}.", errors=wrong)
        case HTTPException():
            if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                allow = (error.headers or {}).get("Allow", "GET")
                return Problem(error.status_code, f"Ask here with: {allow}.", allow=allow)
            if error.status_code == HTTPStatus.NOT_FOUND:
                return Problem(error.status_code, "There is nothing at this address.")
            return Problem(error.status_code, str(error.detail))
    return None


def _wrong(error: dict[str, Any]) -> dict[str, str]:
    if error["type"] == "json_invalid":
        why, at = error.get("ctx", {}).get("error", ""), error["loc"][-1]
        return {"parameter": "body", "detail": f"This is no JSON: {why} at character {at}"}
    if tuple(error.get("loc", ())) == ("body",):
        return {"parameter": "body", "detail": "Send a JSON object, with Content-Type: application/json"}
    place = [str(part) for part in error.get("loc", ()) if part not in ("query", "path", "body")]
    return {"parameter": ".".join(place), "detail": str(error.get("msg", ""))}
