"""What a word is: its dictionary form, whether a word list knows it, and what its grammar makes of it."""

from __future__ import annotations

from functools import cache

import simplemma

from onrecord.language._data import lemma_overrides
from onrecord.language._model import Token


@cache
def is_word(form: str, language: str) -> bool:
    """Whether a general word list of the language knows the form."""
    return bool(simplemma.is_known(form, lang=language))


@cache
def lemma_of(form: str, language: str) -> str:
    """The dictionary form of a lower-case word: the language's own list first, then simplemma's."""
    override = lemma_overrides(language).get(form)
    return override or str(simplemma.lemmatize(form, lang=language)).lower()


@cache
def is_infinitive(form: str, language: str) -> bool:
    """Whether a lower-case word is an infinitive in -en, told by a third person that the word list knows.

    The third person is spelt as in Dutch, so only for that language are the answers of use.
    """
    if not form.endswith("en") or len(form) <= 4:
        return False
    return any(
        is_word(third, language) and simplemma.lemmatize(third, lang=language) == form
        for third in _third_persons(form)
    )


@cache
def has_gerund(lemma: str) -> bool:
    """Whether an English lemma is a verb's: the word list knows its form in -ing."""
    short = lemma[:-1] if lemma.endswith("e") else lemma
    return any(is_word(stem + "ing", "en") for stem in (lemma, short, lemma + lemma[-1:]))


def _third_persons(infinitive: str) -> tuple[str, ...]:
    """How a Dutch infinitive's third person singular may be spelt ("nemen": "neemt", "zeggen": "zegt")."""
    stem = infinitive[:-2]
    stems = [stem]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        stems.append(stem[:-1])
    elif len(stem) > 2 and stem[-2] in "aeou" and stem[-3] not in "aeoui":
        stems.append(stem[:-2] + 2 * stem[-2] + stem[-1])
    stems += [s[:-1] + {"v": "f", "z": "s"}[s[-1]] for s in stems if s[-1:] in ("v", "z")]
    return tuple(s if s.endswith("t") else s + "t" for s in stems)


def is_verb(token: Token) -> bool:
    """Whether the token is a verb or auxiliary."""
    return token.pos in ("VERB", "AUX")


def is_finite(token: Token) -> bool:
    """Whether the token is a finite verb, as far as its features tell."""
    if not is_verb(token):
        return False
    return "VerbForm=Fin" in token.morph or ("Mood=" in token.morph and "VerbForm=Inf" not in token.morph)


def is_nominal(token: Token) -> bool:
    """Whether the token can be (the head of) a noun phrase."""
    return token.pos in ("NOUN", "PROPN", "PRON", "NUM")
