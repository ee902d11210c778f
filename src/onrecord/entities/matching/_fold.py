"""The form in which names are compared: small Latin letters and figures, no accents, no points."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ə": "a",
        "ħ": "h",
        "&": " and ",
        "+": " and ",
        "™": " ",
        "®": " ",
        "©": " ",
    }
)
_APOSTROPHES = re.compile(r"(?<=\w\w)['’`´]s\b|['’‘`´ʻʼʾʿ′\"“”«»„]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_BREAKS = re.compile(r"[^a-z0-9]+")
LONGEST = 400
"""Characters of a name that are read; what goes beyond is no name (the longest of the lists has 240)."""


def _marks_off(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _quotes_off(match: re.Match[str]) -> str:
    return " " if match[0] in '"“”«»„' else ""


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name in the form in which names are compared: `Qa'ida` → `qaida`, `S.A.R.L.` → `sarl`, `Müller &
    Söhne` → `muller and sohne`; letters of other scripts by their Latin likes. Words are parted by one
    space; "" where the name has neither letters nor figures."""
    text = name[:LONGEST]
    if not text.isascii():
        text = _marks_off(unicodedata.normalize("NFKC", text))
    text = _APOSTROPHES.sub(_quotes_off, text.lower()).translate(_LETTERS)
    if "." in text:
        text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    if not text.isascii():
        text = anyascii(text).lower().replace("'", "")
    return _BREAKS.sub(" ", text).strip()


def words_of(folded: str, *, join_letters: bool) -> list[str]:
    """The words of a folded name. With `join_letters`, letters that stand alone side by side are one word
    (`p t astra` → `pt`, `astra`; `a s` → `as`), as in companies' names; persons' initials stay apart."""
    words = folded.split()
    if not join_letters:
        return words
    found: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            found.append(run)
            run = ""
        found.append(word)
    if run:
        found.append(run)
    return found


_OR = re.compile(
    r"\s+/\s+|(?<=[\w'’]{4})/(?=[\w'’]{4})|\W+(?:a|f|n)\.?\s?k\.?\s?a\.?\s+|\W+also known as\s+",
    re.IGNORECASE,
)
LEAST_NAME = 5
"""Letters that each side of a stroke must have to be taken for a name of its own."""


@lru_cache(maxsize=65536)
def variants(name: str) -> tuple[str, ...]:
    """The names that are written as one with a stroke or "also known as" between them ("Al-Qa'ida/Islamic
    Army"), after the whole; the name alone where it is one."""
    if "/" not in name and "k" not in name.lower():
        return (name,)
    sides = [side.strip() for side in _OR.split(name[:LONGEST])]
    if len(sides) < 2 or any(sum(map(str.isalpha, side)) < LEAST_NAME for side in sides):
        return (name,)
    return (name, *sides)
