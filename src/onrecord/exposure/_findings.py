"""The findings of a check, as many as there are lines that they are on: each is kept once and made when it is
asked for.

A register of 100,000 lines may have more than a million findings, of which somebody reads a few hundred.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple, overload

from onrecord.exposure._model import Finding, FindingKind

_HALF = 12
"""Letters of an id that say what was found; as many more say on which line. Of 100,000 of either, two are the
same once in 50,000 registers (2 ** 48 to choose from)."""


class Row(NamedTuple):
    """A line of a register with what is on it: its number; the key under which checks are compared; the
    places of its findings among all that were found, in bundles that lines share; the digests of those that
    are new; and findings that are on no other line."""

    line: int
    key: str
    bundles: tuple[tuple[int, ...], ...]
    new: frozenset[str] = frozenset()
    own: tuple[Finding, ...] = ()


class Outline(NamedTuple):
    """What of a finding tells how grave it is: the line that it is on, its kind, its steps, whether new."""

    line: int
    kind: FindingKind
    steps: int
    new: bool


class Findings(Sequence[Finding]):
    """The findings on the lines of a register, in the order of the lines. It compares as the tuple of them
    does. `whole` gives what was found by its place, `brief` its kind and how many steps it has, and `digests`
    what makes it the same at every check."""

    def __init__(
        self,
        rows: Sequence[Row],
        whole: Callable[[int], Finding],
        brief: Sequence[tuple[FindingKind, int]],
        digests: Sequence[str],
    ) -> None:
        self._rows = rows
        self._whole = whole
        self._brief = brief
        self._digests = digests
        sizes = (sum(map(len, row.bundles)) + len(row.own) for row in rows)
        self._ends = list(accumulate(sizes))
        self._kept: dict[int, Finding] = {}
        self._of_line: dict[int, list[int]] | None = None

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Finding]:
        return chain.from_iterable(map(self._on, self._rows))

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, at: int | slice) -> Finding | tuple[Finding, ...]:
        if isinstance(at, slice):
            return tuple(self[place] for place in range(*at.indices(len(self))))
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(f"There are {len(self)} findings, and none at {at}.")
        row = bisect_right(self._ends, place)
        before = self._ends[row - 1] if row else 0
        return list(self._on(self._rows[row]))[place - before]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(map(Finding.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self)} findings>"

    def on(self, line: int) -> Iterator[Finding]:
        """The findings on the line of a number."""
        if self._of_line is None:
            self._of_line = {}
            for place, row in enumerate(self._rows):
                self._of_line.setdefault(row.line, []).append(place)
        for place in self._of_line.get(line, ()):
            yield from self._on(self._rows[place])

    def outlines(self) -> Iterator[Outline]:
        """How grave each is, without making them."""
        for row in self._rows:
            for place in chain.from_iterable(row.bundles):
                yield Outline(
                    row.line, *self._brief[place], bool(row.new) and self._digests[place] in row.new
                )
            yield from map(_outline, row.own)

    def _one(self, place: int) -> Finding:
        if place not in self._kept:
            self._kept[place] = self._whole(place)
        return self._kept[place]

    def _on(self, row: Row) -> Iterator[Finding]:
        line, new, digests = row.line, row.new, self._digests
        mark = line_mark(row.key)
        for place in chain.from_iterable(row.bundles):
            one = self._one(place)
            digest = digests[place]
            yield Finding(
                digest[:_HALF] + mark, line, one.kind, one.about, one.what, one.since, one.steps,
                one.statements, one.origins, one.words_of, one.source, one.citation, one.score,
                digest in new, one.code, one.values, one.told, one.explanation,
            )  # fmt: skip
        yield from row.own


def line_mark(key: str) -> str:
    """The half of an id that says on which line a finding is."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_HALF]


def outlines(findings: Sequence[Finding]) -> Iterable[Outline]:
    """How grave each of some findings is; of very many this is quicker than to look at each."""
    return findings.outlines() if isinstance(findings, Findings) else map(_outline, findings)


def by_lines(findings: Sequence[Finding]) -> Callable[[int], Iterable[Finding]]:
    """Gives the findings on a line by its number."""
    if isinstance(findings, Findings):
        return findings.on
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.line, []).append(finding)
    return lambda line: found.get(line, ())


def _outline(finding: Finding) -> Outline:
    return Outline(finding.line, finding.kind, len(finding.steps), finding.new)
