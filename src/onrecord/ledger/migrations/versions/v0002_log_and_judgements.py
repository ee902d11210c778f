"""The log of all that was done, and what persons judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
    )
    op.create_index("ix_entry_subject", "entry", ["subject"])
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_judgement_entry_id"),
        sa.ForeignKeyConstraint(["undoes"], ["judgement.id"], name="fk_judgement_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_judgement"),
        sa.UniqueConstraint("undoes", name="uq_judgement_undoes"),
    )
    op.create_index("ix_judgement_subject", "judgement", ["subject"])


def downgrade() -> None:
    op.drop_table("judgement")
    op.drop_table("entry")
