"""The news agency to which a page credits its text: in a line of credits ("/ritzau/", "Kilde: Ritzau"), or in
the dateline before the first word ("BERLIN (dpa) –", "London, 3 May (Reuters) -")."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.pages._model import Page

_REASONS = ("wire-credit", "byline", "copyright")
"""Dropped runs that credit an agency wherever they name one. A credit of a photograph says nothing of the
text; what was dropped for another reason credits one where it is as a whole a credit."""
_CREDITED = 120
"""Characters of a run beyond which it is more than a line of credits."""
_PICTURE = re.compile(r"foto|photo|bild|beeld|billede|image|video", re.IGNORECASE)
_DATELINE = re.compile(r"\s*[^\W\d_][\w .,/'’-]{1,48}?\s*[(/]\s*([\w .-]{2,24})\s*[)/]\s*(?:[-–—:.,]|\b)")


def _data(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("onrecord.pages") / "data" / name).read_text("utf-8"))
    return loaded


@cache
def _agencies() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
        for name, forms in _data("agencies.yaml").items()
    }


@cache
def _whole() -> re.Pattern[str]:
    """A text that is nothing but a credit: a word for "source" and agencies, or these alone in brackets."""
    words = _data("credits.yaml").values()
    source, between = ("|".join(form for one in words for form in one[name]) for name in ("source", "and"))
    one = f"(?:{'|'.join(form for forms in _data('agencies.yaml').values() for form in forms)})"
    agencies = rf"{one}(?:\s*(?:[/,;&+|·–—-]|\s(?:{between})\s)\s*{one})*"
    return re.compile(
        rf"\W*(?:{source})\s*[:–—-]\s*\W?{agencies}\W*|\W*?[(\[]\s*{agencies}\s*[)\]]\W*", re.IGNORECASE
    )


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
        if run.kept or run.end - run.start > _CREDITED:
            continue
        credit = page.original[run.start : run.end]
        may = run.reason in _REASONS and not _PICTURE.search(credit)
        if (may or _whole().fullmatch(credit)) and (named := _first(credit)) is not None:
            return named
    return None


def _first(text: str) -> str | None:
    found = [(match.start(), name) for name, form in _agencies().items() if (match := form.search(text))]
    return min(found)[1] if found else None
