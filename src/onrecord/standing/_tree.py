"""The tree of a line: from whom its pages descend, who had it first, who took it over and who added what.

The trunk is the publisher at the head of each origin. A page stands under it by the ground of its origin; a
near-copy stands under the page that it is most like, so that a copy of a copy shows from whom it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from onrecord.entities import outlet_named
from onrecord.ledger import Snapshot
from onrecord.standing._dates import first_day, last_day
from onrecord.standing._model import Alike, Citation, Dossier, Ground, Line, Source

GRAIN = 0.1
"""By how much two shares must differ for one page to be called the nearer. A share is told by 128 numbers
(ledger/_copies.py), so its standard error is at most sqrt(0.25 / 128) = 0.044; two of them are about 0.1.
"""
DEEPEST = 5
"""Pages below each other in a tree; what goes deeper stands beside its parent. A page that is printed with a
change each day would else make a tree that no column holds."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A page in a tree. `source` is its number in `Dossier.sources`, `statements` the ids of what it says of
    the line, `ground` why it descends from its origin; `own`: it is a page of the origin itself.

    `copy_of` is the number of the page that it is a near-copy of. `beside` is the earlier page with which it
    was compared (None: with none), `added` the ids of the lines that it has and that page lacks, `left_out`
    of those that page has and it lacks. `taken_by` are the pages that copy it.
    """

    source: int
    outlet: str | None
    published: str | None
    statements: tuple[str, ...]
    ground: Ground
    own: bool
    copy_of: int | None
    beside: int | None
    added: tuple[str, ...]
    left_out: tuple[str, ...]
    taken_by: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Root:
    """An origin, and the pages that descend from it, the earliest first. `elsewhere` are the numbers of pages
    of its own that say the same in its own name, which is another line: what others tell by its word.
    """

    origin: str
    elsewhere: tuple[int, ...]
    pages: tuple[Branch, ...]

    @property
    def held(self) -> bool:
        """Whether a page of the origin's own is on record."""
        return bool(self.elsewhere) or any(branch.own for branch in self.pages)


@dataclass(frozen=True, slots=True)
class Tree:
    """From whom the pages of a line (`line` is its id) descend: its roots, that with the earliest page first.

    `origins`, `outlets` and `pages` are counted; a page of which no outlet is known is an outlet of its own.
    `more` counts pages that the dossier does not lay out; of the other counts they are in `origins` alone.
    `first` is the number of the page that had it first, None where the days do not tell.
    """

    line: str
    origins: int
    outlets: int
    pages: int
    more: int
    first: int | None
    roots: tuple[Root, ...]


class Trees:
    """The trees of a dossier's lines."""

    def __init__(self, dossier: Dossier) -> None:
        self._more = {line.id: line.more for line in dossier.lines if line.more}
        self._sources = {source.number: source for source in dossier.sources}
        self._keys: dict[str, str] = {}
        for entity in dossier.entities:
            # An outlet is never a state, though it may go by a state's code.
            for name in () if entity.kind == "state" else (entity.key, entity.name, *entity.names):
                self._keys.setdefault(name.casefold(), entity.key)
        self._alike: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for pair in dossier.alike:
            self._alike[pair.page][pair.other] = self._alike[pair.other][pair.page] = pair.share
        self._told: defaultdict[int, set[str]] = defaultdict(set)
        self._around: set[str] = set()
        self._same: defaultdict[tuple[str | None, ...], list[Line]] = defaultdict(list)
        for line in dossier.lines:
            self._same[_but_source(line)].append(line)
            if line.nearness == "around":
                self._around.add(line.id)
            for citation in line.citations:
                self._told[citation.source].add(line.id)

    def of(self, line: Line) -> Tree | None:
        """The tree of a line; None where it stands on one page alone."""
        more = self._more.get(line.id, 0)
        found = {citation.source for citation in line.citations}
        if len(found) + more < 2:
            return None
        by_origin: defaultdict[str, defaultdict[int, list[Citation]]] = defaultdict(lambda: defaultdict(list))
        for citation in line.citations:
            by_origin[citation.origin][citation.source].append(citation)
        roots = [self._root(line, origin, within) for origin, within in by_origin.items()]
        return Tree(
            line=line.id,
            origins=len(line.origins),
            outlets=self.outlets(found),
            pages=len(found),
            more=more,
            first=self._first(roots),
            roots=tuple(sorted(roots, key=lambda root: (self._place(root.pages[0]), root.origin))),
        )

    def outlets(self, pages: Iterable[int]) -> int:
        """How many outlets published pages, given by their numbers."""
        return len({self._outlet(self._sources[number]) for number in pages})

    def _outlet(self, source: Source) -> str:
        """The outlet of a page, by its key as an origin; the page itself where none is known."""
        if source.outlet is None:
            return f"page {source.page_id}"
        name = outlet_named(source.outlet) or source.outlet
        return self._keys.get(source.outlet.casefold()) or self._keys.get(name.casefold(), name)

    def _root(self, line: Line, origin: str, within: Mapping[int, Sequence[Citation]]) -> Root:
        parents = {number: self._parent(number, origin, within) for number in within}
        above = _not_too_deep(parents)
        below: defaultdict[int | None, list[int]] = defaultdict(list)
        for number in within:
            below[above[number]].append(number)
        for pages in below.values():
            pages.sort(key=lambda number: self._rank(number, origin))
        credited = next((number for number in below[None] if within[number][0].ground == "credit"), None)

        def branch(number: int) -> Branch:
            citation, source = within[number][0], self._sources[number]
            beside = parents[number]
            if citation.ground == "credit":
                beside = self._credited_before(number, credited, within)
            added, left_out = self._differences(number, beside)
            return Branch(
                source=number,
                outlet=source.outlet,
                published=source.published,
                statements=tuple(said.statement_id for said in within[number]),
                ground=citation.ground,
                own=self._is_own(source, origin),
                copy_of=parents[number] or citation.copy_of,
                beside=beside,
                added=added,
                left_out=left_out,
                taken_by=tuple(branch(other) for other in below[number]),
            )

        return Root(origin, self._elsewhere(line, origin), tuple(branch(number) for number in below[None]))

    def _parent(self, number: int, origin: str, within: Mapping[int, Sequence[Citation]]) -> int | None:
        """The page of its origin of which a page is a copy, None where it stands right under the origin, as
        pages do that credit an agency: each has its text from there.
        """
        citation = within[number][0]
        first = citation.copy_of if citation.copy_of in within else None
        if citation.ground == "chain" and not self._is_own(self._sources[number], origin):
            first = None
        elif citation.ground != "copy":
            return None
        # Of one day, the page that had it first may have the higher number; no other parent may.
        if first is not None and first > number and within[first][0].ground == "copy":
            first = None
        alike = (other for other in self._alike.get(number, ()) if other < number or other == first)
        return self._nearest(number, (other for other in alike if other in within), first) or first

    def _nearest(self, number: int, others: Iterable[int], first: int | None = None) -> int | None:
        """Of near-copies of a page, the one that it is most like; of those about as like the one that said it
        first, else the earliest.
        """
        shares = {other: self._alike[number][other] for other in others}
        best = max(shares.values(), default=0.0)
        near = (other for other, share in shares.items() if share >= best - GRAIN)
        return min(near, key=lambda other: (other != first, other), default=None)

    def _credited_before(
        self, number: int, first: int | None, within: Mapping[int, Sequence[Citation]]
    ) -> int | None:
        """With what a page that credits an agency is compared: the earlier page that it is most like, else
        the first that credits it too.
        """
        alike = (other for other in self._alike.get(number, ()) if other in within and other < number)
        nearest = self._nearest(number, (other for other in alike if within[other][0].ground == "credit"))
        return nearest or (first if first != number else None)

    def _differences(self, number: int, beside: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a page added to another, and what it left out of it."""
        if beside is None:
            return (), ()
        this, that = self._told[number], self._told[beside]
        # What is said around the supplier is taken in from pages about it alone; and of lines that are not
        # laid out whole nobody knows whether the other page is among theirs. Neither tells a difference.
        silent = {line for line, more in self._more.items() if more}
        if not (this & self._around and that & self._around):
            silent |= self._around
        return tuple(sorted(this - that - silent)), tuple(sorted(that - this - silent))

    def _elsewhere(self, line: Line, origin: str) -> tuple[int, ...]:
        return tuple(
            sorted(
                {
                    citation.source
                    for other in self._same[_but_source(line)]
                    if other.id != line.id
                    for citation in other.citations
                    if citation.origin == origin and self._is_own(self._sources[citation.source], origin)
                }
            )
        )

    def _is_own(self, source: Source, origin: str) -> bool:
        """Whether a page is one of the origin's own."""
        return self._outlet(source) == origin

    def _rank(self, number: int, origin: str) -> tuple[date, bool, int]:
        """How the pages of an origin stand: by day (undated last), its own before those that name it."""
        source = self._sources[number]
        return _day(source.published), not self._is_own(source, origin), number

    def _place(self, branch: Branch) -> tuple[date, int]:
        return _day(branch.published), branch.source

    def _first(self, roots: Iterable[Root]) -> int | None:
        """The page that had it first: the only one of the earliest day, or on that day the only one of the
        origin's own, where all others of the day name or credit that origin.
        """
        pages: dict[int, tuple[str, bool, bool]] = {}
        for root in roots:
            pages.update(dict.fromkeys(root.elsewhere, (root.origin, True, False)))
            for branch in _all(root.pages):
                pages[branch.source] = root.origin, branch.own, branch.ground in ("chain", "credit")
        days = {n: day for n in pages if (day := self._sources[n].published) is not None}
        if not days:
            return None
        ends = min(last_day(day) for day in days.values())
        early = [number for number, day in days.items() if first_day(day) <= ends]
        if len(early) == 1:
            return early[0]
        own = [number for number in early if pages[number][1]]
        if len(own) != 1:
            return None
        origin = pages[own[0]][0]
        follow = all(pages[n][0] == origin and pages[n][2] for n in early if n not in own)
        return own[0] if follow else None


def alike_pages(
    snapshot: Snapshot, row_of: Mapping[str, int], numbers: Mapping[str, int]
) -> tuple[Alike, ...]:
    """The near-copies among pages, given by the rows and the numbers that they have in a dossier."""
    number = {row: numbers[page] for page, row in row_of.items()}
    one, other, share = snapshot.copied
    here = np.isin(one, list(number)) & np.isin(other, list(number))
    pairs: dict[tuple[int, int], float] = {}
    for a, b, alike in zip(one[here].tolist(), other[here].tolist(), share[here].tolist(), strict=True):
        pair = min(number[a], number[b]), max(number[a], number[b])
        pairs[pair] = max(alike, pairs.get(pair, 0.0))
    return tuple(Alike(page, other, alike) for (page, other), alike in sorted(pairs.items()))


def _not_too_deep(parents: Mapping[int, int | None]) -> dict[int, int | None]:
    """Under which page each stands, so that none stands deeper than `DEEPEST`."""
    above: dict[int, int | None] = {}
    depth: dict[int, int] = {}
    # A parent stands under nothing or has the lower number, so it is placed before its copies.
    for number, parent in sorted(parents.items(), key=lambda item: (item[1] is not None, item[0])):
        if parent is not None and depth[parent] == DEEPEST:
            parent = above[parent]
        above[number] = parent
        depth[number] = 1 if parent is None else depth[parent] + 1
    return above


def _but_source(line: Line) -> tuple[str | None, ...]:
    return line.type, line.actor, line.target, line.status, line.topic, line.scope, line.when


def _day(published: str | None) -> date:
    return first_day(published) if published else date.max


def _all(pages: Iterable[Branch]) -> Iterable[Branch]:
    for branch in pages:
        yield branch
        yield from _all(branch.taken_by)
