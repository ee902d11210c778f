"""No index of keys, and none of the bands of sketches: both are looked up in mind (`_naming`, `_bands`).

Each row of theirs fell on a page of its own, which was half of what a writer of a large ledger wrote. Of what
is searched, which is derived, keys are no longer checked; its languages are those of the renderings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INDEXES = (
    ("statement", "actor"),
    ("statement", "target"),
    ("source", "entity_key"),
    ("unread_name", "entity_key"),
    ("mention", "key"),
    ("search_entry", "language"),
    ("search_entry", "rendering_id"),
)
REFERRED = (("rendering_id", "rendering"), ("statement_id", "statement"))
"""What an entry of the search referred to."""
BANDS = 32
SOME = 500


def upgrade() -> None:
    op.drop_table("band")
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint("fk_full_text_id", "full_text", type_="foreignkey")
    with op.batch_alter_table("search_entry") as batch:
        for column, _ in REFERRED:
            batch.drop_constraint(f"fk_search_entry_{column}", type_="foreignkey")
    op.create_index("ix_rendering_language", "rendering", ["language"])


def downgrade() -> None:
    op.drop_index("ix_rendering_language", "rendering")
    with op.batch_alter_table("search_entry") as batch:
        for column, table in REFERRED:
            batch.create_foreign_key(f"fk_search_entry_{column}", table, [column], ["id"])
    if op.get_context().dialect.name == "postgresql":
        op.create_foreign_key("fk_full_text_id", "full_text", "search_entry", ["id"], ["id"])
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_table(
        "band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_band_rendering_id"),
        sa.PrimaryKeyConstraint("band", "rendering_id", name="pk_band"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    band = sa.table("band", sa.column("band"), sa.column("rendering_id"))
    sketch = sa.table("sketch", sa.column("rendering_id"), sa.column("sketch"))
    last = 0
    while rows := connection.execute(
        sa.select(sketch).where(sketch.c.rendering_id > last).order_by(sketch.c.rendering_id).limit(SOME)
    ).all():
        connection.execute(
            band.insert(),
            [
                {"band": number, "rendering_id": row.rendering_id}
                for row in rows
                for number in sorted(set(_bands(row.sketch)))
            ],
        )
        last = rows[-1].rendering_id


def _bands(sketch: bytes) -> Iterator[int]:
    """The numbers of a sketch's bands, as that schema had them."""
    width = len(sketch) // BANDS
    for number in range(BANDS):
        part = sketch[number * width : (number + 1) * width]
        digest = hashlib.blake2b(part, digest_size=8, salt=number.to_bytes(2, "big")).digest()
        yield int.from_bytes(digest, "big", signed=True)
