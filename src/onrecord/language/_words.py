"""What a word is: its dictionary form, whether a word list knows it, and what its grammar makes of it."""

from __future__ import annotations

import re
from functools import cache

import simplemma

from onrecord.language._data import LanguageData, language_data, lemma_overrides, library_code
from onrecord.language._model import Token

# How short the last part of a compound may be.
_SHORTEST = 4


@cache
def is_word(form: str, language: str) -> bool:
    """Whether a general word list of the language knows the form."""
    return bool(simplemma.is_known(form, lang=library_code(language)))


@cache
def is_noun(word: str, language: str) -> bool:
    """Whether a word with a capital is a known noun, or a compound of nouns, for languages that write nouns
    so."""
    return any(is_word(form, language) for form in (word, word.removesuffix("s"))) or is_compound(
        word, language
    )


@cache
def is_compound(word: str, language: str) -> bool:
    """Whether a word with a capital is made of known nouns, with or without a letter that joins them."""
    for k in range(3, len(word) - 3):
        first, second = word[:k], word[k:].capitalize()
        forms = (first, first.removesuffix("s"), first.removesuffix("n"), first + "e", first + "en")
        if len(second) > 6 and is_word(second, language):
            return True
        if is_word(second, language) and any(is_noun(form, language) for form in forms if len(form) > 2):
            return True
    return False


@cache
def lemma_of(form: str, language: str) -> str:
    """The dictionary form of a lower-case word: the language's own list first, then simplemma's."""
    override = lemma_overrides(language).get(form)
    lemma = override or str(simplemma.lemmatize(form, lang=library_code(language))).lower()
    if override or lemma != form or not language_data(language).compounds:
        return lemma
    if form.endswith("s") and len(form) > _SHORTEST and lemma_of(form[:-1], language) != form[:-1]:
        return lemma_of(form[:-1], language)  # a genitive
    return lemma if is_word(form, language) else _compound_lemma(form, language)


def compound_end(form: str, language: str) -> str | None:
    """The longest end of an unknown word that is a word itself, as compounds have; None without one."""
    ends = (form[k:] for k in range(2, len(form) - _SHORTEST + 1))
    return next((end for end in ends if is_word(end, language)), None)


def _compound_lemma(form: str, language: str) -> str:
    """The dictionary form of a compound that the word list lacks: that of its last part after the rest."""
    end = compound_end(form, language)
    return form if end is None else form.removesuffix(end) + lemma_of(end, language)


@cache
def infinitive_of(form: str, language: str, participle: bool) -> str | None:
    """The infinitive to which the endings that the language's data list for a verb (or only for its
    participle) lead from a lower-case word, where the word list knows it."""
    data = language_data(language)
    endings = data.participle_forms if participle else {**data.participle_forms, **data.verb_forms}
    for ending in sorted(endings, key=len, reverse=True):
        for infinitive in endings[ending].split() if form.endswith(ending) else ():
            made = form.removesuffix(ending) + infinitive
            if (
                is_word(made, language)
                and str(simplemma.lemmatize(made, lang=library_code(language))) == made
            ):
                return made
    return None


@cache
def verb_lemma(form: str, language: str, participle: bool = False) -> str:
    """The infinitive of a lower-case word that is a verb (or its participle) here; else `lemma_of` it."""
    data, lemma = language_data(language), lemma_of(form, language)
    if form in lemma_overrides(language):
        return lemma
    endings = (*data.participle_forms.values(), *data.verb_forms.values())
    known = tuple({infinitive for listed in endings for infinitive in listed.split()})
    settled = lemma != form and lemma.endswith(known) if known else True
    if settled and not participle:
        return lemma
    return infinitive_of(form, language, participle) or lemma


@cache
def noun_lemma(form: str, language: str) -> str:
    """The dictionary form of a lower-case plural or definite noun: without an ending that the language's data
    list, where the word list knows what is left; else `lemma_of` it."""
    if form not in lemma_overrides(language):
        for ending in sorted(language_data(language).noun_forms, key=len, reverse=True):
            made = form.removesuffix(ending)
            if form.endswith(ending) and len(made) > 2 and is_word(made, language):
                listed = str(simplemma.lemmatize(made, lang=library_code(language)))
                if listed.startswith(made) and len(listed) <= len(made) + 1:
                    return made
    return lemma_of(form, language)


@cache
def is_infinitive(form: str, language: str) -> bool:
    """Whether a lower-case word is an infinitive in -en, told by a third person that the word list knows.

    The third person is spelt as in Dutch, so only for that language are the answers of use.
    """
    if not form.endswith("en") or len(form) <= 4:
        return False
    return any(
        is_word(third, language) and simplemma.lemmatize(third, lang=library_code(language)) == form
        for third in _third_persons(form)
    )


@cache
def is_known_verb(lemma: str, language: str) -> bool:
    """Whether a lemma in -n is a verb's: the word list knows a form of it in -t, -te or -e."""
    stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
    if not lemma.endswith("n") or len(stem) < 2:
        return False
    return any(
        is_word(form, language) and simplemma.lemmatize(form, lang=language) == lemma
        for form in (stem + "t", stem + "et", stem + "te", stem + "e")
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


def parted(text: str, data: LanguageData, *, whole: bool = True) -> str:
    """A phrase with its cut words apart from those after them, as the tokenizer parts them, and `whole` or as
    they are ("d'accord": "de accord" or "d' accord")."""
    for word, lemma in data.elided.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?=\w)", f"{lemma if whole else word} ", text)
    return text


def plain(token: Token, data: LanguageData) -> str:
    """A word in lower case; a preposition that is written together with an article, or cut short, as itself
    ("du": "de")."""
    return data.contractions.get(token.lower, token.lower) if token.pos == "ADP" else token.lower


def is_past_participle(token: Token) -> bool:
    """Whether the token is a past participle."""
    return token.pos == "VERB" and "VerbForm=Part" in token.morph and "Tense=Pres" not in token.morph


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
