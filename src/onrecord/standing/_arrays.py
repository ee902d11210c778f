"""Small tools for columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

FIELDS = ("type", "actor", "target", "status", "topic", "chain", "when")
"""The columns by which statements say the same: those of a line."""


def line_numbers(statements: Mapping[str, Array], rows: Array) -> Array:
    """A number for each of these statements that is the same for those which say the same by the same source:
    its fields mixed into 64 bits (the finaliser of MurmurHash3; two lines of a million are mixed into one
    with a chance of one in 30 million).
    """
    mixed = np.full(len(rows), 0x9E3779B97F4A7C15, dtype=np.uint64)
    for field in FIELDS:
        mixed ^= statements[field][rows].astype(np.uint64)
        mixed ^= mixed >> np.uint64(33)
        mixed *= np.uint64(0xFF51AFD7ED558CCD)
        mixed ^= mixed >> np.uint64(33)
        mixed *= np.uint64(0xC4CEB9FE1A85EC53)
        mixed ^= mixed >> np.uint64(33)
    return mixed


@lru_cache(maxsize=16_384)
def shown(first: int, last: int) -> str | None:
    """The date (ISO 8601, cut to its precision) that lasts from one day to another; None for no date."""
    if not first:
        return None
    start, end = date.fromordinal(first), date.fromordinal(last)
    if start == end:
        return start.isoformat()
    return start.isoformat()[:7] if start.month == end.month else start.isoformat()[:4]
