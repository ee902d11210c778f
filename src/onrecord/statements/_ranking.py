"""Who fills a slot where the lexicon's own places give nobody: the likeliest candidate, if likely enough.

The weights (`data/arguments.yaml`) are two logistic regressions, one for each slot, over the features of
`_candidates`; they are fitted on development gold by `training/arguments.py`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from onrecord.language import LanguageDataError, load_yaml
from onrecord.statements._arguments import Found
from onrecord.statements._candidates import Candidates, Slot
from onrecord.statements._match import Match
from onrecord.statements._regression import log_odds, logistic

FILE = Path(__file__).parent / "data" / "arguments.yaml"

LIKELY = 0.35
"""From what likelihood on the likeliest candidate is taken (measured: docs/reader.md)."""


@cache
def _weights() -> dict[str, dict[str, float]]:
    raw = load_yaml(FILE)
    if not isinstance(raw, dict) or set(raw) != {"actor", "target"}:
        raise LanguageDataError(
            f"{FILE}: needs the keys actor and target, each a mapping of features to weights"
        )
    return {
        slot: {str(label): float(weight) for label, weight in weights.items()}
        for slot, weights in raw.items()
    }


def likelihood(slot: Slot, features: dict[str, float]) -> float:
    """How likely a candidate with these features fills the slot."""
    return logistic(log_odds(_weights()[slot], features))


def likeliest(candidates: Candidates, match: Match, slot: Slot, other: Found | None) -> Found | None:
    """The likeliest candidate for a slot, as direct as it is likely; None where none is likely enough."""
    best, most = None, LIKELY
    for candidate in candidates.of(match, slot, other):
        likely = likelihood(slot, candidate.features)
        if likely > most:
            best, most = candidate.found, likely
    return replace(best, directness=round(most, 3)) if best is not None else None
