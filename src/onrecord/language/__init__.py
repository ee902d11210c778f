"""Language: a page's text in, sentences, words, grammar and dates out; one folder of data per language."""

from onrecord.language._model import Analysis, Sentence, Time, Token

__all__ = ["Analysis", "Sentence", "Time", "Token"]
