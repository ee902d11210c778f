"""The reader's pieces: put together they are the text, and each says just what it is part of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger import StoredStatement, StoredUnread
from onrecord.pages import Block, Page
from onrecord.web._reader import marked

LENGTH = 30
DROPPED = 7
"""Characters of the original before the text."""

Spans = list[tuple[int, int]]
spans = st.lists(
    st.tuples(st.integers(DROPPED, LENGTH + DROPPED), st.integers(DROPPED, LENGTH + DROPPED)).map(
        lambda pair: (min(pair), max(pair))
    ),
    max_size=5,
)


def read(quotes: Spans, left: Spans, cut: int) -> list[tuple[Block, tuple[Any, ...]]]:
    blocks = (Block(0, cut, "body"), Block(cut, LENGTH, "body"))
    offsets = tuple(range(DROPPED, LENGTH + DROPPED))
    content = SimpleNamespace(
        text="".join(chr(97 + n % 26) for n in range(LENGTH)),
        offsets=offsets,
        ends=tuple(at + 1 for at in offsets),
        blocks=blocks,
    )
    statements = [SimpleNamespace(statement=SimpleNamespace(start=a, end=b)) for a, b in quotes]
    unread = [SimpleNamespace(unread=SimpleNamespace(start=a, end=b)) for a, b in left]
    return list(
        marked(cast(Page, content), cast(list[StoredStatement], statements), cast(list[StoredUnread], unread))
    )


@given(spans, spans, st.integers(1, LENGTH - 1))
def test_pieces_are_the_text_and_each_says_what_it_is_part_of(quotes: Spans, left: Spans, cut: int) -> None:
    at = DROPPED
    ended: list[int] = []
    for block, pieces in read(quotes, left, cut):
        assert sum(len(piece.text) for piece in pieces) == block.end - block.start
        for piece in pieces:
            for place in range(at, at + len(piece.text)):
                said = tuple(n for n, (a, b) in enumerate(quotes, 1) if a <= place < b)
                assert piece.said == said
                assert piece.unread == any(a <= place < b for a, b in left)
            at += len(piece.text)
            ended += piece.ends
    assert sorted(ended) == [n for n, (a, b) in enumerate(quotes, 1) if a < b]
