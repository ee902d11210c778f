"""Whom a person means by what they wrote in a field: a key, or a name in any language that is known. Nobody
is guessed: where several have a name, who wrote it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from onrecord.entities import folded, listed, listed_called
from onrecord.present import call
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem

OFFERED = 300
"""Names that a field offers, those told of most: more would make the page heavy; others are typed."""

_WITH_KEY = re.compile(r"(.+) \(([^()]+)\)")
"""How a candidate is listed: its name, and its key."""


def meant(bench: Bench, told: str, field: str, *, new: bool = False, unnamed: bool = False) -> str:
    """The key of whom a field names: by key, by a name on record, in the catalogue or of a state, in upper or
    lower case, or as candidates are listed, "Name (key)". Whom the catalogue or the languages list may be
    `unnamed` on any page; where nobody has the name, it is told as it stands if it may be `new`. Else they
    are to be on record. `Problem`, of the field, where nobody or several have it."""
    name = " ".join(told.split())
    unnamed = unnamed or new
    if name in bench.names() or (unnamed and listed(name) is not None):
        return name
    keys = tuple(key for key in _keys(bench, name) if unnamed or key in bench.names())
    if len(keys) > 1:
        told_of = "; ".join(f"{_name(bench, key)} ({key})" for key in keys)
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            f"'{name}' is the name of several: {told_of}. Write the one that you mean.",
            keys,
            field=field,
            key="wrong_several",
            words={"name": name, "names": told_of},
        )
    if keys:
        return keys[0]
    if (as_listed := _WITH_KEY.fullmatch(name)) and as_listed[2] in _keys(bench, as_listed[1]):
        return as_listed[2]
    held = bench.ledger.entity(name)  # also by keys that were merged
    if held is not None:
        return held.entity.key
    if new and name:
        return name
    nearest = tuple(one.entity.key for one in bench.ledger.nearest_entities(name)) if name else ()
    hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
    raise Problem(
        HTTPStatus.NOT_FOUND,
        f"Nothing is on record about '{name}'.{hint}",
        nearest,
        field=field,
        key="wrong_near" if nearest else "wrong_nobody",
        words={"name": name, "names": "; ".join(f"{_name(bench, key)} ({key})" for key in nearest)},
    )


def shown(bench: Bench, key: str, language: str) -> str:
    """What stands for an entity in a field: its name in a language, where that is nobody else's; else its
    key."""
    name = call(key, bench.names(), language).bare
    return name if name != key and _keys(bench, name) == (key,) else key


def offered(bench: Bench, language: str) -> tuple[tuple[str, str], ...]:
    """The names that a field offers, each with its key."""
    return bench.of_names(
        f"offered {language}",
        lambda: tuple(
            (shown(bench, one.entity.key, language), one.entity.key) for one in bench.entities()[:OFFERED]
        ),
    )


def _keys(bench: Bench, name: str) -> tuple[str, ...]:
    """The keys of all who have a name, upper or lower case."""
    on_record = bench.of_names("keys by name", lambda: _by_name(bench)).get(folded(name), ())
    return tuple(dict.fromkeys((*on_record, *listed_called(name))))


def _by_name(bench: Bench) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in bench.entities():
        entity = one.entity
        for name in {folded(name) for name in (entity.key, entity.name, *entity.names, *entity.also)}:
            found[name] = (*found.get(name, ()), entity.key)
    return found


def _name(bench: Bench, key: str) -> str:
    return call(key, bench.names(), "en").bare
