"""Names as lists write them: aliases within a name, and affiliates within a list's free text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.lists._model import ListedName, NameQuality
from onrecord.lists.readers._wording import wording

_QUALITY: dict[str, NameQuality] = {"a": "strong", "n": "strong", "f": "former"}
_KNOWN_AS = r"\b([afn])\s?\.?\s?k\s?\.?\s?a\b\.?[,:]?\s*"
_INSIDE = re.compile(rf"[,;]?\s*\(\s*{_KNOWN_AS}", re.IGNORECASE)
_AFTER = re.compile(rf"[,;]\s*{_KNOWN_AS}|^{_KNOWN_AS}|\s{_KNOWN_AS}(?=['\"“])", re.IGNORECASE)
_SHORT = re.compile(r"^(?P<name>.{4,}?)\s*\((?P<short>[^()]{2,24})\)\s*$")
_EDGES = " \t\r\n,;"
_MAX_PARTED = 20_000
"""Characters of a text that is looked through for aliases and affiliates; the longest known has 3,000."""
_MAX_NESTED = 3


class Affiliates(NamedTuple):
    """What a phrase says: `parts` belong to `parent`."""

    parent: str
    parts: tuple[str, ...]


def clean(text: str) -> str:
    """A name without spaces, commas and lone quotation marks around it."""
    text = " ".join(text.split()).strip(_EDGES)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip(_EDGES)
    return text


def with_aliases(text: str, quality: NameQuality = "strong", nested: int = 0) -> list[ListedName]:
    """The names in a text such as "Chitron Ltd., a.k.a. Chi-Chung Ltd. (f.k.a. Chi Ltd.)": the first in the
    quality given, the others as they are called."""
    text = " ".join(text.split())
    if len(text) > _MAX_PARTED or nested > _MAX_NESTED:
        return [ListedName(clean(text), quality)]
    inside: list[ListedName] = []
    while found := _INSIDE.search(text):
        end = _closing(text, found.end())
        inside.extend(with_aliases(text[found.end() : end], _QUALITY[found[1].lower()], nested + 1))
        text = f"{text[: found.start()]} {text[end + 1 :]}"
    names: list[ListedName] = []
    at, called = 0, quality
    for found in _AFTER.finditer(text):
        names.append(ListedName(clean(text[at : found.start()]), called))
        letter = next(group for group in found.groups() if group)
        at, called = found.end(), _QUALITY[letter.lower()]
    names.append(ListedName(clean(text[at:]), called))
    return [name for name in (*names, *inside) if name.text]


def _closing(text: str, start: int) -> int:
    """Where the bracket closes that is open at `start`."""
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if not depth:
            return at
    return len(text)


def with_short(names: Iterable[ListedName]) -> list[ListedName]:
    """Names, and of each that ends in its own short form in brackets both apart: the acronym or the leading
    word is a weak alias."""
    found: list[ListedName] = []
    for name in names:
        found.append(name)
        parted = _SHORT.match(name.text)
        if not parted or not _shortens(parted["short"], parted["name"]):
            continue
        found.append(
            ListedName(parted["name"].strip(_EDGES), "strong" if name.quality != "former" else "former")
        )
        found.append(ListedName(parted["short"].strip(), "weak"))
    return found


def _shortens(short: str, name: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"\w+", name)).lower()
    own = [letter for letter in short.lower() if letter.isalnum()]
    if re.search(rf"\b{re.escape(short)}\b", name, re.IGNORECASE):
        return True
    rest = iter(letters)
    return short.isupper() and len(own) > 1 and sum(letter in rest for letter in own) >= len(own) - 1


def unique(names: Iterable[ListedName]) -> tuple[ListedName, ...]:
    """Each name once, in its first quality; the first one becomes the primary one."""
    found: dict[str, ListedName] = {}
    for name in names:
        text = clean(name.text)
        if text and text not in found:
            found[text] = ListedName(text, name.quality if found else "primary")
    return tuple(
        name if name.quality != "primary" or at == 0 else ListedName(name.text)
        for at, name in enumerate(found.values())
    )


def affiliates_in(text: str) -> Affiliates | None:
    """The party that a phrase names and those that it says belong to it; None where it says no such thing."""
    text = " ".join(text.split())
    if len(text) > _MAX_PARTED:
        return None
    for pattern in wording().affiliates:
        if found := pattern.fullmatch(text):
            parts = (
                clean(part) for part in re.split(r"\s*;\s*(?:and\s+)?|\s+—\s*", found["parts"].strip(" —-"))
            )
            named = tuple(part for part in parts if part)
            if named and clean(found["parent"]):
                return Affiliates(clean(found["parent"]), named)
    return None


def without_remarks(text: str) -> tuple[str, str]:
    """A name and what is said of it behind it ("and any successor, sub-unit, or subsidiary thereof")."""
    if found := wording().said_of.search(text):
        return text[: found.start()].strip(_EDGES), found[0].strip(" ,;")
    return text, ""
