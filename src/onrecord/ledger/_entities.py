"""Asking the ledger for entities: each under all the names that the current readings give it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from rapidfuzz import fuzz, process, utils
from sqlalchemy import Connection, select

from onrecord.entities import Entity
from onrecord.ledger import _naming
from onrecord.ledger._bulk import asked, rows_for
from onrecord.ledger._canonical import value_of
from onrecord.ledger._columns import Array, Columns
from onrecord.ledger._judgements import Judged
from onrecord.ledger._recognition import as_judged, names_given, recognition_of
from onrecord.ledger._records import Called, StoredEntity
from onrecord.ledger._renderings import Renderings
from onrecord.ledger._schema import CalledRow
from onrecord.ledger._view import View

_NEAR = 60.0
"""rapidfuzz's `token_ratio` (0 to 100) below which names are no longer alike: a name with a letter missing or
two exchanged scores above 80, one of its words 100. `WRatio` would take any name that holds a short one."""

_CALLED = select(CalledRow.key).where(asked(CalledRow.folded)).distinct()

Description = tuple[str, str, str]
"""Kind, name and country ("" for none)."""


def entities(
    view: View, keys: Iterable[str] | None = None, *, counted: bool = True
) -> tuple[StoredEntity, ...]:
    """The entities that the current readings or judgements name, sorted by key, merged as judged; `keys`
    restricts them. Where they are not to be `counted`, their statements are 0."""
    judged, numbers, all_ = view.judged, view.numbers, view.described
    if keys is None:
        brought = view.brought
        wanted = np.unique(all_["key"][all_["pages"] > 0])
        wanted = np.union1d(wanted, [*numbers.find("key", brought).values()]).astype(np.int32)
    else:
        asked = {judged.key(key, "") or key for key in keys}
        brought = {key: one for key, one in view.brought.items() if key in asked}
        wanted = np.array(sorted(numbers.find("key", asked).values()), dtype=np.int32)
    if not len(wanted) and not brought:
        return ()
    among, named_so = view.among("key", wanted), view.named_so
    descriptions = np.flatnonzero(among[all_["key"]] & (all_["pages"] > 0))
    namings = np.flatnonzero(among[named_so["key"]] & (named_so["pages"] > 0))
    counts = all_["pages"][descriptions]
    pages = np.bincount(all_["key"][descriptions], weights=counts, minlength=numbers.last("key") + 1)
    described: dict[str, Counter[Description]] = defaultdict(Counter)
    names: dict[str, set[str]] = defaultdict(set)
    told = numbers.texts("description", descriptions.tolist())
    for number, count in zip(descriptions.tolist(), counts.tolist(), strict=True):
        old, kind, name, country = value_of(told[number])
        key = judged.key(old, "") or old
        if key == old:
            described[key][kind, name, country or ""] += count
        else:
            names[key] |= {old, name}
    for text in numbers.texts("names", namings.tolist()).values():
        old, *several = value_of(text)
        names[judged.key(old, "") or old].update(several)
    statements = view.statements_naming(wanted) if counted else {}
    number_of = numbers.find("key", {*described, *brought})
    found = []
    for key in sorted({*described, *brought}):
        if several := described[key]:
            # Where pages differ, what most of them say; the alphabet settles a tie, not the order of reading.
            kind, name, country = min(several, key=lambda d: (-several[d], not d[2], d))
            read = Entity(key, kind, name, tuple(sorted(names[key])), country or None)  # type: ignore[arg-type]
        else:
            read = replace(brought[key], names=tuple(sorted({*brought[key].names, *names[key]})))
        entity, number = as_judged(read, judged), number_of.get(key, 0)
        recognition = recognition_of(key, entity.kind, judged)
        told_of = int(pages[number]) if number else 0
        found.append(StoredEntity(entity, statements.get(number, 0), told_of, recognition))
    return tuple(found)


def kinds(view: View) -> Array:
    """The kind of each entity, as a word's number, by the number of its key: that of the description which
    most pages give it."""
    all_ = view.described
    pairs = np.flatnonzero((all_["key"] == all_["read"]) & (all_["pages"] > 0))
    key, kind, counts = (all_[name][pairs] for name in ("key", "kind", "pages"))
    order = np.lexsort((-counts, key))
    key, kind, counts, pairs = key[order], kind[order], counts[order], pairs[order]
    best = np.ones(len(key), dtype=bool)
    best[1:] = key[1:] != key[:-1]
    found = np.zeros(view.numbers.last("key") + 1, dtype=np.int32)
    found[key[best]] = kind[best]
    top = np.flatnonzero(best)[np.cumsum(best) - 1] if len(key) else np.empty(0, dtype=np.int64)
    tied = (counts == counts[top]) & (kind != kind[top]) if len(key) else np.empty(0, dtype=bool)
    if tied.any():
        texts = view.numbers.texts("key", np.unique(key[tied]).tolist())
        kind_numbers = {text: number for number, text in view.numbers.texts("kind", kind.tolist()).items()}
        for number, text in texts.items():
            at = (key == number) & (counts == counts[top])
            told = view.numbers.texts("description", pairs[at].tolist())
            several = [value_of(one) for one in told.values()]
            chosen = min(several, key=lambda d: (not d[3], (d[1], d[2], d[3] or "")))
            assert chosen[0] == text
            found[number] = kind_numbers[chosen[1]]
    for brought, number in view.numbers.find("key", view.brought).items():
        if number < len(found):
            found[number] = view.numbers.of("kind", view.brought[brought].kind)
    _overrule(view, found)
    return found


def _overrule(view: View, kinds: Array) -> None:
    """Put the kinds that persons gave to entities that they recognised over those that were read."""
    told = {key: j.payload["kind"] for key, j in view.judged.recognised.items() if "kind" in j.payload}
    keys = view.numbers.find("key", told)
    for key, number in keys.items():
        if number < len(kinds):
            kinds[number] = view.numbers.of("kind", told[key])


def named(connection: Connection, view: View, names: Iterable[str]) -> dict[str, StoredEntity]:
    """By each of these names the entity that a page calls so, in upper or lower case; of several the one that
    most statements name."""
    asked = {name: name.casefold() for name in names}
    given = _names_given(view)
    keys = {given[name] for name in asked.values() if name in given}
    keys |= {row.key for row in rows_for(connection, _CALLED, asked.values())}
    found = sorted(entities(view, keys), key=lambda one: (-one.statements, one.entity.key))
    by_name: dict[str, StoredEntity] = {}
    for one in found:
        for name in _folded(one.entity):
            by_name.setdefault(name, one)
    return {name: by_name[folded] for name, folded in asked.items() if folded in by_name}


def _names_given(view: View) -> dict[str, str]:
    """The names of those whom persons recognised or brought, in small letters → key."""
    of_brought = {name: key for key, one in view.brought.items() for name in _folded(one)}
    return of_brought | names_given(view.judged)


def _folded(entity: Entity) -> set[str]:
    return {name.casefold() for name in (entity.key, entity.name, *entity.names)}


def entity(connection: Connection, view: View, asked: str, *, counted: bool = True) -> StoredEntity | None:
    """The entity with that key, else of that name, else so called on a page; upper or lower case.

    Of several, the one that most pages name.
    """
    asked = asked.strip()
    exact = entities(view, [asked], counted=counted)
    if exact:
        return exact[0]
    small = asked.casefold()
    keys = [row.key for row in rows_for(connection, _CALLED, [small])]
    keys += [key for name, key in _names_given(view).items() if name == small]
    found = [one for one in entities(view, keys, counted=counted) if small in _folded(one.entity)]
    if not found:
        return None
    return min(found, key=lambda e: (_nearness(e.entity, small), -e.pages, e.entity.key))


def _nearness(entity: Entity, small: str) -> int:
    return next((i for i, name in enumerate((entity.key, entity.name)) if name.casefold() == small), 2)


def nearest(connection: Connection, view: View, asked: str, limit: int) -> tuple[StoredEntity, ...]:
    """The entities whose key or one of whose names is most like what was asked for, the nearest first."""
    pairs = [(row.key, row.name) for row in connection.execute(select(CalledRow.key, CalledRow.name))]
    pairs = sorted((*pairs, *((key, name) for name, key in _names_given(view).items())))
    scored: dict[str, float] = {}
    for _, score, index in process.extract(
        asked,
        [name for _, name in pairs],
        scorer=fuzz.token_ratio,
        processor=utils.default_process,
        score_cutoff=_NEAR,
        limit=None,
    ):
        key = view.judged.key(pairs[index][0], "") or pairs[index][0]
        scored[key] = max(score, scored.get(key, 0.0))
    best = sorted(scored, key=lambda key: (-scored[key], key))
    found: dict[str, StoredEntity] = {}
    for at in range(0, len(best), limit):
        # Names of readings that are superseded lead to nobody.
        found.update((one.entity.key, one) for one in entities(view, best[at : at + limit]))
        if len(found) >= limit:
            break
    return tuple(found[key] for key in best if key in found)[:limit]


def called(
    connection: Connection, columns: Columns, renderings: Renderings, key: str, judged: Judged
) -> tuple[Called, ...]:
    """The names under which pages speak of an entity, by language, those on most pages first."""
    now = columns.current
    rendered = renderings.of(connection, now.tables["reading"]["reading"])
    found = [
        Called(name, rendered.codes[language], count)
        for name, rows in _naming.names(connection, now, judged.meaning(key)).items()
        for language, count in enumerate(np.bincount(rendered.language[rows]).tolist())
        if count
    ]
    return tuple(sorted(found, key=lambda one: (one.language or "", -one.pages, one.name)))
