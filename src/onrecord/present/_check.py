"""A check of a register in a format, by the format's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Literal, get_args

from onrecord.exposure import Check, Register, outlines
from onrecord.present._catalogue import ENGLISH
from onrecord.present._check_view import CheckView
from onrecord.present._json import to_json

CheckFormat = Literal["terminal", "html", "json"]

SHAPE = "onrecord.check/1"
"""The name of the JSON's shape; the number grows when a field changes its meaning or goes."""


def render_check(
    check: Check,
    form: CheckFormat,
    *,
    register: Register | None = None,
    language: str = ENGLISH,
    width: int = 80,
    colour: bool = False,
    told: Callable[[str], str] = str,
) -> str:
    """What a check found, as text in a format and a language (one of `languages()`); `register` is what was
    checked, whose lines are named then. `width` (columns) and `colour` are for the terminal alone, `told` is
    `CheckView`'s.

    Raises `ValueError` for a format or language that there is not.
    """
    if form == "json":
        return to_json(_data(check, register, language))
    view = CheckView(check, register, language, told)
    if form == "terminal":
        from onrecord.present._check_text import check_terminal

        return check_terminal(view, width=width, colour=colour)
    if form == "html":
        from onrecord.present._check_html import check_html

        return check_html(view)
    raise ValueError(f"There is no format '{form}'. There are: {', '.join(get_args(CheckFormat))}.")


def check_workbook(
    check: Check,
    register: Register | None = None,
    *,
    language: str = ENGLISH,
    told: Callable[[str], str] = str,
) -> bytes:
    """The check as the bytes of an XLSX file with the sheets Findings, Register (where it is given), Not
    looked at and Sources, named in `language`. No cell is a formula. `told` is `CheckView`'s.

    Raises `ValueError` for a language that there is not.
    """
    from onrecord.present._check_book import check_book

    return check_book(CheckView(check, register, language, told))


def _data(check: Check, register: Register | None, language: str) -> dict[str, Any]:
    """The whole check, and the lines of the register that something was found on."""
    touched = {one.line for found in (check.findings, check.gone) for one in outlines(found)}
    lines = register.lines if register is not None else ()
    return {
        "shape": SHAPE,
        "language": language,
        "machine_reading": True,
        "summary": list(CheckView(check, register, language).summary()),
        **asdict(replace(check, findings=(), gone=())),
        "findings": [asdict(finding) for finding in check.findings],
        "gone": [asdict(finding) for finding in check.gone],
        "register": [asdict(line) for line in lines if line.line in touched],
        "remarks": list(register.remarks) if register is not None else [],
    }
