"""What a request asks: dates, language, how much; an empty field of a form asks nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Annotated, Literal, TypeVar

from fastapi import Depends, Query, Request

from onrecord.ledger import JudgementFilter, JudgementKind, NotThere, Part, first_day, last_day
from onrecord.present import ENGLISH, languages
from onrecord.web._errors import Problem

T = TypeVar("T")

MOST = 500
"""Items that one answer holds at most."""


@dataclass(frozen=True, slots=True)
class Times:
    """The two times that a question is about, as `Ledger` has them."""

    as_of: str | None
    known_at: datetime | None


def _known(
    known_at: Annotated[
        str | None,
        Query(description="Only what the ledger held by then: 2019-02-01, or 2019-02-01T16:30 (UTC)."),
    ] = None,
) -> datetime | None:
    return _moment((known_at or "").strip())


def _times(
    as_of: Annotated[
        str | None, Query(description="Only what had been published by then: 2019, 2019-02 or 2019-02-01.")
    ] = None,
    known_at: Annotated[datetime | None, Depends(_known)] = None,
) -> Times:
    day = (as_of or "").strip() or None
    if day is not None:
        last_day(day)
    return Times(day, known_at)


def _moment(told: str) -> datetime | None:
    """The moment that is told; a day means its end."""
    if not told:
        return None
    try:
        found = datetime.fromisoformat(told)
        if len(told) == len("2019-02-01"):
            found = datetime.combine(found, time.max)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            f"'{told}' is no moment. Write a day or a moment as 2019-02-01 or 2019-02-01T16:30.",
            field="known_at",
        ) from None


def preferred(request: Request) -> str:
    """The language asked for by `language`, else the first that the browser prefers and that there is, else
    English. `Problem` for a language without sentences."""
    named = request.query_params.get("language", "").strip().lower()
    if named:
        if named not in languages():
            there = ", ".join(languages())
            raise Problem(
                HTTPStatus.BAD_REQUEST,
                f"There are no sentences in the language '{named}'. Name one of: {there}.",
            )
        return named
    wanted = (part.partition(";") for part in request.headers.get("accept-language", "").split(","))
    ranked = sorted(
        ((_weight(rest), code.strip().lower()[:2]) for code, _, rest in wanted), key=lambda p: -p[0]
    )
    return next((code for weight, code in ranked if weight > 0 and code in languages()), ENGLISH)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0


def _language(
    request: Request,
    language: Annotated[  # noqa: ARG001  (described here, and read from the request)
        str | None, Query(description="The language of sentences and headings: en, da or nl.")
    ] = None,
) -> str:
    return preferred(request)


@dataclass(frozen=True, slots=True)
class Extent:
    """How many items are asked for, and behind which one: by its id or key."""

    limit: int
    after: str | None

    def of(self, items: Sequence[T], key: Callable[[T], str]) -> Part[T]:
        """The items asked for, of all in their order. `NotThere` where none is the one that `after` names."""
        begin = 0
        if self.after is not None:
            begin = next((at for at, one in enumerate(items, 1) if key(one) == self.after), -1)
            if begin < 0:
                raise NotThere(self.after)
        taken = tuple(items[begin : begin + self.limit])
        more = begin + len(taken) < len(items)
        return Part(taken, len(items), key(taken[-1]) if taken and more else None, begin)


def _extent(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Items at most.")] = 50,
    after: Annotated[
        str | None, Query(description="Only what stands behind this: the `next` of the answer before.")
    ] = None,
) -> Extent:
    return Extent(limit, after or None)


def _judged(
    kind: Annotated[JudgementKind | Literal[""], Query(description="Only of this kind.")] = "",
    who: Annotated[str, Query(max_length=500, description="Only by this person, as they signed.")] = "",
    since: Annotated[
        str, Query(max_length=20, description="Only from this day on (UTC): 2019, 2019-02 or 2019-02-01.")
    ] = "",
    until: Annotated[
        str, Query(max_length=20, description="Only until this day (UTC), all of it included.")
    ] = "",
) -> JudgementFilter:
    return JudgementFilter(
        kind=kind or None,
        who=who or None,
        since=_day(first_day(since), time.min) if since.strip() else None,
        until=_day(last_day(until), time.max) if until.strip() else None,
    )


def _day(told: str, at: time) -> datetime:
    return datetime.combine(date.fromisoformat(told), at, UTC)


When = Annotated[Times, Depends(_times)]
Known = Annotated[datetime | None, Depends(_known)]
"""The second of the two times alone."""
Spoken = Annotated[str, Depends(_language)]
Judged = Annotated[JudgementFilter, Depends(_judged)]
"""Which judgements are asked for."""
Some = Annotated[Extent, Depends(_extent)]
