"""Unnamed persons and groups, and bodies known by what they are, in the reader's language.

Their keys are English phrases (`US companies`, `former employees of Huawei`, `Dutch Ministry of Defence`). A
catalogue says what the words in them are called; what it lacks stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.present._catalogue import catalogue, changed, fill

Naming = Callable[[str], str]
"""What stands behind a preposition, as the language calls it."""

_THE = re.compile(r"^the (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrase, small → its message, and whether it is a plural. `named` is how a name stands before a noun; of
    bodies it is empty, since a name makes another body of them."""

    rows: Mapping[str, tuple[str, bool]]
    named: str


@cache
def _table(language: str, name: str) -> _Table:
    listed = catalogue(language)["names"][name]
    found = {key.lower(): (str(message), False) for key, message in listed["one"].items()}
    for key, message in listed["many"].items():
        message = str(message)
        found[key.lower()] = (message if "{" in message else "{e}" + message, True)
    return _Table(found, catalogue(language)["names"]["named"] if name == "roles" else "")


def _qualified(words: list[str], language: str, named: str) -> tuple[str | None, str | None] | None:
    """Adjectives before a noun, as the language writes them: bare, and inflected; each with its blank."""
    rules: Mapping[str, Any] = catalogue(language)["names"]
    bare, inflected, place = "", "", 0
    while place < len(words):
        for size in (3, 2, 1):
            word = " ".join(words[place : place + size])
            if word in rules["adjectives"]:
                form = str(rules["adjectives"][word])
                forms = [form, changed(form, rules["inflected"])]
            elif word in rules["qualifiers"]:
                forms = [str(form) for form in rules["qualifiers"][word]]
            elif place + size == len(words) and size == 1 and word[0].isupper() and named:
                forms = [fill(named, {"name": word})] * 2
            else:
                continue
            blank = "" if forms[0].endswith("-") else " "
            bare, inflected = bare + forms[0] + blank, inflected + forms[1] + blank
            place += size
            break
        else:
            return None
    return (bare, inflected) if words else (None, None)


def _noun(words: list[str], listed: _Table, language: str, of: str | None = None) -> tuple[str, bool] | None:
    """The longest ending of `words` that the table lists, with the adjectives or the name before it."""
    for first in range(len(words)):
        ending, before = " ".join(words[first:]).lower(), words[:first]
        fields: dict[str, str | None] = {"q": None, "e": None, "of": of}
        row = listed.rows.get(ending)
        qualified = _qualified(before, language, listed.named) if row else None
        if row and qualified:
            fields["q"], fields["e"] = qualified
        elif before and before[0][0].isupper() and (row := listed.rows.get(f"* {ending}")):
            fields["of"] = " ".join(before)
        else:
            continue
        message, plural = row
        return fill(message, fields), plural
    return None


def translated(name: str, language: str, table: str, naming: Naming) -> tuple[str, bool] | None:
    """A phrase of English words in the language, and whether it is a plural; None where a word is lacking."""
    listed = _table(language, table)
    joins: Mapping[str, str] = catalogue(language)["names"]["joins"]
    words = name.split()
    found = _noun(words, listed, language)
    for place, word in enumerate(words[1:-1], 1):
        if found or word not in joins:
            continue
        behind = naming(_THE.sub("", " ".join(words[place + 1 :])))
        found = _noun([*words[:place], word], listed, language, behind)
        if not found and (head := _noun(words[:place], listed, language)):
            found = f"{head[0]} {joins[word]} {behind}", head[1]
    return found
