"""Pages that are near-copies of each other: the same text, as a wire story is printed by many.

A page's text is sketched by MinHash over shingles of words (Broder 1997); pages whose sketches agree in a
whole band (locality-sensitive hashing, Leskovec et al., Mining of Massive Datasets, ch. 3) are compared, and
pairs that are alike enough are noted. So each new page costs a look-up, whatever the ledger holds.
"""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np
from rensa import RMinHash
from sqlalchemy import Connection, select

from onrecord.ledger._bulk import ASKED, chunks, insert_all
from onrecord.ledger._schema import BandRow, CopyRow, SketchRow
from onrecord.ledger._stems import folded

SHINGLE = 4
"""Words of a shingle: what two reports of one event share by chance is shorter."""
SIZE, BANDS = 128, 32
"""Numbers of a sketch, and bands of them: pairs with half of their shingles in common share a band nine times
in ten (1 - (1 - 0.5**4)**32 = 0.87)."""
ALIKE = 0.5
"""Share of shingles that near-copies have in common. A wire story that was shortened by a third keeps more;
two reports of one press conference share less than a tenth."""
_SEED = 1
_LEAST_WORDS = 30
"""A text of fewer words is too short to be told a copy by."""


def sketch(text: str) -> bytes | None:
    """The sketch of a text, None where it is too short for one."""
    found = folded(text)
    if len(found) < _LEAST_WORDS:
        return None
    made = RMinHash(num_perm=SIZE, seed=_SEED)
    made.update(list(map(" ".join, zip(*(found[i:] for i in range(SHINGLE)), strict=False))))
    return struct.pack(f"<{SIZE}I", *made.digest())


def likeness(one: bytes, other: bytes) -> float:
    """The share of shingles that two texts have in common, as their sketches tell it."""
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


class Sketched(NamedTuple):
    """Texts sketched: by their ids the sketches of those that are long enough for one, and the bands of
    each."""

    made: dict[int, bytes]
    bands: dict[int, list[int]]


def sketched(texts: Mapping[int, str]) -> Sketched:
    """Sketch texts, given by their ids."""
    made = {rendering: found for rendering, text in texts.items() if (found := sketch(text)) is not None}
    return Sketched(made, {rendering: sorted(set(_bands(found))) for rendering, found in made.items()})


def note(connection: Connection, now: datetime, new: Sketched) -> dict[int, list[tuple[int, float]]]:
    """Keep the sketches of new renderings, and note of which they are near-copies: the ids of those, earlier
    ones and each other, and how alike they are. Only a writer may ask."""
    made, bands = new
    near: defaultdict[int, set[int]] = defaultdict(set)
    for asked in chunks(sorted({band for several in bands.values() for band in several})):
        # Numbers of our own making: they may stand in the question, which is quicker than beside it.
        for band, rendering in connection.exec_driver_sql(_NEAR.format(", ".join(map(str, asked)))):
            near[band].add(rendering)
    earlier = sorted({rendering for several in near.values() for rendering in several})
    sketches: dict[int, bytes] = {}
    for some in chunks(earlier):
        sketches.update(
            (row.rendering_id, row.sketch) for row in connection.execute(_SKETCHES, {"asked": some})
        )
    copies: dict[int, list[tuple[int, float]]] = {}
    noted = []
    for rendering, found in made.items():
        candidates = sorted({other for band in bands[rendering] for other in near.get(band, ())})
        shares = [(other, round(likeness(found, sketches[other]), 3)) for other in candidates]
        copies[rendering] = [(other, share) for other, share in shares if share >= ALIKE]
        noted += [
            {"rendering_id": rendering, "of_id": other, "likeness": share, "learned_at": now}
            for other, share in copies[rendering]
        ]
        sketches[rendering] = found
        for band in bands[rendering]:
            near[band].add(rendering)
    insert_all(connection, SketchRow, [{"rendering_id": r, "sketch": found} for r, found in made.items()])
    rows = sorted((band, rendering) for rendering, several in bands.items() for band in several)
    insert_all(connection, BandRow, [{"band": band, "rendering_id": rendering} for band, rendering in rows])
    insert_all(connection, CopyRow, noted)
    return copies


_NEAR = "SELECT band, rendering_id FROM band WHERE band IN ({})"
_SKETCHES = select(SketchRow.rendering_id, SketchRow.sketch).where(SketchRow.rendering_id.in_(ASKED))


def _bands(made: bytes) -> Iterator[int]:
    """A number for each band of a sketch, which is another for another band."""
    width = len(made) // BANDS
    for number in range(BANDS):
        part = made[number * width : (number + 1) * width]
        digest = hashlib.blake2b(part, digest_size=8, salt=number.to_bytes(2, "big")).digest()
        yield int.from_bytes(digest, "big", signed=True)
