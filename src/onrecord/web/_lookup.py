"""Things found by the words of their short texts: names, reasons. An index has these words, folded; all that
are asked for must stand in one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from onrecord.entities.matching import fold

T = TypeVar("T")

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
"""Signs over and under letters, which are no letters themselves but part of their word."""
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)"  # S.A. is SA
    rf"|(?:[^\W_]|[{_MARKS}])+(?:['’ʼ‘`´](?:[^\W_]|[{_MARKS}])+)*"  # Qa'ida is one word
)
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no blanks between words: what is asked for in them stands within a word."""
_PART = 3
"""Letters that a word must have to be looked for within others: "ab" stands in too many."""


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: where each begins and ends, and its folded form (`matching.fold`)."""
    for match in _WORD.finditer(text):
        word = match.group()
        yield match.start(), match.end(), fold(word).replace(" ", "") or word.casefold()


class _Word(NamedTuple):
    """A folded word that is asked for; where it may stand `within` another it need not be all of it."""

    text: str
    within: bool

    def fits(self, word: str) -> bool:
        return self.text in word if self.within else self.text == word


class Asked:
    """The words that are asked for; those of one phrase stand side by side.

    Words in double quotes are a phrase, and so is what is written without a blank ("AT&T"). With `within` a
    word of three letters or more is also found as a part of another.
    """

    def __init__(self, text: str, *, within: bool = False) -> None:
        self.phrases: list[list[_Word]] = []
        for quoted, bare in _PHRASE.findall(text):
            part = quoted or bare
            phrase = [
                _Word(word, bool(_UNSPACED.search(part[start:end])) or (within and len(word) >= _PART))
                for start, end, word in words(part)
            ]
            if phrase:
                self.phrases.append(phrase)
        self.words = list(dict.fromkeys(word for phrase in self.phrases for word in phrase))
        self.beside = [_needle(phrase) for phrase in self.phrases if len(phrase) > 1]
        self.whole = _laid(word.text for word in (word for phrase in self.phrases for word in phrase))

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in a text a word that is asked for stands."""
        return tuple(
            (start, end) for start, end, word in words(text) if any(one.fits(word) for one in self.words)
        )

    def best(self, texts: Sequence[str]) -> str:
        """The first of the texts that holds the most of what is asked for."""
        return max(texts, key=self._held)

    def _held(self, text: str) -> tuple[int, int]:
        there = [word for _, _, word in words(text)]
        laid = _laid(there)
        held = sum(any(one.fits(word) for word in there) for one in self.words)
        return sum(needle in laid for needle in self.beside), held


class Lookup(Generic[T]):
    """Things by the words of their texts. Made once; finding goes by the rarest of the words."""

    def __init__(self, things: Iterable[tuple[T, Iterable[str]]]) -> None:
        self._things: list[T] = []
        self._laid: list[tuple[str, ...]] = []
        self._having: dict[str, list[int]] = {}
        for number, (thing, texts) in enumerate(things):
            told = [[word for _, _, word in words(text)] for text in texts]
            self._things.append(thing)
            self._laid.append(tuple(dict.fromkeys(map(_laid, told))))
            for word in {word for text in told for word in text}:
                self._having.setdefault(word, []).append(number)

    def __len__(self) -> int:
        return len(self._things)

    def find(self, asked: Asked) -> list[T]:
        """The things that hold all that is asked for: first those of which a text is just that, each in the
        order in which they were given. None where nothing is asked for."""
        if not asked.words:
            return []
        several = sorted((self._numbers(word) for word in asked.words), key=len)
        found = set(several[0])
        for others in several[1:]:
            found.intersection_update(others)
        if asked.beside:
            found = {n for n in found if self._stand_beside(n, asked)}
        exact = {n for n in found if asked.whole in self._laid[n]}
        return [self._things[n] for n in (*sorted(exact), *sorted(found - exact))]

    def _numbers(self, word: _Word) -> Sequence[int] | set[int]:
        if not word.within:
            return self._having.get(word.text, ())
        return {number for other in self._having if word.text in other for number in self._having[other]}

    def _stand_beside(self, number: int, asked: Asked) -> bool:
        return all(any(needle in laid for laid in self._laid[number]) for needle in asked.beside)


def _laid(told: Iterable[str]) -> str:
    """Words as they are compared side by side: a blank before and behind each."""
    return f" {' '.join(told)} "


def _needle(phrase: Sequence[_Word]) -> str:
    """A phrase as it must stand in what `_laid` gives; at its ends it may begin or end within a word."""
    text = " ".join(word.text for word in phrase)
    return f"{'' if phrase[0].within else ' '}{text}{'' if phrase[-1].within else ' '}"
