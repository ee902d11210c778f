"""Hebrew names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from onrecord.entities.matching._alphabet import (
    Alphabet,
    Letters,
    Part,
    Sounds,
    forms_of,
    letters_of,
    slots_of,
    spell,
)
from onrecord.entities.matching._slots import Slot


def _plain_hebrew(word: str) -> str:
    return "".join(c for c in word if not unicodedata.combining(c))


@cache
def _hebrew() -> Alphabet:
    return Alphabet("hebrew", _plain_hebrew)


@cache
def _hebrew_letters() -> Letters:
    return letters_of(_hebrew().data, "letters")


def _in_hebrew(name: str) -> tuple[list[Part], Sounds]:
    text = re.sub("(?<=\\w)[\"״'׳](?=\\w)", "", name)
    parts = list(_hebrew().parts(text))
    letters = _hebrew_letters()

    def sound(word: str) -> str:
        bare = _plain_hebrew(word)
        for mark, said in (("ו", "o"), ("י", "i")):
            bare = re.sub(f"(?<=.){mark}", said, bare)
        return spell(letters, bare)

    return parts, (sound, sound, sound, sound)


def hebrew_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a Hebrew name: its known words in English and the rest by its letters."""
    return forms_of(*_in_hebrew(name))


def hebrew_slots(name: str) -> list[Slot]:
    """The parts of a Hebrew name."""
    return slots_of(*_in_hebrew(name))
