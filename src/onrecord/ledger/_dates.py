"""Dates cut to a precision (`2019`, `2019-01`, `2019-01-24`) and the first and last day of each."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from functools import lru_cache

from onrecord.ledger._errors import BadDate, CannotBe

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@lru_cache(maxsize=16_384)
def last_day(value: str) -> str:
    """The last day of the period that `value` names, as `YYYY-MM-DD`.

    What is dated "January 2019" had surely been published only when that month was over. `BadDate` where
    `value` is no date.
    """
    match = _FORM.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        month = month or 12
        return date(year, month, day or monthrange(year, month)[1]).isoformat()
    except ValueError:
        raise BadDate(
            f"'{value}' is no date. Write a year, month or day as 2019, 2019-01 or 2019-01-24."
        ) from None


def first_day(value: str) -> str:
    """The first day of the period that `value` names, as `YYYY-MM-DD`. `BadDate` where it is no date."""
    last_day(value)
    return (value.strip() + "-01-01")[: len("2019-01-01")]


def begun(value: str, field: str) -> str:
    """The last day of the period that `value` names and of which some has come, today where it is not over.
    `CannotBe`, of the field that tells it, where it is all to come; `BadDate` where it is no date."""
    # A day has come where the ledger stands or by UTC, by which days are told elsewhere.
    now = datetime.now(UTC)
    today = max(now.date(), now.astimezone().date()).isoformat()
    if first_day(value) > today:
        raise CannotBe(f"{value.strip()} is a day to come. Write one that has come.", field)
    return min(last_day(value), today)
