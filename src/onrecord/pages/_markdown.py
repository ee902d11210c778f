"""Markdown, with or without HTML in it, as lines of visible text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.pages._lines import LINE_SEPARATOR, Line, split_lines

_SEPARATOR = re.compile(LINE_SEPARATOR)
_UNDERLINE = re.compile(r"^(=+|-{2,})$")
_RULE = re.compile(r"^(?:[-*_]\s*){3,}$")
_OPENING = re.compile(r"^(?:(#{1,6})\s+|>\s?|[-*+]\s+(?=\S))")
_CLOSING = re.compile(r"\s+#+$")
_ITEM = re.compile(r"^[-*+]\s+")
# Images vanish, links leave their words, marks of emphasis and code go, an escaped character stays.
_INLINE = re.compile(
    r"(?P<image>!\[[^\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\]))"
    r"|\[(?P<link>[^\[\]\n]{1,500})\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])"
    r"|(?P<mark>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
)


def markdown_lines(visible: Iterable[Line]) -> Iterator[Line]:
    """The lines of Markdown in `visible`, the text between the HTML tags of a file."""
    for block in visible:
        lines: list[Line] = []
        for line in _of_element(block) if block.tag else split_lines(block.text):
            if _UNDERLINE.match(line.text.text) and lines and not line.gap:
                lines[-1] = replace(lines[-1], tag="h2")
            elif not _RULE.match(line.text.text) and (read := _read(line)).text.text:
                lines.append(read)
        yield from lines


def _of_element(block: Line) -> Iterator[Line]:
    """Within an element a line end is but a space; its own line breaks part lines."""
    gap = block.gap
    for piece in block.text.split(_SEPARATOR):
        if (text := piece.squeezed()).text:
            yield replace(block, text=text, gap=gap)
            gap = False


def _read(line: Line) -> Line:
    text, tag = line.text, line.tag
    while opening := _OPENING.match(text.text):
        if opening.group(1):
            tag = f"h{len(opening.group(1))}"
            text = text[: len(_CLOSING.sub("", text.text))]
        elif _ITEM.match(text.text):
            tag = "li"
        text = text[opening.end() :].strip()
        if tag.startswith("h"):
            break
    text = text.replace(_changes(text.text)).squeezed()
    return replace(line, text=text, tag=tag, gap=line.gap or tag not in ("", "p"))


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _INLINE.finditer(text):
        if found.group("link") is not None:
            yield found.start(), found.start("link"), ""
            inner = found.group("link")
            for mark in re.finditer(r"\*+|`+", inner):
                yield found.start("link") + mark.start(), found.start("link") + mark.end(), ""
            yield found.end("link"), found.end(), ""
        elif found.group("escaped") is not None:
            yield found.start(), found.start() + 1, ""
        else:
            yield found.start(), found.end(), ""
