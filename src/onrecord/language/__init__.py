"""Language: a page's text in, sentences, words, grammar and dates out; one folder of data per language."""

from onrecord.language._analysis import analyse, words_of
from onrecord.language._data import (
    LanguageData,
    LanguageDataError,
    Located,
    installed_languages,
    language_data,
    load_yaml,
)
from onrecord.language._model import Analysis, Clause, Sentence, Time, Token
from onrecord.language._times import resolve_dates
from onrecord.language._words import (
    is_compound,
    is_finite,
    is_nominal,
    is_noun,
    is_past_participle,
    is_verb,
    is_word,
    lemma_of,
    parted,
    plain,
)

__all__ = [
    "Analysis",
    "Clause",
    "LanguageData",
    "LanguageDataError",
    "Located",
    "Sentence",
    "Time",
    "Token",
    "analyse",
    "installed_languages",
    "is_compound",
    "is_finite",
    "is_nominal",
    "is_noun",
    "is_past_participle",
    "is_verb",
    "is_word",
    "language_data",
    "lemma_of",
    "load_yaml",
    "parted",
    "plain",
    "resolve_dates",
    "words_of",
]
