"""What the columns of a register are called, and which words may stand in them: `data/register.yaml`, and the
names of states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import get_global

from onrecord.entities import state_names
from onrecord.language import load_yaml

HEADINGS = ("en", "da", "nl")
"""The languages of headings and templates, by their ISO 639-1 codes."""
WORDS = ("en", "da", "nl", "de", "fr", "no", "sv")
"""The languages of what stands in the cells: those that pages are read in."""

UNIONS = frozenset({"EU", "UN"})
"""What CLDR lists among the territories and is no state."""
_DROPPED = re.compile(r"[^\w]+|_")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d"})


def folded(text: str) -> str:
    """A word as it is compared: lower case, without accents, spaces and marks."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _DROPPED.sub("", bare.translate(_LETTERS))


@cache
def data() -> Mapping[str, Any]:
    """`data/register.yaml` as it stands."""
    found: Mapping[str, Any] = load_yaml(Path(__file__).parent / "data" / "register.yaml")
    return found


@cache
def columns() -> dict[str, str]:
    """Heading, folded → the field of `RegisterLine` that it stands for."""
    found: dict[str, str] = {}
    for field, column in data()["columns"].items():
        for heading in (heading for named in column["headings"].values() for heading in named):
            if found.setdefault(folded(heading), field) != field:
                raise ValueError(f"register.yaml: the heading {heading} stands for two columns")
    return found


def must() -> tuple[str, ...]:
    """The fields that no register is without."""
    return tuple(field for field, column in data()["columns"].items() if column.get("must"))


def register_fields(language: str = "en") -> dict[str, str]:
    """The fields that the columns of a register may be for, and what each is called in a language (`en`, `da`
    or `nl`)."""
    return {field: heading(field, language) for field in data()["columns"]}


def heading(field: str, language: str = "en") -> str:
    """What a column is called in a template."""
    return str(data()["columns"][field]["headings"][language][0])


def word(table: str, code: str, language: str = "en") -> str:
    """What a sort (`sorts`) or layer (`layers`) is called."""
    return str(data()[table][code][language][0])


@cache
def named(table: str) -> dict[str, str]:
    """Word or code, folded → the code, of `sorts` or `layers`."""
    found: dict[str, str] = {}
    for code, listed in data()[table].items():
        for name in (code, *(name for language in WORDS for name in listed[language])):
            if found.setdefault(folded(str(name)), str(code)) != code:
                raise ValueError(f"register.yaml: {name} stands for two of {table}")
    return found


@cache
def states() -> dict[str, frozenset[str]]:
    """Name or code, folded → the states that it may mean, by ISO 3166-1 alpha-2: codes of two and three
    letters (the latter by CLDR's aliases), and names in the languages of `WORDS`. `UNIONS` are among them."""
    found: dict[str, set[str]] = {}
    codes = set(state_names("en"))
    for language in WORDS:
        for code, names in state_names(language).items():
            for name in names if code in codes else ():
                found.setdefault(folded(name), set()).add(code)
    for alias, meant in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(meant) == 1 and meant[0] in codes:
            found[folded(alias)] = {meant[0]}
    for code in codes:
        found[folded(code)] = {code}  # over an abbreviation that it looks like, as "É.-U." does like EU
    for alias, code in data()["codes"].items():
        found[folded(alias)] = {str(code)}
    return {name: frozenset(meant) for name, meant in found.items()}


@cache
def example_ids() -> re.Pattern[str]:
    """Matches the ids of the template's own example lines."""
    words = "|".join(re.escape(str(word)) for word in data()["example"].values())
    return re.compile(rf"(?:{words})(?:[\s-]*\d+)?", re.IGNORECASE)
