"""Annotated pages as examples for the networks: windows with their marks, and what is to be read in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

import numpy as np
from training.reader.gold import Annotated, GoldPage
from training.reader.network import POS

from onrecord.entities import Entity
from onrecord.language import Token, analyse, installed_languages
from onrecord.pages import read_page
from onrecord.statements import STATUSES, TOPICS, TYPES
from onrecord.statements._pattern import PageReading
from onrecord.statements._view import View
from onrecord.statements.learned._marks import KINDS, Marks, marks, relation
from onrecord.statements.learned._new_names import new_mention
from onrecord.statements.learned._slots import Named, named_in
from onrecord.statements.learned._windows import Window, windows

Array = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Filler = tuple[int, ...] | None
"""The entities of the window any of which fills a slot, `len(entities)` for nobody; None where the window
names none that does."""


_NEW = "new: "
"""Before the keys of entities that the name finder does not know."""


class _Form(NamedTuple):
    """Tokens that name an entity of the page."""

    first: int
    last: int
    key: str


class Wanted(NamedTuple):
    """A statement that is to be read in a window. `places` are the words of its quote, `anchor` that of its
    trigger where it is known: words of the window."""

    type: int
    places: tuple[int, ...]
    anchor: int | None
    slots: tuple[Filler, Filler, Filler]
    status: int
    topic: int


class Example(NamedTuple):
    """A window with all that the networks are given for it, and what they are to tell.

    `names` holds for each word whether it is outside a name (0), begins one or goes on with it (1, 2), or is
    not to be learned from (-1), and the kind of what it names, -1 where that is not known.
    """

    page: str
    language: str
    window: Window
    tokens: tuple[Token, ...]
    marks: Marks
    named: Named
    grammar: Array
    names: Array
    wanted: tuple[Wanted, ...]
    learns_names: bool


def examples(page: GoldPage, scorer: ModuleType) -> Iterator[Example]:
    """The windows of an annotated page."""
    read = read_page(page.data, page.name, languages=installed_languages())
    patterns = PageReading(analyse(read))
    patterns.read_all()
    view, marked = patterns.view, marks(patterns)
    entities = view.resolution.entities
    system = {"entities": {key: [e.name, *e.names] for key, e in entities.items()}}
    gold = {"entities": page.entities}
    same = {
        key: [k for k in sorted(entities) if scorer.same_entity(gold, key, system, k)]
        for key in page.entities
    }
    text = page.data.decode("utf-8", "replace")
    spans = [read.original_span(t.start, t.end) for t in view.tokens]
    placed = [(s, _places(s, text, spans, view.tokens)) for s in page.statements]
    forms = list(_forms(page, text, spans))
    for window in windows(patterns.analysis):
        inside = [f for f in forms if window.first <= f.first < f.last <= window.last]
        unknown = [
            new_mention(f.first, f.last, _NEW + f.key, view.tokens)
            for f in inside
            if not same[f.key] and not any(i in view.mention_at for i in range(f.first, f.last))
        ]
        view.resolution.entities.update((m.keys[0], Entity(m.keys[0], "role", m.keys[0])) for m in unknown)
        named = named_in(window, view, unknown)
        yield Example(
            page.name,
            page.language,
            window,
            view.tokens,
            marked,
            named,
            _grammar(window, view, named),
            _names(window, view, inside, same),
            tuple(
                _wanted(s, places, anchor, window, named, same)
                for s, (places, anchor) in placed
                if any(window.own <= place < window.last for place in places)
            ),
            all(s.trigger for s in page.statements),  # gold lists names that do not stand on the page
        )


def _places(
    s: Annotated, text: str, spans: list[tuple[int, int]], tokens: tuple[Token, ...]
) -> tuple[list[int], int | None]:
    """The tokens of a statement's quote, and the one that its trigger's words hang on."""
    start = text.find(s.quote)
    end = start + len(s.quote)
    places = [i for i, (a, b) in enumerate(spans) if a < end and start < b] if start >= 0 else []
    carried: list[int] = []
    at = start
    for words in s.trigger:
        at = text.find(words, at)
        if not 0 <= at < end:
            return places, None
        carried += [i for i in places if spans[i][0] < at + len(words) and at < spans[i][1]]
        at += len(words)
    return places, _top(carried, tokens) if carried else None


def _top(places: list[int], tokens: tuple[Token, ...]) -> int:
    """Of a trigger's words, the one that hangs on none of them; a word of content, if several do."""
    tops = [i for i in places if tokens[i].head == i or tokens[i].head not in places] or places
    for kinds in (("VERB", "NOUN", "ADJ", "PROPN"), ("AUX", "ADV", "ADP")):
        for i in tops:
            if tokens[i].pos in kinds:
                return i
    return tops[0]


def _wanted(
    s: Annotated,
    places: list[int],
    anchor: int | None,
    window: Window,
    named: Named,
    same: dict[str, list[str]],
) -> Wanted:
    def filler(key: str | None) -> Filler:
        if key is None:
            return (len(named.entities),)
        keys = (*same[key], _NEW + key)
        return tuple(named.entities.index(k) for k in keys if k in named.entities) or None

    inside = tuple(i - window.first for i in places if window.own <= i < window.last)
    known = anchor is not None and window.first <= anchor < window.last
    return Wanted(
        TYPES.index(s.type),
        inside,
        anchor - window.first if known and anchor is not None else None,
        (filler(s.actor), filler(s.target), filler(s.source[0] if s.source else None)),
        STATUSES.index(s.status),
        len(TOPICS) if s.topic is None else TOPICS.index(s.topic),
    )


def _forms(page: GoldPage, text: str, spans: list[tuple[int, int]]) -> Iterator[_Form]:
    """Where the annotated forms of entities stand, the longest first, none over another."""
    found = [
        (match.end() - match.start(), match.start(), match.end(), key)
        for key, forms in page.entities.items()
        for form in set(forms)
        if len(form) > 1
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)
    ]
    taken: set[int] = set()
    for _, start, end, key in sorted(found, reverse=True):
        places = [i for i, (a, b) in enumerate(spans) if a < end and start < b]
        if places and not taken & set(places):
            taken |= set(places)
            yield _Form(places[0], places[-1] + 1, key)


def _names(window: Window, view: View, forms: list[_Form], same: dict[str, list[str]]) -> Array:
    """What is to be told of each word as part of a name: see `Example`. A name that no statement uses is not
    annotated: from what the name finder finds beside the annotated forms nothing is learned."""
    found = np.zeros((window.last - window.first, 2), np.int64)
    found[:, 1] = -1
    known = [i - window.first for i in range(window.first, window.last) if i in view.mention_at]
    found[known, 0] = -1
    for first, last, key in forms:
        mention = next((view.mention_at[i] for i in range(first, last) if i in view.mention_at), None)
        kind = -1
        if same[key] and mention is not None:
            told = view.kind(mention.keys[0])
            kind = KINDS.index(told) if told in KINDS else -1
        rows = slice(first - window.first, last - window.first)
        found[rows] = (2, kind)
        found[first - window.first, 0] = 1
    return found


def _grammar(window: Window, view: View, named: Named) -> Array:
    """Of each word its relation, its part of speech, and the kind of entity that it names."""
    found = np.zeros((window.last - window.first, 3), np.int64)
    for row, token in zip(found, view.tokens[window.first : window.last], strict=True):
        row[0] = relation(token.dep)
        row[1] = POS.index(token.pos) if token.pos in POS else 0
    for mention, features in zip(named.mentions, named.features, strict=True):
        kind = int(features[: len(KINDS)].argmax())
        found[mention.first - window.first : mention.last - window.first, 2] = 1 + kind
    return found
