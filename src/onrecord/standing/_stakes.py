"""What is at stake with each statement, by data/stakes.yaml, counted from the columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from onrecord.ledger import Snapshot
from onrecord.standing._arrays import Array
from onrecord.standing._rules import load

REASONS = ("position", "case", "disputed", "alone", "followed")
"""Why more may be at stake, in the order of the bits of `Stakes.reasons`."""


@dataclass(frozen=True)
class Stakes:
    """Of each row of `Snapshot.statements` what is at `stakes`, the `doubt` in its reading, and the `reasons`
    that hold of it (bit n: `REASONS[n]`)."""

    stakes: Array
    doubt: Array
    reasons: Array

    @property
    def score(self) -> Array:
        """Stakes times doubt."""
        return np.asarray(self.stakes * self.doubt)


def reasons_of(bits: int) -> tuple[str, ...]:
    """The reasons that bits stand for."""
    return tuple(name for n, name in enumerate(REASONS) if bits >> n & 1)


def stakes_of(snapshot: Snapshot, followed: Collection[str] = ()) -> Stakes:
    """What is at stake with each statement. `followed` are the keys of suppliers whom somebody follows. It
    goes by what was read, also where that was rejected or corrected since: a judgement moves nothing but its
    own statement."""
    said, rules = snapshot.read, _rules()
    size = len(said["id"])
    reasons = np.zeros(size, dtype=np.uint8)
    stakes = _weights(snapshot, "type", rules["types"])[said["type"]]
    stakes = stakes * _weights(snapshot, "status", rules["statuses"])[said["status"]]
    holds = {
        "position": _last_told(snapshot, _typed(snapshot, "position")),
        "case": _typed(snapshot, "case"),
        "disputed": _disputed(snapshot, _typed(snapshot, "disputed")),
        "alone": _alone(snapshot),
        "followed": _about(snapshot, followed),
    }
    for bit, name in enumerate(REASONS):
        reasons |= holds[name].astype(np.uint8) << np.uint8(bit)
        stakes[holds[name]] *= rules["reasons"][name]["times"]
    doubt = np.maximum(1 - snapshot.confidences(), np.float32(rules["doubt"]))
    return Stakes(stakes, doubt, reasons)


@cache
def _rules() -> dict[str, Any]:
    rules = load("stakes.yaml")
    assert set(rules["reasons"]) == set(REASONS), "stakes.yaml names the reasons that this module knows"
    return rules


def _weights(snapshot: Snapshot, kind: str, of: dict[str, float]) -> Array:
    """The weight of each number that a word of that kind may have; 1 of those that are not named."""
    found = np.ones(snapshot.numbers.last(kind) + 1, dtype=np.float32)
    for word, number in snapshot.numbers.find(kind, of).items():
        found[number] = of[word]
    return found


def _typed(snapshot: Snapshot, reason: str) -> Array:
    """Which statements are of the types that a reason asks for."""
    numbers = snapshot.numbers.find("type", _rules()["reasons"][reason]["types"])
    found: Array = np.isin(snapshot.read["type"], list(numbers.values()))
    return found


def _pairs(said: Mapping[str, Array], rows: Array) -> Array:
    """For each of these rows a number that is the same for those with the same actor and target."""
    both = said["actor"][rows].astype(np.int64) << 32 | said["target"][rows]
    found: Array = np.unique(both, return_inverse=True)[1].reshape(-1)
    return found


def _last_told(snapshot: Snapshot, typed: Array) -> Array:
    """Of those of some types the ones that were published last of their actor and target."""
    said = snapshot.read
    found = np.zeros(len(typed), dtype=bool)
    rows = np.flatnonzero(typed & (said["actor"] > 0) & (said["target"] > 0))
    if len(rows):
        pair = _pairs(said, rows)
        day = snapshot.pages["last_day"][said["row"][rows]]
        last = np.zeros(int(pair.max()) + 1, dtype=day.dtype)
        np.maximum.at(last, pair, day)
        found[rows] = day == last[pair]
    return found


def _disputed(snapshot: Snapshot, typed: Array) -> Array:
    """Of those of some types the ones that are both affirmed and denied of the same two, in any of them."""
    said = snapshot.read
    found = np.zeros(len(typed), dtype=bool)
    rows = np.flatnonzero(typed & (said["actor"] > 0))
    if len(rows):
        negated = snapshot.numbers.find_one("status", "negated")
        denied = said["status"][rows] == negated
        pair = _pairs(said, rows)
        size = int(pair.max()) + 1
        both = (np.bincount(pair[denied], minlength=size) > 0) & (
            np.bincount(pair[~denied], minlength=size) > 0
        )
        found[rows] = both[pair]
    return found


def _alone(snapshot: Snapshot) -> Array:
    """Which statements only one outlet tells: of the same two, the same type and status."""
    said = snapshot.read
    if not len(said["id"]):
        return np.zeros(0, dtype=bool)
    outlet = snapshot.pages["outlet"][said["row"]]
    told = _pairs(said, np.arange(len(outlet)))
    kinds = snapshot.numbers.last("status") + 1
    told = (told * (snapshot.numbers.last("type") + 1) + said["type"]) * kinds + said["status"]
    told = np.unique(told, return_inverse=True)[1].reshape(-1)
    size = int(told.max()) + 1
    least, most = np.full(size, np.iinfo(outlet.dtype).max, dtype=outlet.dtype), np.zeros(size, outlet.dtype)
    np.minimum.at(least, told, outlet)
    np.maximum.at(most, told, outlet)
    found: Array = (least == most)[told]
    return found


def _about(snapshot: Snapshot, keys: Collection[str]) -> Array:
    """Which statements have one of these for actor or target."""
    said = snapshot.read
    meant = {one for key in keys for one in snapshot.judged.meaning(key)}
    among = snapshot.among_words("key", meant)
    found: Array = among[said["actor"]] | among[said["target"]]
    return found
