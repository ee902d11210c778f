"""What the queries share: which readings are current, what was published when, where a page was found."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from onrecord.ledger._dates import last_day
from onrecord.ledger._errors import BadDate, Damaged
from onrecord.ledger._schema import PageRow, ReadingRow, RenderingRow, SightingRow
from onrecord.pages import Published

_HEXADECIMAL = re.compile("[0-9a-f]+")


def current(
    reading: type[ReadingRow], version: str | None = None, known_at: datetime | None = None
) -> ColumnElement[bool]:
    """Holds for the newest reading of each page; with `version`, the newest by a reader of that version; with
    `known_at`, the newest that the ledger had taken in by then."""
    newer = aliased(ReadingRow)
    superseded = [newer.page_id == reading.page_id, newer.id > reading.id]
    own: list[ColumnElement[bool]] = []
    if version is not None:
        superseded.append(newer.version == version)
        own.append(reading.version == version)
    if known_at is not None:
        superseded.append(newer.learned_at <= known_at)
        own.append(reading.learned_at <= known_at)
    return and_(~exists().where(*superseded), *own)


def published_by(as_of: str, *, undated: bool) -> ColumnElement[bool]:
    """Holds for renderings surely published by the end of the day, month or year `as_of`.

    A page dated to a month counts from its end. `undated` says whether those without a date count.
    """
    surely = RenderingRow.published_until <= last_day(as_of)
    return or_(surely, RenderingRow.published_until.is_(None)) if undated else surely


def first_locator(digest: SQLCoreOperations[str]) -> ScalarSelect[str]:
    """The first place, by the alphabet, where a page was found: the same in whatever order pages are read."""
    # What is known of places is not asked as of a time: a page's place is no fact about a supplier.
    return (
        select(func.min(SightingRow.locator))
        .where(SightingRow.digest == digest, SightingRow.code.is_(None))
        .scalar_subquery()
    )


def begins(id: SQLCoreOperations[str], prefix: str) -> ColumnElement[bool]:
    """Holds for ids, which are hexadecimal digits in small letters, that begin so. As a range, for which the
    index serves on either database; LIKE would read all rows. In whatever way a server sorts text, "g" comes
    behind "f"."""
    if not _HEXADECIMAL.fullmatch(prefix):
        return false()
    return and_(id >= prefix, id < prefix + "g")


def published_of(row: Row[*tuple[Any, ...]]) -> Published | None:
    """The date of publication in a row that holds a rendering's columns. `Damaged` where it is none."""
    if row.published_value is None:
        return None
    try:
        last_day(row.published_value)
    except BadDate as error:
        raise Damaged(f"a page is dated {row.published_value!r}") from error
    return Published(
        value=row.published_value,
        precision=row.published_precision,
        evidence=row.published_evidence,
        confidence=row.published_confidence,
    )


def page_order(published: Published | None, outlet: str | None, locator: str) -> tuple[bool, str, str, str]:
    """Sorts by date of publication (those without one last), outlet and place."""
    return (published is None, published.value if published else "", outlet or "", locator)


PAGE_COLUMNS = (
    PageRow.digest,
    first_locator(PageRow.digest).label("locator"),
    RenderingRow.outlet,
    RenderingRow.title,
    RenderingRow.published_value,
    RenderingRow.published_precision,
    RenderingRow.published_evidence,
    RenderingRow.published_confidence,
    RenderingRow.language,
    RenderingRow.credit,
    ReadingRow.reader,
    ReadingRow.version,
)
"""The columns that every answer shows of a page."""


def scope(
    *,
    as_of: str | None = None,
    known_at: datetime | None = None,
    version: str | None = None,
    page: str | None = None,
    undated: bool = True,
) -> list[ColumnElement[bool]]:
    """The conditions on readings that a query asks for."""
    conditions = [current(ReadingRow, version, known_at)]
    if as_of is not None:
        conditions.append(published_by(as_of, undated=undated))
    elif not undated:
        conditions.append(RenderingRow.published_until.is_not(None))
    if page is not None:
        conditions.append(begins(PageRow.digest, page))
    return conditions


def joined(
    query: Select[*tuple[Any, ...]], conditions: list[ColumnElement[bool]]
) -> Select[*tuple[Any, ...]]:
    """A question about readings that may speak of their renderings and pages too, under conditions."""
    return (
        query.join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
        .join(PageRow, PageRow.id == ReadingRow.page_id)
        .where(*conditions)
    )
