"""The names that the catalogue and the languages list, and where one of them begins on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.entities._catalogue import catalogue, foreign_names, forms
from onrecord.entities._data import name_data, state_names
from onrecord.entities._model import EntityKind
from onrecord.entities._new_keys import name_of_new
from onrecord.language import Token, is_word, language_data, words_of

# How short a name and the rest of its word may be in a compound written together.
_FIRST, _REST = 4, 5
_GENITIVES = ("'s", "’s", ":s", "s", "'", "’")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name on the page: tokens `first` to `last` (exclusive). `whole` is false where the name is
    only the first part of a compound word ("Huawei-udstyr")."""

    first: int
    last: int
    key: str
    kind: EntityKind
    whole: bool = True

    @property
    def name(self) -> str:
        """What a new name's key is made of."""
        return name_of_new(self.key)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A known name: its words, and the key and kind of what it names."""

    words: tuple[str, ...]
    key: str
    kind: EntityKind


@cache
def _gazetteer(language: str) -> dict[str, list[_Listed]]:
    """First word, in lower case → every known name that begins with it, longest first."""
    index: dict[str, list[_Listed]] = {}

    def put(name: str, key: str, kind: EntityKind) -> None:
        words = tuple(words_of(name, language))
        if words:
            index.setdefault(words[0].lower(), []).append(_Listed(words, key, kind))

    for code, names in state_names(language).items():
        for name in names:
            put(name, code, "state")
    for entity in catalogue().values():
        for name in (entity.key, *entity.names):
            if (entity.key, name) in foreign_names(language):
                continue
            for form in forms(name):
                put(form, entity.key, entity.kind)
    for entries in index.values():
        entries.sort(key=lambda listed: -len(listed.words))
    return index


@lru_cache(20_000)
def bare(word: str) -> tuple[str, ...]:
    """A word and what is left of it without a genitive ending."""
    forms = [word]
    for ending in _GENITIVES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            forms.append(word[: -len(ending)])
    return tuple(forms)


def is_capital(token: Token) -> bool:
    """Whether the token is a word with a capital, at its head or right behind ("eCitizen", "i-Soon")."""
    text = token.text
    return text[:1].isupper() or (text[:1].islower() and text[1:].lstrip("-")[:1].isupper())


def known_name(tokens: Sequence[Token], i: int, language: str) -> Name | None:
    """The longest known name that begins at place `i` of `tokens`."""
    text, at = tokens[i].text, tokens[i].index
    starts = [f.lower() for f in bare(text)]
    head, hyphen, _ = text.partition("-")
    if hyphen and len(head) > 1:
        starts.append(head.lower())
    entries = [listed for start in dict.fromkeys(starts) for listed in _gazetteer(language).get(start, ())]
    ordinary = text in name_data(language).common_words and tokens[i].pos != "PROPN"
    for listed in sorted(entries, key=lambda e: -len(e.words)):
        words = listed.words
        if ordinary and len(words) == 1:
            continue
        if len(words) == 1 and words[0][:1].isupper() and not text[:1].isupper():
            continue
        if _stands(tokens, i, words):
            return Name(at, at + len(words), listed.key, listed.kind)
        if len(words) > 1:
            continue
        if hyphen and head == words[0]:
            return Name(at, at + 1, listed.key, listed.kind, whole=False)
        if "-" in words[0]:  # the tokenizer may part a hyphenated name
            parts = words[0].replace("-", " - ").split()
            if _stands(tokens, i, parts):
                return Name(at, at + len(parts), listed.key, listed.kind)
    return _compound(text, at, language)


def _compound(text: str, at: int, language: str) -> Name | None:
    """The name that a word written together begins with ("Huaweiförbudet"), where the rest is a word."""
    if not text[:1].isupper() or not language_data(language).compounds or not text.isalpha():
        return None
    for end in range(len(text) - _REST, _FIRST - 1, -1):
        rest = text[end:].removeprefix("s")
        if not rest.islower() or len(rest) < _REST or not is_word(rest, language):
            continue
        for listed in _gazetteer(language).get(text[:end].lower(), ()):
            if listed.words == (text[:end],) and listed.kind in ("company", "state"):
                return Name(at, at + 1, listed.key, listed.kind, whole=False)
    return None


def _stands(tokens: Sequence[Token], i: int, words: Sequence[str]) -> bool:
    """Whether the words of a name stand from place `i` on, the last of them perhaps in the genitive."""
    span = tokens[i : i + len(words)]
    if len(span) < len(words):
        return False
    pairs = zip(span, words, strict=True)
    return all(_same(token.text, word, k == len(words) - 1) for k, (token, word) in enumerate(pairs))


def _same(token: str, word: str, last: bool) -> bool:
    forms = bare(token) if last else (token,)
    if word in forms:
        return True
    # A name all in capitals in a headline, or lower-case articles inside a name; never a common word for a
    # name.
    alike = any(f.lower() == word.lower() for f in forms) and token[:1].isupper() == word[:1].isupper()
    return len(word) > 3 and alike
