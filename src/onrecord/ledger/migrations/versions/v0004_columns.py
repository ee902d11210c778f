"""What dossiers are counted from: words by number, readings in columns, and names as they are looked up.

The tables are filled by `onrecord.ledger._derived`, once the schema is up to date.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


KEYED = ("band", "source", "unread_name", "mention", "mention_name")
"""Tables whose rows are hardly more than their key. On SQLite they are kept by it alone, and not also by a
row number, which would write each row twice."""


def _keep_by_key(*, alone: bool) -> None:
    if op.get_context().dialect.name == "sqlite":
        for table in KEYED:
            with op.batch_alter_table(
                table, recreate="always", table_kwargs={"sqlite_with_rowid": not alone}
            ):
                pass


def upgrade() -> None:
    op.create_table(
        "code",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_code"),
        sa.UniqueConstraint("kind", "text", name="uq_code_kind_text"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "called",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", "name", name="pk_called"),
        sqlite_with_rowid=False,
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
    _keep_by_key(alone=True)
    op.drop_index("ix_mention_name_name", "mention_name")
    op.create_index("ix_mention_name_key_name", "mention_name", ["key", "name"])


def downgrade() -> None:
    op.drop_index("ix_mention_name_key_name", "mention_name")
    op.create_index("ix_mention_name_name", "mention_name", ["name"])
    _keep_by_key(alone=False)
    for table in ("segment", "called", "code"):
        op.drop_table(table)
