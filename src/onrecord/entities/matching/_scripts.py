"""Names across scripts: a name in another script in, the Latin forms under which it may be written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from anyascii import anyascii
from rapidfuzz.distance import OSA

from onrecord.entities.matching._chinese import chinese_forms, chinese_slots
from onrecord.entities.matching._kana import japanese_forms, japanese_slots, korean_forms, korean_slots
from onrecord.entities.matching._skeleton import word_skeleton
from onrecord.entities.matching._slots import Slot
from onrecord.entities.matching._spaced import (
    arabic_forms,
    arabic_slots,
    cyrillic_forms,
    cyrillic_slots,
    greek_forms,
    greek_slots,
    hebrew_forms,
    hebrew_slots,
)

Script = Literal["latin", "chinese", "japanese", "korean", "cyrillic", "greek", "arabic", "hebrew", "other"]

_RANGES: tuple[tuple[Script, str], ...] = (
    ("japanese", "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"),
    ("korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"),
    ("chinese", "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
    ("cyrillic", "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("hebrew", "\u0590-\u05ff\ufb1d-\ufb4f"),
)
_SCRIPTS = tuple((script, re.compile(f"[{marks}]")) for script, marks in _RANGES)
# All letters of Latin stand below U+0250, in two blocks about U+1E00, or are full-width; what is written
# above that and is no letter (dashes, quotes, signs) belongs to no script.
_FOREIGN = re.compile(
    "[\u0370-\u1dbf\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff\u2e80-\ua71f\ua800-\uab2f\uab70-\ufaff"
    "\ufb13-\ufdff\ufe70-\ufefe\uff66-\uffdc\U00010000-\U0003ffff]"
)
_BRACKETS = re.compile(r"[()（）\[\]【】「」『』《》〈〉·・，、,。]+")
_SPACES = re.compile(r"\s+")


def script_of(name: str) -> Script:
    """The script that a name is written in: `latin` where nothing in it is of another; Japanese where it has
    kana or a Japanese legal form, Korean where it has hangul, else the script of the first letter that is
    not Latin."""
    first = _FOREIGN.search(name)
    if first is None:
        return "latin"
    for script, marks in _SCRIPTS[:2]:
        if marks.search(name):
            return script
    if "株式会社" in name or "有限会社" in name:
        return "japanese"
    return next((script for script, marks in _SCRIPTS if marks.match(first.group())), "other")


def latin_forms(name: str) -> tuple[str, ...]:
    """The Latin forms under which a name may be written, the likeliest first, each once. A Latin name comes
    back alone, with its white space put in order; of a name in another script the known words (legal forms,
    places, words of business) are put into English and the rest is spelled by sound. Where nothing of it can
    be spelled the name comes back as it is. Never empty but for a name without a character."""
    if name.isascii() or _FOREIGN.search(name) is None:
        whole = " ".join(unicodedata.normalize("NFC", name).split())
        return (whole,) if whole else ()
    return _forms(name)


@lru_cache(maxsize=8192)
def _forms(name: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", name)
    made = _MAKERS.get(script_of(text), _plain)(text)
    ascii_forms = (form if form.isascii() else anyascii(form) for form in made)
    found = dict.fromkeys(" ".join(form.split()) for form in ascii_forms)
    found.pop("", None)
    return tuple(found) or (" ".join(text.split()),)


def _plain(text: str) -> tuple[str, ...]:
    return (anyascii(text),)


def _without_brackets(text: str) -> str:
    return _SPACES.sub(" ", _BRACKETS.sub(" ", text)).strip()


_MAKERS: dict[Script, Callable[[str], tuple[str, ...]]] = {
    "chinese": lambda text: chinese_forms(_without_brackets(text)),
    "japanese": lambda text: japanese_forms(_without_brackets(text)),
    "korean": lambda text: korean_forms(_without_brackets(text)),
    "cyrillic": cyrillic_forms,
    "greek": greek_forms,
    "arabic": arabic_forms,
    "hebrew": hebrew_forms,
}
_SLOTS: dict[Script, Callable[[str], list[Slot]]] = {
    "chinese": lambda text: chinese_slots(_without_brackets(text)),
    "japanese": lambda text: japanese_slots(_without_brackets(text)),
    "korean": lambda text: korean_slots(_without_brackets(text)),
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
