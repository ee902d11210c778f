"""The links on record as a graph to walk: who is reached from whom, in how many steps, over whom.

A place in the graph is a party and the way in which supply has run so far: a chain that went downstream, to a
customer, does not turn and go upstream to another supplier of that customer, whom nothing ties to the first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.exposure._data import load
from onrecord.standing import Links

Array = NDArray[np.int64]
Bools = NDArray[np.bool_]
_WAYS = 3
"""The ways of supply: none yet, downstream, upstream."""
_FAR = 127


class Graph:
    """Parties and links. `keys` has the key of each party, in the order of the alphabet, so that chains are
    the same in whatever order pages were read; `number` its place among them."""

    def __init__(self, links: Links, keys: dict[int, str], kinds: dict[str, str]) -> None:
        self.keys: list[str] = sorted(keys.values())
        self.number = {key: place for place, key in enumerate(self.keys)}
        rule = load("chains")
        place = np.zeros(max(keys, default=0) + 1, dtype=np.int64)
        for number, key in keys.items():
            place[number] = self.number[key]
        actor, target = place[links.actor], place[links.target]
        through = np.array([kinds.get(key, "") in rule["through"] for key in self.keys], dtype=bool)
        self.through = through & ~self._common(actor, target, kinds, rule["common"])
        one_way = np.array([name in rule["one_way"] for name in links.types], dtype=bool)[links.of]
        self._arcs(actor, target, one_way, links)

    def _common(self, actor: Array, target: Array, kinds: dict[str, str], most: dict[str, int]) -> Bools:
        """Which parties have links to more others than one of their kind may have and still tie them."""
        size = max(len(self.keys), 1)
        pairs = np.unique(np.concatenate((actor * size + target, target * size + actor)))
        others = np.bincount(pairs // size, minlength=len(self.keys))
        allowed = np.array(
            [most.get(kinds.get(key, ""), len(pairs) + 1) for key in self.keys], dtype=np.int64
        )
        found: Bools = others[: len(self.keys)] > allowed
        return found

    def _arcs(self, actor: Array, target: Array, one_way: Bools, links: Links) -> None:
        """An arc for each step that a chain may take, by where it begins, the best corroborated first."""
        at = np.arange(len(actor))
        parts: list[tuple[Array, Array, Array]] = []
        for way in range(_WAYS):
            free, bound = at[~one_way], at[one_way]
            parts.append((actor[free] * _WAYS + way, target[free] * _WAYS + way, free))
            parts.append((target[free] * _WAYS + way, actor[free] * _WAYS + way, free))
            if way != 2:
                parts.append((actor[bound] * _WAYS + way, target[bound] * _WAYS + 1, bound))
            if way != 1:
                parts.append((target[bound] * _WAYS + way, actor[bound] * _WAYS + 2, bound))
        begin, end, link = (np.concatenate([part[i] for part in parts]) for i in range(3))
        weak = ~links.firm[link]
        order = np.lexsort((links.of[link], end, -links.origins[link], weak, begin))
        self.begin, self.end, self.link = begin[order], end[order], link[order]
        # Of a list one number is taken faster than of an array.
        self._begins, self._links = self.begin.tolist(), self.link.tolist()
        self.places = len(self.keys) * _WAYS
        self._first = np.searchsorted(self.begin, np.arange(self.places + 1))
        back = np.argsort(self.end, kind="stable")
        self._back, self._back_first = back, np.searchsorted(self.end[back], np.arange(self.places + 1))

    def _onward(self, places: Array) -> Array:
        """The arcs that begin at these places, in their order."""
        return _ranges(self._first[places], self._first[places + 1])

    def reached(self, parties: Sequence[int], steps: int) -> Array:
        """The parties that any of some are tied to in so many steps, themselves among them."""
        seen = np.zeros(self.places, dtype=bool)
        frontier = np.array(sorted(parties), dtype=np.int64) * _WAYS
        seen[frontier] = True
        for step in range(steps):
            if step:
                frontier = frontier[self.through[frontier // _WAYS]]
            frontier = np.unique(self.end[self._onward(frontier)])
            frontier = frontier[~seen[frontier]]
            seen[frontier] = True
        return np.unique(np.flatnonzero(seen) // _WAYS)

    def distance(self, ends: Array, steps: int) -> Array:
        """For each place how many steps are left to the nearest of these parties; `_FAR` for more than so
        many."""
        found = np.full(self.places, _FAR, dtype=np.int64)
        frontier = (ends[:, None] * _WAYS + np.arange(_WAYS)).ravel()
        found[frontier] = 0
        for step in range(1, steps + 1):
            arcs = self._back[_ranges(self._back_first[frontier], self._back_first[frontier + 1])]
            frontier = np.unique(self.begin[arcs])
            frontier = frontier[found[frontier] == _FAR]
            found[frontier] = step
            frontier = frontier[self.through[frontier // _WAYS]]
        return found

    def chains(
        self, party: int, ends: Bools, stops: Bools, distance: Array, steps: int
    ) -> dict[int, tuple[int, ...]]:
        """By each of the parties where `ends` holds the shortest chain from a party to it in so many steps,
        as links from the party on. No chain goes on behind a party where `stops` holds. `distance` is that to
        the ends.
        """
        start = party * _WAYS
        came: dict[int, int] = {}
        seen = np.zeros(self.places, dtype=bool)
        seen[start : start + _WAYS] = True
        found: dict[int, tuple[int, ...]] = {}
        frontier = np.array([start], dtype=np.int64)
        for step in range(1, steps + 1):
            arcs = self._onward(frontier)
            to = self.end[arcs]
            near = ~seen[to] & (distance[to] <= steps - step)
            arcs, to = arcs[near], to[near]
            first = np.sort(np.unique(to, return_index=True)[1])
            arcs, to = arcs[first], to[first]
            seen[to] = True
            came.update(zip(to.tolist(), arcs.tolist(), strict=True))
            other = to // _WAYS
            for place in to[ends[other]].tolist():
                if place // _WAYS not in found:
                    found[place // _WAYS] = self._path(start, place, came)
            frontier = to[self.through[other] & ~stops[other]]
            if not len(frontier):
                break
        return found

    def _path(self, start: int, place: int, came: dict[int, int]) -> tuple[int, ...]:
        links = []
        while place != start:
            arc = came[place]
            links.append(self._links[arc])
            place = self._begins[arc]
        return tuple(reversed(links))


def _ranges(start: Array, end: Array) -> Array:
    """The numbers from each start to its end, one range behind the other."""
    times = end - start
    total = int(times.sum())
    shift = np.repeat(start - np.append(0, np.cumsum(times)[:-1])[: len(times)], times)
    found: Array = np.arange(total) + shift
    return found
