"""Pages made of plain text, for the rooms that read text."""

from __future__ import annotations

import hashlib

from onrecord.pages import Block, Page, Published, Run

_PRECISION = {4: "year", 7: "month", 10: "day"}


def page_of(text: str, language: str, published: str | None = None) -> Page:
    """A page of which `text` is the clean text and the original; each line is a paragraph."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), "body"))
        at += len(line) + 1
    return Page(
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        locator="text.txt",
        encoding="utf-8",
        original=text,
        text=text,
        offsets=tuple(range(len(text))),
        ends=tuple(range(1, len(text) + 1)),
        blocks=tuple(blocks),
        runs=(Run(0, len(text), True, "body"),),
        title=None,
        outlet=None,
        published=Published(published, _PRECISION[len(published)], "by hand", 1.0) if published else None,  # type: ignore[arg-type]
        language=language,
        language_confidence=1.0,
    )
