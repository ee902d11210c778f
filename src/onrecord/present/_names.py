"""What entities are called in a sentence: article, genitive, number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any, Literal

from babel import Locale

from onrecord.entities import Entity
from onrecord.present._catalogue import ENGLISH, capital, catalogue, changed, fill
from onrecord.present._plain import plain
from onrecord.present._roles import translated

_STATE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Called:
    """What something is called in a language: bare ("United States", in headings and tables) and in a
    sentence ("the …").
    """

    bare: str
    inline: str
    language: str
    plural: bool = False
    person: bool = False

    @property
    def genitive(self) -> str:
        """Whose: "Huawei's", "the United States'"."""
        return changed(self.inline, catalogue(self.language)["names"]["genitive"])

    @property
    def sort(self) -> Literal["thing", "person", "plural"]:
        """What a pronoun for it goes by."""
        return "plural" if self.plural else "person" if self.person else "thing"


def _called(
    language: str, bare: str, inline: str | None = None, *, plural: bool = False, person: bool = False
) -> Called:
    return Called(bare, bare if inline is None else inline, language, plural, person)


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale(catalogue(language)["language"]).territories)


def _state(code: str, shown: str, language: str) -> Called:
    rules = catalogue(language)["names"]
    name = rules["states"].get(code) or _territories(language).get(code) or shown
    article = next((word for word, takes in rules["articles"].items() if code in takes["states"]), None)
    inline = f"{article} {name}" if article else name
    return _called(language, name, inline, plural=code in rules["plural_states"])


def _article(name: str, rules: Mapping[str, Any]) -> str | None:
    """The article that a body or outlet takes: by its name, else by a word in it, or a word's ending."""
    words = re.findall(r"\w+", name)
    for article, takes in rules["articles"].items():
        if name in takes["names"]:
            return str(article)
    for article, takes in rules["articles"].items():
        if any(
            word in takes["words"] or any(word.endswith(end) for end in takes["endings"]) for word in words
        ):
            return str(article)
    return None


@cache
def _english_states() -> dict[str, str]:
    return {name: code for code, name in _territories(ENGLISH).items() if _STATE.fullmatch(code)}


def _within(phrase: str, names: Mapping[str, Entity], language: str) -> str:
    """What stands behind a preposition in an English phrase: an entity, or states by their English names."""
    codes = [_english_states().get(part) for part in phrase.split(" and ")]
    known = [_state(code, code, language).inline for code in codes if code]
    if phrase in names or len(known) < len(codes):
        return call(phrase, names, language).inline
    lists = catalogue(language)["lists"]
    return reduce(lambda a, b: fill(lists["two"], {"a": a, "b": b}), known)


def _role(name: str, names: Mapping[str, Entity], language: str) -> Called:
    rules = catalogue(language)["names"]
    if name.lower() in rules["bare"]:
        return _called(language, rules["bare"][name.lower()])
    found = translated(name, language, "roles", lambda words: _within(words, names, language))
    if found:
        return _called(language, found[0], plural=found[1])
    head = re.split(r" (?:of|in|from|at|for|with|to) ", name)[0].split(" ")[-1].lower()
    plural = head in rules["plural_words"] or (head.endswith("s") and not head.endswith(("ss", "us")))
    article = rules["article"]["vowel" if name[:1].lower() in rules["article"]["vowels"] else "consonant"]
    inline = fill(rules["role"]["many" if plural else "one"], {"article": article, "name": name})
    return _called(language, name, inline, plural=plural)


def call_publisher(key: str, names: Mapping[str, Entity], language: str) -> Called:
    """What an outlet or agency is called, as `call` has it, but never a state, whose code it may go by."""
    entity = names.get(key)
    if not _STATE.fullmatch(key) or (entity is not None and entity.kind != "state"):
        return call(key, names, language)
    return _called(language, key)


def call(key: str, names: Mapping[str, Entity], language: str) -> Called:
    """What the entity of that key is called; a key that `names` lacks is a state's code, a role or its own
    name.
    """
    entity = names.get(key)
    shown = plain(entity.name if entity else key)
    kind = entity.kind if entity else None
    rules = catalogue(language)["names"]
    if kind == "state" or (entity is None and _STATE.fullmatch(key) and key in _territories(language)):
        return _state(key, shown, language)
    if kind == "role" or (entity is None and shown[:1].islower()):
        return _role(shown, names, language)
    for table in {"body": ("bodies",), None: ("bodies", "roles")}.get(kind, ()):
        found = translated(shown, language, table, lambda words: _within(words, names, language))
        if found:
            return _called(language, capital(found[0]), found[0], plural=found[1])
    if shown.startswith("The "):
        return _called(language, shown, rules["the"] + shown[4:])
    if kind in ("body", "outlet", None) and (article := _article(shown, rules)):
        return _called(language, shown, f"{article} {shown}")
    return _called(language, shown, person=kind == "person")
