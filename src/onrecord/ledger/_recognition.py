"""Names become entities by a person's word alone: what was recognised, what was dismissed, what waits.

The catalogue knows some entities, and the languages know the states. Every other name that a page brings is a
*mention*: it is counted and shown as what the page makes of it, and waits until a person recognises it as an
entity, dismisses it as none, or merges it into one that is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, get_args

from sqlalchemy import Connection

from onrecord.entities import Entity, EntityKind, catalogue, catalogue_entry, parent_of
from onrecord.entities.matching import Candidate, NameIndex, NameKind
from onrecord.ledger import _judgements
from onrecord.ledger._errors import NotJudged
from onrecord.ledger._judgements import Judged
from onrecord.ledger._records import Judgement, Recognition, StoredEntity

_SELDOM: frozenset[EntityKind] = frozenset({"state", "role"})
"""Kinds that no page can bring anew: states are listed whole, and a role is nobody by name."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mention that waits to become an entity, and of those that are known the one whose name comes
    nearest."""

    stored: StoredEntity
    nearest: Candidate | None


def recognise(connection: Connection, key: str, told: dict[str, Any], *, who: str, why: str) -> Judgement:
    """Note that a key names an entity, which is what `told` says: `kind`, `name`, `names`, `country`,
    `part_of`, as far as given. `NotJudged` where that cannot be."""
    kind = told.get("kind")
    if kind is not None and (kind not in get_args(EntityKind) or kind in _SELDOM):
        kinds = ", ".join(kind for kind in get_args(EntityKind) if kind not in _SELDOM)
        raise NotJudged(f"'{kind}' is no kind of entity that can be recognised. Name one of: {kinds}.")
    country = told.get("country")
    if country is not None and not (len(country) == 2 and country.isalpha() and country.isupper()):
        raise NotJudged(f"'{country}' is no state's code. Write two capital letters, such as DK.")
    if told.get("part_of") == key:
        raise NotJudged(f"'{key}' cannot be a part of itself.")
    payload = {name: list(v) if name == "names" else v for name, v in sorted(told.items()) if v}
    return _judgements.passed(connection, "recognise", key, who=who, why=why, payload=payload)


@dataclass(frozen=True, slots=True)
class Parent:
    """What an entity is part of, by its key; since when, as far as that is known; and where that stands: an
    address or document of the catalogue, or the name of the person by whose judgement it is so (`who`)."""

    key: str
    since: str | None = None
    source: str = ""
    who: str = ""


def parents(judged: Judged, *, on: str | None = None) -> dict[str, Parent]:
    """By the key of each entity that is part of another what it is part of: now, or on an ISO day. What a
    person recognised goes over what the catalogue lists, and holds on every day."""
    found: dict[str, Parent] = {}
    for key in catalogue():
        entry, parent = catalogue_entry(key), parent_of(key, on=on)
        if entry is not None and parent is not None:
            since = next((owner.since for owner in reversed(entry.part_of) if owner.key == parent), None)
            found[key] = Parent(parent, since, entry.sources[-1])
    for key, judgement in judged.recognised.items():
        if judgement.kind != "recognise":
            found.pop(key, None)
        elif parent := judgement.payload.get("part_of"):
            found[key] = Parent(parent, who=judgement.who)
    return found


def recognition_of(key: str, kind: EntityKind, judged: Judged) -> Recognition:
    """How far the name with that key is known to be an entity."""
    judgement = judged.recognised.get(key)
    if judgement is not None:
        return "recognised" if judgement.kind == "recognise" else "dismissed"
    return "listed" if kind in _SELDOM or key in catalogue() else "waiting"


def as_judged(entity: Entity, judged: Judged) -> Entity:
    """The entity with what a person said of it when recognising it."""
    judgement = judged.recognised.get(entity.key)
    if judgement is None or judgement.kind != "recognise":
        return entity
    told = judgement.payload
    return replace(
        entity,
        kind=told.get("kind", entity.kind),
        name=told.get("name", entity.name),
        country=told.get("country", entity.country),
        names=tuple(sorted({*entity.names, *told.get("names", ())})),
        part_of=told.get("part_of", entity.part_of),
    )


def names_given(judged: Judged) -> dict[str, str]:
    """The names that persons gave to entities that they recognised, in small letters → key."""
    return {
        name.casefold(): key
        for key, judgement in judged.recognised.items()
        for name in (judgement.payload.get("name"), *judgement.payload.get("names", ()))
        if name
    }


def waiting(found: Iterable[StoredEntity]) -> tuple[Waiting, ...]:
    """Of entities those that wait, those told of most first; with the nearest of the catalogue, and of those
    that a person recognised."""
    stored = list(found)
    known = [one.entity for one in stored if one.recognition == "recognised"]
    here = (
        NameIndex((e.key, name) for e in known for name in {e.key, e.name, *e.names, *e.also})
        if known
        else None
    )
    wait = [one for one in stored if one.recognition == "waiting"]
    wait.sort(key=lambda one: (-one.statements, -one.pages, one.entity.key))
    told = []
    for one in wait:
        kind: NameKind = "person" if one.entity.kind == "person" else "company"
        candidates = [*_near_listed(one.entity.name, kind)]
        if here is not None:
            candidates += here.search(one.entity.name, limit=1, kind=kind)
        nearest = max(candidates, key=lambda candidate: candidate.likeness.score, default=None)
        told.append(Waiting(one, nearest))
    return tuple(told)


@lru_cache(maxsize=65_536)
def _near_listed(name: str, kind: NameKind) -> tuple[Candidate, ...]:
    """The nearest of the catalogue, which never changes: of thousands of names it takes seconds."""
    return tuple(_listed().search(name, limit=1, kind=kind))


@cache
def _listed() -> NameIndex:
    """All names of the catalogue."""
    return NameIndex(
        (e.key, name) for e in catalogue().values() for name in dict.fromkeys((e.key, *e.names, *e.also))
    )
