"""The offsets of a page's text, packed: most characters follow their neighbour, so stretches are stored."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence

import numpy as np

from onrecord.ledger._canonical import value_of
from onrecord.ledger._errors import Damaged


def pack(offsets: Sequence[int], ends: Sequence[int]) -> str:
    """The spans (`offsets[i]`, `ends[i]`) as JSON: start, width and length of each stretch in turn.

    Within a stretch every span begins where the one before it ends, and all have one width.
    """
    if len(offsets) != len(ends):
        raise ValueError("There must be an end for each offset.")
    if not offsets:
        return "[]"
    starts, stops = (np.frombuffer(array("q", places), dtype=np.int64) for places in (offsets, ends))
    widths = stops - starts
    breaks = (starts[1:] != stops[:-1]) | (widths[1:] != widths[:-1])
    first = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lengths = np.diff(np.append(first, len(starts)))
    stretches = np.column_stack((starts[first], widths[first], lengths))
    return json.dumps(stretches.ravel().tolist(), separators=(",", ":"))


def unpack(packed: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """`offsets` and `ends` again, as they were packed. `Damaged` where they were not."""
    offsets: list[int] = []
    ends: list[int] = []
    try:
        numbers = iter(value_of(packed))
        for start, width, length in zip(numbers, numbers, numbers, strict=True):
            offsets.extend(start + width * i for i in range(length))
            ends.extend(start + width * (i + 1) for i in range(length))
    except (ValueError, TypeError) as error:
        raise Damaged(f"{packed!r:.40} are no offsets") from error
    return tuple(offsets), tuple(ends)
