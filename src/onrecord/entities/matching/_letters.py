"""Finding names by their letters alone, whatever their words: for those whose words are cut, joined and
misspelt at once.

Each run of four letters of a name written as one word is looked up among those of all names; what shares
several rare ones is compared by its letters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from onrecord.entities.matching._analysis import Name

RUN = 4
_LETTERS = 37
_CODES = _LETTERS**RUN
MOST_OF_RUN, RUNS, BROUGHT = 300, 12, 4
"""Names above which a run of letters is too common to look up; the rarest runs of a name that are; names
that they bring."""
LEAST_ALIKE = 0.65
"""How alike in letters a name must be that is brought by them alone."""

Ids = NDArray[np.int32]


def _coded(texts: Sequence[str]) -> tuple[Ids, Ids]:
    """The runs of letters in texts of small ASCII letters and figures, as numbers, and of which text each
    is."""
    raw = np.frombuffer("/".join(texts).encode("ascii", "replace"), np.uint8).astype(np.int32)
    lengths = np.array([len(text) + 1 for text in texts], np.int64)
    if len(raw) < RUN:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    letters = np.clip(np.where(raw >= ord("a"), raw - 86, raw - 47), 0, _LETTERS - 1)
    count = len(raw) - RUN + 1
    found = letters[:count]
    for at in range(1, RUN):
        found = found * _LETTERS + letters[at : count + at]
    left = np.repeat(np.cumsum(lengths), lengths)[:count] - np.arange(count)
    whole = np.flatnonzero(left > RUN)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[:count]
    return found[whole], owners[whole]


def alike(one: Name, other: Name) -> float:
    """How alike names are in their letters (0 to 1), legal forms and small words included: half in the order
    of the words, half in any."""
    return (fuzz.ratio(one.whole, other.whole) + fuzz.ratio(one.ordered, other.ordered)) / 200


class Runs:
    """Names by their runs of letters: each run with each name that has it, in the order of the runs."""

    def __init__(self, runs: Ids, owners: Ids) -> None:
        self.runs, self.owners = runs, owners
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(runs, minlength=_CODES)))).astype(np.int32)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Runs:
        """The runs of texts, of equal ones those of the first."""
        first: dict[str, int] = {}
        for number, text in enumerate(texts):
            first.setdefault(text, number)
        runs, owners = _coded(list(first))
        numbers = np.array(list(first.values()), np.int64)
        pairs = np.unique((runs.astype(np.int64) << 32) | numbers[owners])
        return cls((pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32))

    def near(self, texts: Sequence[str]) -> list[list[int]]:
        """For each text the numbers of those that share most of its rare runs."""
        found: list[list[int]] = [[] for _ in texts]
        runs, whose = _coded(texts)
        count = self._starts[runs + 1] - self._starts[runs]
        fits = np.flatnonzero((count > 0) & (count <= MOST_OF_RUN))
        fits = fits[np.lexsort((count[fits], whose[fits]))]
        runs, whose = runs[fits], whose[fits]
        if not len(runs):
            return found
        first = np.flatnonzero(np.concatenate(([True], whose[1:] != whose[:-1])))
        rank = np.arange(len(runs)) - np.repeat(first, np.diff(np.append(first, len(runs))))
        runs, whose = runs[rank < RUNS], whose[rank < RUNS].astype(np.int64)
        start = self._starts[runs].astype(np.int64)
        count = self._starts[runs + 1] - start
        offsets = np.repeat(start - (np.cumsum(count) - count), count)
        owners = self.owners[np.arange(len(offsets)) + offsets]
        pairs, often = np.unique((np.repeat(whose, count) << 32) | owners, return_counts=True)
        kept = often > 1
        pairs, often = pairs[kept], often[kept]
        order = np.lexsort((-often, pairs >> 32))
        for pair in pairs[order].tolist():
            listed = found[pair >> 32]
            if len(listed) < BROUGHT:
                listed.append(pair & 0xFFFFFFFF)
        return found
