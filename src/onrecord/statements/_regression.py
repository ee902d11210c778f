"""The log odds of a logistic regression, as both fitted models of the reader tell them."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp


def log_odds(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """`bias` and the weight of every feature times its value; features without a weight count nothing.

    Summed in the order of the features' names, so that the last bit is the same in every process.
    """
    known = (weights.get(label, 0.0) * value for label, value in sorted(features.items()))
    return weights["bias"] + sum(known)


def logistic(odds: float) -> float:
    """The likelihood at some log odds."""
    return 1 / (1 + exp(-odds))
