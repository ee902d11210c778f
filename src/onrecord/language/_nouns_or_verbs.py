"""Words whose part of speech cannot be what the model says: nouns and names that it took for verbs, and words
before nouns that it took for something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import simplemma

from onrecord.language._data import LanguageData
from onrecord.language._model import Token
from onrecord.language._words import (
    has_gerund,
    infinitive_of,
    is_finite,
    is_infinitive,
    is_word,
    lemma_of,
    verb_lemma,
)

_VOWELS = frozenset("aeiouyæøå")
_MODALS = frozenset({"will", "would", "shall", "should", "can", "could", "may", "might", "must", "wo", "ca"})
_BETWEEN = frozenset({"no", "longer", "also", "n't", "not"})
_OF_REASON = frozenset({"for", "of", "by", "over", "against"})
_ATTRIBUTES = frozenset(
    {"existing", "leading", "growing", "remaining", "competing", "emerging", "outstanding", "following"}
    | {
        "neighbouring",
        "neighboring",
        "visiting",
        "surviving",
        "underlying",
        "increasing",
        "rising",
        "alarming",
    }
    | {"missing", "pending", "ongoing", "upcoming", "incoming", "participating", "opposing", "working"}
)
_NO_NAME = frozenset({"ADJ", "VERB", "ADV", "AUX", "X"})


def mend_words(tokens: Sequence[Token], data: LanguageData, language: str) -> list[Token]:
    """The sentence's tokens, with the parts of speech put right that their form or neighbour rules out.

    Names and infinitives are told by the language's word list only where verbs stand last
    (`infinitives_last`): there the model mixes up what stands together at a clause's end.
    """
    mended = [_noun_by_lemma(token, data) for token in tokens]
    if data.finite_forms or data.finite_endings:
        mended = [_finite(token, data, language) for token in mended]
    if language == "en":
        mended = [_plural(token) for token in mended]
        mended = [_after_modal(mended, k) for k in range(len(mended))]
        mended = [_gerund(mended, k) for k in range(len(mended))]
    verbs_last = data.infinitives_last
    if verbs_last:
        mended = [_name(token, language) for token in mended]
    for k in range(1, len(mended)):
        before, token = mended[k - 1], mended[k]
        if verbs_last and is_action(mended, k):
            mended[k - 1] = replace(before, pos="DET", morph="Definite=Def")
            mended[k] = replace(token, pos="VERB", morph="VerbForm=Inf")
        elif verbs_last and _is_no_infinitive(token, language):
            number = "Number=Plur" if token.lower != token.lemma else "Number=Sing"
            mended[k] = replace(token, pos="NOUN", morph=number)
        elif _is_marked_infinitive(mended, k, data):
            mended[k] = replace(token, pos="VERB", morph="VerbForm=Inf", lemma=token.lower)
        elif _is_noun_after_article(mended, k, data):
            mended[k] = replace(token, pos="NOUN", morph="Number=Sing")
        elif _is_infinitive_after_marker(before, token, data):
            mended[k] = replace(token, pos="VERB", morph="VerbForm=Inf", lemma=token.lower)
        mended[k - 1] = _before(before, token, data)
    return mended


def _noun_by_lemma(token: Token, data: LanguageData) -> Token:
    """A noun that the model took for a verb, told by a lemma that is no infinitive in -e ("udstyret" from
    "udstyr"); and a word that it took for an infinitive, told by its last letter ("omtrent")."""
    if token.pos != "VERB" or data.verb_endings[:1] not in (["e"], ["a"]):
        return token
    vowels = _VOWELS if data.verb_endings[:1] == ["a"] else _VOWELS - {"a"}
    if "VerbForm=Inf" in token.morph and token.lower == token.lemma and token.lower[-1] not in vowels:
        return token if "Voice=Pass" in token.morph else replace(token, pos="ADV", morph="")
    if token.lower == token.lemma or token.lemma[-1:] in _VOWELS or not token.lower.startswith(token.lemma):
        return token
    return replace(token, pos="NOUN", morph="Definite=Def|Number=Sing")


def _finite(token: Token, data: LanguageData, language: str) -> Token:
    """A verb or adjective told by its form, which the model took for something else."""
    if token.lower in data.adjective_forms and token.pos == "VERB":
        return replace(token, pos="ADJ", lemma=lemma_of(token.lower, language))
    if token.pos == "VERB" and not token.morph and infinitive_of(token.lower, language, participle=True):
        return replace(token, morph="Tense=Past|VerbForm=Part")
    if token.pos in ("VERB", "AUX"):
        odd = token.pos == "VERB" and "Tense=Past|VerbForm=Part" in token.morph
        odd = odd and token.lower.endswith(tuple(data.finite_endings))
        if not odd or infinitive_of(token.lower, language, participle=True) is not None:
            return token
    elif token.lower not in data.finite_forms:
        return token
    lemma = verb_lemma(token.lower, language)
    return replace(token, pos="VERB", morph="Mood=Ind|VerbForm=Fin", lemma=lemma)


def _plural(token: Token) -> Token:
    """An English plural that the model took for a verb, told by a lemma without a form in -ing."""
    if token.pos != "VERB" or not token.lower.endswith("s"):
        return token
    return token if has_gerund(token.lemma) else replace(token, pos="NOUN", morph="Number=Plur")


def _after_modal(tokens: Sequence[Token], k: int) -> Token:
    """An English noun with a verb's form, right after a modal or one with adverbs, is the infinitive that it
    asks for ("will no longer *service*")."""
    token = tokens[k]
    if token.pos != "NOUN" or token.lower != token.lemma or token.text != token.lower:
        return token
    before = k - 1
    while before >= 0 and (tokens[before].pos in ("ADV", "PART") or tokens[before].lower in _BETWEEN):
        before -= 1
    if before < 0 or tokens[before].lower not in _MODALS or not has_gerund(token.lemma):
        return token
    return replace(token, pos="VERB", morph="VerbForm=Inf")


def _gerund(tokens: Sequence[Token], k: int) -> Token:
    """An English adjective in -ing after the preposition of a reason, before a noun in the plural or one with
    an article or possessive, is a verb with its object ("fined for *misleading* customers")."""
    token, before = tokens[k], tokens[k - 1] if k else None
    if token.pos not in ("ADJ", "NOUN") or not token.lower.endswith("ing") or k + 1 >= len(tokens):
        return token
    if (
        before is None
        or before.lower not in _OF_REASON
        or token.lower in _ATTRIBUTES
        or token.text != token.lower
    ):
        return token
    after = tokens[k + 1]
    opens = after.pos in ("DET", "PROPN") or "Poss=Yes" in after.morph
    if not opens and not (token.pos == "ADJ" and after.pos == "NOUN" and "Number=Plur" in after.morph):
        return token
    lemma = simplemma.lemmatize(token.lower, lang="en") if token.lemma == token.lower else token.lemma
    return replace(token, pos="VERB", morph="VerbForm=Ger", lemma=lemma)


def _name(token: Token, language: str) -> Token:
    """A word with a capital that the word list does not know is a name and no verb or adjective."""
    if token.pos not in _NO_NAME or not token.text[:1].isupper() or not token.text.isalpha():
        return token
    if is_word(token.lower, language) or is_word(token.text, language):
        return token
    return replace(token, pos="PROPN", morph="")


def is_action(tokens: Sequence[Token], k: int) -> bool:
    """Whether the word at `k` is an infinitive used as a noun: after "het" and before "van"."""
    if k + 1 >= len(tokens) or tokens[k].pos not in ("VERB", "NOUN") or not tokens[k].lower.endswith("en"):
        return False
    return tokens[k - 1].lower == "het" and tokens[k + 1].lower == "van"


def _is_marked_infinitive(tokens: Sequence[Token], k: int, data: LanguageData) -> bool:
    """Whether the word at `k`, right after the marker of an infinitive, has an infinitive's ending in -e but
    was taken for a noun or adjective."""
    before, token = tokens[k - 1], tokens[k]
    if data.verb_endings[:1] != ["e"] or token.pos not in ("NOUN", "ADJ") or before.pos != "PART":
        return False
    return (
        before.lower in data.infinitive
        and token.text.isalpha()
        and token.text.islower()
        and token.lower[-1:] == "e"
    )


def _is_no_infinitive(token: Token, language: str) -> bool:
    """Whether a word tagged as a verb is none, as neither its lemma nor itself is an infinitive."""
    if token.pos != "VERB" or token.lemma.endswith("n") or token.text[:1].isupper():
        return False
    return not is_infinitive(token.lower, language)


def _is_infinitive_after_marker(before: Token, token: Token, data: LanguageData) -> bool:
    """Whether a listed infinitive stands behind its marker, or a pronoun, and is tagged as something else."""
    taken = token.lower in data.infinitive_forms and token.pos not in ("VERB", "AUX")
    return taken and before.lower in (*data.infinitive, *data.clitics)


def _is_noun_after_article(tokens: Sequence[Token], k: int, data: LanguageData) -> bool:
    """Whether the word at `k` is tagged as a finite verb after an article, with or without an adjective
    between them, and the sentence has another finite verb."""
    before, token = tokens[k - 1], tokens[k]
    if token.pos != "VERB" or not is_finite(token) or not token.text.isalpha() or before.pos == "PRON":
        return False
    described = before.pos == "ADJ" and k > 1 and tokens[k - 2].lower in data.articles
    if before.lower not in data.articles and not described:
        return False
    return any(is_finite(other) for place, other in enumerate(tokens) if place != k)


def _before(before: Token, token: Token, data: LanguageData) -> Token:
    """What the word before `token` is, by what it stands before: a plural rules out some determiners, and a
    noun of quantity counts what follows it."""
    plural = "Number=Plur" in token.morph
    if before.pos in ("NOUN", "PROPN"):
        counts = before.lower in data.quantities and token.pos in ("NOUN", "ADJ", "PROPN")
        return replace(before, pos="NUM") if counts else before
    if before.pos != "DET" or not plural:
        return before
    if token.pos == "NOUN" and before.lower in data.articles and before.lower in data.expletives:
        return replace(before, pos="PRON", morph="Person=3|PronType=Prs")  # "dat *het* klanten bespioneert"
    demonstrative = token.pos == "PRON" and token.lower in data.articles
    if before.lower in data.complementizers and not demonstrative:
        return replace(before, pos="SCONJ", morph="")
    return before
