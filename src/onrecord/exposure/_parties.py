"""Whom the names of a register mean: entities of the record and of the catalogue, looked up once a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.entities import EntityKind, catalogue, key_of_new, keys_named, state_names
from onrecord.entities.matching import NameIndex
from onrecord.language import installed_languages
from onrecord.ledger import Snapshot, StoredEntity

_PARTIES: tuple[EntityKind, ...] = ("company", "body", "person", "outlet")


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a name of a register means: the `key` of an entity (None: nobody who is known), its `label`, and
    whether anything is `on_record` about it. `score` is that of a name that is alike and not the same."""

    name: str
    key: str | None
    label: str
    on_record: bool
    score: float | None = None


def _listed(name: str) -> str | None:
    """The key of the catalogue's party of that name; of a name that several bear, nobody's."""
    keys = [key for key in keys_named(name) if catalogue()[key].kind in _PARTIES]
    return keys[0] if len(keys) == 1 else None


def _by_code_alone(name: str, stored: StoredEntity | None) -> bool:
    """Whether what is on record under a name is a state that has it for its code alone ("KP"), by which
    nobody calls it: the party is another."""
    if stored is None or stored.entity.kind != "state" or stored.entity.key != name.upper():
        return False
    return not any(name in state_names(language).get(name, ()) for language in installed_languages())


def parties_on(snapshot: Snapshot, names: Iterable[str]) -> dict[str, Known]:
    """By each name, as the register writes it, whom it means: by a key or name that the record has, else by
    the catalogue, else by a name of the record that is the same as far as the index can tell."""
    asked = {name: " ".join(name.split()) for name in dict.fromkeys(names)}
    told = snapshot.named({*asked.values(), *map(key_of_new, asked.values())})
    found: dict[str, Known] = {}
    for name, plain in asked.items():
        stored = told.get(plain)
        if _by_code_alone(plain, stored):
            stored = told.get(key_of_new(plain))
        if _by_code_alone(plain, stored):
            continue
        if stored is not None and stored.entity.kind != "role":
            found[name] = Known(name, stored.entity.key, stored.entity.name, True)
    left = {name: key for name in asked if name not in found and (key := _listed(name))}
    held = {one.entity.key: one.entity for one in snapshot.entities(set(left.values()), counted=False)}
    for name, key in left.items():
        label = held[key].name if key in held else catalogue()[key].name
        found[name] = Known(name, key, label, key in held)
    unknown = [name for name in asked if name not in found]
    if unknown:
        found |= _alike(snapshot, unknown)
    return {name: found.get(name) or Known(name, None, plain, False) for name, plain in asked.items()}


def _alike(snapshot: Snapshot, names: Sequence[str]) -> dict[str, Known]:
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
    for name, candidates in zip(names, NameIndex(pairs).search_all(names), strict=True):
        same = (one for one in candidates if one.likeness.relation == "same" and not one.likeness.wanting)
        best = next(same, None)
        if best is not None:
            found[name] = Known(name, best.key, entities[best.key].name, True, best.likeness.score)
    return found
