"""The workbench's own words in a language (messages/en): a file for each of its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml
from babel import Locale
from babel.numbers import format_decimal

from onrecord.present import ENGLISH, reason_told, terms, wanting_told
from onrecord.web._sentences import sentence_in

_FIELD = re.compile(r"\{(\w+)\}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
"""A number as English groups it."""
_PARAMETER = re.compile(r"(?:^|; )([\w.]+):")


@cache
def messages(language: str) -> Mapping[str, Any]:
    """The messages of a language that `onrecord.present.languages` has."""
    found: dict[str, Any] = {"terms": dict(terms(language))}
    folder = files("onrecord.web") / "messages" / language
    for place in sorted(folder.iterdir(), key=lambda one: one.name):
        told = cast(dict[str, Any], yaml.safe_load(place.read_text("utf-8")))
        own = told.pop("terms", {})
        twice = (found.keys() & told.keys()) | (found["terms"].keys() & own.keys())
        assert not twice, f"{place.name} says again what another part says: {', '.join(sorted(twice))}"
        found["terms"].update(own)
        found.update(told)
    return found


class Words:
    """Gives messages of a language with their fields filled in; what is filled in is never itself taken for
    a message."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = messages(language)

    def __call__(self, key: str, n: int | None = None, **fields: object) -> str:
        """A message; of one that has two forms, `one` and `many`, the one for `n` things."""
        told = self._messages[key]
        if not isinstance(told, str):
            told = told["one" if n == 1 else "many"]
        if n is not None:
            fields["n"] = self.number(n)
        return _FIELD.sub(lambda found: str(fields.get(found[1], "")), told)

    def number(self, value: int) -> str:
        """A number as the language writes it: "12,500", "12.500"."""
        return str(format_decimal(value, locale=self.language))

    def decimal(self, value: float) -> str:
        """A number with two places, as the language writes it: "0.25", "0,20"."""
        return str(format_decimal(value, format="#,##0.00", locale=self.language))

    def tongue(self, code: str) -> str:
        """What a language is called, by its code: "Danish", "dansk"; the code where that has no name."""
        return str(Locale(self.language).languages.get(code, code))

    def told(self, english: str) -> str | None:
        """What a room said in English (`_sentences`), in the language; None where only English has it."""
        if self.language == ENGLISH:
            return english
        return sentence_in(self.language, english, self._filled)

    def plainly(self, english: str) -> str:
        """The same, in English where only that has it."""
        return self.told(english) or english

    def wrong(self, error: Exception) -> str:
        """What an error says, in the language as far as it has that, else in English."""
        return self.plainly(str(error))

    def reason(self, reason: str) -> str:
        """Why two names are alike."""
        return reason_told(reason, self.language)

    def wanting(self, wanting: str) -> str:
        """What it would take for two names to be the same."""
        return wanting_told(wanting, self.language)

    def _filled(self, field: str, value: str) -> str:
        if field == "role":
            return str(self._messages.get(f"role_{value}", value))
        if field == "parameters":
            # Which they are; what is wrong with each is told by a library, in English.
            return ", ".join(dict.fromkeys(_PARAMETER.findall(value))) or value
        if field == "inner":
            return self.plainly(value)
        if field in ("sign", "other_sign"):
            return self.term(value)
        return self.number(int(value.replace(",", ""))) if _GROUPED.fullmatch(value) else value

    def term(self, word: str) -> str:
        """A word of the record, such as a kind of entity, in the language; itself where that has none."""
        return str(self._messages["terms"].get(word, word))
