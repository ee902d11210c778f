"""The log of all that was done, and what persons judged."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

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
    _begin()


def _begin() -> None:
    """Note in the log which readings are older than it, and so without a seal."""
    connection = op.get_bind()
    last = connection.scalar(sa.text("SELECT max(id) FROM reading"))
    if last is None:
        return
    at = datetime.now(UTC)
    told = [
        "0" * 64,
        at.isoformat(),
        "onrecord",
        "begin",
        "",
        json.dumps({"readings": last}, separators=(",", ":")),
    ]
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    entry = sa.table(
        "entry", *(sa.column(name) for name in ("learned_at", "who", "action", "subject", "detail", "digest"))
    )
    connection.execute(
        sa.insert(entry).values(
            learned_at=sa.literal(at.replace(tzinfo=None), sa.DateTime()),
            who=told[2],
            action=told[3],
            subject=told[4],
            detail=told[5],
            digest=digest,
        )
    )


def downgrade() -> None:
    op.drop_table("judgement")
    op.drop_table("entry")
