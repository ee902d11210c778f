"""Names written without spaces (Chinese, Japanese, Korean): cut into known parts and what is left between
them, which is read by sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.entities.matching._script_data import ScriptData
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

    def __init__(self, data: ScriptData, places: Mapping[str, str] | None = None) -> None:
        """The words of a file, and further places with their Latin names."""
        self.known: dict[str, tuple[PieceKind, tuple[str, ...]]] = {}
        self.known.update({word: ("place", (said,)) for word, said in (places or {}).items()})
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
