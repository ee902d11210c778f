"""A page cut into windows that the encoder reads at once, its words into pieces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onrecord.language import Analysis
from onrecord.statements.learned._model_files import Array, pieces

BEGIN, END, UNKNOWN = 0, 2, 3
"""Pieces that no word holds: before the first word, after each sentence, and for what is not known."""
LIMIT = 500
"""Pieces in a window; the encoder knows 512 positions."""
CONTEXT = 150
"""Pieces of the sentences before those that a window is read for."""
LONGEST_WORD = 12
"""Pieces of a word that are read: more only noise has."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some sentences of a page: `ids` its pieces, `spans` the first and last (exclusive) of each word's.

    Its words are the tokens from `first` to `last` (exclusive); statements are read from those from `own` on,
    what stands before them is context.
    """

    ids: Array
    spans: Array
    first: int
    own: int
    last: int


@lru_cache(maxsize=50_000)
def pieces_of(word: str, spaced: bool) -> tuple[int, ...]:
    """A word's pieces; `spaced` says that a space stands before it."""
    text = ("\u2581" if spaced else "") + unicodedata.normalize("NFKC", word).replace(" ", "\u2581")
    return tuple(pieces().encode(text)[:LONGEST_WORD]) or (UNKNOWN,)


def windows(analysis: Analysis) -> Iterator[Window]:
    """The windows of a page, in order; every sentence is read in one of them."""
    tokens, sentences = analysis.tokens, analysis.sentences
    words = [
        pieces_of(token.text, i == 0 or tokens[i - 1].end < token.start) for i, token in enumerate(tokens)
    ]
    length = [1 + sum(len(words[i]) for i in range(s.first, s.last)) for s in sentences]
    begin = 0
    while begin < len(sentences):
        first, total = begin, 0
        while first > 0 and total + length[first - 1] <= CONTEXT:
            first -= 1
            total += length[first]
        end = begin
        while end < len(sentences) and (total + length[end] <= LIMIT or end == begin):
            total += length[end]
            end += 1
        ids, spans = [BEGIN], []
        for sentence in sentences[first:end]:
            for i in range(sentence.first, sentence.last):
                spans.append((len(ids), len(ids) + len(words[i])))
                ids += words[i]
            ids.append(END)
        yield Window(
            np.array(ids, np.int64),
            np.array(spans, np.int64),
            sentences[first].first,
            sentences[begin].first,
            sentences[end - 1].last,
        )
        begin = end
