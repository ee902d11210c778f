"""The text of a page as pieces: which statements each piece is said by, and where nothing was read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ledger import StoredStatement, StoredUnread
from onrecord.pages import Block, Page


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `said` are the numbers of the statements whose quote it is part of, `ends` of those
    that end with it; `unread`: it is part of a sentence from which nothing was read."""

    text: str
    said: tuple[int, ...]
    ends: tuple[int, ...]
    unread: bool


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    number: int | None


def marked(
    content: Page, statements: Sequence[StoredStatement], unread: Sequence[StoredUnread]
) -> Iterator[tuple[Block, tuple[Piece, ...]]]:
    """The blocks of a page, each cut where a quote or an unread sentence begins or ends. Statements are
    numbered from 1 in the order in which they are given."""
    said = (_span(content, s.statement.start, s.statement.end, n) for n, s in enumerate(statements, 1))
    left = (_span(content, one.unread.start, one.unread.end, None) for one in unread)
    spans = [span for span in (*said, *left) if span.start < span.end]
    for block in content.blocks:
        here = [span for span in spans if span.start < block.end and span.end > block.start]
        yield block, tuple(_pieces(content.text, block, here))


def _span(content: Page, start: int, end: int, number: int | None) -> _Span:
    """Offsets in the original as offsets in the text; empty where none of it was kept."""
    return _Span(bisect_right(content.ends, start), bisect_left(content.offsets, end), number)


def _pieces(text: str, block: Block, spans: Sequence[_Span]) -> Iterator[Piece]:
    edges = {block.start, block.end}
    edges |= {edge for span in spans for edge in (span.start, span.end) if block.start < edge < block.end}
    places = sorted(edges)
    for start, end in pairwise(places):
        over = [span for span in spans if span.start < end and span.end > start]
        said = [span for span in over if span.number is not None]
        yield Piece(
            text[start:end],
            tuple(span.number for span in said if span.number is not None),
            tuple(span.number for span in said if span.number is not None and span.end == end),
            any(span.number is None for span in over),
        )
