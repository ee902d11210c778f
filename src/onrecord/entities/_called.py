"""Whom a key or a name means among all that is listed: the catalogue, and the states in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onrecord.entities._catalogue import catalogue, folded, keys_named
from onrecord.entities._data import state_names
from onrecord.entities._model import Entity
from onrecord.language import installed_languages


def listed(key: str) -> Entity | None:
    """The entity with that key: of the catalogue, or a state, by its code; None where none is listed."""
    entity = catalogue().get(key)
    names = state_names("en").get(key, ())
    return entity if entity is not None or not names else Entity(key, "state", names[0], names, key)


def listed_called(name: str) -> tuple[str, ...]:
    """The keys of all that are listed under a name, in any language, in upper or lower case; a key is nobody
    else's name. Several where the name is ambiguous, none where it is not listed."""
    if listed(name) is not None:
        return (name,)
    return tuple(dict.fromkeys((*keys_named(name), *_states().get(folded(name), ()))))


def listed_alone(name: str) -> Entity | None:
    """The one entity that is listed under a name; None where none is, or several are."""
    keys = listed_called(name)
    return listed(keys[0]) if len(keys) == 1 else None


@cache
def _states() -> Mapping[str, tuple[str, ...]]:
    """The codes of states by their names in all languages that are read here, and by the codes themselves."""
    found: dict[str, dict[str, None]] = {}
    for language in installed_languages():
        for code, names in state_names(language).items():
            for name in (code, *names):
                found.setdefault(folded(name), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}
