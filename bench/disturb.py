"""Companies' names as they come into registers: written down by hand, cut short, translated, mistyped.

The generator knows nothing of how names are compared. What it does is what is told of wrong names in customer
registers (typing errors: Damerau 1964, who found four in five to be one letter more, less, other or two
swapped), each kind as often as the next.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import yaml

# Neighbours on a QWERTY keyboard.
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEXT = {
    letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _KEYS for at, letter in enumerate(row)
}

_DATA = yaml.safe_load((Path(__file__).parent / "data" / "disturb.yaml").read_text("utf-8"))
ENDINGS: tuple[str, ...] = tuple(map(str, _DATA["endings"]))
_SWAPS: dict[str, list[str]] = _DATA["swaps"]
_SHORT: dict[str, str] = _DATA["short"]
_SPELLINGS: list[list[str]] = _DATA["spellings"]


def _ends(words: list[str]) -> int:
    """At which word the legal ending begins; the number of words where there is none."""
    for start in range(max(1, len(words) - 4), len(words)):
        tail = " ".join(words[start:]).lower()
        if tail in ENDINGS or re.sub(r"[.,]", "", tail) in ENDINGS:
            return start
    return len(words)


def _typo(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    letter = word[at].lower()
    way = rng.randrange(4)
    if way == 0:
        return word[:at] + word[at + 1 :]
    if way == 1:
        return word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at:]
    if way == 2:
        near = _NEXT.get(letter, "e")
        return word[:at] + rng.choice(near) + word[at + 1 :]
    if at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word + word[-1]


def mistyped(words: list[str], rng: random.Random) -> list[str]:
    """One typing error, or two in different words of a long name."""
    long = [at for at, word in enumerate(words) if len(re.sub(r"\W", "", word)) >= 4]
    if not long:
        return words
    found = list(words)
    for at in rng.sample(long, 2 if len(long) > 3 and rng.random() < 0.3 else 1):
        found[at] = _typo(found[at], rng)
    return found


def dropped(words: list[str], rng: random.Random) -> list[str]:
    """A word left out that is not the longest, of a name of three or more."""
    if len(words) < 3:
        return mistyped(words, rng)
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    at = rng.choice([at for at in range(len(words)) if at != longest])
    return words[:at] + words[at + 1 :]


def swapped(words: list[str], rng: random.Random) -> list[str]:
    """Two words in each other's place."""
    if len(words) < 2:
        return mistyped(words, rng)
    one, other = rng.sample(range(len(words)), 2)
    found = list(words)
    found[one], found[other] = found[other], found[one]
    return found


def other_ending(words: list[str], rng: random.Random) -> list[str]:
    """The legal form in other words, or another one where there is none."""
    start = _ends(words)
    if start == len(words):
        return [*words, rng.choice(("Ltd", "LLC", "Co.", "Inc.", "S.A.", "GmbH", "Company"))]
    tail = re.sub(r"\W", "", words[-1]).lower()
    return [*words[:-1], rng.choice(_SWAPS.get(tail, ["Ltd", "LLC", "Company"]))]


def no_ending(words: list[str], rng: random.Random) -> list[str]:
    """The legal form left away."""
    start = _ends(words)
    return words[:start] if start < len(words) else dropped(words, rng)


def abbreviated(words: list[str], rng: random.Random) -> list[str]:
    """Words cut short as is usual; one cut anywhere where none is."""
    usual = [at for at, word in enumerate(words) if re.sub(r"\W", "", word).lower() in _SHORT]
    found = list(words)
    for at in usual:
        found[at] = _SHORT[re.sub(r"\W", "", words[at]).lower()]
    if not usual:
        long = [at for at, word in enumerate(words) if len(word) > 6 and word.isalpha()]
        if not long:
            return mistyped(words, rng)
        at = rng.choice(long)
        found[at] = words[at][: rng.randint(4, 6)] + "."
    return found


def respelt(words: list[str], rng: random.Random) -> list[str]:
    """Letters as another transliteration would have them, in up to two places."""
    text = " ".join(words).lower()
    usable = [(one, other) for one, other in _SPELLINGS if one in text]
    for one, other in rng.sample(usable, min(2, len(usable))):
        places = [match.start() for match in re.finditer(one, text)]
        if places:
            at = rng.choice(places)
            text = text[:at] + other + text[at + len(one) :]
    return text.split()


def joined(words: list[str], rng: random.Random) -> list[str]:
    """A space left away, or put into a long word."""
    long = [at for at, word in enumerate(words) if len(word) > 7 and word.isalpha()]
    if long and (len(words) < 2 or rng.random() < 0.4):
        at = rng.choice(long)
        cut = rng.randint(3, len(words[at]) - 3)
        return [*words[:at], words[at][:cut], words[at][cut:], *words[at + 1 :]]
    if len(words) < 2:
        return mistyped(words, rng)
    at = rng.randrange(len(words) - 1)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def initialled(words: list[str], rng: random.Random) -> list[str]:
    """A word that is not the longest by its first letter."""
    if len(words) < 3:
        return mistyped(words, rng)
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    at = rng.choice([at for at in range(len(words)) if at != longest and words[at][:1].isalpha()] or [0])
    return [*words[:at], words[at][0] + ".", *words[at + 1 :]]


WAYS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "typing error": mistyped,
    "word dropped": dropped,
    "words swapped": swapped,
    "legal form changed": other_ending,
    "legal form dropped": no_ending,
    "abbreviation": abbreviated,
    "transliteration": respelt,
    "spaces": joined,
    "initial": initialled,
}
TWICE = 0.25
"""How often a name is disturbed in a second way."""


def disturbed(name: str, rng: random.Random) -> tuple[str, str]:
    """A name as somebody might write it, and in which way; never as it was. Case and commas are as a
    register may have them."""
    ways = list(WAYS)
    for _ in range(20):
        way = rng.choice(ways)
        words = WAYS[way](name.split(), rng)
        if rng.random() < TWICE:
            words = WAYS[rng.choice(ways)](words, rng)
        text = rng.choice((str.title, str.upper, str))(" ".join(words).strip())
        if rng.random() < 0.3:
            text = text.replace(",", "")
        if text and re.sub(r"\W", "", text).lower() != re.sub(r"\W", "", name).lower():
            return text, way
    return name + " Ltd", "legal form changed"
