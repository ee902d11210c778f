"""What dossiers are counted from: words by number, readings in columns, and names as they are looked up.

The tables are filled by `onrecord.ledger._derived`, once the schema is up to date.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "code",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_code"),
        sa.UniqueConstraint("kind", "text", name="uq_code_kind_text"),
    )
    op.create_table(
        "called",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", "name", name="pk_called"),
    )
    op.create_index("ix_called_folded", "called", ["folded"])
    op.create_table(
        "segment",
        sa.Column("last", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("last", name="pk_segment"),
    )
    op.create_index("ix_segment_readings_last", "segment", ["readings", "last"])
    op.drop_index("ix_mention_name_name", "mention_name")
    op.create_index("ix_mention_name_key_name", "mention_name", ["key", "name"])


def downgrade() -> None:
    op.drop_index("ix_mention_name_key_name", "mention_name")
    op.create_index("ix_mention_name_name", "mention_name", ["name"])
    for table in ("segment", "called", "code"):
        op.drop_table(table)
