"""Finite verbs that the model took for nouns or adjectives, told by their form where a stretch has no other verb.

A compact model tags one word in twenty wrongly, and a clause whose verb it missed cannot be read at all; so a stretch
between marks that has no finite verb gets one back where a word's form and lemma are a verb's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.language._clauses import is_finite, is_verb
from onrecord.language._data import LanguageData
from onrecord.language._model import Token

_MARKS = frozenset({",", ";", ":", ".", "–", "—"})
_MISTAKEN = frozenset({"NOUN", "ADJ", "X", "ADV"})
_AUXILIARIES = frozenset({"have", "være", "blive", "hebben", "zijn", "worden", "be"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NUM", "ADP"})


def repair(tokens: Sequence[Token], data: LanguageData) -> list[Token]:
    """The sentence's tokens, with a finite verb given back to each stretch between marks that lacks one."""
    mended = list(tokens)
    start = 0
    for i in range(len(mended) + 1):
        if i < len(mended) and mended[i].text not in _MARKS and mended[i].pos not in ("SCONJ", "CCONJ"):
            continue
        stretch = range(start, i)
        if len(stretch) > 2:
            _mend(mended, stretch, data)
        start = i + 1
    return mended


def _mend(mended: list[Token], stretch: range, data: LanguageData) -> None:
    """Give a stretch its finite verb, or the participle that belongs to its auxiliary."""
    verbs = [k for k in stretch if is_verb(mended[k])]
    if len(verbs) == 1 and data.finite_participle and "Part" in mended[verbs[0]].morph:
        k = verbs[0]
        if k > stretch.start and re.fullmatch(data.finite_participle, mended[k].lower):
            mended[k] = replace(mended[k], morph="VerbForm=Fin")
    if not any(is_finite(mended[k]) for k in stretch):
        plural = next((k for k in stretch if _is_bare_form(mended, k, data, stretch)), None)
        guess = plural if plural is not None else next((k for k in stretch if _may_be_verb(mended, k, data)), None)
        if guess is not None:
            aux = any(t.pos == "AUX" and is_finite(t) for t in mended[: stretch.start])
            participle = aux and bool(data.participle) and re.fullmatch(data.participle, mended[guess].lower) is not None
            form = "Tense=Past|VerbForm=Part" if participle else "VerbForm=Fin"
            mended[guess] = replace(mended[guess], pos="VERB", morph=form)
    elif data.participle and not any(mended[k].pos == "VERB" and mended[k].lemma not in _AUXILIARIES for k in stretch):
        for k in stretch:
            token = mended[k]
            if (
                token.pos in _MISTAKEN
                and token.lower != token.lemma
                and token.lemma.endswith(data.verb_endings[0])
                and re.fullmatch(data.participle, token.lower)
                and mended[k - 1].pos not in _BEFORE_NOUN - {"NUM"}
            ):
                mended[k] = replace(token, pos="VERB", morph="Tense=Past|VerbForm=Part")
                return


def _is_bare_form(tokens: Sequence[Token], k: int, data: LanguageData, stretch: range) -> bool:
    """A verb in the form that plural and infinitive share, with a subject before it and no marker: a finite one."""
    token = tokens[k]
    if k == 0 or "Part" in token.morph or tokens[k - 1].lower in data.infinitive:
        return False
    subject = any(t.pos in ("NOUN", "PROPN", "PRON") for t in tokens[max(0, k - 4) : k])
    if token.pos == "VERB":
        return subject and not any(is_verb(t) for t in tokens[:k])
    return (
        token.pos in _MISTAKEN
        and bool(data.verb_endings)
        and data.verb_endings[0] == "en"
        and token.lower == token.lemma
        and token.lower.endswith("en")
        and tokens[k - 1].text[:1].isupper()
        and not any(is_verb(tokens[j]) for j in stretch)
    )


def _may_be_verb(tokens: Sequence[Token], k: int, data: LanguageData) -> bool:
    if not data.verb_endings:
        return False
    infinitive, *endings = data.verb_endings
    token = tokens[k]
    if token.pos not in _MISTAKEN or token.text[:1].isupper() or is_verb(token):
        return False
    if token.lower == token.lemma or not token.lemma.endswith(infinitive) or not token.lower.endswith(tuple(endings)):
        return False
    before = tokens[k - 1] if k else None
    pronoun = before is not None and before.lower in data.relatives  # "dat die samenwerkt": no article here
    if before is None or (before.pos in _BEFORE_NOUN and not pronoun) or before.text in _MARKS:
        return False
    # "-er" ends Danish plurals too: only right after what a finite verb follows.
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    object_follows = after is not None and after.pos in ("PROPN", "DET", "PRON")
    return infinitive != "e" or before.pos in ("ADV", "PRON", "PROPN") or object_follows
