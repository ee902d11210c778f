"""Greek names."""

from __future__ import annotations

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


def _plain_greek(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("ς", "σ")


@cache
def _greek() -> Alphabet:
    return Alphabet("greek", _plain_greek)


@cache
def _greek_letters(key: str) -> Letters:
    return letters_of(_greek().data, key)


def _in_greek(name: str) -> tuple[list[Part], Sounds]:
    """The parts of a Greek name and its spellings: as ELOT 743 has it, and as names often are."""
    parts = list(_greek().parts(name))

    def elot(word: str) -> str:
        plain = unicodedata.normalize("NFD", word)
        bare = "".join(c for c in plain if not unicodedata.combining(c))
        spelled = spell(_greek_letters("letters"), bare)
        return "B" + spelled[2:] if bare[:2].casefold() == "μπ" else spelled

    def common(word: str) -> str:
        plain = unicodedata.normalize("NFD", word)
        return spell(
            _greek_letters("letters_common"), "".join(c for c in plain if not unicodedata.combining(c))
        )

    return parts, (elot, common, elot, elot)


def greek_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a Greek name: its known words in English and the rest as ELOT 743 spells it, or as
    names often are; all of it by letters."""
    return forms_of(*_in_greek(name))


def greek_slots(name: str) -> list[Slot]:
    """The parts of a Greek name."""
    return slots_of(*_in_greek(name))
