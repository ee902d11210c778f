"""NounList as a language's data list them: whole words, or with a hyphen the ends of compounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

V = TypeVar("V")

# How many lemmas each list remembers its answer for; a page has a few hundred.
_REMEMBERED = 10_000


class _Finder:
    """Which listed noun a lemma is, or ends with; the longest wins."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._whole: dict[str, None] = {}
        ends: dict[str, None] = {}
        for noun in listed:
            (ends if noun.startswith("-") else self._whole)[noun] = None
        self._ends = sorted(ends, key=len, reverse=True)
        self.find = lru_cache(_REMEMBERED)(self._find)

    def _find(self, lemma: str) -> str | None:
        ending = next((noun for noun in self._ends if lemma.endswith(noun[1:])), None)
        whole = lemma if lemma in self._whole else None
        return whole if ending is None or (whole is not None and len(whole) >= len(ending)) else ending


class NounList(tuple[str, ...]):
    """A list of nouns, in its order."""

    finder: _Finder

    def __new__(cls, listed: Iterable[object]) -> NounList:
        nouns = super().__new__(cls, [str(noun) for noun in listed])
        nouns.finder = _Finder(nouns)
        return nouns


class NounTable(dict[str, V]):
    """What each listed noun stands for."""

    def __init__(self, listed: Mapping[str, V]) -> None:
        super().__init__(listed)
        self.finder = _Finder(self)


def noun_in(lemma: str, listed: NounList | NounTable[Any]) -> str | None:
    """The listed noun that a lemma is (or, listed with a hyphen, ends with), else None. The longest wins."""
    return listed.finder.find(lemma)
