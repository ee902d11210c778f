"""What an analysis is: a page's text as sentences of words with their grammar, and its dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.pages import Block, Page

ClauseKind = Literal["main", "sub", "rel", "inf"]
"""A main clause, one opened by a subordinator, a relative clause, an infinitive."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark. `start` and `end` are offsets in `Page.text`; `index` is its place on the page.

    `pos` is a Universal Dependencies part of speech, `morph` its features, `head` the index of its head (its
    own for a root), `dep` its relation, as a model guessed them.
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

    `needs_publication` says that it was, or would have to be, resolved against the page's date; `value` is
    None where that date is not known.
    """

    first: int
    last: int
    value: str | None
    needs_publication: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: the places of its tokens on the page (it may be in pieces), and how it hangs on others.

    `opener` is the place of the word that opens it; `parent` the index of the clause in which it stands;
    `conjunct_of` that of the clause beside it to which "and" joins it.
    """

    index: int
    sentence: int
    tokens: tuple[int, ...]
    kind: ClauseKind
    opener: int | None
    parent: int | None
    conjunct_of: int | None


@dataclass(frozen=True)
class Analysis:
    """A page's text as sentences of tokens, with its clauses and the dates that stand in it."""

    page: Page
    language: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    times: tuple[Time, ...]
