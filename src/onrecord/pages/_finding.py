"""Words that a person writes or pastes, found in a page's text."""

from __future__ import annotations

import re

from onrecord.pages._model import Page

MOST = 20
"""Places at which the same words are found: enough to choose from."""


def find_words(page: Page, words: str) -> tuple[tuple[int, int], ...]:
    """Where words stand in the text, as offsets in the original, `MOST` of them: however they are spaced; as
    they are written, or else in great or small letters."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return ()
    for flags in (re.NOFLAG, re.IGNORECASE):
        found: list[tuple[int, int]] = []
        for one in re.finditer(r"\s+".join(parts), page.text, flags):
            found.append(page.original_span(*one.span()))
            if len(found) == MOST:
                break
        if found:
            return tuple(found)
    return ()
