"""Names written without spaces (Chinese, Japanese, Korean): cut into known parts and what is left between
them, which is read by sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, Literal

from onrecord.entities.matching._script_data import ScriptData, script_data
from onrecord.entities.matching._slots import Slot

# A run of plain Latin letters and figures, or of others.
_RUNS = re.compile(r"[!-~]+|[^\s!-~]+")

PieceKind = Literal["place", "word", "form", "name"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a name: as written, what it is, and its Latin spellings (none yet where it is a `name`)."""

    text: str
    kind: PieceKind
    says: tuple[str, ...] = ()


class Cutter:
    """Cuts a name without spaces into the words of one script's file."""

    def __init__(self, data: ScriptData) -> None:
        self.known: dict[str, tuple[PieceKind, tuple[str, ...]]] = {}
        self.known.update({word: ("place", (_joined(word),)) for word in data.words_of("pinyin_places")})
        self.known.update({word: ("word", said) for word, said in data.words.items()})
        self.known.update({word: ("place", said) for word, said in data.places.items()})
        self.known.update({word: ("form", said) for word, said in data.forms.items()})
        self.endings = data.endings
        self.after_place = frozenset(data.words_of("after_place"))
        self.longest = max(map(len, self.known), default=1)

    def cut(self, text: str) -> list[Piece]:
        """The parts of `text` in order: as few characters as may be are left to sound, and of the ways that
        leave equally many the one with the fewest parts."""
        size = len(text)
        cost: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        step: list[int] = [0] * (size + 1)
        for i in range(size - 1, -1, -1):
            left, parts = cost[i + 1]
            cost[i], step[i] = (left + 1, parts), 1
            for length in range(1, min(self.longest, size - i) + 1):
                if text[i : i + length] in self.known:
                    left, parts = cost[i + length]
                    if (left, parts + 1) < cost[i]:
                        cost[i], step[i] = (left, parts + 1), length
        return self._settled(list(self._pieces(text, step)))

    def _pieces(self, text: str, step: list[int]) -> Iterator[Piece]:
        i, unknown = 0, ""
        while i < len(text):
            part = text[i : i + step[i]]
            found = self.known.get(part)
            if found is None:
                unknown += part
            else:
                if unknown:
                    yield Piece(unknown, "name")
                    unknown = ""
                yield Piece(part, *found)
            i += step[i]
        if unknown:
            yield Piece(unknown, "name")

    def _settled(self, pieces: list[Piece]) -> list[Piece]:
        """The parts without "city" and "province" after places, and with the endings of one character."""
        settled: list[Piece] = []
        last = max((i for i, piece in enumerate(pieces) if piece.kind != "form"), default=-1)
        for i, piece in enumerate(pieces):
            text = piece.text
            if piece.kind == "name" and settled and settled[-1].kind == "place":
                after = max((a for a in self.after_place if text.startswith(a)), key=len, default="")
                text = text[len(after) :] if len(text) > len(after) or i != last else ""
            if piece.kind != "name" or not text:
                settled += [piece] if text else []
            elif i == last and text[-1] in self.endings and (len(text) > 1 or i > 0):
                settled += [Piece(text[:-1], "name")] if len(text) > 1 else []
                settled.append(Piece(text[-1], "word", self.endings[text[-1]]))
            else:
                settled.append(Piece(text, "name"))
        return settled


_CHINA = Piece("中国", "place", ("China",))


@cache
def _chinese() -> Cutter:
    return Cutter(script_data("zh"))


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


def slots_of(pieces: list[Piece], *sounds: Callable[[str], str]) -> list[Slot]:
    """The parts of a name with all that may stand for them, in the spellings that `sounds` make."""
    return [
        Slot(
            piece.says,
            tuple(dict.fromkeys(_by_sound(piece.text, sound) for sound in sounds)),
            piece.kind == "form",
        )
        for piece in pieces
    ]


def chinese_slots(name: str) -> list[Slot]:
    """The parts of a Chinese name: pinyin joined and in pairs, and of traditional characters the spellings of
    Hong Kong and Taiwan."""
    text = name.translate(_simplified())
    old = (_cantonese, _wade_giles) if text != name else ()
    return slots_of(_cut(text), _joined, _paired, *old)


def said(pieces: list[Piece], sound: Callable[[str], str], choice: int) -> str:
    """The parts of a name in Latin letters: what is not known by `sound`, and of several words for a thing
    the one at `choice`, or the last."""
    return " ".join(
        _by_sound(piece.text, sound) if piece.kind == "name" else piece.says[min(choice, len(piece.says) - 1)]
        for piece in pieces
    )


def _by_sound(text: str, sound: Callable[[str], str]) -> str:
    """What is not known, by sound; Latin letters and figures in it as they are."""
    if text.isascii():
        return text.strip()
    return " ".join(part if part.isascii() else sound(part) for part in _RUNS.findall(text))


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
