"""Pages that are near-copies of each other: the same text, as a wire story is printed by many.

A page's text is sketched by MinHash over shingles of words (Broder 1997); pages whose sketches agree in a
whole band (see `_bands`) are compared, and pairs that are alike enough are noted. So each new page costs a
look-up, whatever the ledger holds.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
from rensa import RMinHash
from sqlalchemy import Connection, select

from onrecord.ledger._bands import SIZE, Near
from onrecord.ledger._bulk import asked, insert_all, rows_for
from onrecord.ledger._schema import CopyRow, SketchRow

SHINGLE = 4
"""Words of a shingle: what two reports of one event share by chance is shorter."""
ALIKE = 0.5
"""Share of shingles that near-copies have in common. A wire story that was shortened by a third keeps more;
two reports of one press conference share less than a tenth."""
_SEED = 1
"""Of the permutations of a sketch: another would make sketches that no ledger's can be compared with."""
_WHOLE_WORDS = 30
"""Of a text of fewer words all are one shingle: too few to be told by a part of them, they are a copy where
they are the same, word for word."""
_LEAST_WORDS = 8
"""A text of fewer words is no copy: two papers may come to the same headline."""
_SKETCHES = select(SketchRow.rendering_id, SketchRow.sketch).where(asked(SketchRow.rendering_id))


def sketch(words: Sequence[str]) -> bytes | None:
    """The sketch of a text's words, None where they are too few for one."""
    if len(words) < _LEAST_WORDS:
        return None
    found = list(map(str.casefold, words))
    length = SHINGLE if len(found) >= _WHOLE_WORDS else len(found)
    made = RMinHash(num_perm=SIZE, seed=_SEED)
    made.update(list(map(" ".join, zip(*(found[i:] for i in range(length)), strict=False))))
    return struct.pack(f"<{SIZE}I", *made.digest())


def likeness(one: bytes, others: Sequence[bytes]) -> list[float]:
    """The share of shingles that a text has in common with each of others, as their sketches tell it."""
    numbers = np.frombuffer(b"".join(others), "<u4").reshape(-1, SIZE)
    shares: list[float] = (numbers == np.frombuffer(one, "<u4")).mean(axis=1).tolist()
    return shares


def sketched(texts: Mapping[int, Sequence[str]]) -> dict[int, bytes]:
    """The sketches of texts, given by their ids as words, of those that are long enough for one."""
    return {rendering: found for rendering, words in texts.items() if (found := sketch(words)) is not None}


def sketches(connection: Connection, renderings: Iterable[int]) -> dict[int, bytes]:
    """The sketches that are kept of renderings."""
    return {row.rendering_id: row.sketch for row in rows_for(connection, _SKETCHES, renderings)}


def note(
    connection: Connection, now: datetime, made: Mapping[int, bytes], near: Near
) -> dict[int, list[tuple[int, float]]]:
    """Keep the sketches of new renderings, and note of which they are near-copies: the ids of those, earlier
    ones and each other, and how alike they are. Only a writer may ask."""
    candidates = near.up_to_date(connection).of(made) if made else {}
    earlier = {other for several in candidates.values() for other in several} - made.keys()
    known = dict(made) | sketches(connection, earlier)
    copies: dict[int, list[tuple[int, float]]] = {}
    for rendering, others in candidates.items():
        shares = likeness(made[rendering], [known[other] for other in others]) if others else []
        rounded = zip(others, (round(share, 3) for share in shares), strict=True)
        copies[rendering] = [(other, share) for other, share in rounded if share >= ALIKE]
    insert_all(connection, SketchRow, [{"rendering_id": r, "sketch": found} for r, found in made.items()])
    noted = [
        {"rendering_id": rendering, "of_id": other, "likeness": share, "learned_at": now}
        for rendering, several in copies.items()
        for other, share in several
    ]
    insert_all(connection, CopyRow, noted)
    return copies
