"""What is known of the words of names: forms of incorporation, lines of business, places, short names."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from onrecord.entities._data import adjectives
from onrecord.entities.matching._fold import fold, words_of
from onrecord.language import load_yaml

FOLDER = Path(__file__).parent / "data"
STATES_IN = ("en", "de", "fr", "nl", "da", "sv", "no", "es", "it", "pt")
"""The languages whose names of states are known: those that the record reads, and the next most common ones
in companies' names."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of incorporation: its short name, what it means, where it is at home (none: in many states)
    and whether it may stand before the name."""

    name: str
    means: str
    countries: frozenset[str]
    first: bool


Sequences = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
"""First word → what begins with it, the longest first, and what that is."""


def _sequences(entries: Iterable[tuple[str, str]]) -> Sequences:
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for written, means in entries:
        words = tuple(words_of(fold(written), join_letters=True))
        if words:
            found.setdefault(words[0], {}).setdefault(words, means)
    return {
        first: tuple(sorted(listed.items(), key=lambda item: -len(item[0])))
        for first, listed in found.items()
    }


@dataclass(frozen=True, slots=True)
class Words:
    """All that is known of words, each folded. `lines`, `nicknames` and `numbers` give the key under which
    a word's forms are one; `weights` how much a word of the background counts; `slips` the words of forms by
    what is left of them without a letter."""

    forms: dict[str, Form]
    written: Sequences
    form_words: frozenset[str]
    places: Sequences
    place_words: frozenset[str]
    small: frozenset[str]
    lines: dict[str, str]
    generic: frozenset[str]
    marks: frozenset[str]
    ordinary: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    lineage: frozenset[str]
    vessel: frozenset[str]
    nicknames: dict[str, str]
    numbers: dict[str, str]
    weights: dict[str, float]
    slips: dict[str, tuple[str, ...]]

    def weight(self, word: str) -> float:
        """How much a word tells of who bears the name, 0.2 to 1: its inverse document frequency over the
        background, as a share of that of a word that none has."""
        return self.weights.get(word, 1.0)


def _weight(count: int, names: int) -> float:
    return max(0.2, round(math.log((names + 1) / (count + 1)) / math.log(names + 1), 3))


def without_a_letter(word: str) -> list[str]:
    """The word, and what is left of it without each of its letters."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _keys(groups: Iterable[Iterable[Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups:
        words = [str(word) for word in group]
        for word in words:
            found.setdefault(word, words[0])
    return found


def _place_names(raw: dict[str, Any]) -> list[tuple[str, str]]:
    found = [(str(name), str(names[0])) for names in raw["cities"] for name in names]
    found += [(str(name), str(code)) for code, names in raw["states"].items() for name in names]
    for language in STATES_IN:
        territories = Locale(language).territories.items()
        found += [(name, code) for code, name in territories if len(code) == 2 and code.isalpha()]
    found += [(form, code) for form, code in adjectives("en").items() if len(form) > 2]
    return found


def _slips(listed: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(listed):
        for slip in without_a_letter(word):
            found[slip] = (*found.get(slip, ()), word)
    return found


@cache
def words() -> Words:
    """The data of the folder `data`, read once."""
    forms = load_yaml(FOLDER / "forms.yaml")
    raw = load_yaml(FOLDER / "words.yaml")
    written = [(str(text), name) for name, form in forms.items() for text in form["written"]]
    places = _sequences(_place_names(load_yaml(FOLDER / "places.yaml")))
    form_words = frozenset(word for text, _ in written for word in text.split() if len(word) > 4)
    with (FOLDER / "background.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    return Words(
        forms={
            str(name): Form(
                str(name),
                str(form["means"]),
                frozenset(map(str, form.get("country", ()))),
                bool(form.get("first", False)),
            )
            for name, form in forms.items()
        },
        written=_sequences(written),
        form_words=form_words,
        places=places,
        place_words=frozenset(word for some in places.values() for names, _ in some for word in names),
        small=frozenset(map(str, raw["small"])),
        lines=_keys(raw["lines"]),
        generic=frozenset(map(str, raw["generic"])),
        ordinary=frozenset((FOLDER / "ordinary.txt").read_text("utf-8").split()),
        marks=frozenset(map(str, raw["marks"])),
        titles=frozenset(map(str, raw["titles"])),
        particles=frozenset(map(str, raw["particles"])),
        lineage=frozenset(map(str, raw["lineage"])),
        vessel=frozenset(map(str, raw["vessel"])),
        nicknames=_keys(raw["nicknames"]),
        numbers={str(word): str(value) for word, value in raw["numbers"].items()},
        weights={word: _weight(int(count), int(rows[0][1])) for word, count in rows[1:]},
        slips=_slips(form_words),
    )
