"""Screening: which listed parties a name may mean, how near each comes, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.entities.matching import Candidate, How, Likeness, NameIndex, NameKind, Relation
from onrecord.lists._model import ListedName, Party, PartyKind

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

_SPARE = 4
"""How many more candidates than asked for are drawn from the index: several may be of one party."""

_WEAK = "~"
_RANK: dict[Relation, int] = {"same": 0, "affiliate": 1, "different": 2}


def _is_exact(likeness: Likeness) -> bool:
    return all(part.how in _LETTER_FOR_LETTER for part in likeness.parts)


class Version(Protocol):
    """The version of a list, as far as screening tells of it."""

    @property
    def list(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def issued(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party that a name may mean. `name` is the party's name that came nearest. `of` is the party
    in whose entry this one is named as an affiliate."""

    party: Party
    version: Version
    name: ListedName
    likeness: Likeness
    of: Party | None = None

    @property
    def relation(self) -> Relation:
        """Whether the name is the listed party's own, or that of an affiliate: one that bears its name, or
        that its entry names as one."""
        found = self.likeness.relation
        return "affiliate" if found == "same" and self.of is not None else found


class Screener:
    """Finds names among the parties of lists, given as each list's version with its parties."""

    def __init__(self, lists: Iterable[tuple[Version, Sequence[Party]]]) -> None:
        self._entries: list[tuple[Version, Party]] = []
        self._by_id: dict[tuple[int, str], Party] = {}
        self._number: dict[int, int] = {}
        for at, (version, parties) in enumerate(lists):
            for party in parties:
                self._number[len(self._entries)] = at
                self._by_id[at, party.id] = party
                self._entries.append((version, party))
        self._indexes = {kind: self._index(kinds) for kind, kinds in _KINDS.items()}

    def _index(self, kinds: frozenset[PartyKind]) -> NameIndex:
        """All names of parties of these kinds; weak aliases under a key of their own, lest they hide a nearer
        strong one."""
        return NameIndex(
            (f"{number}{_WEAK if name.quality == 'weak' else ''}", name.text)
            for number, (_, party) in enumerate(self._entries)
            if party.kind in kinds
            for name in party.names
        )

    def __len__(self) -> int:
        return len(self._entries)

    def screen(self, name: str, *, kind: NameKind = "company", limit: int = 5) -> tuple[Hit, ...]:
        """The parties that `name` may mean, those it names before its affiliates, the likeliest first."""
        found = self._indexes[kind].search(name, limit=limit + _SPARE, kind=kind)
        return self._hits(found, limit)

    def screen_all(
        self, names: Sequence[str], *, kind: NameKind = "company", limit: int = 5
    ) -> list[tuple[Hit, ...]]:
        """The same for many names at once, in their order; quicker than one by one."""
        found = self._indexes[kind].search_all(names, limit=limit + _SPARE, kind=kind)
        return [self._hits(candidates, limit) for candidates in found]

    def _hits(self, candidates: Iterable[Candidate], limit: int) -> tuple[Hit, ...]:
        best: dict[int, Hit] = {}
        for candidate in candidates:
            number, weak = int(candidate.key.removesuffix(_WEAK)), candidate.key.endswith(_WEAK)
            if weak and not _is_exact(candidate.likeness):
                continue
            before = best.get(number)
            if before is None or before.likeness.score < candidate.likeness.score:
                best[number] = self._hit(number, candidate, weak)
        hits = sorted(best.values(), key=lambda hit: (_RANK[hit.relation], -hit.likeness.score))
        return tuple(hits[:limit])

    def _hit(self, number: int, candidate: Candidate, weak: bool) -> Hit:
        version, party = self._entries[number]
        name = next(
            one for one in party.names if one.text == candidate.name and (one.quality == "weak") == weak
        )
        of = None
        if party.affiliate_of is not None:
            of = self._by_id.get((self._number[number], party.affiliate_of))
        return Hit(party, version, name, candidate.likeness, of)
