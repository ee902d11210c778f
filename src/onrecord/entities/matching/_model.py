"""What the comparing of names hands out: a likeness that explains itself, and candidates from an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NameKind = Literal["company", "person", "other"]
"""What a name is of, as far as the asker knows: company stands for every organisation. Names of vessels
and the like are `other`."""

Relation = Literal["same", "affiliate", "different"]
"""What two names say of each other: one party; a party that belongs to the other (a subsidiary, branch or
institute that bears its name); or neither."""

How = Literal[
    "exact", "legal form", "spelling", "sound", "script", "abbreviation", "initial", "order", "place"
]
"""By which rule two parts of names match: letter for letter; forms of incorporation that mean the same
(Ltd, Limited); a typing slip or variant spelling; the same sound; another script; an acronym or a word
cut short; an initial; the same words in another order; the name of a state or city that one of them adds."""


@dataclass(frozen=True, slots=True)
class MatchedPart:
    """A part of the asked name and the part of the other that it was laid beside, each "" where it has
    none. `weight` is how much the part counts (0 to 1, rare words most), `likeness` how alike the two are
    (0 to 1)."""

    asked: str
    other: str
    how: How | None
    weight: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are. `score` is between 0 and 1: the chance that both name one party, as fitted
    on labelled pairs; from `THRESHOLD` on the relation is `same`. `parts` are what matched and what was
    left over, `rule` the one that decided, in a word or two, and `wanting` what it would have taken to be
    `same` beyond doubt, "" where it is. It is told of one sort of `same`, too: names that a number alone
    tells apart, which may be a slip or another of the series."""

    score: float
    relation: Relation
    parts: tuple[MatchedPart, ...]
    rule: str
    wanting: str = ""

    @property
    def reason(self) -> str:
        """Which parts met, and what stood alone, in one line; the rule where there are no parts."""
        met = [_met(part) for part in self.parts if part.asked and part.other]
        asked = [part.asked for part in self.parts if not part.other]
        listed = [part.other for part in self.parts if not part.asked]
        told = [", ".join(met)] if met else []
        told += [f"only asked: {', '.join(asked)}"] if asked else []
        told += [f"only listed: {', '.join(listed)}"] if listed else []
        return "; ".join(told) or self.rule


def _met(part: MatchedPart) -> str:
    if part.asked == part.other:
        return part.asked
    return f"{part.asked} = {part.other} ({part.how}, {part.likeness:.2f})"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party of an index that may bear the name that was asked for: its key, the name that came nearest,
    and how near. `nearness` is what candidates that say the same (`likeness.relation`) are ranked by: the
    score, and how alike the whole names are in their letters. It is no chance of anything."""

    key: str
    name: str
    likeness: Likeness
    nearness: float = 0.0
