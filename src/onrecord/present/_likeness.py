"""Why two names are taken to be alike, and what is wanting, in the reader's language. The rooms say it in
English, in a form that is always the same."""

from __future__ import annotations

import re

from babel.numbers import format_decimal

from onrecord.present._catalogue import ENGLISH, catalogue

_ONLY = re.compile(r"(^|; )only (asked|listed): ")
_HOW = re.compile(
    r"\((exact|legal form|spelling|sound|script|abbreviation|initial|order|place), (\d\.\d\d)\)"
)
_WHOLE = re.compile(r'"(.*)" for the whole name', re.DOTALL)
_STEP = re.compile(r'"([^"]*)" for "([^"]*)"|without "([^"]*)"|with "([^"]*)"')


def reason_told(reason: str, language: str) -> str:
    """Which parts of two names met, and what stood alone (`Likeness.reason`)."""
    if language == ENGLISH:
        return reason
    words = catalogue(language)["likeness"]
    if reason in words["rules"]:
        return str(words["rules"][reason])

    def how(found: re.Match[str]) -> str:
        likeness = format_decimal(float(found[2]), "0.00", locale=language)
        return f"({words['how'][found[1]]}, {likeness})"

    told = _ONLY.sub(lambda found: f"{found[1]}{words['only'][found[2]]}: ", reason)
    return _HOW.sub(how, told)


def wanting_told(wanting: str, language: str) -> str:
    """What it would have taken for two names to be the same (`Likeness.wanting`)."""
    if language == ENGLISH or not wanting:
        return wanting
    words: dict[str, str] = catalogue(language)["likeness"]["wanting"]
    if whole := _WHOLE.fullmatch(wanting):
        return words["whole"].format(new=whole[1])

    def step(found: re.Match[str]) -> str:
        new, old, without, more = found.groups()
        if new is not None:
            return words["instead"].format(new=new, old=old)
        return words["without"].format(old=without) if without is not None else words["with"].format(new=more)

    return _STEP.sub(step, wanting)
