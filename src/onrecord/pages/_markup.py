"""HTML as lines of visible text that know their places, in one pass that no input can make slow."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from onrecord.pages._limits import check_depth, check_tags, check_text
from onrecord.pages._lines import LINE_SEPARATOR, Line
from onrecord.pages._traced import Traced
from onrecord.pages._words import load_data

_MODEL = {name: frozenset(tags) for name, tags in load_data("html").items()}

# Attributes are read with their quotes, so that a ">" in one does not end the tag; no step backtracks.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)(?:[^>"']++|(?<=[=\s])"[^"]*+"|(?<=[=\s])'[^']*+'|["'])*+>""")
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)[^>]*+>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_TEXT = re.compile(r"[^<&]+")
_LAST_TEXT = re.compile(r"[^&]+")


def visible_lines(
    original: str, start: int, end: int, locator: str, *, keep_breaks: bool = False
) -> Iterator[Line]:
    """The lines that a browser would show of `original[start:end]`, in order.

    `keep_breaks`: line ends in the text stay in the lines, for Markdown, where they mean something.
    """
    pieces: list[Traced] = []
    open_tags: list[str] = []
    gap, tag = True, ""

    def line() -> Iterator[Line]:
        nonlocal pieces, gap
        text = Traced.join(pieces)
        pieces = []
        text = text if keep_breaks else text.squeezed()
        if text.text.strip():
            yield Line(text, gap, 0, tag)
            gap = False

    characters = tags = 0
    for kind, text in _tokens(original, start, end):
        if kind == "text":
            pieces.append(text)
            characters += len(text.text.strip())
            check_text(characters, locator)
            continue
        tags += 1
        check_tags(tags, locator)
        name = kind.lstrip("/")
        if name == "br":
            if keep_breaks:
                pieces.append(Traced.made(LINE_SEPARATOR, text.start, text.end))
            else:
                had = bool(pieces)
                yield from line()
                gap = gap or not had
            continue
        if name in _MODEL["inline"]:
            continue
        yield from line()
        gap = True
        if name in _MODEL["void"]:
            continue
        if kind.startswith("/"):
            if name in open_tags:
                while open_tags.pop() != name:
                    pass
        else:
            if name in _MODEL["open-ended"] and name in open_tags[-2:]:
                while open_tags.pop() != name:
                    pass
            open_tags.append(name)
            check_depth(len(open_tags), locator)
        tag = next((open_tag for open_tag in reversed(open_tags) if open_tag in _MODEL["telling"]), "")
    yield from line()


def _tokens(original: str, start: int, end: int) -> Iterator[tuple[str, Traced]]:
    """Tags by name ("/p" where they close) and pieces of text. What browsers hide is passed over."""
    at, tag = start, _TAG
    last_close = original.rfind(">", start, end)
    while at < end:
        character = original[at]
        if character == "<" and at < last_close:
            if original.startswith("<!--", at):
                close = original.find("-->", at + 4, end)
                at = end if close < 0 else close + 3
                continue
            if original.startswith(("<!", "<?"), at):
                at = original.find(">", at, end) + 1
                continue
            found = tag.match(original, at, end)
            if not found and tag is _TAG:
                # A quote that never closes: from here on tags are read without regard to quotes, so
                # that the search for its end is made once only.
                found = _PLAIN_TAG.match(original, at, end)
                tag = _PLAIN_TAG if found else tag
            if found:
                name = found.group(2).lower()
                at = found.end()
                if name in _MODEL["raw"] and not found.group(1) and not found.group().endswith("/>"):
                    at = _end_of_raw(original, name, at, end)
                    continue
                yield found.group(1) + name, Traced.verbatim(original, found.start(), found.end())
                continue
        if character == "&" and (found := _REFERENCE.match(original, at, end)):
            letters = html.unescape(found.group())
            if letters != found.group():
                yield "text", Traced.made(letters, at, found.end())
                at = found.end()
                continue
        # Behind the last ">" there are no tags any more, and a "<" is but a "<".
        text = _TEXT if at < last_close else _LAST_TEXT
        stop = found.end() if (found := text.match(original, at + 1, end)) else at + 1
        yield "text", Traced.verbatim(original, at, stop)
        at = stop


def _end_of_raw(original: str, name: str, at: int, end: int) -> int:
    close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(original, at, end)
    return close.end() if close else end
