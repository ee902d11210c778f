"""Fit the weights of the model of names: `src/onrecord/entities/matching/data/model.json`.

    python -m training.matching.fit SHARED

Two sources of labelled pairs, of which neither is the set that the figures are taken on:

- The real lists under SHARED/data/lists. Two names of one party name one party, as far as they are variants
  of each other (their letters are at least half alike: other aliases no comparer of names can know). Two
  names of different parties of one list that come near each other do not. The lists of one publisher hold
  each party once, so only pairs within the SDN list are taken.
- The dev half of nomenklatura's pairs (see `bench/name_pairs.py`).

The weights are a logistic regression's, each held to the sign that its feature's meaning demands, so that no
weight can say that a word left over is a reason to take two names for one party's.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from bench.listed import Listed, listed
from bench.name_pairs import pairs
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from onrecord.entities.matching import NameIndex, NameKind
from onrecord.entities.matching._analysis import NUMBER, Name, analysed
from onrecord.entities.matching._fold import fold
from onrecord.entities.matching._laying import lay
from onrecord.entities.matching._score import FEATURES, features

TO = Path(__file__).parents[2] / "src/onrecord/entities/matching/data/model.json"
EACH = 3000
"""Pairs of the lists of each label and kind."""
DEV_SHARE = 0.5
"""The weight of the dev half, as a share of all: its typing slips are what the lists lack."""
STRENGTH = 0.002
STEPS, RATE = 4000, 0.5

Labelled = tuple[str, str, bool]


def same_party(parties: list[Listed], rng: random.Random) -> Iterator[Labelled]:
    """Names of one party that are variants of each other."""
    rng.shuffle(parties)
    for party in parties:
        for other in party.names[1:]:
            one, two = fold(party.names[0]), fold(other)
            ordered = " ".join(sorted(one.split())), " ".join(sorted(two.split()))
            if one != two and OSA.normalized_similarity(*ordered) >= 0.5:
                yield party.names[0], other, True


def other_party(parties: list[Listed], kind: NameKind, rng: random.Random) -> Iterator[Labelled]:
    """Names of different parties of one list that have a part in common: those that an index brings first,
    then any."""
    index = NameIndex((party.id, name) for party in parties for name in party.names)
    folded = {party.id: {fold(name) for name in party.names} for party in parties}
    sharing: dict[str, list[tuple[str, str]]] = {}
    for party in parties:
        name = analysed(party.names[0], kind)
        for at in name.core:
            sharing.setdefault(name.keys[at], []).append((party.id, party.names[0]))
    rng.shuffle(parties)
    for party in parties:
        asked = analysed(party.names[0], kind)
        near = [(index._keys[number], index._names[number]) for number, _ in index._nearest([asked])[0]]
        shared = [rng.choice(sharing[asked.keys[at]]) for at in asked.core]
        for key, name in (*near[:5], *shared):
            if key != party.id and not folded[key] & folded[party.id]:
                yield party.names[0], name, False


def numbers_of(name: Name) -> set[str]:
    """The numbers in a name."""
    return {key for key, sort in zip(name.keys, name.sorts, strict=True) if sort == NUMBER}


def fitted(
    rows: NDArray[np.float64], labels: NDArray[np.float64], weights: NDArray[np.float64]
) -> list[float]:
    """Bias and weights of a logistic regression by projected gradient steps. All features but `evidence`
    speak against, and `evidence` for, two names being one party's."""
    signs = np.array([1.0 if name == "evidence" else -1.0 for name in FEATURES])
    scale = np.maximum(rows.std(axis=0), 0.05)
    table = np.hstack([np.ones((len(rows), 1)), rows / scale])
    found = np.zeros(table.shape[1])
    weights = weights / weights.sum()
    for _ in range(STEPS):
        missed = 1 / (1 + np.exp(-table @ found)) - labels
        step = table.T @ (weights * missed)
        step[1:] += STRENGTH * found[1:]
        found -= RATE * step
        found[1:] = np.where(found[1:] * signs < 0, 0.0, found[1:])
    return [float(found[0]), *(found[1:] / scale).tolist()]


def main() -> None:
    shared = Path(sys.argv[1])
    everyone = listed(shared)
    dev = [pair for pair in pairs(shared) if pair.half == "dev"]
    model: dict[str, dict[str, float]] = {}
    for kind in ("company", "person"):
        rng = random.Random(5)
        parties = [party for party in everyone if party.kind == kind]
        sdn = [party for party in parties if party.id.startswith("sdn-")]
        own = list(islice(same_party(parties, rng), EACH))
        own += islice(other_party(sdn, kind, rng), EACH)
        theirs = [(pair.one, pair.other, pair.same) for pair in dev if pair.kind == kind]
        rows, labels, weights = [], [], []
        for source, share in ((own, 1 - DEV_SHARE), (theirs, DEV_SHARE)):
            for one, other, same in source:
                a, b = analysed(one, kind), analysed(other, kind)
                values = features(a, b, lay(a, b))
                if kind == "company" and numbers_of(a) != numbers_of(b):
                    continue  # ruled out before the model is asked
                rows.append(values)
                labels.append(float(same))
                weights.append(share / sum(entry[2] == same for entry in source))
        found = fitted(np.array(rows), np.array(labels), np.array(weights))
        model[kind] = {name: round(value, 3) for name, value in zip(("bias", *FEATURES), found, strict=True)}
        print(kind, len(own), "pairs of lists", len(theirs), "of the dev half", model[kind])
    TO.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
