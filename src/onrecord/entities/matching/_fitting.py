"""Of all the Latin forms of a name in another script the one that comes nearest to a given Latin name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from onrecord.entities.matching._arabic import arabic_slots
from onrecord.entities.matching._chinese import chinese_slots
from onrecord.entities.matching._cyrillic import cyrillic_slots
from onrecord.entities.matching._greek import greek_slots
from onrecord.entities.matching._hebrew import hebrew_slots
from onrecord.entities.matching._kana import japanese_slots, korean_slots
from onrecord.entities.matching._scripts import Script, script_of, without_brackets
from onrecord.entities.matching._skeleton import word_skeleton
from onrecord.entities.matching._slots import Slot

_SLOTS: dict[Script, Callable[[str], list[Slot]]] = {
    "chinese": lambda text: chinese_slots(without_brackets(text)),
    "japanese": lambda text: japanese_slots(without_brackets(text)),
    "korean": lambda text: korean_slots(without_brackets(text)),
    "cyrillic": cyrillic_slots,
    "greek": greek_slots,
    "arabic": arabic_slots,
    "hebrew": hebrew_slots,
}

LEAST_SOUNDS = 3
"""Consonants that a word must have to be told by them alone."""
LEAST_ALIKE = {"chinese": 0.8, "japanese": 0.5, "korean": 0.5}
"""How alike two spellings of a word must be to be taken for one (1 less the share of letters that differ).
Pinyin writes every vowel, so only slips are passed over."""
LEAST_ALIKE_OTHERWISE = 0.6
_LATIN_WORD = re.compile(r"[a-z0-9]+")


def latin_form_like(name: str, other: str) -> str:
    """The Latin form of a name in another script that comes nearest to `other`, a Latin name: of the English
    words that a part may mean those that `other` has, and a part that is spelled by sound as `other` spells
    it where both may be spellings of one word. "" for a name that is Latin itself.

    That makes nothing equal that is not a possible reading of the name; what `other` has besides, or has
    not, is left for a comparison of the two to judge."""
    script = script_of(name)
    if script not in _SLOTS:
        return ""
    return _like(unicodedata.normalize("NFKC", name), anyascii(other).lower(), script)


@lru_cache(maxsize=8192)
def _slots_of(text: str, script: Script) -> tuple[Slot, ...]:
    return tuple(_SLOTS[script](text))


def _like(text: str, other: str, script: Script) -> str:
    free = _LATIN_WORD.findall(other)
    least = LEAST_ALIKE.get(script, LEAST_ALIKE_OTHERWISE)
    slots = _slots_of(text, script)
    chosen: list[str | None] = [None] * len(slots)
    for at, slot in enumerate(slots):
        found = [said for said in (*slot.says, *slot.spelled) if said and _within(said, free)]
        if found:
            chosen[at] = max(found, key=lambda said: len(_LATIN_WORD.findall(said.lower())))
            for word in _LATIN_WORD.findall(anyascii(str(chosen[at])).lower()):
                free.remove(word)
    for at, slot in enumerate(slots):
        if chosen[at] is None:
            near = _near(slot, free, least, by_sound=script != "chinese")
            if near:
                chosen[at] = near
                free.remove(near.lower())
    names = [_said_or_first(slot, one) for slot, one in zip(slots, chosen, strict=True) if not slot.form]
    forms = [_said_or_first(slot, one) for slot, one in zip(slots, chosen, strict=True) if slot.form]
    return " ".join(" ".join((*names, *forms)).split())


def _said_or_first(slot: Slot, chosen: str | None) -> str:
    return anyascii(chosen if chosen is not None else (slot.says or slot.spelled or ("",))[0])


def _within(said: str, free: list[str]) -> bool:
    """Whether all words of what may be said are among the words that are free."""
    words = _LATIN_WORD.findall(anyascii(said).lower())
    return bool(words) and all(words.count(word) <= free.count(word) for word in words)


def _near(slot: Slot, free: list[str], least: float, *, by_sound: bool) -> str:
    """The free word that a spelling of the part may be another spelling of, "" where there is none."""
    best, found = 0.0, ""
    for spelled in slot.spelled:
        mine = "".join(_LATIN_WORD.findall(anyascii(spelled).lower()))
        sounds = word_skeleton(mine)
        for word in free:
            likeness = OSA.normalized_similarity(mine, word)
            if likeness < max(least, best) or min(len(mine), len(word)) <= LEAST_SOUNDS:
                continue
            same = by_sound and len(sounds) >= LEAST_SOUNDS and sounds == word_skeleton(word)
            if same or (not by_sound and likeness >= least):
                best, found = likeness, word
    return found.capitalize()
