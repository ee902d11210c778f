"""Dates cut to their precision (ISO 8601): as days, and in words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from onrecord.present._catalogue import catalogue

# Of the dates of a dossier most stand there many times.
_once = lru_cache(maxsize=16_384)

_PRECISION = ("year", "month", "day")
_TO_THE_DAY_OR_MONTH = re.compile(
    r"(?<![\w/:-])\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\w/-])"
)


def _parts(value: str) -> tuple[str, date]:
    """A date's precision, and its first day."""
    numbers = [int(part) for part in value.split("-")]
    precision = _PRECISION[len(numbers) - 1]
    return precision, date(*[*numbers, 1, 1][:3])


def first_day(value: str) -> date:
    """The first day that a date may mean."""
    return _parts(value)[1]


def middle(value: str) -> date:
    """Where a date known to the month or year is drawn: in the middle of it."""
    parts = [int(part) for part in value.split("-")]
    return date(*(parts + ([7, 1] if len(parts) == 1 else [15]))[:3])


def _format(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=catalogue(language)["language"]) if pattern else ""


@_once
def in_words(value: str, language: str) -> str:
    """An ISO 8601 date cut to its precision, in words: "24 January 2019", "January 2019", "2019"."""
    precision, day = _parts(value)
    return _format(day, catalogue(language)["dates"][precision]["format"], language)


def all_in_words(text: str, language: str) -> str:
    """A sentence of ours with its dates in words; those to the year are so as they are."""

    def told(found: re.Match[str]) -> str:
        try:
            return in_words(found[0], language)
        except ValueError:
            return found[0]

    return _TO_THE_DAY_OR_MONTH.sub(told, text)


@_once
def phrase(value: str, language: str) -> str:
    """That date as the end of a sentence: " on 24 January 2019", " in January 2019"."""
    precision, _ = _parts(value)
    return str(catalogue(language)["dates"][precision]["phrase"]).replace("{date}", in_words(value, language))


@_once
def short(value: str, language: str) -> str:
    """That date for a table: "24 Jan 2019"."""
    precision, day = _parts(value)
    return _format(day, catalogue(language)["dates"]["short"][precision], language)


@_once
def in_year(value: str, language: str) -> str:
    """That date without its year, for a list under the year: "24 Jan"; empty where only the year is known."""
    precision, day = _parts(value)
    return _format(day, catalogue(language)["dates"]["day_in_year"][precision], language)


@_once
def month(value: str, language: str) -> str:
    """The month of a day, short and without a full stop: "Jan"."""
    return _format(_parts(value)[1], "MMM", language).rstrip(".")
