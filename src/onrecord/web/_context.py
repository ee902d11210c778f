"""The words around a statement: its sentence with the one before it and the one behind."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from onrecord.pages import Page
from onrecord.statements import Statement

_END = re.compile(r"""[.!?…]["'”’»)\]]*\s+|\n+""")
"""Where a sentence ends: near enough for what stands around another."""
_MOST = 400
"""Characters that are shown before a sentence, and behind it, at most."""


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence `before`; of the statement's own sentence what `leads` to its quote, the `quote`, and the
    `tail`; and the sentence `behind`."""

    before: str
    leads: str
    quote: str
    tail: str
    behind: str


def context_of(content: Page, statement: Statement) -> Context:
    """The words around a statement, from the text of its page, without what was dropped."""

    def span(start: int, end: int) -> tuple[int, int]:
        return bisect_right(content.ends, start), bisect_left(content.offsets, end)

    text = content.text
    start, end = span(statement.sentence_start, statement.sentence_end)
    first, last = span(statement.start, statement.end)
    if not start <= first < last <= end:
        return Context("", "", statement.quote, "", "")
    earlier = text[max(0, start - _MOST) : start].rstrip()
    ends = [found.end() for found in _END.finditer(earlier)]
    later = text[end : end + _MOST]
    stripped = later.lstrip(" .!?…\"'”’»)\n")
    stop = _END.search(stripped)
    tail = later[: len(later) - len(stripped)].rstrip()
    return Context(
        earlier[ends[-1] if ends else 0 :].strip(),
        text[start:first],
        text[first:last],
        text[last:end] + tail,
        stripped[: stop.end() if stop else None].strip(),
    )
