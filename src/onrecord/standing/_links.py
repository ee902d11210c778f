"""Who is tied to whom: the statements of supply, partnership and ties as a list of links, from columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from onrecord.standing._arrays import Array
from onrecord.standing._evidence import Evidence, Ground, together
from onrecord.standing._rules import load
from onrecord.statements import StatementType

_NAMED = 6
"""Statements of a link that are named at most: a chain has several links, and links stand in many chains."""


@cache
def _rule() -> dict[str, Any]:
    return load("links.yaml")


@dataclass(frozen=True)
class Links:
    """A row for each link that is on record: from the `actor` to the `target` (numbers of keys), `of` a type
    (its place in `types`); `origins` counts the publishers from whom it descends, `firm` is whether anybody
    asserts it, `denied` whether anybody denies it. What a person rejected makes none.
    """

    types: tuple[StatementType, ...]
    actor: Array
    target: Array
    of: Array
    origins: Array
    firm: Array
    denied: Array
    evidence: Evidence
    _rows: Array
    _begins: Array

    def __len__(self) -> int:
        return len(self.actor)

    def ground(self, link: int) -> Ground:
        """What a link rests on."""
        return self.evidence.ground(self._rows[self._begins[link] : self._begins[link + 1]], _NAMED)


def links_of(evidence: Evidence) -> Links:
    """All links that the snapshot of this evidence holds, by data/links.yaml."""
    snapshot, rule = evidence.snapshot, _rule()
    said, numbers = snapshot.statements, snapshot.numbers
    types: tuple[StatementType, ...] = tuple(rule["types"])
    parties = (said["actor"] > 0) & (said["target"] > 0) & (said["actor"] != said["target"])
    of_type = snapshot.among_words("type", types)[said["type"]] & parties & said["counts"]
    rows = np.flatnonzero(of_type & snapshot.among_words("status", rule["statuses"])[said["status"]])
    rows = evidence.in_order(rows)
    place = np.zeros(numbers.last("type") + 1, dtype=np.int64)
    for word, number in numbers.find("type", types).items():
        place[number] = types.index(word)
    order, begins = together(*(said[name][rows] for name in ("type", "actor", "target")))
    rows = rows[order]
    at = rows[begins[:-1]]
    count, of_link = len(at), np.repeat(np.arange(len(at)), np.diff(begins))
    firm = np.zeros(count, dtype=bool)
    firm[of_link[snapshot.among_words("status", rule["firm"])[said["status"][rows]]]] = True
    denials = np.flatnonzero(of_type & snapshot.among_words("status", rule["denied_by"])[said["status"]])
    return Links(
        types,
        said["actor"][at],
        said["target"][at],
        place[said["type"][at]],
        _distinct(of_link, evidence.publisher[rows], count),
        firm,
        np.isin(_pairs(said, at), _pairs(said, denials)),
        evidence,
        rows,
        begins,
    )


def _pairs(said: Any, rows: Array) -> Array:
    """A number for each type, actor and target (keys stay below 2^29, types below 2^5)."""
    found: Array = (
        said["type"][rows].astype(np.int64) << 58
        ^ said["actor"][rows].astype(np.int64) << 29
        ^ said["target"][rows].astype(np.int64)
    )
    return found


def _distinct(group: Array, value: Array, groups: int) -> Array:
    """How many different values each group has."""
    if not len(group):
        return np.zeros(groups, dtype=np.int64)
    least = int(value.min())
    span = int(value.max()) - least + 1
    pairs = np.unique(group.astype(np.int64) * span + (value - least))
    return np.bincount(pairs // span, minlength=groups)
