"""Marks: which entities of a dossier stand on a list, or belong to one that does, and since when.

The room `standing` knows nothing of lists; so a dossier is marked here, and `present` shows both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol, cast

from onrecord.entities import Entity, EntityKind
from onrecord.entities.matching import NameKind, Relation
from onrecord.ledger import Ledger, first_day, last_day
from onrecord.lists._model import ListedName, Party, PartyKind
from onrecord.lists._named import named
from onrecord.lists._same_name import same_as
from onrecord.lists._store import current_lists, parties_of
from onrecord.lists._versions import ListVersion
from onrecord.standing import Dossier

_KINDS: Mapping[EntityKind, tuple[NameKind, frozenset[PartyKind]]] = {
    "company": ("company", frozenset({"company", "other"})),
    "body": ("company", frozenset({"company", "other"})),
    "outlet": ("company", frozenset({"company", "other"})),
    "person": ("person", frozenset({"person", "other"})),
}
"""The listed parties that an entity may be. A state and an unnamed group stand on no list."""

_MOST = 5
"""Entries that one entity is marked with."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of a list that an entity is (`same`), or to which it belongs (`affiliate`).

    `name` is the name on the list by which it was found; `of` is, of an affiliate, the leading name of the
    party it belongs to. `since` is when the list says it was listed, None where it does not say. `page` is
    the number of the earliest page in the dossier on which a laid-out line names the entity, and `published`
    its date; both None where none of those pages has a date.
    """

    version: ListVersion
    party: Party
    name: str
    relation: Literal["same", "affiliate"]
    of: str | None
    since: str | None
    page: int | None
    published: str | None


class Found(Protocol):
    """What screening finds: see `Hit`."""

    @property
    def party(self) -> Party: ...
    @property
    def version(self) -> object: ...
    @property
    def name(self) -> ListedName: ...
    @property
    def relation(self) -> Relation: ...
    @property
    def of(self) -> Party | None: ...


class Screens(Protocol):
    """What screens names against lists: see `Screener`."""

    def screen(self, name: str, *, kind: NameKind = "company", limit: int = 5) -> Sequence[Found]: ...


MakeScreens = Callable[[Iterable[tuple[ListVersion, Sequence[Party]]]], Screens]


@dataclass(frozen=True, slots=True)
class _Hit:
    party: Party
    version: ListVersion
    name: ListedName
    of: Party | None

    @property
    def relation(self) -> Relation:
        return "affiliate" if self.party.affiliate_of is not None else "same"


def marks_of(
    ledger: Ledger,
    dossier: Dossier,
    *,
    screener: MakeScreens | None = None,
    most: int | None = _MOST,
) -> dict[str, tuple[Mark, ...]]:
    """The entities of a dossier that stand on a list, by key, with their entries: the entity's own first,
    then those it is an affiliate of.

    The lists are those that held on the day that the dossier is as of, as the ledger knew them; an entry
    counts while its own dates say so. Names are compared as they are, but for case, marks and forms of
    incorporation; `screener` (`Screener`) makes something that sees through more. `most` is how many
    entries one entity is marked with; None for all. In a ledger without lists nothing is done.
    """
    versions = current_lists(ledger, as_of=dossier.as_of, known_at=dossier.known_at)
    if not versions:
        return {}
    names = {entity.key: found for entity in dossier.entities if (found := _names(entity))}
    kinds = {entity.key: entity.kind for entity in dossier.entities}
    day = last_day(dossier.as_of) if dossier.as_of is not None else datetime.now(UTC).date().isoformat()
    hits = (
        _same(ledger, versions, names, kinds)
        if screener is None
        else _screened(screener((v, parties_of(ledger, v)) for v in versions), names, kinds)
    )
    pages = _first_pages(dossier)
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for key, hit in hits:
        if _holds(hit, day):
            marks[key].append(_mark(hit, pages.get(key)))
    return {key: _best(found)[:most] for key, found in sorted(marks.items())}


def _names(entity: Entity) -> tuple[str, ...]:
    """The names of an entity that may stand on a list: proper ones, not the words by which a page calls it
    ("the company")."""
    if entity.kind not in _KINDS:
        return ()
    return tuple(dict.fromkeys(name for name in (entity.name, *entity.names) if not name[:1].islower()))


def _same(
    ledger: Ledger,
    versions: Iterable[ListVersion],
    names: Mapping[str, Sequence[str]],
    kinds: Mapping[str, EntityKind],
) -> Iterator[tuple[str, Found]]:
    """Entities with the entries that bear one of their names. A weak alias of one word says too little."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for key, several in names.items():
        for name in several:
            if form := same_as(name):
                wanted[form].add(key)
    for version in versions:
        held = named(ledger, version)
        for party in held.bearing(wanted):
            seen: set[str] = set()
            for listed in party.names:
                if listed.quality == "weak" and " " not in listed.text.strip():
                    continue
                for key in wanted.get(same_as(listed.text), set()) - seen:
                    if party.kind in _KINDS[kinds[key]][1]:
                        seen.add(key)
                        of = held.of_id(party.affiliate_of) if party.affiliate_of is not None else None
                        yield key, _Hit(party, version, listed, of)


def _screened(
    screens: Screens, names: Mapping[str, Sequence[str]], kinds: Mapping[str, EntityKind]
) -> Iterator[tuple[str, Found]]:
    for key, several in names.items():
        for name in several:
            for hit in screens.screen(name, kind=_KINDS[kinds[key]][0], limit=_MOST):
                if hit.relation != "different":
                    yield key, hit


def _holds(hit: Found, day: str) -> bool:
    """Whether an entry is one of that day by its own dates; on a newer version it must have one."""
    party, version = hit.party, cast(ListVersion, hit.version)
    if party.until is not None and last_day(party.until) < day:
        return False
    if party.since is None:
        return not version.early
    return first_day(party.since) <= day


def _mark(hit: Found, page: tuple[int, str] | None) -> Mark:
    number, published = page or (None, None)
    return Mark(
        version=cast(ListVersion, hit.version),
        party=hit.party,
        name=hit.name.text,
        relation="same" if hit.relation == "same" else "affiliate",
        of=hit.of.name if hit.of is not None else hit.party.name if hit.relation == "affiliate" else None,
        since=hit.party.since,
        page=number,
        published=published,
    )


def _best(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Each entry once, the entity's own before those it is an affiliate of."""
    found: dict[tuple[int, str], Mark] = {}
    for mark in sorted(marks, key=lambda m: m.relation != "same"):
        found.setdefault((mark.version.id, mark.party.id), mark)
    return tuple(found.values())


def _first_pages(dossier: Dossier) -> dict[str, tuple[int, str]]:
    """For each entity the number and date of the earliest dated page with a line that names it."""
    found: dict[str, tuple[str, int, str]] = {}
    for line in dossier.lines:
        dated = [(first_day(c.published), c.source, c.published) for c in line.citations if c.published]
        if not dated:
            continue
        for key in (line.actor, line.target, *line.source):
            if key is not None:
                found[key] = min(found.get(key, dated[0]), *dated)
    return {key: (number, published) for key, (_, number, published) in found.items()}
