"""Whom the names of a register mean: entities of the record and of the catalogue, looked up once a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol

from onrecord.entities import EntityKind, catalogue
from onrecord.ledger import Snapshot

_PARTIES: tuple[EntityKind, ...] = ("company", "body", "person", "outlet")


class Found(Protocol):
    """A candidate of an index of names: whose it is, and how near the names are."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def likeness(self) -> Likeness: ...


class Likeness(Protocol):
    """How alike two names are, as `onrecord.entities.matching` has it."""

    @property
    def score(self) -> float: ...
    @property
    def relation(self) -> str: ...
    @property
    def rule(self) -> str: ...


class Index(Protocol):
    """An index of names, as `onrecord.entities.matching.NameIndex` is one."""

    def search_all(self, names: Sequence[str]) -> Sequence[Sequence[Found]]: ...


IndexOf = Callable[[Iterable[tuple[str, str]]], Index]


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a name of a register means: the `key` of an entity (None: nobody who is known), its `label`, and
    whether anything is `on_record` about it. `score` is that of a name that is alike and not the same."""

    name: str
    key: str | None
    label: str
    on_record: bool
    score: float | None = None


def folded(name: str) -> str:
    """A name without regard to case and spaces."""
    return " ".join(name.split()).casefold()


@cache
def _listed() -> Mapping[str, str]:
    """The names of the catalogue's parties, folded → key; one that several bear is nobody's."""
    found: dict[str, str | None] = {}
    for entity in catalogue().values():
        if entity.kind in _PARTIES:
            for name in {folded(name) for name in (entity.key, entity.name, *entity.names)}:
                found[name] = entity.key if found.get(name, entity.key) == entity.key else None
    return {name: key for name, key in found.items() if key is not None}


def installed_index() -> IndexOf | None:
    """The index by which names that are alike are found; None where this version has none."""
    return getattr(import_module("onrecord.entities.matching"), "NameIndex", None)


def parties_on(snapshot: Snapshot, names: Iterable[str], index: IndexOf | None) -> dict[str, Known]:
    """By each name, as the register writes it, whom it means: by a key or name that the record has, else by
    the catalogue, else by a name of the record that is the same as far as the index can tell."""
    asked = {name: " ".join(name.split()) for name in dict.fromkeys(names)}
    told = snapshot.named(set(asked.values()))
    found: dict[str, Known] = {}
    for name, plain in asked.items():
        stored = told.get(plain)
        if stored is not None and stored.entity.kind != "role":
            found[name] = Known(name, stored.entity.key, stored.entity.name, True)
    left = {name: key for name in asked if name not in found and (key := _listed().get(folded(name)))}
    held = {one.entity.key: one.entity for one in snapshot.entities(set(left.values()), counted=False)}
    for name, key in left.items():
        label = held[key].name if key in held else catalogue()[key].name
        found[name] = Known(name, key, label, key in held)
    unknown = [name for name in asked if name not in found]
    if index is not None and unknown:
        found |= _alike(snapshot, unknown, index)
    return {name: found.get(name) or Known(name, None, plain, False) for name, plain in asked.items()}


def _alike(snapshot: Snapshot, names: Sequence[str], index: IndexOf) -> dict[str, Known]:
    entities = {
        one.entity.key: one.entity
        for one in snapshot.entities(counted=False)
        if one.entity.kind in _PARTIES and one.entity.kind != "outlet"
    }
    if not entities:
        return {}
    pairs = [
        (key, name)
        for key, one in entities.items()
        for name in dict.fromkeys((key, one.name, *(name for name in one.names if name[:1].isupper())))
    ]
    found = {}
    for name, candidates in zip(names, index(pairs).search_all(names), strict=True):
        best = next((one for one in candidates if one.likeness.relation == "same"), None)
        if best is not None:
            found[name] = Known(name, best.key, entities[best.key].name, True, best.likeness.score)
    return found
