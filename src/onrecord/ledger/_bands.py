"""Which texts may be near-copies: those whose sketches agree in a whole band.

A sketch's numbers are taken four at a time, as bands; each band becomes one number, and sketches that share
one are compared (locality-sensitive hashing, Leskovec et al., Mining of Massive Datasets, ch. 3). The numbers
are made from the sketches that the ledger keeps, and are kept in mind alone: in an index of the database each
of them would fall on a page of its own, which was most of what a writer of a large ledger had to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any, NamedTuple

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
_FETCHED = 20_000
"""Sketches that are fetched at once: 10 MB."""

Numbers = NDArray[np.uint64]


def banded(sketches: Iterable[bytes]) -> Numbers:
    """The numbers of the bands of each sketch, a row each."""
    parts = np.frombuffer(b"".join(sketches), "<u4").reshape(-1, BANDS, _ROWS).astype(np.uint64)
    # Bands of other places are other numbers, also where they hold the same.
    found = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), parts.shape[:2])
    for row in range(_ROWS):
        found = found * _FACTOR + parts[:, :, row]
    return found


class _Run(NamedTuple):
    """Bands in order, and beside each whose it is."""

    bands: Numbers
    owners: NDArray[np.int64]


class Near:
    """The bands of all sketches that were committed when it was last brought up to date. A sketch never
    changes, so only newer ones are fetched."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0
        self._runs: list[_Run] = []

    def up_to_date(self, connection: Connection) -> Near:
        """Itself, with all sketches that are committed. Only a writer may ask, before it adds some."""
        with self._lock:
            while rows := _after(connection, self._last):
                owners = np.array([rendering for rendering, _ in rows], dtype=np.int64)
                self._add(banded(sketch for _, sketch in rows).ravel(), np.repeat(owners, BANDS))
                self._last = rows[-1][0]
        return self

    def _add(self, bands: Numbers, owners: NDArray[np.int64]) -> None:
        # Runs are merged while the one before is not much longer, so that there are few of them, and each
        # band is sorted a few times over.
        while self._runs and len(self._runs[-1].bands) < 2 * len(bands):
            before = self._runs.pop()
            bands, owners = np.concatenate((before.bands, bands)), np.concatenate((before.owners, owners))
        order = np.argsort(bands, kind="stable")
        self._runs.append(_Run(bands[order], owners[order]))

    def of(self, sketches: Mapping[int, bytes]) -> dict[int, list[int]]:
        """Of each of these new sketches, by the rendering whose it is, the renderings whose sketches share a
        band with it, earlier ones and those that stand before it here, in order."""
        found: dict[int, set[int]] = {rendering: set() for rendering in sketches}
        if not sketches:
            return {}
        bands = banded(sketches.values()).ravel()
        owners = np.repeat(np.array(list(sketches), dtype=np.int64), BANDS)
        for run in self._runs:
            for owner, other in _shared(run, bands, owners):
                found[owner].add(other)
        order = np.argsort(bands, kind="stable")
        alone = _Run(bands[order], owners[order])
        place = {rendering: at for at, rendering in enumerate(sketches)}
        for owner, other in _shared(alone, bands, owners):
            if place[other] < place[owner]:
                found[owner].add(other)
        return {rendering: sorted(others) for rendering, others in found.items()}


def _shared(run: _Run, bands: Numbers, owners: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Whose bands stand in a run, each with whose they are there."""
    first = np.searchsorted(run.bands, bands, "left")
    many = np.searchsorted(run.bands, bands, "right") - first
    at = np.flatnonzero(many)
    if not len(at):
        return ()
    # The places of all that each one found: first, first + 1 … one after the other.
    ends = np.cumsum(many[at])
    places = np.arange(ends[-1]) + np.repeat(first[at] - (ends - many[at]), many[at])
    pairs: Any = zip(np.repeat(owners[at], many[at]).tolist(), run.owners[places].tolist(), strict=True)
    return set(pairs)


def _after(connection: Connection, rendering: int) -> list[tuple[int, bytes]]:
    query = (
        select(SketchRow.rendering_id, SketchRow.sketch)
        .where(SketchRow.rendering_id > rendering)
        .order_by(SketchRow.rendering_id)
        .limit(_FETCHED)
    )
    return blobs(connection, query)
