"""The stage of a case by the words of a quote, by the words of data/stages.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from onrecord.standing._rules import load

_ROOM = r"[^\w.,!?;:()–—]+"
"""What may stand between two words of one clause."""
_GAP = rf"({_ROOM}(?:\w+{_ROOM}){{0,4}}?)"
_SENTENCE_END = re.compile(r"[.!?;:]\s")
_PART = re.compile(r"<(\w+)>")
_PLAIN = frozenset({"legal", "licence"})
"""Kinds of cases of which a word tells wherever it stands: in court one stage holds the next, and of a
licence the status tells whether it is given."""


@lru_cache(maxsize=16_384)
def told_by(kind: str, stages: tuple[str, ...], quote: str, language: str) -> str | None:
    """The first of these stages of a kind of case of which the words of a quote tell; None where they tell of
    none, or nobody has said by which words its language (ISO 639-1) tells it."""
    unless, words = _words().get(language, {}).get(kind, (None, {}))
    for stage in stages:
        if stage in words and any(_holds(found, unless) for found in words[stage].finditer(quote)):
            return stage
    return None


def _holds(found: re.Match[str], unless: re.Pattern[str] | None) -> bool:
    """Whether nothing before the words, or between them, takes their meaning away."""
    if unless is None:
        return True
    begins = max((end.end() for end in _SENTENCE_END.finditer(found.string, 0, found.start())), default=0)
    between = (gap for gap in found.groups() if gap)
    return not any(unless.search(text) for text in (found.string[begins : found.start()], *between))


@cache
def _words() -> dict[str, dict[str, tuple[re.Pattern[str] | None, dict[str, re.Pattern[str]]]]]:
    """By language and kind of case what takes the meaning of words away, and the words of each stage."""
    found: dict[str, dict[str, tuple[re.Pattern[str] | None, dict[str, re.Pattern[str]]]]] = {}
    for language, told in load("stages.yaml").items():
        unless = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, told['unless']))})(?!\w)", re.IGNORECASE)
        found[language] = {
            kind: (
                None if kind in _PLAIN else unless,
                {stage: _any_of(phrases, told["parts"]) for stage, phrases in stages.items()},
            )
            for kind, stages in told.items()
            if kind not in ("parts", "unless")
        }
    return found


def _any_of(phrases: Iterable[str], parts: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    return re.compile("|".join(_phrase(phrase, parts) for phrase in phrases), re.IGNORECASE)


def _phrase(phrase: str, parts: Mapping[str, Any]) -> str:
    """The pattern of a phrase, with a group for each of its gaps."""
    pieces = []
    for piece in phrase.split(" … "):
        words = "".join(
            "(?:" + "|".join(map(_word, parts[text])) + ")" if at % 2 else _word(text)
            for at, text in enumerate(_PART.split(piece))
        )
        pieces.append(rf"(?<!\w){words}\w*" if not piece.endswith("|") else rf"(?<!\w){words}")
    return _GAP.join(pieces)


def _word(text: str) -> str:
    return re.escape(text.removesuffix("|")) + (r"(?!\w)" if text.endswith("|") else "")
