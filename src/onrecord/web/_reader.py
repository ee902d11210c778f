"""The text of a page as pieces: which statements each piece is said by, and where nothing was read; words in
their paragraph; and the original in the stretches that were kept or dropped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ledger import StoredStatement, StoredUnread
from onrecord.pages import Block, Page, Run


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text from the offset `at`. `said` are the numbers of the statements whose quote it is part
    of, `begins` and `ends` of those that begin and end with it; `unread`: it is part of a sentence from which
    nothing was read."""

    text: str
    said: tuple[int, ...]
    ends: tuple[int, ...]
    unread: bool
    at: int = 0
    begins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    number: int
    read: bool


def marked(
    content: Page, statements: Sequence[StoredStatement], unread: Sequence[StoredUnread]
) -> Iterator[tuple[Block, tuple[Piece, ...]]]:
    """The blocks of a page, each cut where a quote or an unread sentence begins or ends. Statements are
    numbered from 1 in the order in which they are given."""
    said = (
        _Span(*in_text(content, s.statement.start, s.statement.end), n, True)
        for n, s in enumerate(statements, 1)
    )
    left = (_Span(*in_text(content, one.unread.start, one.unread.end), 0, False) for one in unread)
    spans = [span for span in (*said, *left) if span.start < span.end]
    for block in content.blocks:
        here = [span for span in spans if span.start < block.end and span.end > block.start]
        yield block, tuple(_pieces(content.text, block, here))


def in_text(content: Page, start: int, end: int) -> tuple[int, int]:
    """Offsets in the original as offsets in the text; empty where none of it was kept."""
    return bisect_right(content.ends, start), bisect_left(content.offsets, end)


def _pieces(text: str, block: Block, spans: Sequence[_Span]) -> Iterator[Piece]:
    edges = {block.start, block.end}
    edges |= {edge for span in spans for edge in (span.start, span.end) if block.start < edge < block.end}
    places = sorted(edges)
    for start, end in pairwise(places):
        over = [span for span in spans if span.start < end and span.end > start]
        said = [span for span in over if span.read]
        yield Piece(
            text[start:end],
            tuple(span.number for span in said),
            tuple(span.number for span in said if span.end == end),
            len(over) > len(said),
            start,
            tuple(span.number for span in said if span.start == start),
        )


def around(content: Page, start: int, end: int) -> tuple[str, str, str]:
    """Words of the original as they stand in their paragraph: what comes before, they themselves, and what
    follows. Where they lie in no one paragraph, they stand alone."""
    first, last = in_text(content, start, end)
    for block in content.blocks:
        if first < last and block.start <= first and last <= block.end:
            text = content.text
            return text[block.start : first], text[first:last], text[last : block.end]
    return "", content.text[first:last] if first < last else content.original[start:end], ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the original from the offset `start`, with why it was kept or dropped; `block` is the
    number of the block whose first character it holds."""

    start: int
    text: str
    kept: bool
    reason: str
    blocks: tuple[int, ...]


def stretches(content: Page, most: int) -> list[Stretch]:
    """The original in the stretches that were kept or dropped, as far as `most` characters."""
    begins = sorted(
        (content.offsets[block.start], number)
        for number, block in enumerate(content.blocks)
        if block.start < block.end
    )
    found: list[Stretch] = []
    for run in _whole(content, most):
        here = tuple(number for at, number in begins if run.start <= at < run.end)
        text = content.original[run.start : min(run.end, most)]
        found.append(Stretch(run.start, text, run.kept, run.reason, here))
    return found


def _whole(content: Page, most: int) -> Iterator[Run]:
    """The runs without gaps, each cut where a block begins, so that one can be gone to."""
    at = 0
    cuts = sorted({content.offsets[block.start] for block in content.blocks if block.start < block.end})
    for run in sorted(content.runs, key=lambda run: (run.start, run.end)):
        if run.start > at:
            yield Run(at, run.start, False, "")
        edges = [max(run.start, at), *(c for c in cuts if max(run.start, at) < c < run.end), run.end]
        for start, end in pairwise(edges):
            if start < end and start < most:
                yield Run(start, end, run.kept, run.reason)
        at = max(at, run.end)
    if at < min(len(content.original), most):
        yield Run(at, len(content.original), False, "")
