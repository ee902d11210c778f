"""Japanese and Korean names: cut like Chinese ones, the rest in Hepburn or syllable by syllable."""

from __future__ import annotations

import re
from functools import cache

from anyascii import anyascii

from onrecord.entities.matching._cutter import Cutter, Piece, said, slots_of
from onrecord.entities.matching._script_data import script_data
from onrecord.entities.matching._slots import Slot


@cache
def _japanese() -> Cutter:
    return Cutter(script_data("ja"))


@cache
def _korean() -> Cutter:
    return Cutter(script_data("ko"))


def japanese_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a Japanese name: its known words in English and its kana in Hepburn, with and
    without the vowels that Japanese puts behind the consonants of foreign words."""
    pieces = _japanese().cut(name)
    return said(pieces, hepburn, 0), said(pieces, _foreign, 0), said(pieces, hepburn, 1), _all(pieces)


def korean_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a Korean name: its known words in English and the rest syllable by syllable."""
    pieces = _korean().cut(name)
    return said(pieces, _hangul, 0), said(pieces, _hangul, 1), said(pieces, _hangul, 2), _all(pieces)


def japanese_slots(name: str) -> list[Slot]:
    """The parts of a Japanese name."""
    return slots_of(_japanese().cut(name), hepburn, _foreign)


def korean_slots(name: str) -> list[Slot]:
    """The parts of a Korean name."""
    return slots_of(_korean().cut(name), _hangul)


def _all(pieces: list[Piece]) -> str:
    sounded = [piece if piece.kind == "form" else Piece(piece.text, "name") for piece in pieces]
    return said(sounded, lambda text: anyascii(text).capitalize(), 0)


def hepburn(text: str) -> str:
    """Kana in Hepburn, long vowels as short ones."""
    spelled = anyascii(text.replace("ー", "")).lower()
    for written, spoken in (("si", "shi"), ("tu", "tsu"), ("ti", "chi"), ("hu", "fu")):
        spelled = re.sub(f"(?<![sc]){written}", spoken, spelled)
    return spelled.capitalize()


def _foreign(text: str) -> str:
    """A foreign word in kana, nearer to how it is spelled at home: no `u` or `o` that only carries a
    consonant."""
    spelled = re.sub("(?<=[bcdfgklmnprsxz])u(?=[bcdfgkmnprstxz]|$)", "", hepburn(text).lower())
    return re.sub("(?<=[dt])o(?=[rsmnk]|$)", "", spelled).capitalize()


def _hangul(text: str) -> str:
    """Hangul syllable by syllable, as the Revised Romanization has it but for sounds that change each other;
    no `eu` that only carries a consonant of a foreign word."""
    syllables = [re.sub("(?<=[aeiou])([gdb])$", _unvoiced, anyascii(c).lower()) for c in text]
    return re.sub("(?<=[sktp])eu(?=[a-z]|$)", "", "".join(syllables)).capitalize()


def _unvoiced(last: re.Match[str]) -> str:
    return {"g": "k", "d": "t", "b": "p"}[last[1]]
