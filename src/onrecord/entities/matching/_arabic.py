"""Arabic and Persian names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from onrecord.entities.matching._alphabet import (
    Alphabet,
    Letters,
    Part,
    Sounds,
    forms_of,
    letters_of,
    slots_of,
)
from onrecord.entities.matching._slots import Slot

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
                         "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ـ": None,
                         "\u200c": " "})  # fmt: skip
# What is often written together: "servant of the …", and names in "of the faith".
_SERVANT = re.compile(r"\b(عبد)(ال\w{3,})")
_FAITH = re.compile(r"\b(\w{2,})(الدين)\b")
_PERSIAN = re.compile("[پچژگکیہے]")


def _plain_arabic(word: str) -> str:
    return "".join(c for c in word.translate(_ARABIC) if not unicodedata.combining(c))


@cache
def _arabic() -> Alphabet:
    return Alphabet("arabic", _plain_arabic)


@cache
def _arabic_letters(persian: bool) -> Letters:
    return letters_of(_arabic().data, "letters", *(("letters_fa",) if persian else ()))


@lru_cache(maxsize=4096)
def _arabic_sound(word: str, persian: bool, filled: str) -> str:
    """A word by its letters. Which short vowels are spoken is not written: `filled` is put where two
    consonants stand together, or, where it is "", an `a` where they begin or end the word, as Arabic has
    none there."""
    letters = _arabic_letters(persian)
    made: list[str] = []
    last = len(word) - 1
    for i, letter in enumerate(word):
        inside = i > 0
        after_vowel = bool(made) and made[-1][-1:] in "aeiou"
        before_alef = word[i + 1 : i + 2] == "ا"
        if letter == "ا" and not inside and word[1:2] in ("و", "ي") and word[2:3] not in ("", "ا"):
            continue
        if letter in "وي" and i == 1 and not made:
            spelled = "o" if letter == "و" else "i"
        elif letter == "و":
            consonant = not inside or after_vowel or before_alef
            spelled = ("v" if persian and not filled else "w") if consonant else "u" if filled else "o"
        elif letter == "ي":
            spelled = "y" if not inside or after_vowel or before_alef else "i"
        elif letter == "ه" and i == last and inside:
            spelled = "h" if after_vowel else "eh" if persian else "a"
        elif letter == "ع":
            spelled = "" if after_vowel else "a"
        else:
            spelled = letters.get(letter, letter)
            if made and not after_vowel and spelled[:1] not in ("", *"aeiou"):
                spelled = (filled or ("a" if len(made) == 1 or i == last else "")) + spelled
        if spelled:
            made.append(spelled)
    return "".join(made).capitalize()


def _is_house(parts: Sequence[Part]) -> bool:
    """Whether a name begins with an English word: "company", "bank", "group"."""
    return bool(parts) and bool(parts[0].says) and not parts[0].person


def _in_arabic(name: str) -> tuple[list[Part], Sounds]:
    """The parts of an Arabic or Persian name and its spellings: with the article apart, joined and left out,
    the last two with a vowel between all consonants."""
    persian = _PERSIAN.search(name) is not None
    apart_written = _SERVANT.sub(r"\1 \2", _FAITH.sub(r"\1 \2", _plain_arabic(name)))
    parts = list(_arabic().parts(apart_written))
    if (
        any(part.person for part in parts[:2])
        and not any(part.form for part in parts)
        and not _is_house(parts)
    ):
        # A person's name: nothing in it is to be put into English.
        parts = [part if part.person else Part(part.words) for part in parts]

    def by_letters(word: str, article: str, filled: str) -> str:
        if word.startswith("ال") and len(word) > 4:
            spelled = _arabic_sound(word[2:], persian, filled)
            return article + (spelled.lower() if article == "Al" else spelled)
        return _arabic_sound(word, persian, filled)

    def apart(word: str) -> str:
        return by_letters(word, "Al ", "")

    def joined(word: str) -> str:
        return by_letters(word, "Al", "e" if persian else "a")

    def without(word: str) -> str:
        return by_letters(word, "", "a")

    return parts, (apart, joined, without, apart)


def arabic_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of an Arabic or Persian name: its known words in English and the rest by its letters;
    names in "of God" and "of the faith" as two words and as one; all of it by letters."""
    parts, sounds = _in_arabic(name)
    first, *rest = forms_of(parts, sounds)
    forms = [first.replace("Abd Al ", "Abdul "), *rest]
    if any(part.words[-1] in ("الله", "الدين") for part in parts[1:]):
        forms.insert(1, re.sub(" Al-Din", "uddin", re.sub(" Allah", "ullah", forms[0])))
    return tuple(forms)


def arabic_slots(name: str) -> list[Slot]:
    """The parts of an Arabic or Persian name."""
    return slots_of(*_in_arabic(name))
