"""Pages that are near-copies of each other: the same text, as a wire story is printed by many.

A page's text is sketched by MinHash over shingles of words (Broder 1997); pages whose sketches agree in a
whole band (locality-sensitive hashing, Leskovec et al., Mining of Massive Datasets, ch. 3) are compared, and
pairs that are alike enough are noted. So each new page costs a look-up, whatever the ledger holds.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from datetime import datetime

from rensa import RMinHash
from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import aliased

from onrecord.ledger._ids import page_id
from onrecord.ledger._records import Copy
from onrecord.ledger._schema import BandRow, CopyRow, PageRow, RenderingRow, SketchRow
from onrecord.ledger._stems import words

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
    found = [word.casefold() for _, _, word in words(text)]
    if len(found) < _LEAST_WORDS:
        return None
    made = RMinHash(num_perm=SIZE, seed=_SEED)
    made.update([" ".join(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1)])
    return struct.pack(f"<{SIZE}I", *made.digest())


def likeness(one: bytes, other: bytes) -> float:
    """The share of shingles that two texts have in common, as their sketches tell it."""
    pairs = zip(_numbers(one), _numbers(other), strict=True)
    return sum(a == b for a, b in pairs) / SIZE


def _numbers(made: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{SIZE}I", made)


def note(connection: Connection, now: datetime, rendering: int, text: str) -> None:
    """Sketch a new rendering, and note the renderings of which it is a near-copy."""
    made = sketch(text)
    if made is None:
        return
    bands = list(_bands(made))
    near = select(SketchRow.rendering_id, SketchRow.sketch).where(
        SketchRow.rendering_id.in_(select(BandRow.rendering_id).where(BandRow.band.in_(bands)))
    )
    alike = [(row.rendering_id, likeness(made, row.sketch)) for row in connection.execute(near)]
    connection.execute(insert(SketchRow).values(rendering_id=rendering, sketch=made))
    connection.execute(
        insert(BandRow), [{"band": band, "rendering_id": rendering} for band in sorted(set(bands))]
    )
    copies = [
        {"rendering_id": rendering, "of_id": other, "likeness": round(share, 3), "learned_at": now}
        for other, share in sorted(alike)
        if share >= ALIKE
    ]
    if copies:
        connection.execute(insert(CopyRow), copies)


def _bands(made: bytes) -> Iterator[int]:
    """A number for each band of a sketch, which is another for another band."""
    width = len(made) // BANDS
    for number in range(BANDS):
        part = made[number * width : (number + 1) * width]
        digest = hashlib.blake2b(part, digest_size=8, salt=number.to_bytes(2, "big")).digest()
        yield int.from_bytes(digest, "big", signed=True)


def copies(connection: Connection, pages: set[str], known_at: datetime | None) -> tuple[Copy, ...]:
    """The pairs of near-copies among the pages with these ids."""
    one, other = aliased(RenderingRow), aliased(RenderingRow)
    page, other_page = aliased(PageRow), aliased(PageRow)
    query = (
        select(page.digest, other_page.digest.label("other"), CopyRow.likeness)
        .join(one, one.id == CopyRow.rendering_id)
        .join(other, other.id == CopyRow.of_id)
        .join(page, page.id == one.page_id)
        .join(other_page, other_page.id == other.page_id)
        .where(page.id != other_page.id)
    )
    if known_at is not None:
        query = query.where(CopyRow.learned_at <= known_at)
    found = {
        (min(a, b), max(a, b)): row.likeness
        for row in connection.execute(query)
        if (a := page_id(row.digest)) in pages and (b := page_id(row.other)) in pages
    }
    return tuple(Copy(a, b, share) for (a, b), share in sorted(found.items()))
