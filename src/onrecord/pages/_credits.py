"""The news agency to which a page credits its text: in a line of credits, or in the dateline before the first
word ("BERLIN (dpa) –", "London, 3 May (Reuters) -")."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from onrecord.pages._model import Page

_REASONS = ("wire-credit", "byline", "copyright")
"""Dropped runs that may credit an agency. A credit of a photograph says nothing of the text."""
_CREDITED = 120
"""Characters of a run beyond which it is more than a line of credits."""
_PICTURE = re.compile(r"foto|photo|bild|beeld|billede|image|video", re.IGNORECASE)
_DATELINE = re.compile(r"\s*[^\W\d_][\w .,/'’-]{1,48}?\s*[(/]\s*([\w .-]{2,24})\s*[)/]\s*(?:[-–—:.,]|\b)")


@cache
def _agencies() -> dict[str, re.Pattern[str]]:
    text = (files("onrecord.pages") / "data" / "agencies.yaml").read_text("utf-8")
    return {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
        for name, forms in yaml.safe_load(text).items()
    }


def credited_agency(page: Page) -> str | None:
    """The agency to which a page credits its text, by its name in data/agencies.yaml; None where it credits
    none. Of several the one that is named first."""
    for block in page.blocks:
        if block.kind == "body":
            dateline = _DATELINE.match(page.text, block.start, block.end)
            named = _first(dateline[1]) if dateline else None
            if named is not None:
                return named
            break
    for run in page.runs:
        if not run.kept and run.reason in _REASONS and run.end - run.start <= _CREDITED:
            credit = page.original[run.start : run.end]
            named = None if _PICTURE.search(credit) else _first(credit)
            if named is not None:
                return named
    return None


def _first(text: str) -> str | None:
    found = [(match.start(), name) for name, form in _agencies().items() if (match := form.search(text))]
    return min(found)[1] if found else None
