"""Screening: which listed parties a name may mean, how near each comes, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.entities import EntityKind, catalogue, keys_named
from onrecord.entities.matching import (
    Candidate,
    How,
    Likeness,
    NameIndex,
    NameKind,
    Relation,
    latin_forms,
    match_names,
    script_of,
    search_across,
)
from onrecord.lists._model import ListedName, Party, PartyKind
from onrecord.lists._versions import ListVersion

_KINDS: dict[NameKind, frozenset[PartyKind]] = {
    "company": frozenset({"company", "other"}),
    "person": frozenset({"person", "other"}),
    "other": frozenset({"vessel", "aircraft", "other"}),
}
"""Which listed parties a name of a kind may mean. A party whose list does not say what it is may be any."""

_LETTER_FOR_LETTER: tuple[How | None, ...] = ("exact", "legal form", "order")
"""How each part of a weak alias must match: the same but for case, accents, order and legal form. OFAC calls
aliases weak that are broad or generic and would raise many false hits (FAQ 122), and does not expect anybody
to screen for them at all (FAQ 124)."""

_NAMED: tuple[EntityKind, ...] = ("company", "body", "person", "outlet")
"""Kinds of the catalogue's entities that lists hold."""

_SPARE = 4
"""How many more candidates than asked for are drawn from the index: several may be of one party."""

_WEAK = "~"
_RANK: dict[Relation, int] = {"same": 0, "affiliate": 1, "different": 2}


def _is_exact(likeness: Likeness) -> bool:
    return all(part.how in _LETTER_FOR_LETTER for part in likeness.parts)


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party that a name may mean. `name` is the party's name that came nearest, to `asked`: the name
    itself, or another name by which the catalogue knows the one that bears it. `of` is the party in whose
    entry this one is named as an affiliate. Hits of one relation are ranked by `nearness` (see `Candidate`).
    """

    party: Party
    version: ListVersion
    name: ListedName
    likeness: Likeness
    asked: str
    of: Party | None = None
    nearness: float = 0.0

    @property
    def relation(self) -> Relation:
        """Whether the name is the listed party's own, or that of an affiliate: one that bears its name, or
        that its entry names as one."""
        found = self.likeness.relation
        return "affiliate" if found == "same" and self.of is not None else found


class Screener:
    """Finds names among the parties of lists, given as each list's version with its parties."""

    def __init__(self, lists: Iterable[tuple[ListVersion, Sequence[Party]]]) -> None:
        self._entries: list[tuple[ListVersion, Party]] = []
        self._by_id: dict[tuple[int, str], Party] = {}
        self._number: list[int] = []
        for at, (version, parties) in enumerate(lists):
            for party in parties:
                self._number.append(at)
                self._by_id[at, party.id] = party
                self._entries.append((version, party))
        self._indexes: dict[NameKind, NameIndex] = {}

    def _index(self, kind: NameKind) -> NameIndex:
        """All names of parties that a name of that kind may mean, those in other scripts in Latin forms too;
        weak aliases under a key of their own, lest they hide a nearer strong one."""
        if kind not in self._indexes:
            self._indexes[kind] = NameIndex(
                (f"{number}{_WEAK if name.quality == 'weak' else ''}", form)
                for number, (_, party) in enumerate(self._entries)
                if party.kind in _KINDS[kind]
                for name in party.names
                for form in _forms(name.text)
            )
        return self._indexes[kind]

    def __len__(self) -> int:
        return len(self._entries)

    def screen(
        self, name: str, *, kind: NameKind = "company", limit: int = 5, near: bool = False
    ) -> tuple[Hit, ...]:
        """The parties that `name` names, and then those whose affiliate it names, the likeliest first. With
        `near` also those whose names are merely alike."""
        return self.screen_all([name], kind=kind, limit=limit, near=near)[0]

    def screen_all(
        self, names: Sequence[str], *, kind: NameKind = "company", limit: int = 5, near: bool = False
    ) -> list[tuple[Hit, ...]]:
        """The same for many names at once, in their order; quicker than one by one."""
        index = self._index(kind)
        others = [_other_names(name) for name in names]
        known = sorted({other for some in others for other in some})
        by_known = dict(zip(known, _searched(index, known, limit + _SPARE, kind), strict=True))
        found = _searched(index, names, limit + _SPARE, kind)
        return [
            self._hits(name, {name: own, **{other: by_known[other] for other in some}}, limit, near)
            for name, own, some in zip(names, found, others, strict=True)
        ]

    def _hits(
        self, name: str, found: dict[str, tuple[Candidate, ...]], limit: int, near: bool
    ) -> tuple[Hit, ...]:
        """Of the candidates for a name, and for others of who bears it, each party once."""
        best: dict[int, Hit] = {}
        for asked, candidates in found.items():
            for candidate in candidates:
                weak = candidate.key.endswith(_WEAK)
                # What the name itself is not asked for by is known letter for letter, too.
                if (weak or asked != name) and not _is_exact(candidate.likeness):
                    continue
                number = int(candidate.key.removesuffix(_WEAK))
                hit = self._hit(number, candidate, weak, asked)
                if hit.relation == "different" and not near:
                    continue
                if number not in best or _order(hit) < _order(best[number]):
                    best[number] = hit
        return tuple(sorted(best.values(), key=_order)[:limit])

    def _hit(self, number: int, candidate: Candidate, weak: bool, asked: str) -> Hit:
        version, party = self._entries[number]
        name = next(
            one
            for one in party.names
            if (one.quality == "weak") == weak and candidate.name in _forms(one.text)
        )
        of = None
        if party.affiliate_of is not None:
            of = self._by_id.get((self._number[number], party.affiliate_of))
        return Hit(party, version, name, candidate.likeness, asked, of, candidate.nearness)


def _forms(name: str) -> tuple[str, ...]:
    """How a listed name is kept: as it stands, and where it is in another script in Latin forms, too."""
    return (name,) if script_of(name) == "latin" else (name, *latin_forms(name))


def _searched(
    index: NameIndex, names: Sequence[str], limit: int, kind: NameKind
) -> list[tuple[Candidate, ...]]:
    """What the index has for each name as it stands, and for one in another script also for its Latin
    forms."""
    found = index.search_all(names, limit=limit, kind=kind)
    foreign = [at for at, name in enumerate(names) if script_of(name) != "latin"]
    across = search_across(index, [names[at] for at in foreign], match_names, limit=limit, kind=kind)
    for at, candidates in zip(foreign, across, strict=True):
        found[at] += candidates
    return found


def _order(hit: Hit) -> tuple[int, float]:
    return _RANK[hit.relation], -hit.nearness


def _other_names(name: str) -> tuple[str, ...]:
    """The other names of those in the catalogue who are called so: a list may know a company by its full name
    alone, which shares but one word with the name that everybody uses."""
    bearers = [catalogue()[key] for key in keys_named(name)]
    names = (n for e in bearers if e.kind in _NAMED for n in (e.key, *e.names, *e.also))
    return tuple(dict.fromkeys(other for other in names if other != name))
