"""What an analysis is: a page's text as sentences of words with their grammar, and its dates."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.pages import Block, Page


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark. `start` and `end` are offsets in `Page.text`; `index` is its place on the page.

    `pos` is a Universal Dependencies part of speech, `morph` its features, `head` the index of its head (its own
    for a root), `dep` its relation, as a model guessed them.
    """

    index: int
    text: str
    lower: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: tokens `first` to `last` (exclusive) of the analysis, and the block in which it stands."""

    index: int
    first: int
    last: int
    block: Block


@dataclass(frozen=True, slots=True)
class Time:
    """A date in words: tokens `first` to `last` (exclusive), and its ISO value cut to its precision.

    `needs_publication` says that it was, or would have to be, resolved against the page's date; `value` is None
    where that date is not known.
    """

    first: int
    last: int
    value: str | None
    needs_publication: bool


@dataclass(frozen=True)
class Analysis:
    """A page's text as sentences of tokens, with the dates that stand in it."""

    page: Page
    language: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    times: tuple[Time, ...]
