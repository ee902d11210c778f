"""What entities are called in a sentence: article, genitive, number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from onrecord.entities import Entity
from onrecord.present._catalogue import catalogue
from onrecord.present._plain import plain

_STATE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Called:
    """What something is called: bare ("United States", in headings and tables) and in a sentence ("the
    …").
    """

    bare: str
    inline: str
    plural: bool
    person: bool = False

    @property
    def genitive(self) -> str:
        """Whose: "Huawei's", "the United States'"."""
        return self.inline + ("'" if self.inline.endswith("s") else "'s")


@cache
def _territories() -> dict[str, str]:
    return dict(Locale(catalogue()["language"]).territories)


def _state(code: str, shown: str) -> Called:
    rules = catalogue()["names"]
    name = rules["states"].get(code) or _territories().get(code) or shown
    return Called(name, f"the {name}" if code in rules["the_states"] else name, plural=False)


def _takes_article(name: str) -> bool:
    rules = catalogue()["names"]
    return name in rules["the_names"] or any(word in rules["the_words"] for word in re.findall(r"\w+", name))


def _role(name: str) -> Called:
    rules = catalogue()["names"]
    if name.lower() in rules["bare"]:
        return Called(name, name, plural=False)
    head = re.split(r" (?:of|in|from|at|for|with|to) ", name)[0].split(" ")[-1].lower()
    if head in rules["plural_words"] or (head.endswith("s") and not head.endswith(("ss", "us"))):
        return Called(name, name, plural=True)
    article = rules["article"]["vowel" if name[:1].lower() in rules["article"]["vowels"] else "consonant"]
    return Called(name, f"{article} {name}", plural=False)


def call(key: str, names: Mapping[str, Entity]) -> Called:
    """What the entity of that key is called; a key that `names` lacks is a state's code, a role or its own
    name.
    """
    entity = names.get(key)
    shown = plain(entity.name if entity else key)
    kind = entity.kind if entity else None
    if kind == "state" or (entity is None and _STATE.fullmatch(key) and key in _territories()):
        return _state(key, shown)
    if kind == "role" or (entity is None and shown[:1].islower()):
        return _role(shown)
    if shown.startswith("The "):
        return Called(shown, f"the {shown[4:]}", plural=False)
    if kind in ("body", "outlet", None) and _takes_article(shown):
        return Called(shown, f"the {shown}", plural=False)
    return Called(shown, shown, plural=False, person=kind == "person")
