"""From the text of a file to a draft of its page: its format told, its lines and its metadata read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from onrecord.pages._article import mark_article
from onrecord.pages._front_matter import FrontMatter, host_of, read_front_matter
from onrecord.pages._html_metadata import parse_html, published_candidates, site_name
from onrecord.pages._limits import check_text
from onrecord.pages._lines import Line, split_lines, unwrap
from onrecord.pages._markdown import markdown_lines
from onrecord.pages._markup import visible_lines
from onrecord.pages._mending import mend
from onrecord.pages._traced import Traced

_DOCUMENT = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|li|br|blockquote|article|section|figure|table)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/")


@dataclass(frozen=True, slots=True)
class Draft:
    """A page whose lines are not judged yet.

    `dates` are the texts that may tell the date of publication, each with its evidence and how sure it is.
    `head_end`: where the front matter ends, 0 where there is none. `scraped`: the text was extracted before,
    by others.
    """

    lines: list[Line]
    title: Traced | None
    outlet: str | None
    dates: tuple[tuple[str, str, float], ...]
    head_end: int = 0
    scraped: bool = True


def draft_of(original: str, locator: str) -> Draft:
    """The draft of a page. Its format is told by what it holds, and by its name where that does not say."""
    front = read_front_matter(original)
    named_html = _suffix(locator) in (".html", ".htm")
    if front is None and (_DOCUMENT.match(original, 0, 4096) or (named_html and _BLOCK_TAG.search(original))):
        draft = _html(original, locator)
    elif front is not None or _suffix(locator) == ".md" or _marked_up(original):
        draft = _marked(original, front or FrontMatter(0), locator)
    else:
        check_text(len(original), locator)
        lines = list(split_lines(Traced.verbatim(original, 0, len(original))))
        draft = Draft(lines, None, None, ())
    lines = unwrap(_mended(draft.lines))
    outlet = draft.outlet or host_of(locator)
    return replace(draft, lines=lines, outlet=outlet, dates=(*draft.dates, *_in_address(locator)))


def _html(original: str, locator: str) -> Draft:
    lines = list(visible_lines(original, 0, len(original), locator))
    tree = parse_html(original)
    if tree is None:
        return Draft(lines, None, None, (), scraped=False)
    dates, outlet = tuple(published_candidates(tree)), site_name(tree)
    lines = mark_article(lines, tree)
    return Draft(lines, None, outlet, dates, scraped=False)


def _marked(original: str, front: FrontMatter, locator: str) -> Draft:
    visible = visible_lines(original, front.end, len(original), locator, keep_breaks=True)
    dates = tuple((text, f"front matter: {name}", 0.95) for name, text in front.dates)
    return Draft(list(markdown_lines(visible)), front.title, front.outlet, dates, front.end)


def _marked_up(original: str) -> bool:
    """Whether a text holds HTML in earnest: three tags of blocks."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] < 3, enumerate(_BLOCK_TAG.finditer(original)))) >= 3


def _mended(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        text = mend(line.text).squeezed()
        if text.text:
            yield replace(line, text=text)


def _in_address(locator: str) -> Iterator[tuple[str, str, float]]:
    """The date in a web address (`/2019/05/14/`), as many papers build theirs."""
    if host_of(locator) and (found := _URL_DATE.search(locator)):
        year, month, day = found.groups()
        yield f"{year}-{int(month):02}-{int(day):02}", "address of the page", 0.8


def _suffix(locator: str) -> str:
    path = PurePosixPath(urlsplit(locator).path if host_of(locator) else locator.replace("\\", "/"))
    return (path.with_suffix("") if path.suffix == ".gz" else path).suffix.lower()
