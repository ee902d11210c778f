"""How large a page may be. What is larger is refused before it can take the memory or the time of others."""

from __future__ import annotations

from onrecord.pages._errors import UnreadablePage

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""The largest file, and the largest content of a .gz file, that is read: news pages with all their scripts
stay below 3 MB, and reading one of this size stays well below the 1 GB of memory that the tool promises."""

MAX_TEXT = 1_000_000
"""Characters of visible text in one page: some two novels, far beyond any article."""

MAX_TAGS = 200_000
"""HTML tags in one page; those that people read have some thousands."""

MAX_DEPTH = 250
"""Elements within elements. libxml2 stops at 256 without a word; pages that people read stay below 60."""


def check_bytes(size: int, locator: str) -> None:
    """Refuse a file of more than `MAX_PAGE_BYTES`."""
    if size > MAX_PAGE_BYTES:
        limit = MAX_PAGE_BYTES // 1024**2
        raise UnreadablePage(
            "too-large", f"{locator} holds more than {limit} MB; split it or save only the article."
        )


def check_text(characters: int, locator: str) -> None:
    """Refuse a page of more visible text than any article has."""
    if characters > MAX_TEXT:
        raise UnreadablePage(
            "too-large", f"{locator} holds more than {MAX_TEXT:,} characters of text; split it."
        )


def check_tags(tags: int, locator: str) -> None:
    """Refuse a page of more HTML tags than any article has."""
    if tags > MAX_TAGS:
        raise UnreadablePage(
            "too-large", f"{locator} holds more than {MAX_TAGS:,} HTML tags; save only the article."
        )


def check_depth(depth: int, locator: str) -> None:
    """Refuse HTML that is nested deeper than its parser goes."""
    if depth > MAX_DEPTH:
        raise UnreadablePage(
            "too-deep",
            f"{locator} nests its HTML more than {MAX_DEPTH} deep, which no article does; "
            "save the page again, or its text as .txt.",
        )
