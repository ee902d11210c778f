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
LEAST_ALIKE = 0.75
"""How alike in letters a name must be that is brought by them alone."""

Ids = NDArray[np.int32]


def _coded(text: str) -> NDArray[np.int64]:
    """The runs of letters in a text of small ASCII letters and figures, as numbers."""
    raw = np.frombuffer(text.encode("ascii", "replace"), np.uint8).astype(np.int64)
    if len(raw) < RUN:
        return np.zeros(0, np.int64)
    letters = np.where(raw >= 97, raw - 86, np.clip(raw - 47, 0, 10))
    letters = np.clip(letters, 0, _LETTERS - 1)
    found = letters[: len(raw) - RUN + 1]
    for at in range(1, RUN):
        found = found * _LETTERS + letters[at : len(raw) - RUN + 1 + at]
    return found


def alike(one: Name, other: Name) -> float:
    """How alike names are in their letters (0 to 1), legal forms and small words included, in the order of
    the words or in any."""
    straight = fuzz.ratio(one.whole, other.whole)
    return max(straight, fuzz.ratio(one.ordered, other.ordered)) / 100


class Runs:
    """Names by their runs of letters: the runs, each as often as a name has it, in order, and whose each is."""

    def __init__(self, runs: Ids, owners: Ids) -> None:
        self.runs, self.owners = runs, owners
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(runs, minlength=_CODES)))).astype(np.int32)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Runs:
        """The runs of texts, of equal ones those of the first."""
        first: dict[str, int] = {}
        for number, text in enumerate(texts):
            first.setdefault(text, number)
        coded = _coded("/".join(first))
        lengths = np.array([len(text) + 1 for text in first], np.int64)
        owners = np.repeat(np.array(list(first.values()), np.int32), lengths)[: len(coded)]
        starts = np.cumsum(lengths) - lengths
        at = np.arange(len(coded)) - np.repeat(starts, lengths)[: len(coded)]
        whole = at + RUN < np.repeat(lengths, lengths)[: len(coded)]
        pairs = np.unique((coded[whole] << 32) | owners[whole])
        return cls((pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32))

    def near(self, texts: Sequence[str]) -> list[list[int]]:
        """For each text the numbers of those that share most of its rare runs."""
        found: list[list[int]] = [[] for _ in texts]
        looked, whose = [], []
        for number, text in enumerate(texts):
            runs = _coded(text)
            count = self._starts[runs + 1] - self._starts[runs]
            fits = (count > 0) & (count <= MOST_OF_RUN)
            runs, count = runs[fits], count[fits]
            if len(runs) > RUNS:
                runs = runs[np.argpartition(count, RUNS)[:RUNS]]
            looked.append(runs)
            whose.append(np.full(len(runs), number, np.int64))
        runs, whose_run = np.concatenate(looked), np.concatenate(whose)
        if not len(runs):
            return found
        start = self._starts[runs].astype(np.int64)
        count = self._starts[runs + 1] - start
        offsets = np.repeat(start - (np.cumsum(count) - count), count)
        owners = self.owners[np.arange(len(offsets)) + offsets]
        pairs, often = np.unique((np.repeat(whose_run, count) << 32) | owners, return_counts=True)
        kept = often > 1
        pairs, often = pairs[kept], often[kept]
        order = np.lexsort((-often, pairs >> 32))
        for pair in pairs[order].tolist():
            listed = found[pair >> 32]
            if len(listed) < BROUGHT:
                listed.append(pair & 0xFFFFFFFF)
        return found
