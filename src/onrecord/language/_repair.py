"""Finite verbs that the model took for nouns or adjectives, told by their form where a stretch has no other verb.

A compact model tags one word in twenty wrongly, and a clause whose verb it missed cannot be read at all; so a stretch
between marks that has no finite verb gets one back where a word's form and lemma are a verb's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.language._clauses import is_finite, is_verb
from onrecord.language._data import LanguageData
from onrecord.language._model import Token

_MARKS = frozenset({",", ";", ":", ".", "–", "—"})
_MISTAKEN = frozenset({"NOUN", "ADJ", "X", "ADV"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NUM", "ADP"})


def repair(tokens: Sequence[Token], data: LanguageData) -> list[Token]:
    """The sentence's tokens, with a finite verb given back to each stretch between marks that lacks one."""
    mended = list(tokens)
    if not data.verb_endings:
        return mended
    start = 0
    for i in range(len(mended) + 1):
        if i < len(mended) and mended[i].text not in _MARKS and mended[i].pos not in ("SCONJ", "CCONJ"):
            continue
        stretch = range(start, i)
        if len(stretch) > 2 and not any(is_finite(mended[k]) or mended[k].pos == "AUX" for k in stretch):
            k = next((k for k in stretch if _may_be_verb(mended, k, data)), None)
            if k is not None:
                mended[k] = replace(mended[k], pos="VERB", morph="VerbForm=Fin")
        start = i + 1
    return mended


def _may_be_verb(tokens: Sequence[Token], k: int, data: LanguageData) -> bool:
    infinitive, *endings = data.verb_endings
    token = tokens[k]
    if token.pos not in _MISTAKEN or token.text[:1].isupper() or is_verb(token):
        return False
    if token.lower == token.lemma or not token.lemma.endswith(infinitive) or not token.lower.endswith(tuple(endings)):
        return False
    before = tokens[k - 1] if k else None
    if before is None or before.pos in _BEFORE_NOUN or before.text in _MARKS:
        return False
    # "-er" ends Danish plurals too: only right after what a finite verb follows.
    return infinitive != "e" or before.pos in ("ADV", "PRON", "PROPN")
