"""The words of the lists, from `data/wording.yaml` and `data/countries.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from babel import Locale
from rigour.territories import get_territories

from onrecord.language import load_yaml
from onrecord.lists._model import NameQuality, PartyKind

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Wording:
    """What stands in `data/wording.yaml`."""

    kinds: dict[str, PartyKind]
    qualities: dict[str, NameQuality]
    non_sdn_programs: frozenset[str]
    identifiers: re.Pattern[str]
    listed_on: re.Pattern[str]
    affiliates: tuple[re.Pattern[str], ...]
    said_of: re.Pattern[str]


@cache
def wording() -> Wording:
    """The words, read once."""
    raw: dict[str, Any] = load_yaml(_FOLDER / "wording.yaml")
    identifiers = "|".join(re.escape(kind) for kind in sorted(raw["identifiers"], key=len, reverse=True))
    return Wording(
        {str(word): cast(PartyKind, str(kind)) for word, kind in raw["kinds"].items()},
        {str(word): cast(NameQuality, str(quality)) for word, quality in raw["qualities"].items()},
        frozenset(map(str, raw["non_sdn_programs"])),
        re.compile(rf"(?:alt\. )?(?P<type>{identifiers})(?: -)?[:\s]+(?P<number>.+)", re.DOTALL),
        re.compile(rf"{raw['listed_on']}\s*(?P<date>\d{{1,2}} \w{{3}} \d{{4}}|\d{{4}}-\d\d-\d\d)"),
        tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in raw["affiliates"]),
        re.compile(raw["said_of"], re.IGNORECASE),
    )


def kind_of(word: str) -> PartyKind:
    """A party's kind by the list's word for it; `other` where the list does not say or the word is
    unknown."""
    return wording().kinds.get(word.strip().lower(), "other")


def quality_of(word: str, default: NameQuality = "strong") -> NameQuality:
    """A name's quality by the list's word for it."""
    return wording().qualities.get(word.strip().lower(), default)


@cache
def _countries() -> dict[str, str | None]:
    named: dict[str, str | None] = {}
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"):
            named[name.lower()] = code
            named[name.lower().replace("&", "and")] = code
            named[code.lower()] = code
    for territory in get_territories():
        if len(territory.code) == 2 and territory.code.upper() in named.values():
            for name in (territory.name, territory.full_name, territory.alpha3 or ""):
                named.setdefault(name.lower(), territory.code.upper())
    named.update({str(k): str(v) if v else None for k, v in load_yaml(_FOLDER / "countries.yaml").items()})
    named.pop("", None)
    return named


@cache
def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country as a list writes it, None where it is none."""
    folded = " ".join(text.lower().replace("’", "'").split()).strip(" .,;")
    named = _countries()
    for written in (folded, folded.removeprefix("the "), folded.partition(" (")[0]):
        if written in named:
            return named[written]
    return None


def country_codes(*texts: str) -> tuple[str, ...]:
    """The codes of those that are countries, each once, in order."""
    return tuple(dict.fromkeys(code for text in texts if text and (code := country_code(text))))
