"""Names in Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian."""

from __future__ import annotations

import re
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


def _plain_cyrillic(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


@cache
def _cyrillic() -> Alphabet:
    return Alphabet("cyrillic", _plain_cyrillic)


@cache
def _cyrillic_letters(language: str) -> Letters:
    return letters_of(_cyrillic().data, "letters", f"letters_{language}")


def _cyrillic_language(text: str) -> str:
    """The language of a name by letters and legal forms that the others lack, "" where it may be Russian."""
    small = text.casefold()
    if re.search("[љњћђџј]", small):
        return "sr"
    if "ў" in small or ("і" in small and re.search("[ыэ]", small)):
        return "be"
    if re.search(r"[іїєґ]|\b(?:тов|ат|прат|пат)\b", small):
        return "uk"
    return "bg" if re.search(r"ъ(?![еёюя])", small) and not re.search("[ыэ]", small) else ""


def _in_cyrillic(name: str) -> tuple[list[Part], Sounds]:
    """The parts of a name in Cyrillic and its spellings: as names of companies are spelled in English,
    adjectives of places as the place ("Novolipetsky" → "Novolipetsk"); adjectives and genitives of persons as
    the person ("Khrunicheva" → "Khrunichev"); with the shorter endings of the press; letter by letter."""
    letters = _cyrillic_letters(_cyrillic_language(name))
    parts = list(_cyrillic().parts(name))

    def plain(word: str) -> str:
        return spell(letters, word)

    def ending(word: str) -> str:
        return re.sub("(?i)(?<=[сц]к)(ий|ый|ая|ое|ие|ого|ой|а|и|о)$", "", word)

    def place(word: str) -> str:
        return plain(ending(word))

    def person(word: str) -> str:
        short = ending(word)
        if short != word:
            return plain(re.sub("(?<=[оеиі][вн])сь?к$", "", short))
        return plain(re.sub("(?<=[оеиі][вн])а$", "", word))

    def common(word: str) -> str:
        nominative = re.sub("(?<=[сц]к)ого$", "ий", word)
        return re.sub("(?i)[iy]y$", "y", plain(nominative)).replace("ks", "x")

    return parts, (place, person, common, plain)


def cyrillic_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a name in Cyrillic: its known words in English and the rest as names of companies
    are spelled in English; all of it by letters."""
    return forms_of(*_in_cyrillic(name))


def cyrillic_slots(name: str) -> list[Slot]:
    """The parts of a name in Cyrillic."""
    return slots_of(*_in_cyrillic(name))
