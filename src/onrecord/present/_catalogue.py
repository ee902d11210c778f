"""The message catalogue of a language, and the small grammar in which its messages are written
(messages/en.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

_CHOICE = re.compile(r"<([^<>]*)>")
_AGREEMENT = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_FIELD = re.compile(r"\{([^{}]+)\}")
_KNOWN: tuple[str, ...] = ("en",)


@cache
def catalogue(language: str = "en") -> Mapping[str, Any]:
    """The messages of a language, by its ISO 639-1 code. Raises `ValueError` where there is no catalogue for
    it.
    """
    place = files("onrecord.present") / "messages" / f"{language}.yaml"
    if not place.is_file():
        raise ValueError(
            f"There is no message catalogue for '{language}'. There is one for: {', '.join(_KNOWN)}."
        )
    return cast(Mapping[str, Any], yaml.safe_load(place.read_text("utf-8")))


def fill(message: str, fields: Mapping[str, str | None], *, plural: bool = False) -> str:
    """A message with its fields filled in.

    A field that is None is not known, which decides between the halves of a `<a|b>`. What is filled in is
    never itself taken for a message.
    """

    def choose(match: re.Match[str]) -> str:
        given, _, otherwise = match.group(1).partition("|")
        known = all(fields.get(name) is not None for name in _FIELD.findall(given))
        return given if known else otherwise

    agreed = _AGREEMENT.sub(lambda match: match.group(2 if plural else 1), message)
    chosen = _CHOICE.sub(choose, agreed)
    return _FIELD.sub(lambda match: fields.get(match.group(1)) or "", chosen)


def words(key: str, *, n: int | None = None, **fields: object) -> str:
    """One of the dossier's own words or phrases. `n` is the number with which it agrees."""
    filled = {name: str(value) for name, value in fields.items()}
    if n is not None:
        filled["n"] = f"{n:,}"
    return fill(str(catalogue()["words"][key]), filled, plural=n is not None and n != 1)


def explaining(section: str, key: str | None = None) -> str:
    """What `onrecord explain` says: the message of a section (`how`, `why`, `why_not`) for a key, or one that
    stands by itself. An argument may have been found by a lexicon's own preposition, which is given as it
    stands."""
    messages = catalogue()["explain"]
    if key is None:
        return str(messages[section])
    listed: Mapping[str, str] = messages[section]
    return str(listed.get(key) or fill(listed["else"], {"words": key.replace("_", " ")}))


def capital(text: str) -> str:
    """`text` with its first letter large."""
    return text[:1].upper() + text[1:]
