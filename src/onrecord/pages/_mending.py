"""Mending text that was decoded wrongly (`financiÃ«le`) while keeping track of where it stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ftfy import fix_encoding

from onrecord.pages._traced import Traced

_TOKEN = re.compile(r"[^ \t\r\n]*[^\x00-\x7f][^ \t\r\n]*")
_HIGH = re.compile(r"[^\x00-\x7f]+")
_CLUSTER = re.compile(r"\w[\u0300-\u036f]+")
# Zero-width spaces and joiners, soft hyphens, byte order marks: they split words and show nothing.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_LONGEST = 12
"""Characters that one letter may become when it is decoded wrongly twice."""


def mend(text: Traced) -> Traced:
    """`text` with mojibake mended, letters composed and invisible characters left out."""
    if text.text.isascii():
        return text
    text = text.replace(_mojibake(text.text))
    text = text.replace((m.start(), m.end(), "") for m in _INVISIBLE.finditer(text.text))
    return text.replace(
        (m.start(), m.end(), unicodedata.normalize("NFC", m.group())) for m in _CLUSTER.finditer(text.text)
    )


def _mojibake(text: str) -> Iterator[tuple[int, int, str]]:
    """The stretches that are decoded wrongly, and what they should read, letter by letter.

    ftfy judges a word at a time, since a letter alone says too little; the word's mend is then split so
    that every mended letter leads back to just the characters that it was made from.
    """
    for token in _TOKEN.finditer(text):
        word = token.group()
        mended = fix_encoding(word)
        if mended == word:
            continue
        pieces = list(_letters(word))
        if _applied(word, pieces) != mended:
            pieces = [(0, len(word), mended)]
        for start, end, letter in pieces:
            yield token.start() + start, token.start() + end, letter


def _letters(word: str) -> Iterator[tuple[int, int, str]]:
    for run in _HIGH.finditer(word):
        at = run.start()
        while at < run.end():
            for length in range(2, min(_LONGEST, run.end() - at) + 1):
                letter = fix_encoding(word[at : at + length])
                if len(letter) == 1:
                    yield at, at + length, letter
                    at += length
                    break
            else:
                at += 1


def _applied(word: str, pieces: list[tuple[int, int, str]]) -> str:
    made, last = [], 0
    for start, end, letter in pieces:
        made += [word[last:start], letter]
        last = end
    return "".join([*made, word[last:]])
