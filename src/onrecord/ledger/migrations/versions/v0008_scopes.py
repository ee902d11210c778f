"""Statements have a scope: the part of the supplier's business in which a restriction or permission holds.

What was read before has none; its columns get an empty one. On the way down the field stays where it is, so
that nothing that was read is lost: an older program does not look at it, but its audit misses it in what was
read since.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

READING = (4, 4, 4, 4, 4, 4, 4, 8, 4, 4, 4, 4, 4, 4)
"""The bytes of each column of the readings; the first of the last six says how many statements are theirs."""
STATEMENT = 4 + 8 + 4 + 4 + 4 + 4 + 2 + 2 + 2
"""The bytes of a statement in all its columns before; the new one comes after them."""
SCOPE = 2


def upgrade() -> None:
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("statement")}
    if "scope" in there:  # it was there before: the columns are made anew by `onrecord.ledger._derived`
        op.execute("DELETE FROM segment")
        return
    op.add_column("statement", sa.Column("scope", TEXT, nullable=True))
    _segments(lambda data, at, rows: data[:at] + bytes(SCOPE * rows) + data[at:])


def downgrade() -> None:
    _segments(lambda data, at, rows: data[:at] + data[at + SCOPE * rows :])
    op.execute("DELETE FROM code WHERE kind = 'scope'")


def _segments(change: Callable[[bytes, int, int], bytes]) -> None:
    """Change each segment where the new column of its statements stands: `at`, of so many `rows`."""
    connection = op.get_bind()
    segment = sa.table("segment", sa.column("last"), sa.column("readings"), sa.column("data"))
    for last in list(connection.scalars(sa.select(segment.c.last))):
        here = segment.c.last == last
        row = connection.execute(sa.select(segment).where(here)).one()
        data = bytes(row.data)
        ends = list(accumulate(width * row.readings for width in READING))
        told = range(ends[-7], ends[-6], 4)
        rows = sum(int.from_bytes(data[at : at + 4], "little") for at in told)
        changed = change(data, ends[-1] + STATEMENT * rows, rows)
        connection.execute(sa.update(segment).where(here).values(data=changed))
