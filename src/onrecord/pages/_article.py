"""What of an HTML page is its article: trafilatura decides, and its choice is led back to the original."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import trafilatura
from lxml import html as lxml_html
from trafilatura.settings import Document

from onrecord.pages._lines import HEADINGS, Line, letters_of

# Share of a line's characters that the extraction must have kept for the line to be of the article.
_KEPT_SHARE = 0.6
# A place is searched for by this many characters (white space apart): long enough to be found once only.
_SEED = 24
# What is shorter than that is looked for this near only, lest one word of a list carry the search off.
_NEAR = 2000
# How many characters of a lost stretch are tried as the start of the next one that is found again.
_TRIES = 40

_SPACES = re.compile(r"\s+")

# It reports at length on pages that hold no article, which is told to the user in our own words.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def mark_article(lines: list[Line], tree: lxml_html.HtmlElement) -> list[Line]:
    """`lines` with those outside the article marked so, its headline being of it.

    `tree` is the same page parsed; its extraction in trafilatura's default mode is aligned to the lines.
    """
    document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True)
    if not isinstance(document, Document):
        return [replace(line, article=False) for line in lines]
    extracted = ["".join(map(str, element.itertext())) for element in document.body]
    shares = _kept_shares([line.text.text for line in lines], extracted)
    title = _title_line(lines, document.title)
    if title is not None and lines[title].tag == "title":
        lines = [*lines]
        lines[title] = _without_site(lines[title], document.title or "")
    return [
        replace(line, article=(share >= _KEPT_SHARE and line.tag != "title") or number == title)
        for number, (line, share) in enumerate(zip(lines, shares, strict=True))
    ]


def _kept_shares(lines: list[str], extracted: list[str]) -> list[float]:
    """For each line, the share of its characters that stands in the extraction, which has the same order."""
    squeezed = [_SPACES.sub("", line) for line in lines]
    page = "".join(squeezed)
    kept = bytearray(len(page))
    cursor = 0
    for element in extracted:
        text = _SPACES.sub("", element)
        at = tries = 0
        while at < len(text) and tries < _TRIES:
            seed = text[at : at + _SEED]
            found = page.find(seed, cursor, len(page) if len(seed) == _SEED else cursor + _NEAR)
            if found < 0:
                at, tries = at + 1, tries + 1
                continue
            length = _common(text, at, page, found)
            kept[found : found + length] = b"\1" * length
            cursor, at, tries = found + length, at + length, 0
    shares, start = [], 0
    for line in squeezed:
        shares.append(sum(kept[start : start + len(line)]) / len(line) if line else 0.0)
        start += len(line)
    return shares


def _common(text: str, at: int, page: str, found: int) -> int:
    length, limit = 0, min(len(text) - at, len(page) - found)
    while length < limit and text[at + length] == page[found + length]:
        length += 1
    return length


def _without_site(line: Line, title: str) -> Line:
    """A `title` element cut to the title, without the name of the site after it."""
    at = line.text.text.find(title)
    return replace(line, text=line.text[at : at + len(title)]) if at >= 0 else line


def _title_line(lines: list[Line], title: str | None) -> int | None:
    """The line that shows the title: the first heading of the highest rank that agrees with the metadata,
    else the `title` element where that is all there is."""
    wanted = letters_of(title or "")
    ranked = sorted(
        (line.tag, number)
        for number, line in enumerate(lines)
        if line.tag in HEADINGS | {"title"}
        and (letters := letters_of(line.text.text))
        and (letters in wanted or (wanted and wanted in letters))
    )
    return ranked[0][1] if ranked else None
