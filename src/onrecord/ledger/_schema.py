"""The ledger's tables. Rows are only ever inserted: what is newer supersedes by being newer.

A `page` is its bytes; a `sighting` says what was found at a place at a time; a `rendering` is a page's bytes
made text (a newer version of On Record may render the same bytes otherwise); a `reading` is what a reader in
one version took from a rendering, and owns statements, unread sentences and mentions of entities. An `entry`
tells in the log what was done, a `judgement` what a person judged, and a `deposit` keeps bytes that another
room handed over. The current reading of a page is the one with the highest id. Offsets count characters of
`rendering.original`, but for those of `block`, which count characters of `rendering.text`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    insert,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from onrecord.ledger._types import UtcDateTime, Words

HEAD = "0008"
"""The revision that this version writes: the newest in `migrations/versions` (a test holds them together)."""


class Base(DeclarativeBase):
    """The tables, with constraint names that are the same on every database (migrations need them)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Words(), float: Double(), datetime: UtcDateTime()}  # noqa: RUF012  (SQLAlchemy's own way)


_BY_KEY = {"sqlite_with_rowid": False}
"""For tables whose rows are hardly more than their key: SQLite then keeps them by it alone."""


class PageRow(Base):
    """A page: bytes, known by their SHA-256."""

    __tablename__ = "page"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    learned_at: Mapped[datetime]


class SightingRow(Base):
    """What was found at a place: a page (`code` is null), or why it could not be read."""

    __tablename__ = "sighting"
    id: Mapped[int] = mapped_column(primary_key=True)
    locator: Mapped[str]
    digest: Mapped[str | None] = mapped_column(String(64), index=True)
    code: Mapped[str | None]
    message: Mapped[str | None]
    learned_at: Mapped[datetime]
    __table_args__ = (Index(None, "locator", "id"),)


class RenderingRow(Base):
    """A page made text. `published_until` is the last day of the period that `published_value` names."""

    __tablename__ = "rendering"
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    locator: Mapped[str]
    encoding: Mapped[str]
    outlet: Mapped[str | None]
    title: Mapped[str | None]
    published_value: Mapped[str | None]
    published_precision: Mapped[str | None]
    published_evidence: Mapped[str | None]
    published_confidence: Mapped[float | None]
    published_until: Mapped[str | None] = mapped_column(String(10), index=True)
    language: Mapped[str | None] = mapped_column(index=True)
    language_confidence: Mapped[float]
    original: Mapped[str]
    text: Mapped[str]
    offsets: Mapped[str]
    learned_at: Mapped[datetime]
    credit: Mapped[str | None]
    __table_args__ = (UniqueConstraint("page_id", "fingerprint"),)


class RunRow(Base):
    """A stretch of the original, kept or dropped, and why."""

    __tablename__ = "run"
    rendering_id: Mapped[int] = mapped_column(ForeignKey("rendering.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    kept: Mapped[bool]
    reason: Mapped[str]


class BlockRow(Base):
    """A paragraph of the clean text."""

    __tablename__ = "block"
    rendering_id: Mapped[int] = mapped_column(ForeignKey("rendering.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]


class ReadingRow(Base):
    """What one reader in one version took from a page."""

    __tablename__ = "reading"
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    rendering_id: Mapped[int] = mapped_column(ForeignKey("rendering.id"))
    reader: Mapped[str]
    version: Mapped[str]
    learned_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("page_id", "reader", "version"), Index(None, "page_id", "id"))


class StatementRow(Base):
    """A statement. `sentence` is null where the quote is the whole sentence."""

    __tablename__ = "statement"
    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"))
    public_id: Mapped[str] = mapped_column(String(12))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    sentence_start: Mapped[int]
    sentence_end: Mapped[int]
    sentence: Mapped[str | None]
    type: Mapped[str]
    actor: Mapped[str | None]
    target: Mapped[str | None]
    status: Mapped[str]
    topic: Mapped[str | None]
    when: Mapped[str | None]
    confidence: Mapped[float]
    rule: Mapped[str]
    scope: Mapped[str | None]
    __table_args__ = (UniqueConstraint("reading_id", "public_id"),)


class SourceRow(Base):
    """One link of a statement's chain of sources, nearest to the fact first."""

    __tablename__ = "source"
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entity_key: Mapped[str]
    __table_args__ = _BY_KEY


class UnreadRow(Base):
    """A sentence that names somebody and from which no statement was read."""

    __tablename__ = "unread"
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    sentence: Mapped[str]


class UnreadNameRow(Base):
    """An entity that an unread sentence names."""

    __tablename__ = "unread_name"
    reading_id: Mapped[int] = mapped_column(primary_key=True)
    unread_position: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entity_key: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["reading_id", "unread_position"], ["unread.reading_id", "unread.position"]),
        _BY_KEY,
    )


class MentionRow(Base):
    """An entity as one reading of a page knows it."""

    __tablename__ = "mention"
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    country: Mapped[str | None]
    __table_args__ = _BY_KEY


class MentionNameRow(Base):
    """A form under which a page calls an entity."""

    __tablename__ = "mention_name"
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = _BY_KEY


class CalledRow(Base):
    """A name that any reading ever had for an entity; its key is one. `folded` is the name in small letters,
    by which it is looked up."""

    __tablename__ = "called"
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(index=True)
    __table_args__ = _BY_KEY


class CodeRow(Base):
    """The number of a word of some kind, by which the columns speak of it (see `_codes`)."""

    __tablename__ = "code"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    __table_args__ = (UniqueConstraint("kind", "text"), _BY_KEY)


class SegmentRow(Base):
    """What the readings `first` to `last` say, in columns (see `_columns`). Derived, and merged as they
    grow in number."""

    __tablename__ = "segment"
    last: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[int]
    readings: Mapped[int]
    data: Mapped[bytes]
    __table_args__ = (Index(None, "readings", "last"),)


class SketchRow(Base):
    """The MinHash sketch of a rendering's text (see `_copies`)."""

    __tablename__ = "sketch"
    rendering_id: Mapped[int] = mapped_column(ForeignKey("rendering.id"), primary_key=True)
    sketch: Mapped[bytes]


class CopyRow(Base):
    """A rendering whose text is a near-copy of another's, and the share of it that they have in common."""

    __tablename__ = "copy"
    rendering_id: Mapped[int] = mapped_column(ForeignKey("rendering.id"), primary_key=True)
    of_id: Mapped[int] = mapped_column(ForeignKey("rendering.id"), primary_key=True, index=True)
    likeness: Mapped[float]
    learned_at: Mapped[datetime]


class EntryRow(Base):
    """Something that was done, in the log (see `_log`). `detail` is JSON."""

    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    learned_at: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))


class JudgementRow(Base):
    """What a person judged; its entry in the log tells who and when. `payload` is JSON. An undo names the
    judgement that it `undoes`.
    """

    __tablename__ = "judgement"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    payload: Mapped[str]
    why: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("judgement.id"), unique=True)


class DepositRow(Base):
    """Bytes that another room handed over, compressed (see `_deposits`); their entry in the log tells who and
    when. `digest` and `size` are those of the bytes as they were given. `detail` is JSON.
    """

    __tablename__ = "deposit"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    detail: Mapped[str]
    data: Mapped[bytes]
    __table_args__ = (Index(None, "kind", "name", "id"),)


class SearchEntryRow(Base):
    """A text that the full-text index holds under this id: a rendering's, or a statement's quote.

    The index itself is the database's own affair (FTS5 on SQLite, see `_search`). Both are derived, and made
    with the rows that they are of, so no key is checked.
    """

    __tablename__ = "search_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    rendering_id: Mapped[int]
    statement_id: Mapped[int | None]
    language: Mapped[str]


def insert_row(connection: Connection, row: type[Base], **values: object) -> int:
    """Insert one row of a table that has an `id`; the id that it got."""
    key = connection.execute(insert(row).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])
