"""How alike two words are: by their letters, and by their sound."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from onrecord.entities.matching._words import FOLDER
from onrecord.language import load_yaml

_SOUND_OF: dict[str, str] = load_yaml(FOLDER / "sounds.yaml")
_SOUND = re.compile("|".join(sorted(_SOUND_OF, key=len, reverse=True)))
_TWICE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouyh")


@lru_cache(maxsize=131072)
def sound(word: str) -> str:
    """The consonants of a word as they sound, with `a` for a vowel at its start: `gaddafi` and `qadhafi`
    are `kdf`, `usama` and `osama` `asm`."""
    skeleton = _SOUND.sub(lambda match: _SOUND_OF[match[0]], word)
    return ("a" if word[:1] in _VOWELS else "") + _TWICE.sub(r"\1", skeleton)


def slips(length: int) -> int:
    """How many slips (a letter more, less, other, or two swapped) a word of so many letters may have: none
    up to three letters, one up to five, two up to eight, then three."""
    return 0 if length <= 3 else 1 if length <= 5 else 2 if length <= 8 else 3


def heard_slips(length: int) -> int:
    """How many letters may differ between words that sound alike, the longer of which has so many."""
    return max(2, (length + 1) // 3)


@lru_cache(maxsize=262144)
def alike(one: str, other: str) -> tuple[float, bool]:
    """How alike two words are (0 to 1), and whether by their sound rather than their letters."""
    if one == other:
        return 1.0, False
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if shorter < 3 or longer < 4:
        return 0.0, False
    most = max(slips(shorter), heard_slips(longer))
    distance = OSA.distance(one, other, score_cutoff=most)
    if distance > most:
        return 0.0, False
    likeness = 1 - distance / longer
    skeleton = sound(one)
    if distance <= heard_slips(longer) and len(skeleton) > 2 and skeleton == sound(other):
        return 0.5 + likeness / 2, distance > slips(shorter)
    return (likeness, False) if distance <= slips(shorter) else (0.0, False)


LEAST_CUT, CUT_LIKENESS = 4, 0.8
"""Letters of a word cut short, and how alike it and the whole word are taken to be."""


def cut_short(one: str, other: str) -> bool:
    """Whether one word is the other cut short: `sberb`, `sberbank`."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= LEAST_CUT and len(longer) > len(shorter) + 1 and longer.startswith(shorter)
