"""What the rooms say in English where something cannot be done, in the other languages of the workbench
(messages/problems.yaml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

_FIELD = re.compile(r"\{(\w+)\}")
_HINT = re.compile(r" (Did you mean .+\?)", re.DOTALL)
"""What may stand behind any of the sentences, and is one of them itself."""

Fill = Callable[[str, str], str]
"""What is filled in for a field of that name and value."""


@cache
def sentences() -> tuple[Mapping[str, str], ...]:
    """The sentences by language, in each with the same fields or fewer than in English."""
    place = files("onrecord.web") / "messages" / "problems.yaml"
    return tuple(cast(list[dict[str, str]], yaml.safe_load(place.read_text("utf-8"))))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    """What the English sentences look like, those that leave least open first."""
    found = []
    for one in sorted(sentences(), key=lambda one: -len(_FIELD.sub("", one["en"]))):
        # Texts and the names of fields by turns.
        parts = _FIELD.split(one["en"])
        told = (f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        found.append((re.compile("".join(told), re.DOTALL), one))
    return tuple(found)


def sentence_in(language: str, told: str, fill: Fill) -> str | None:
    """An English sentence in another language; None where there is none for it."""
    hint = _HINT.search(told)
    if hint is not None:
        said = sentence_in(language, _HINT.sub("", told), fill)
        meant = sentence_in(language, hint[1], fill)
        return None if said is None or meant is None else f"{said} {meant}"
    for pattern, one in _patterns():
        match = pattern.fullmatch(told)
        if match is not None and language in one:
            filled = {field: fill(field, value) for field, value in match.groupdict().items()}
            return _FIELD.sub(lambda found, filled=filled: filled[found[1]], one[language])  # type: ignore[misc]
    return None
