"""The word lists that reading a page rests on: one file a language, one for all, one for front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_COMMON = "any"


@dataclass(frozen=True)
class Words:
    """The words of a language that tell what a line of a page is for (see `data/README.md`).

    `opens`, `holds` and `sections` give for each kind of residue a pattern: of what its lines begin with, of
    what they hold, and of the headings that what follows belongs to. The other patterns fit single words.
    """

    months: dict[str, int]
    weekdays: re.Pattern[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    by: re.Pattern[str]
    roles: re.Pattern[str]
    addressing: re.Pattern[str]
    promotion: re.Pattern[str]
    jobs: re.Pattern[str]
    itself: re.Pattern[str]
    trailing: re.Pattern[str]
    opens: dict[str, re.Pattern[str]]
    holds: dict[str, re.Pattern[str]]
    sections: dict[str, re.Pattern[str]]


@cache
def words_of(language: str) -> Words:
    """The words of `language` together with those common to all; only the latter where it has no file."""
    lists = [load_data(_COMMON), load_data(language)]

    def joined(field: str) -> str:
        return "|".join(entry for part in lists for entry in part.get(field, ()))

    def merged(field: str) -> re.Pattern[str]:
        entries = joined(field)
        return re.compile(rf"(?<!\w)(?:{entries})(?!\w)" if entries else r"(?!)", re.IGNORECASE)

    def by_kind(field: str, template: str) -> dict[str, re.Pattern[str]]:
        kinds = dict.fromkeys(kind for part in lists for kind in part.get(field, {}))
        return {
            kind: re.compile(
                template % "|".join(entry for part in lists for entry in part.get(field, {}).get(kind, ())),
                re.IGNORECASE,
            )
            for kind in kinds
        }

    return Words(
        months={
            str(name).casefold(): number for part in lists for name, number in part.get("months", {}).items()
        },
        weekdays=merged("weekdays"),
        published=merged("published"),
        updated=merged("updated"),
        by=merged("by"),
        roles=merged("roles"),
        addressing=merged("addressing"),
        promotion=merged("promotion"),
        jobs=merged("jobs"),
        itself=merged("itself"),
        trailing=re.compile(rf"\s*(?:{joined('trailing')})\s*$", re.IGNORECASE),
        opens=by_kind("opens", r"\W*(?:%s)(?:(?<!\w)|(?!\w))"),
        holds=by_kind("holds", r"(?:%s)"),
        sections=by_kind("sections", r"\W*(?:%s)\W*(?:\d+\W*)?$"),
    )


@cache
def front_matter_fields() -> dict[str, list[str]]:
    """Under `title`, `date`, `outlet` and `address`, the names that fields of front matter go by."""
    return load_data("front_matter")


@cache
def language_names() -> dict[str, str]:
    """English names of languages by their ISO 639-1 code."""
    return load_data("language_names")


@cache
def load_data(name: str) -> dict[str, Any]:
    """The data file `name`, empty where there is none."""
    file = files("onrecord.pages").joinpath("data", f"{name}.yaml")
    return yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}
