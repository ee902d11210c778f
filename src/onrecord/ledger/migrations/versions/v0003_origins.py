"""What tells origins: the agency that a page credits, and the near-copies of a page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("rendering", sa.Column("credit", TEXT, nullable=True))
    op.create_table(
        "sketch",
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_sketch_rendering_id"),
        sa.PrimaryKeyConstraint("rendering_id", name="pk_sketch"),
    )
    op.create_table(
        "band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_band_rendering_id"),
        sa.PrimaryKeyConstraint("band", "rendering_id", name="pk_band"),
    )
    op.create_table(
        "copy",
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.Column("of_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_copy_rendering_id"),
        sa.ForeignKeyConstraint(["of_id"], ["rendering.id"], name="fk_copy_of_id"),
        sa.PrimaryKeyConstraint("rendering_id", "of_id", name="pk_copy"),
    )
    op.create_index("ix_copy_of_id", "copy", ["of_id"])


def downgrade() -> None:
    for table in ("copy", "band", "sketch"):
        op.drop_table(table)
    with op.batch_alter_table("rendering") as batch:
        batch.drop_column("credit")
