"""The first ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("digest", name="uq_page_digest"),
    )
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locator", TEXT, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("message", TEXT, nullable=True),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sighting"),
    )
    op.create_index("ix_sighting_digest", "sighting", ["digest"])
    op.create_index("ix_sighting_locator_id", "sighting", ["locator", "id"])
    op.create_table(
        "rendering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("locator", TEXT, nullable=False),
        sa.Column("encoding", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("published_value", TEXT, nullable=True),
        sa.Column("published_precision", TEXT, nullable=True),
        sa.Column("published_evidence", TEXT, nullable=True),
        sa.Column("published_confidence", sa.Double(), nullable=True),
        sa.Column("published_until", sa.String(length=10), nullable=True),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("language_confidence", sa.Double(), nullable=False),
        sa.Column("original", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("offsets", TEXT, nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_rendering_page_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rendering"),
        sa.UniqueConstraint("page_id", "fingerprint", name="uq_rendering_page_id_fingerprint"),
    )
    op.create_index("ix_rendering_published_until", "rendering", ["published_until"])
    op.create_table(
        "block",
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_block_rendering_id"),
        sa.PrimaryKeyConstraint("rendering_id", "position", name="pk_block"),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.Column("reader", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_reading_page_id"),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_reading_rendering_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.UniqueConstraint("page_id", "reader", "version", name="uq_reading_page_id_reader_version"),
    )
    op.create_index("ix_reading_page_id_id", "reading", ["page_id", "id"])
    op.create_table(
        "run",
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_run_rendering_id"),
        sa.PrimaryKeyConstraint("rendering_id", "position", name="pk_run"),
    )
    op.create_table(
        "mention",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_mention_reading_id"),
        sa.PrimaryKeyConstraint("reading_id", "key", name="pk_mention"),
    )
    op.create_index("ix_mention_key", "mention", ["key"])
    op.create_table(
        "mention_name",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_mention_name_reading_id"),
        sa.PrimaryKeyConstraint("reading_id", "key", "name", name="pk_mention_name"),
    )
    op.create_index("ix_mention_name_name", "mention_name", ["name"])
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", TEXT, nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("sentence", TEXT, nullable=True),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=True),
        sa.Column("target", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("topic", TEXT, nullable=True),
        sa.Column("when", TEXT, nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_statement_reading_id"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("reading_id", "public_id", name="uq_statement_reading_id_public_id"),
    )
    op.create_index("ix_statement_actor", "statement", ["actor"])
    op.create_index("ix_statement_public_id", "statement", ["public_id"])
    op.create_index("ix_statement_target", "statement", ["target"])
    op.create_table(
        "unread",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_unread_reading_id"),
        sa.PrimaryKeyConstraint("reading_id", "position", name="pk_unread"),
    )
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rendering_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("language", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["rendering_id"], ["rendering.id"], name="fk_search_entry_rendering_id"),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_search_entry_statement_id"),
        sa.PrimaryKeyConstraint("id", name="pk_search_entry"),
    )
    op.create_index("ix_search_entry_language", "search_entry", ["language"])
    op.create_index("ix_search_entry_rendering_id", "search_entry", ["rendering_id"])
    op.create_table(
        "source",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity_key", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_source_statement_id"),
        sa.PrimaryKeyConstraint("statement_id", "position", name="pk_source"),
    )
    op.create_index("ix_source_entity_key", "source", ["entity_key"])
    op.create_table(
        "unread_name",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("unread_position", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity_key", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id", "unread_position"],
            ["unread.reading_id", "unread.position"],
            name="fk_unread_name_reading_id_unread_position",
        ),
        sa.PrimaryKeyConstraint("reading_id", "unread_position", "position", name="pk_unread_name"),
    )
    op.create_index("ix_unread_name_entity_key", "unread_name", ["entity_key"])
    if op.get_bind().dialect.name == "postgresql":
        op.create_table(
            "full_text",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("language", TEXT, nullable=False),
            sa.Column("stems", TSVECTOR(), nullable=False),
            sa.ForeignKeyConstraint(["id"], ["search_entry.id"], name="fk_full_text_id"),
            sa.PrimaryKeyConstraint("id", name="pk_full_text"),
        )
        op.create_index("ix_full_text_stems", "full_text", ["stems"], postgresql_using="gin")
    else:
        # No content of its own, since nobody reads stems. It parts words as `_stems` does.
        op.execute(
            "CREATE VIRTUAL TABLE full_text USING fts5("
            "language, stems, content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
        )


def downgrade() -> None:
    for table in (
        "full_text",
        "search_entry",
        "unread_name",
        "unread",
        "source",
        "statement",
        "mention_name",
        "mention",
        "reading",
        "block",
        "run",
        "rendering",
        "sighting",
        "page",
    ):
        op.drop_table(table)
