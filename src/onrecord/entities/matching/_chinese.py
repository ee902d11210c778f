"""Chinese names: known words in English, the rest in pinyin, and as Hong Kong and Taiwan spell it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from onrecord.entities.matching._cutter import Cutter, Piece, said, slots_of
from onrecord.entities.matching._script_data import script_data
from onrecord.entities.matching._slots import Slot

_CHINA = Piece("中国", "place", ("China",))


@cache
def _chinese() -> Cutter:
    data = script_data("zh")
    return Cutter(data, {place: _joined(place) for place in data.words_of("pinyin_places")})


@cache
def _simplified() -> dict[int, str]:
    """Traditional character → simplified one, for the characters of the words that are known."""
    pairs = script_data("zh-sounds").words_of("traditional")
    return {ord(pair[1]): pair[0] for pair in pairs}


# A number that tells one institute, works or bureau of a house from another.
_NUMBERED = re.compile("第([一二三四五六七八九十百]+|[0-9]+)|([0-9]+)(?=研究所|所|院|厂|局)")
_FIGURES = {figure: value for value, figure in enumerate("一二三四五六七八九", 1)}


def _number(written: str) -> int:
    """The value of a number below a thousand, in figures or in Chinese ("三十" → 30)."""
    if written.isdigit() and written.isascii():
        return int(written[:9])
    total = value = 0
    for figure in written:
        if figure in _FIGURES:
            value = _FIGURES[figure]
        else:
            total += max(value, 1) * (100 if figure == "百" else 10)
            value = 0
    return total + value


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _cut(text: str) -> list[Piece]:
    """The parts of a name in simplified characters; ordinal numbers are parts of their own."""
    pieces: list[Piece] = []
    done = 0
    for found in _NUMBERED.finditer(text):
        number = _number(found[1] or found[2])
        known = _chinese().known.get(found[0])
        says = (*(known[1] if known else ()), _ordinal(number), f"No. {number}")
        pieces += _chinese().cut(text[done : found.start()]) if found.start() > done else []
        pieces.append(Piece(found[0], "word", says))
        done = found.end()
    return [*pieces, *_chinese().cut(text[done:])]


def chinese_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a Chinese name: its known words in English and the rest in pinyin, in one word and
    cut in pairs; all of it in pinyin; and where it is written in traditional characters
    the spellings of Hong Kong and Taiwan."""
    text = name.translate(_simplified())
    pieces = _cut(text)
    traditional = text != name
    forms = [
        said(pieces, _joined, 0),
        said(pieces, _paired, 1),
        said(pieces, _joined, 2),
        said([p if p.kind in ("form", "place") else Piece(p.text, "name") for p in pieces], _joined, 0),
    ]
    if pieces[:1] == [_CHINA] and not any(piece.kind == "name" for piece in pieces):
        # Houses of the state are "China National …" in English.
        forms.append(said([Piece("", "place", ("China National",)), *pieces[1:]], _joined, 0))
    if traditional or any(piece.text in ("香港", "台湾", "台北", "新竹") for piece in pieces):
        forms[1:1] = [said(pieces, _cantonese, 0), said(pieces, _wade_giles, 0)]
    return tuple(forms)


def chinese_slots(name: str) -> list[Slot]:
    """The parts of a Chinese name: pinyin joined and in pairs, and of traditional characters the spellings of
    Hong Kong and Taiwan."""
    text = name.translate(_simplified())
    old = (_cantonese, _wade_giles) if text != name else ()
    return slots_of(_cut(text), _joined, _paired, *old)


@cache
def _pypinyin() -> Any:
    """pypinyin, which takes a third of a second to load: only those who have a Chinese name wait for it."""
    return import_module("pypinyin")


def _each(unread: str) -> Any:
    """Characters without a reading, one by one, as pypinyin wants them."""
    return list(unread)


@cache
def _readings() -> dict[str, str]:
    return dict(script_data("zh-sounds").other["readings"])


@lru_cache(maxsize=16384)
def pinyin(text: str) -> tuple[str, ...]:
    """The syllables of a name in pinyin, without tones: of a character with several readings the one that it
    has in names, and else the one that its neighbours ask for."""
    own = _readings()
    sounds = _pypinyin().lazy_pinyin(text, errors=_each)
    return tuple(own.get(c, sound) for c, sound in zip(text, sounds, strict=True))


def _joined(text: str) -> str:
    return "".join(pinyin(text)).capitalize()


def _paired(text: str) -> str:
    sounds = pinyin(text)
    if len(sounds) < 4:
        return "".join(sounds).capitalize()
    return " ".join("".join(sounds[i : i + 2]).capitalize() for i in range(0, len(sounds), 2))


@cache
def _hong_kong() -> dict[str, str]:
    said = script_data("zh-sounds").other["cantonese"]
    return {character: sound for sound, characters in said.items() for character in characters}


def _cantonese(text: str) -> str:
    table = _hong_kong()
    return " ".join((table.get(c) or pinyin(c)[0]).capitalize() for c in text)


def _wade_giles(text: str) -> str:
    return " ".join(wade_giles(sound).capitalize() for sound in pinyin(text))


_INITIALS = {
    "zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch",
    "q": "ch", "x": "hs", "r": "j", "z": "ts", "c": "ts",
}  # fmt: skip
_FINALS = {
    "ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "ui": "ui", "uo": "o", "iong": "iung", "you": "yu",
    "yan": "yen", "ye": "yeh", "e": "o",
}  # fmt: skip


@cache
def wade_giles(syllable: str) -> str:
    """A syllable of pinyin in the spelling of Wade and Giles as Taiwan writes it in names, without its
    apostrophes ("hong" → "hung", "xin" → "hsin", "zhong" → "chung")."""
    whole = {"si": "ssu", "ci": "tzu", "zi": "tzu", "shi": "shih", "zhi": "chih", "chi": "chih", "ri": "jih",
             "er": "erh", "yi": "i", "you": "yu", "he": "ho", "ge": "ko", "ke": "ko", "e": "o", "guo": "kuo",
             "kuo": "kuo", "huo": "huo", "shuo": "shuo", "gui": "kuei", "kui": "kuei", "de": "te", "te": "te",
             "le": "le", "yan": "yen", "ye": "yeh"}  # fmt: skip
    if syllable in whole:
        return whole[syllable]
    for length in (2, 1):
        start, rest = syllable[:length], syllable[length:]
        if start in _INITIALS:
            return _INITIALS[start] + _FINALS.get(rest, rest)
    for end, other in (("ong", "ung"), ("ian", "ien")):
        if syllable.endswith(end):
            return syllable.removesuffix(end) + other
    return syllable
