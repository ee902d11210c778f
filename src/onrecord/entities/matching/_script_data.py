"""What the parts of names in other scripts mean: one YAML file per script, read when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.language import LanguageDataError, load_yaml

FOLDER = Path(__file__).parent / "data" / "scripts"

_TABLES = ("forms", "places", "words", "endings", "names")


@dataclass(frozen=True, slots=True)
class ScriptData:
    """The tables of a script's file: legal forms, places, words of business, words that count at the end of a
    name only, and names of persons, each word with the English or Latin spellings of it, the most usual
    first; and what else the file holds, as it stands there."""

    forms: dict[str, tuple[str, ...]]
    places: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    endings: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    other: dict[str, Any]

    def words_of(self, key: str) -> tuple[str, ...]:
        """The list, or the words in a row, under a further key; empty where the file has none."""
        found = self.other.get(key) or ()
        return tuple(found.split()) if isinstance(found, str) else tuple(map(str, found))


@cache
def script_data(name: str) -> ScriptData:
    """The tables of the file `name` (`zh`, `cyrillic`, …). Raises `LanguageDataError` where a table is
    none."""
    path = FOLDER / f"{name}.yaml"
    raw = load_yaml(path)
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for key in _TABLES:
        table = raw.pop(key, None) or {}
        if not isinstance(table, dict):
            raise LanguageDataError(f"{path}: {key} is no table")
        tables[key] = {str(word): _spellings(said) for word, said in table.items()}
    return ScriptData(**tables, other=dict(raw))


def _spellings(said: Any) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, list) else ("" if said is None else str(said),)
