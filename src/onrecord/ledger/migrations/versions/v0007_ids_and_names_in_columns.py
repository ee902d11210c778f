"""Ids of statements and names of entities stand in the columns, and are looked up there: no index of them.

An id is a digest, and names are spread over all entities, so that each row that was written fell on a page of
its own in those indexes. The columns are made anew by `onrecord.ledger._derived`.
"""

from __future__ import annotations

from itertools import accumulate

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

INDEXES = (("ix_statement_public_id", "statement", ["public_id"]),
           ("ix_mention_name_key_name", "mention_name", ["key", "name"]))  # fmt: skip
READING = (4, 4, 4, 4, 4, 4, 4, 8, 4, 4, 4, 4, 4, 4)
"""The bytes of each column of the readings; the last six say how many rows of each other table are theirs."""
PARTS = (
    ((4, 1), (8, 0), (4, 1), (4, 1), (4, 1), (4, 1), (2, 1), (2, 1), (2, 1)),
    ((4, 1), (4, 1)),
    ((4, 1),),
    ((4, 1), (4, 1), (4, 1), (4, 0)),
    ((4, 1), (4, 1)),
    ((4, 1), (4, 1), (4, 1)),
)
"""The bytes of each column of the other tables, and whether it was there before."""


def upgrade() -> None:
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
    op.execute("DELETE FROM segment")


def downgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    connection = op.get_bind()
    segment = sa.table("segment", sa.column("last"), sa.column("readings"), sa.column("data"))
    for last in list(connection.scalars(sa.select(segment.c.last))):
        here = segment.c.last == last
        row = connection.execute(sa.select(segment).where(here)).one()
        data = _before(row.readings, bytes(row.data))
        connection.execute(sa.update(segment).where(here).values(data=data))
    connection.execute(sa.text("DELETE FROM code WHERE kind = 'names'"))


def _before(readings: int, data: bytes) -> bytes:
    """A segment without the columns that are new."""
    ends = list(accumulate(width * readings for width in READING))
    counts = [
        sum(int.from_bytes(data[at : at + 4], "little") for at in range(end - 4 * readings, end, 4))
        for end in ends[-len(PARTS) :]
    ]
    at = ends[-1]
    kept = [data[:at]]
    for rows, columns in zip(counts, PARTS, strict=True):
        for width, there in columns:
            if there:
                kept.append(data[at : at + width * rows])
            at += width * rows
    return b"".join(kept)
