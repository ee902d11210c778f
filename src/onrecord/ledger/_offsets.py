"""The offsets of a page's text, packed: most characters follow their neighbour, so stretches are stored."""

from __future__ import annotations

import json
from collections.abc import Sequence


def pack(offsets: Sequence[int], ends: Sequence[int]) -> str:
    """The spans (`offsets[i]`, `ends[i]`) as JSON: start, width and length of each stretch in turn.

    Within a stretch every span begins where the one before it ends, and all have one width.
    """
    stretches: list[list[int]] = []
    following = width = -1
    for start, end in zip(offsets, ends, strict=True):
        if start == following and end - start == width:
            stretches[-1][2] += 1
        else:
            width = end - start
            stretches.append([start, width, 1])
        following = end
    return json.dumps([number for stretch in stretches for number in stretch], separators=(",", ":"))


def unpack(packed: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """`offsets` and `ends` again, as they were packed."""
    offsets: list[int] = []
    ends: list[int] = []
    numbers = iter(json.loads(packed))
    for start, width, length in zip(numbers, numbers, numbers, strict=True):
        offsets.extend(start + width * i for i in range(length))
        ends.extend(start + width * (i + 1) for i in range(length))
    return tuple(offsets), tuple(ends)
