"""What a form or a request says of a register's columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import get_args

from onrecord.exposure import Column, Sort, register_fields
from onrecord.present import plain
from onrecord.web._errors import Problem

SORTS: tuple[Sort, ...] = get_args(Sort)
NAME = 120
"""Characters of a register's name."""
_ENDINGS = (".csv", ".xlsx", ".txt", ".tsv")


def name_of(told: str) -> str:
    """The name under which a register is kept: what is told, without a file's ending."""
    name = plain(told).replace("/", "-").strip()[:NAME]
    for ending in _ENDINGS:
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
    return name.strip(". ") or "register"


def mapping_asked(asked: Mapping[str, str], columns: Iterable[Column]) -> tuple[dict[str, str], Sort | None]:
    """The columns that a form says are for something else than they are taken for (its fields `c1`, `c2`,
    ... by their numbers), and what all lines tell of (`sort`)."""
    found = {}
    for column in columns:
        told = asked.get(f"c{column.number}")
        if column.heading and told is not None and told != "?" and told != (column.field or ""):
            found[f"#{column.number}"] = "" if told == "-" else told
    return found, sort_of(asked.get("sort", ""))


def sort_of(told: str) -> Sort | None:
    """A sort, or none. `Problem` for what is neither."""
    if told and told not in SORTS:
        wrong = f"sort: '{told[:40]}' is none of: {', '.join(SORTS)}."
        raise Problem(HTTPStatus.BAD_REQUEST, wrong, field="sort")
    return told if told else None


def mapping_of(told: Iterable[str]) -> dict[str, str]:
    """What a request says of columns, each as HEADING=COLUMN. `Problem` where one says nothing."""
    found = {}
    for one in told:
        heading, equals, field = one.rpartition("=")
        if not equals or not heading.strip() or (field.strip() and field.strip() not in register_fields()):
            there = ", ".join(register_fields())
            raise Problem(
                HTTPStatus.BAD_REQUEST,
                f"map: '{one[:80]}' says of no column what it is for. Write HEADING=COLUMN, of: {there}.",
            )
        found[heading.strip()] = field.strip()
    return found
