"""Which texts may be near-copies: those whose sketches agree in a whole band.

A sketch's numbers are taken four at a time, as bands; each band becomes one number, and sketches that share
one are compared (locality-sensitive hashing, Leskovec et al., Mining of Massive Datasets, ch. 3). The numbers
are made from the sketches that the ledger keeps, and are kept in mind alone: in an index of the database each
of them would fall on a page of its own, which was most of what a writer of a large ledger had to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from onrecord.ledger._bulk import blobs
from onrecord.ledger._schema import SketchRow

SIZE, BANDS = 128, 32
"""Numbers of a sketch, and bands of them: pairs with half of their shingles in common share a band nine times
in ten (1 - (1 - 0.5**4)**32 = 0.87)."""

_ROWS = SIZE // BANDS
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""An odd number of 64 random bits (2**64 divided by the golden ratio; Knuth, TAOCP 6.4)."""
_OWNER = np.uint64(28)
"""Lower bits of an entry, which tell whose band it is: 268 million texts. The 36 above tell the band; of a
million texts, another's band is taken for the same once in 2,000 look-ups, and the sketches then differ."""
_FETCHED = 20_000
"""Sketches that are fetched at once: 10 MB."""

Numbers = NDArray[np.uint64]


def banded(sketches: Mapping[int, bytes]) -> Numbers:
    """The bands of sketches, given by the texts whose they are: an entry for each, in turn."""
    parts = np.frombuffer(b"".join(sketches.values()), "<u4").reshape(-1, BANDS, _ROWS)
    # Bands of other places are other numbers, also where they hold the same.
    found = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), parts.shape[:2])
    for row in range(_ROWS):
        found = (found + parts[:, :, row]) * _FACTOR
    owners = np.array(list(sketches), dtype=np.uint64)[:, np.newaxis]
    return (found >> _OWNER << _OWNER | owners).ravel()


class Near:
    """The bands of all sketches that were committed when it was last brought up to date. A sketch never
    changes, so only newer ones are fetched."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0
        self._runs: list[Numbers] = []

    def up_to_date(self, connection: Connection) -> Near:
        """Itself, with all sketches that are committed. Only a writer may ask, before it adds some."""
        with self._lock:
            new: list[Numbers] = []
            while sketches := _after(connection, self._last):
                new.append(banded(sketches))
                self._last = max(sketches)
            if new:
                self._add(new)
        return self

    def _add(self, new: list[Numbers]) -> None:
        # With those before them while these are not much longer, so that there are few, and each band is
        # sorted a few times over.
        length = sum(map(len, new))
        while self._runs and len(self._runs[-1]) < 2 * length:
            new.append(self._runs.pop())
            length += len(new[-1])
        self._runs.append(np.sort(np.concatenate(new)))

    def of(self, sketches: Mapping[int, bytes]) -> dict[int, list[int]]:
        """Of each of these new sketches, by the text whose it is, the texts whose sketches share a band with
        it, earlier ones and those that stand before it here, in order."""
        if not sketches:
            return {}
        bands = banded(sketches)
        found: dict[int, set[int]] = {text: set() for text in sketches}
        place = {text: at for at, text in enumerate(sketches)}
        for run in (*self._runs, np.sort(bands)):
            for text, other in _shared(run, bands):
                if place.get(other, -1) < place[text]:
                    found[text].add(other)
        return {text: sorted(others) for text, others in found.items()}


def _shared(run: Numbers, bands: Numbers) -> set[tuple[int, int]]:
    """Of each band that stands in a run, whose it is and whose it is there."""
    mask = (np.uint64(1) << _OWNER) - np.uint64(1)
    first = np.searchsorted(run, bands & ~mask)
    many = np.searchsorted(run, bands | mask, "right") - first
    at = np.flatnonzero(many)
    # The places of all that each one found: first, first + 1 … one after the other.
    before = np.cumsum(many[at]) - many[at]
    places = np.arange(many.sum()) + np.repeat(first[at] - before, many[at])
    whose, theirs = np.repeat(bands[at] & mask, many[at]), run[places] & mask
    return set(zip(whose.tolist(), theirs.tolist(), strict=True))


def _after(connection: Connection, text: int) -> dict[int, bytes]:
    query = (
        select(SketchRow.rendering_id, SketchRow.sketch)
        .where(SketchRow.rendering_id > text)
        .order_by(SketchRow.rendering_id)
        .limit(_FETCHED)
    )
    return dict(blobs(connection, query))
