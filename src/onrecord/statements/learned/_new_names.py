"""Names and descriptions that no rule of the name finder knows, found by their context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from onrecord.entities import Entity, Mention, key_of_new, name_of_new
from onrecord.language import Token
from onrecord.statements._view import View
from onrecord.statements.learned._marks import KINDS
from onrecord.statements.learned._model_files import Array, session
from onrecord.statements.learned._windows import Window

LIKELY = 0.5
"""A word less likely part of a name or description than this is none."""


# Parts of speech of words that name: "X" is what models call words of other languages.
_NAMING = ("NOUN", "PROPN", "NUM", "X", "SYM")


class NewNames:
    """The new names of one page: `entities` are those found so far, by key."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.entities: dict[str, Entity] = {}
        self._keys = {
            name.casefold(): key
            for key, e in view.resolution.entities.items()
            for name in (key, e.name, *e.names)
            if e.kind != "state" or name != key  # where its code is a name of it, the name finder knows it
        }

    def mentions(self, window: Window, vectors: Array) -> list[Mention]:
        """Those of a window, in order; what they name is put among the page's entities."""
        (likely,) = session("names").run(None, {"words": vectors})
        found = []
        for first, last in self._spans(window, likely):
            inside = likely[first - window.first : last - window.first, 1:]
            kind = KINDS[int(inside.reshape(-1, 2, len(KINDS)).sum((0, 1)).argmax())]
            tokens = self.view.tokens[first:last]
            key = self._key(tokens)
            if key not in self.view.resolution.entities:
                name = name_of_new(key)
                self._add(Entity(key, kind, name, tuple(dict.fromkeys((name, _text(tokens))))))
            found.append(new_mention(first, last, key, self.view.tokens))
        return found

    def _spans(self, window: Window, likely: Array) -> Iterator[tuple[int, int]]:
        """The tokens of each name or description that no known mention touches."""
        kinds = len(KINDS)
        begins = likely[:, 1 : 1 + kinds].sum(1)
        goes_on = likely[:, 1 + kinds :].sum(1)
        named = begins + goes_on >= LIKELY
        at = 0
        while at < len(named):
            end = at + 1
            if named[at]:
                while end < len(named) and named[end] and goes_on[end] >= begins[end]:
                    end += 1
                first, last = at + window.first, end + window.first
                if self._names_anew(range(first, last)):
                    yield first, last
            at = end

    def _names_anew(self, places: range) -> bool:
        """Whether words name something: no known mention is touched, there is a noun or name among them, and
        they are more than a demonym."""
        tokens, adjectives = self.view.tokens, self.view.resolution.adjectives
        return not any(i in self.view.mention_at for i in places) and any(
            i not in adjectives and tokens[i].pos in _NAMING for i in places
        )

    def _key(self, tokens: tuple[Token, ...]) -> str:
        """The key of what words name: of what is so called already, or whose last name they are; else that of
        the words, an article before them left out."""
        text = _text(tokens)
        short = _text(tokens[1:]) if len(tokens) > 1 and tokens[0].pos == "DET" else text
        for name in (text, short):
            if name.casefold() in self._keys:
                return self._keys[name.casefold()]
        if len(tokens) == 1 and text[:1].isupper():
            for key in self.entities:
                if key.split()[-1] == text:
                    return key
        return key_of_new(short)

    def _add(self, entity: Entity) -> None:
        self.entities[entity.key] = entity
        self.view.resolution.entities[entity.key] = entity
        for name in entity.names:
            self._keys[name.casefold()] = entity.key


def new_mention(first: int, last: int, key: str, tokens: tuple[Token, ...]) -> Mention:
    """A mention that the name finder does not know, as the networks are shown it: of no known kind."""
    head = next((t.index for t in tokens[first:last] if not first <= t.head < last), first)
    form: Literal["name", "role"] = "name" if tokens[first].text[:1].isupper() else "role"
    return Mention(first, last, head, (key,), "role", form)


def _text(tokens: tuple[Token, ...]) -> str:
    """The words of tokens that follow each other, as they are spaced."""
    found = ""
    for n, token in enumerate(tokens):
        found += (" " if n and tokens[n - 1].end < token.start else "") + token.text
    return found
