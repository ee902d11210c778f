"""The message catalogue of a language, and the small grammar in which its messages are written
(messages/en.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

import yaml
from babel.numbers import format_decimal

ENGLISH = "en"
"""The language of what no catalogue is asked for, and of everything that the program itself says."""

_CHOICE = re.compile(r"<([^<>]*)>")
_AGREEMENT = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_FIELD = re.compile(r"\{([^{}]+)\}")


@cache
def languages() -> tuple[str, ...]:
    """The languages that there is a catalogue for, by their ISO 639-1 codes, English first."""
    folder = files("onrecord.present") / "messages"
    found = {place.name.removesuffix(".yaml") for place in folder.iterdir() if place.name.endswith(".yaml")}
    return (ENGLISH, *sorted(found - {ENGLISH}))


@cache
def catalogue(language: str = ENGLISH) -> Mapping[str, Any]:
    """The messages of a language, by its ISO 639-1 code. Raises `ValueError` where there is no catalogue for
    it.
    """
    if language not in languages():
        raise ValueError(f"There is no language '{language}' here. There are: {', '.join(languages())}.")
    place = files("onrecord.present") / "messages" / f"{language}.yaml"
    return cast(Mapping[str, Any], yaml.safe_load(place.read_text("utf-8")))


def fill(message: str, fields: Mapping[str, str | None], *, plural: bool = False) -> str:
    """A message with its fields filled in.

    A field that is None is not known, which decides between the halves of a `<a|b>`. What is filled in is
    never itself taken for a message.
    """
    known = {name: value for name, value in fields.items() if value is not None}
    told: list[str] = []
    for needed, given, otherwise in _parsed(message, plural):
        for text, name in given if needed <= known.keys() else otherwise:
            told += text, known.get(name, "")
    return "".join(told)


_Pieces = tuple[tuple[str, str], ...]
"""Text as it stands, each with the field behind it ("" for none)."""


@lru_cache(maxsize=4096)
def _parsed(message: str, plural: bool) -> tuple[tuple[frozenset[str], _Pieces, _Pieces], ...]:
    """A message in its parts: what is told where all of these fields are known, and what is else."""
    agreed = _AGREEMENT.sub(lambda match: match.group(2 if plural else 1), message)
    # What stands between two choices comes with one group of the pattern between them.
    between = _CHOICE.split(agreed)
    parts = []
    for place, text in enumerate(between):
        given, _, otherwise = text.partition("|") if place % 2 else (text, "", text)
        needed = frozenset(_FIELD.findall(given)) if place % 2 else frozenset()
        parts.append((needed, _pieces(given), _pieces(otherwise)))
    return tuple(parts)


def _pieces(text: str) -> _Pieces:
    parted = [*_FIELD.split(text), ""]
    return tuple(zip(parted[::2], parted[1::2], strict=True))


def changed(word: str, rules: list[list[str]]) -> str:
    """`word` in another form, by the first of a catalogue's rules (what to replace, by what) that fits."""
    for pattern, form in rules:
        if re.search(pattern, word):
            return re.sub(pattern, form, word, count=1)
    return word


def words(language: str, key: str, *, n: int | None = None, **fields: object) -> str:
    """One of the dossier's own words or phrases. `n` is the number with which it agrees."""
    if not fields:
        return _word(language, key, n)
    filled = {name: str(value) for name, value in fields.items()}
    if n is not None:
        filled["n"] = number(n, language)
    return fill(str(catalogue(language)["words"][key]), filled, plural=n is not None and n != 1)


@lru_cache(maxsize=16_384)
def _word(language: str, key: str, n: int | None) -> str:
    message = str(catalogue(language)["words"][key])
    return fill(message, {} if n is None else {"n": number(n, language)}, plural=n is not None and n != 1)


@lru_cache(maxsize=4096)
def number(value: int, language: str) -> str:
    """A number as the language writes it: "12,500", "12.500"."""
    return str(format_decimal(value, locale=catalogue(language)["language"]))


@cache
def terms(language: str = ENGLISH) -> Mapping[str, str]:
    """What the types, statuses, topics and scopes of statements are called."""
    messages = catalogue(language)
    return {
        word: told
        for section in ("type", "statuses", "topics", "scopes")
        for word, told in messages[section].items()
    }


def explaining(section: str, key: str | None = None, *, language: str = ENGLISH) -> str:
    """What `onrecord explain` says: the message of a section (`how`, `why`, `why_not`) for a key, or one that
    stands by itself. An argument may have been found by a lexicon's own preposition, which is given as it
    stands."""
    messages = catalogue(language)["explain"]
    if key is None:
        return str(messages[section])
    listed: Mapping[str, str] = messages[section]
    return str(listed.get(key) or fill(listed["else"], {"words": key.replace("_", " ")}))


def capital(text: str) -> str:
    """`text` with its first letter large."""
    return text[:1].upper() + text[1:]
