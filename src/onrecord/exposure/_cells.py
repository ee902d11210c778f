"""A cell's text in, what it means out: dates, shares, sorts, layers, states; or why it means nothing."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from onrecord.exposure._model import RegisterError
from onrecord.exposure._words import UNIONS, data, named, states, word
from onrecord.exposure._words import folded as _folded

LONGEST = 32_767
"""Characters of a cell: as many as a spreadsheet's cell holds (Excel specifications and limits)."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-./](\d{4})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?|[.,]\d+)\s*(%?)")
# What a spreadsheet would calculate: = in front, or another sign in front of a function or of a DDE link.
_FORMULA = re.compile(r"=|[+\-@]\s*[A-Za-z_.]+\s*[(|]")
_YEARS = range(1900, 2201)


class Unusable(Exception):
    """What is wrong with a cell."""


class Odd(str):
    """A cell that is no text: what is wrong with it stands for it. A workbook has such (formulas, errors)."""

    __slots__ = ()


FORMULA = Odd("holds a formula, which is not calculated here; put its value in its place")
"""The cell of a formula."""


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text of a CSV's cell for a formula."""
    return text[:1] in "=+-@" and _FORMULA.match(text) is not None


@lru_cache(maxsize=65_536)
def date_of(text: str) -> str:
    """An ISO date, cut to its precision. Raises `Unusable`."""
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) if part else None for part in iso.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    elif found := _MONTH_FIRST.fullmatch(text):
        day, month, year = None, int(found[1]), int(found[2])
    else:
        if _SERIAL.fullmatch(text):
            raise Unusable(
                f"'{text}' seems to be the number that a spreadsheet keeps for a date; format the column as "
                "dates, or write 2019-02-01"
            )
        raise Unusable(f"'{text[:40]}' is no date; write 2019-02-01, or 1-2-2019 for day-month-year")
    assert year is not None
    if year not in _YEARS:
        raise Unusable(f"the year {year} in '{text}' is beyond {_YEARS.start} to {_YEARS.stop - 1}")
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        raise Unusable(f"'{text}' is no day of the calendar; day-month-year, or 2019-02-01") from None
    return whole if day else whole[:7] if month else whole[:4]


@lru_cache(maxsize=65_536)
def share_of(text: str) -> float:
    """A share between 0 and 1. Raises `Unusable`: also for what may be either a share or a percentage."""
    found = _SHARE.fullmatch(text)
    if found is None:
        raise Unusable(f"'{text[:40]}' is no share; write 12.5 % or 0.125")
    value = float(found[1].replace(",", "."))
    if found[2]:
        value /= 100
    elif value >= 1:
        raise Unusable(f"'{text}' may be a share or a percentage; write {text} %, or a number below 1")
    if value > 1:
        raise Unusable(f"'{text}' is more than the whole")
    return value


@lru_cache(maxsize=65_536)
def state_of(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a state, by its code or its name. Raises `Unusable`."""
    meant = states().get(_folded(text), frozenset())
    if meant & UNIONS:
        raise Unusable(f"'{text}' is no state but a union of many; write the state")
    if len(meant) == 1:
        return next(iter(meant))
    if meant:
        raise Unusable(f"'{text}' may mean {' or '.join(sorted(meant))}; write the code")
    raise Unusable(f"'{text[:40]}' is no state known here; write its English name, or its code (DK)")


def state_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a state, by its code or by its name in any of the languages that a
    register's cells may be in. Raises `RegisterError` where it is none."""
    try:
        return state_of(text.strip())
    except Unusable as error:
        raise RegisterError(str(error)) from None


@lru_cache(maxsize=65_536)
def named_in(table: str, text: str) -> str:
    """The code of a sort (`sorts`) or layer (`layers`). Raises `Unusable` with those that there are."""
    found = named(table).get(_folded(text))
    if found is None:
        listed = ", ".join(word(table, code) for code in data()[table])
        raise Unusable(f"'{text[:40]}' is none of: {listed}")
    return found
