"""Words and their stems, each language's as its own (Snowball)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Protocol, cast

import snowballstemmer
from babel import Locale, UnknownLocaleError

UNDETERMINED = "und"
"""ISO 639-2's code for a text whose language is not known."""

_KEPT = 65_536
"""Words of a language whose stems are kept in mind."""
_WORD = re.compile(r"\w+")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@cache
def _stemmer(language: str) -> _Stemmer | None:
    """Snowball's stemmer, which it knows by the language's English name; None where it has none."""
    try:
        english = Locale.parse(language).english_name or ""
    except (UnknownLocaleError, ValueError):
        return None
    name = english.lower().split(" ")[0]
    if name not in snowballstemmer.algorithms():
        return None
    return cast(_Stemmer, snowballstemmer.stemmer(name))


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """A word's stem in the language of that ISO 639 code; the word in small letters without a stemmer."""
    small = unicodedata.normalize("NFC", word).casefold()
    stemmer = _stemmer(language)
    return stemmer.stemWord(small) if stemmer else small


class _Stems(dict[str, str]):
    """The stems of a language's words that were asked for, by the words."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        found = self[word] = stem(word, self._language)
        return found


@cache
def _stems_of(language: str) -> _Stems:
    return _Stems(language)


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: where each begins and ends, and itself."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), match.group()


def plain_words(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(text)


def stems(words: Iterable[str], language: str) -> list[str]:
    """The stems of words, in order."""
    known = _stems_of(language)
    if len(known) > _KEPT:
        known.clear()
    return list(map(known.__getitem__, words))
