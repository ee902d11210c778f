"""Dates as lists write them, to ISO dates cut to their precision."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

Order = Literal["day", "month", "none"]
"""What comes first in 03/04/2021: known of a published format, of a user's own list `none`."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*|Z|[+-]\d\d:?\d\d)?", re.DOTALL)
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_WORD = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]+)?([A-Za-z]{3,9})\.?[\s,-]+(\d{4})")
_WORD_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEARS = range(1900, 2101)


class DateError(ValueError):
    """A date that is none, or that may be read in two ways; says why."""


def read_date(text: str, order: Order = "none") -> str | None:
    """The ISO date of `text` cut to its precision ("2014-08", "2014-08-01"), None where it is empty.

    Takes ISO dates with or without a time, 1/8/2014 in the order given, 01 Aug 2014, 1-Aug-2014, Aug 2014,
    August 1, 2014. Raises `DateError` where it is none of these, no day of the calendar, or (without an
    order) may mean two days.
    """
    text = text.strip()
    if not text:
        return None
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(text, *(int(part) if part else 0 for part in found.groups()))
    if found := _FIGURES.fullmatch(text):
        return _from_figures(text, int(found[1]), int(found[3]), int(found[4]), order)
    if found := _DAY_WORD.fullmatch(text):
        return _date(text, int(found[3]), _month(found[2], text), int(found[1] or 0))
    if found := _WORD_DAY.fullmatch(text):
        return _date(text, int(found[3]), _month(found[1], text), int(found[2]))
    raise DateError(f"“{_short(text)}” is no date; write it as 2014-08-01.")


def _from_figures(text: str, first: int, second: int, year: int, order: Order) -> str:
    if order == "none":
        if first <= 12 and second <= 12 and first != second:
            raise DateError(
                f"“{text}” may be {first} {_name(second)} or {second} {_name(first)}; write it as 2014-08-01."
            )
        order = "month" if second > 12 else "day"
    day, month = (first, second) if order == "day" else (second, first)
    return _date(text, year, month, day)


def _date(text: str, year: int, month: int = 0, day: int = 0) -> str:
    try:
        if year not in _YEARS or (day and not month):
            raise ValueError
        date(year, month or 1, day or 1)
    except ValueError:
        raise DateError(f"“{_short(text)}” is no day of the calendar between 1900 and 2100.") from None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _month(word: str, text: str) -> int:
    lower = word.lower()
    if lower[:3] in _MONTHS and (len(lower) == 3 or lower in (*_FULL, "sept")):
        return _MONTHS.index(lower[:3]) + 1
    raise DateError(f"“{_short(text)}” is no date; write it as 2014-08-01.")


def _name(month: int) -> str:
    return _FULL[month - 1].capitalize()


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
