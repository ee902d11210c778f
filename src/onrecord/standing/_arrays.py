"""Small tools for columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_TOGETHER = (
    (("actor", "target"), 0x9E3779B97F4A7C15),
    (("chain", "when"), 0xC2B2AE3D27D4EB4F),
    (("type", "status", "topic", "scope"), 0x165667B19E3779F9),
)
"""The columns by which statements say the same, those of a line, as many in one number as go in; and the odd
number by which each is multiplied (those of xxHash)."""
_BUCKETS = 1 << 16


def line_numbers(statements: Mapping[str, Array], rows: Array) -> Array:
    """A number for each of these statements that is the same for those which say the same by the same source:
    its fields in 64 bits, by a multilinear hash and the finaliser of MurmurHash3. Two lines of a million come
    to the same number with a chance of one in 30 million.
    """
    mixed = np.zeros(len(rows), dtype=np.uint64)
    for fields, factor in _TOGETHER:
        together = np.zeros(len(rows), dtype=np.uint64)
        for field in fields:
            together <<= np.uint64(64 // len(fields))
            together |= statements[field][rows].astype(np.uint64)
        together *= np.uint64(factor)
        mixed += together
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def buckets(numbers: Array) -> Array:
    """For each of these well mixed numbers one of 65,536 buckets; the same for the same number."""
    found: Array = (numbers & np.uint64(_BUCKETS - 1)).astype(np.int64)
    return found


def fullest(bucket: Array, most: int) -> Array:
    """The places of what lies in the fullest buckets: so many, or some more where several are as full."""
    held = np.bincount(bucket, minlength=_BUCKETS)
    least = int(np.partition(held, -most)[-most])
    return np.flatnonzero((held >= max(least, 1))[bucket])


def among(numbers: Array, wanted: Array) -> Array:
    """The places of those numbers that are among the wanted, which are few."""
    flagged = np.zeros(_BUCKETS, dtype=bool)
    flagged[buckets(wanted)] = True
    at = np.flatnonzero(flagged[buckets(numbers)])
    found: Array = at[np.isin(numbers[at], wanted)]
    return found


def distinct(numbers: Array, size: int) -> Array:
    """The distinct ones of numbers below `size`, in order."""
    flagged = np.zeros(size, dtype=bool)
    flagged[numbers] = True
    return np.flatnonzero(flagged)


def numbered(numbers: Array, size: int) -> tuple[Array, Array]:
    """The distinct ones of numbers below `size`, in order, and of each number its place among them."""
    found = distinct(numbers, size)
    place = np.zeros(size, dtype=np.int64)
    place[found] = np.arange(len(found))
    return found, place[numbers]


def alike(numbers: Array) -> tuple[Array, Array]:
    """Of each distinct number, in their order, the first place where it stands; and of each number its place
    among the distinct ones. What `numpy.unique` gives, without its stable sort, which takes several times as
    long.
    """
    if not len(numbers):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    order = np.argsort(numbers)
    begins = np.append(True, numbers[order][1:] != numbers[order][:-1])
    of = np.empty(len(numbers), dtype=np.int64)
    of[order] = np.cumsum(begins) - 1
    return np.minimum.reduceat(order, np.flatnonzero(begins)), of


def by(*columns: Array) -> Array:
    """The places of rows in the order of columns of numbers, the first of which counts most; of rows that are
    the same in all, as they stand. What `numpy.lexsort` gives of the columns turned round, but by one sort
    where they go into one number together with the place.
    """
    size = len(columns[0])
    if not size:
        return np.empty(0, dtype=np.int64)
    bits = size.bit_length()
    told = np.zeros(size, dtype=np.int64)
    spans = [(int(column.min()), int(column.max())) for column in columns]
    if bits + sum((most - least).bit_length() for least, most in spans) > 63:
        return np.lexsort(columns[::-1])
    for column, (least, most) in zip(columns, spans, strict=True):
        told <<= (most - least).bit_length()
        told |= column.astype(np.int64) - least
    told <<= bits
    told |= np.arange(size)
    told.sort()
    told &= (1 << bits) - 1
    return told


def in_order(days: Array) -> Array:
    """The places of days (ordinals, 0 for none; or all of them negative) in their order, those of one day as
    they stand. Days that lie within 180 years are put in order by their digits, which takes one pass."""
    some = days[days != 0]
    if not len(some):
        return np.arange(len(days))
    least = int(some.min())
    if int(some.max()) - least >= np.iinfo(np.uint16).max - 1:
        return np.argsort(days, kind="stable")
    # No day comes before all days, and after all where they are negative.
    none = 0 if least > 0 else np.iinfo(np.uint16).max
    told = np.where(days == 0, none, days - least + 1).astype(np.uint16)
    return np.argsort(told, kind="stable")
