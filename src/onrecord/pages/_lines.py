"""The lines of a page before anything is judged, whatever format they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.pages._traced import Traced

LINE_SEPARATOR = "\u2028"
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_NO_LETTERS = re.compile(r"[\W_]+")
_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029")
_ENDS = re.compile(r"[.!?…:;|][\"'”’»)\]*_]*$")

# A text is taken to be wrapped by hand where most lines that another line of the same paragraph follows
# are of the length at which editors wrap.
_WRAPPED_FROM, _WRAPPED_TO, _WRAPPED_LINES = 50, 100, 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of visible text: a paragraph, a heading, an item, or what a scraper left of one.

    `gap`: a blank line or the border of an element parts it from the line before. `indent`: its leading
    spaces. `tag`: the element or mark-up it stood in, where the format tells. `article`: False where the
    extraction of the article from its HTML left it out.
    """

    text: Traced
    gap: bool = True
    indent: int = 0
    tag: str = ""
    article: bool = True


def split_lines(text: Traced, tag: str = "") -> Iterator[Line]:
    """The lines of plain text that are not blank."""
    gap = True
    for piece in text.split(_BREAK):
        line = piece.strip()
        if not line.text:
            gap = True
            continue
        indent = len(piece.text.expandtabs(4)) - len(piece.text.expandtabs(4).lstrip())
        yield Line(line, gap, indent, tag)
        gap = False


def unwrap(lines: Iterable[Line]) -> list[Line]:
    """Lines that were broken in mid-sentence made whole again."""
    lines = list(lines)
    broken = [len(a.text) for a, b in pairwise(lines) if not b.gap]
    at_margin = [n for n in broken if _WRAPPED_FROM <= n <= _WRAPPED_TO]
    wrapped = (
        len(at_margin) >= _WRAPPED_LINES and len(at_margin) > 0.6 * len(broken) and max(broken) <= _WRAPPED_TO
    )
    whole: list[Line] = []
    for line in lines:
        if whole and not line.gap and not line.tag and _runs_on(whole[-1], line, wrapped):
            before = whole[-1].text
            space = Traced.made(" ", before.end, line.text.start)
            whole[-1] = replace(whole[-1], text=Traced.join([before, space, line.text]))
        else:
            whole.append(line)
    return whole


def letters_of(text: str) -> str:
    """The letters and digits of `text` alone, folded: what two spellings of one headline share."""
    return _NO_LETTERS.sub("", text).casefold()


def _runs_on(before: Line, line: Line, wrapped: bool) -> bool:
    last = _BREAK.split(before.text.text)[-1]
    if wrapped and len(last) >= _WRAPPED_FROM:
        return True
    return not _ENDS.search(last) and line.text.text[0].islower()
