"""Tags that a word's own form rules out, for models whose treebank was small or follows an older scheme.

What holds for marks holds in every language; the rest asks for keys that a language's data may leave out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from babel import Locale

from onrecord.language._data import LanguageData
from onrecord.language._model import Token
from onrecord.language._words import compound_end, is_finite, is_verb, is_word

_OPEN = frozenset({"NOUN", "ADJ", "ADV", "X", "ADP", "PROPN"})
_NO_NAME = frozenset({"NOUN", "ADJ", "VERB", "ADV", "AUX", "X", "ADP", "INTJ"})
_BREAKS = frozenset({",", ";", ":"})
# How many words a subject may have before its verb.
_NEAR = 5
# How long an unknown word is that may be a compound and no name.
_LONG = 8


def settle_tags(tokens: Sequence[Token], data: LanguageData, language: str) -> list[Token]:
    """The sentence's tokens with the tags put right that the form of the word itself rules out.

    In: the sentence's tokens, the language's data and code.
    """
    settled = [_of_scheme(token) for token in tokens]
    if data.names_by_list:
        settled = [_name(token, language) for token in settled]
    if data.passive_ending:
        settled = [_voice(token, data) for token in settled]
    if data.indefinite_articles:
        settled = [_described(settled, k, data) for k in range(len(settled))]
    if data.modals:
        settled = [_infinitive(settled, k, data, language) for k in range(len(settled))]
        settled = [_auxiliary(settled, k, data) for k in range(len(settled))]
        settled = [_subordinator(settled, k, data) for k in range(len(settled))]
    return [_complementizer(settled, k, data) for k in range(len(settled))]


def _of_scheme(token: Token) -> Token:
    """A mark as a mark; a conjunction or supine of the older scheme as today's says it."""
    if not any(c.isalnum() for c in token.text):
        return token if token.pos in ("PUNCT", "SYM") else replace(token, pos="PUNCT", morph="")
    if token.pos == "CONJ":
        return replace(token, pos="CCONJ")
    if "VerbForm=Sup" in token.morph:
        return replace(token, morph=token.morph.replace("VerbForm=Sup", "Tense=Past|VerbForm=Part"))
    return token


@cache
def _states(language: str) -> frozenset[str]:
    """The names of one word that states have in the language."""
    return frozenset(name for name in Locale(language).territories.values() if name.isalpha())


def _name(token: Token, language: str) -> Token:
    """A word with a capital that is a state's name, or that the word list does not know, is a name."""
    if token.pos not in _NO_NAME or not token.text[:1].isupper() or not token.text.isalpha():
        return token
    if token.text not in _states(language):
        compound = len(token.lower) > _LONG and compound_end(token.lower, language) is not None
        if is_word(token.lower, language) or compound:
            return token
    return replace(token, pos="PROPN", morph="")


def _voice(token: Token, data: LanguageData) -> Token:
    """A verb's voice by its ending, where the passive has one."""
    if not is_verb(token) or ("VerbForm=Part" in token.morph and "Voice" not in token.morph):
        return token
    passive = token.lower.endswith(data.passive_ending) and not token.lemma.endswith(data.passive_ending)
    passive = passive and token.lemma not in data.deponents and len(token.lower) > 2
    rest = [part for part in token.morph.split("|") if part and not part.startswith("Voice=")]
    return replace(token, morph="|".join([*rest, "Voice=Pass" if passive else "Voice=Act"]))


def _described(tokens: Sequence[Token], k: int, data: LanguageData) -> Token:
    """What stands alone after an indefinite article, or after that and an adjective, is a noun."""
    token = tokens[k]
    before = [t.lower for t in tokens[max(k - 2, 0) : k]]
    described = (
        len(before) == 2 and before[0] in data.indefinite_articles and tokens[k - 1].pos in ("ADJ", "ADV")
    )
    if token.pos not in ("ADJ", "VERB", "ADV") or not token.text.isalpha() or "Part" in token.morph:
        return token
    if not described and (not before or before[-1] not in data.indefinite_articles):
        return token
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    if after is not None and after.pos not in ("PUNCT", "ADP", "CCONJ", "SCONJ", "VERB", "AUX", "PART"):
        return token
    return replace(token, pos="NOUN", morph="Definite=Ind|Number=Sing")


def _stretch(tokens: Sequence[Token], k: int) -> Sequence[Token]:
    """The words after `k` up to a mark or a word that opens a clause."""
    end = k + 1
    while end < len(tokens) and tokens[end].text not in _BREAKS and tokens[end].pos not in ("SCONJ", "CCONJ"):
        end += 1
    return tokens[k + 1 : end]


def _infinitive(tokens: Sequence[Token], k: int, data: LanguageData, language: str) -> Token:
    """A word that looks like an infinitive, whatever its tag, is one after a modal that has none yet."""
    token, ending = tokens[k], data.verb_endings[0]
    if token.pos not in _OPEN or token.lower != token.text or not token.lower.endswith(ending):
        return token
    if token.lower != token.lemma or not is_word(token.lower, language):
        return token
    for j in range(k - 1, -1, -1):
        before = tokens[j]
        if before.text in _BREAKS or before.pos in ("SCONJ", "CCONJ") or before.lower in data.infinitive:
            return token
        if is_verb(before):
            modal = before.lower in data.modals and not any(is_verb(t) for t in _stretch(tokens, k))
            alone = tokens[k - 1].pos not in ("DET", "ADJ", "ADP", "NUM")
            return replace(token, pos="VERB", morph="VerbForm=Inf|Voice=Act") if modal and alone else token
    return token


def _auxiliary(tokens: Sequence[Token], k: int, data: LanguageData) -> Token:
    """A verb of being, having or a modal is an auxiliary where it stands before the verb that it helps."""
    token = tokens[k]
    if token.pos != "VERB" or not (
        token.lower in data.modals or token.lemma in (*data.auxiliaries, *data.passive)
    ):
        return token
    helped = any((is_verb(t) and not is_finite(t)) or "Part" in t.morph for t in _stretch(tokens, k))
    return replace(token, pos="AUX") if helped else token


def _subordinator(tokens: Sequence[Token], k: int, data: LanguageData) -> Token:
    """A word that is a preposition or opens a clause ("om") opens one where a noun phrase and then a finite
    verb follow it, and a finite verb stands before it."""
    token = tokens[k]
    if token.pos != "ADP" or token.lower not in data.complementizers or not any(map(is_finite, tokens[:k])):
        return token
    after = _stretch(tokens, k)
    verb = next((n for n, t in enumerate(after) if is_verb(t)), None)
    if verb is None or not verb or verb > _NEAR or not is_finite(after[verb]):
        return token
    if any(t.pos in ("ADP", "PART") for t in after[:verb] if t.pos == "ADP"):
        return token
    return replace(token, pos="SCONJ", morph="")


def _complementizer(tokens: Sequence[Token], k: int, data: LanguageData) -> Token:
    """A word that may open a clause or mark an infinitive opens a clause where no verb follows it at once."""
    token = tokens[k]
    if token.pos != "PART" or token.lower not in data.infinitive or token.lower not in data.complementizers:
        return token
    following = next((t for t in tokens[k + 1 :] if t.pos not in ("ADV", "PART")), None)
    if following is None or is_verb(following) or re.fullmatch(r"\W+", following.text):
        return token
    return replace(token, pos="SCONJ", morph="")
