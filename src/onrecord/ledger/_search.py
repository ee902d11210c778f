"""Full text: each text is indexed by the stems of its own language; words are looked for in every language.

The index itself is each database's own (`_full_text`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from onrecord.ledger import _full_text
from onrecord.ledger._current import current, first_locator, published_of
from onrecord.ledger._ids import page_id
from onrecord.ledger._records import Facets, SearchFilter, SearchHit
from onrecord.ledger._schema import (
    PageRow,
    ReadingRow,
    RenderingRow,
    SearchEntryRow,
    StatementRow,
)
from onrecord.ledger._stems import stem, words

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_SNIPPET = 180
"""Characters of a snippet, about two lines of a terminal."""
COUNTED = 5_000
"""Places of which facets tell; a word that stands in more is one to be narrowed anyhow."""
_VALUES = 12
"""Values that a facet has at most, those of most places."""
_BEFORE = 60
"""Characters of it before the first word found."""


def searchable(title: str | None, text_: str) -> str:
    """What of a page is indexed: its text, under its title where that does not stand in it."""
    return text_ if not title or title in text_ else f"{title}\n\n{text_}"


def search(
    connection: Connection, asked: str, narrowed: SearchFilter, limit: int, after: int = 0
) -> tuple[SearchHit, ...]:
    """The places that hold all the words asked for (those in double quotes side by side), best first."""
    phrases = _phrases(asked)
    query = _asked(connection, phrases, narrowed) if limit > 0 else None
    if query is None:
        return ()
    query = query.add_columns(*RenderingRow.__table__.c, first_locator(PageRow.digest).label("place"))
    rows = connection.execute(query.limit(limit).offset(after))
    return tuple(_hit(row, phrases) for row in rows)


def facets(connection: Connection, asked: str, narrowed: SearchFilter) -> Facets:
    """How the places found, at most `COUNTED` of the best, fall apart by what they could be narrowed to."""
    query = _asked(connection, _phrases(asked), narrowed)
    if query is None:
        return Facets(0, False, {})
    query = query.add_columns(
        RenderingRow.language, RenderingRow.outlet, RenderingRow.published_value, StatementRow.type
    )
    rows = connection.execute(query.limit(COUNTED + 1)).all()
    more, rows = len(rows) > COUNTED, rows[:COUNTED]
    counted: dict[str, Counter[str]] = {
        "kind": Counter("statement" if row.public_id else "page" for row in rows),
        "language": Counter(row.language for row in rows if row.language),
        "outlet": Counter(row.outlet for row in rows if row.outlet),
        "year": Counter(row.published_value[:4] for row in rows if row.published_value),
        "type": Counter(row.type for row in rows if row.type),
    }
    by = {
        name: tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_VALUES])
        for name, counts in counted.items()
    }
    return Facets(len(rows), more, by)


def _phrases(asked: str) -> list[list[str]]:
    phrases = [[word for _, _, word in words(quoted or bare)] for quoted, bare in _PHRASE.findall(asked)]
    return [phrase for phrase in phrases if phrase]


def _asked(
    connection: Connection, phrases: list[list[str]], narrowed: SearchFilter
) -> Select[*tuple[Any, ...]] | None:
    """The question for the places that hold all the phrases, best first; None where none can."""
    known = sorted(connection.scalars(select(SearchEntryRow.language).distinct()))
    languages = [code for code in known if narrowed.language in (None, code)]
    if not phrases or not languages:
        return None
    wanted = {code: [[stem(word, code) for word in phrase] for phrase in phrases] for code in languages}
    found = _full_text.ask(connection, wanted)
    statement_reading = aliased(ReadingRow)
    query = (
        select(
            SearchEntryRow.language.label("stemmed_as"),
            PageRow.digest,
            StatementRow.public_id,
            StatementRow.quote,
            found.rank.label("rank"),
        )
        .select_from(found.table)
        .join(SearchEntryRow, SearchEntryRow.id == found.id)
        .join(RenderingRow, RenderingRow.id == SearchEntryRow.rendering_id)
        .join(PageRow, PageRow.id == RenderingRow.page_id)
        .join(ReadingRow, and_(ReadingRow.rendering_id == RenderingRow.id, current(ReadingRow)))
        .outerjoin(StatementRow, StatementRow.id == SearchEntryRow.statement_id)
        .outerjoin(statement_reading, statement_reading.id == StatementRow.reading_id)
        .where(
            found.where,
            or_(SearchEntryRow.statement_id.is_(None), statement_reading.id == ReadingRow.id),
        )
        .order_by(found.rank, PageRow.digest, func.coalesce(StatementRow.public_id, ""))
    )
    if narrowed.kind is not None:
        is_page = SearchEntryRow.statement_id.is_(None)
        query = query.where(is_page if narrowed.kind == "page" else ~is_page)
    if narrowed.outlet is not None:
        query = query.where(RenderingRow.outlet == narrowed.outlet)
    if narrowed.year is not None:
        query = query.where(func.substr(RenderingRow.published_value, 1, 4) == narrowed.year)
    if narrowed.type is not None:
        query = query.where(StatementRow.type == narrowed.type)
    return query


def _hit(row: Row[*tuple[Any, ...]], phrases: list[list[str]]) -> SearchHit:
    body = row.quote if row.public_id else searchable(row.title, row.text)
    wanted = {stem(word, row.stemmed_as) for phrase in phrases for word in phrase}
    found = [(start, end) for start, end, word in words(body) if stem(word, row.stemmed_as) in wanted]
    snippet, marks = _snippet(body, found)
    return SearchHit(
        page_id=page_id(row.digest),
        statement_id=row.public_id,
        locator=row.place,
        outlet=row.outlet,
        title=row.title,
        published=published_of(row),
        language=row.language,
        snippet=snippet,
        marks=marks,
        score=-row.rank,
    )


def _snippet(body: str, found: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A piece of `body` around the first word found, cut between words, its line breaks as blanks."""
    first = found[0][0] if found else 0
    start = max(first - _BEFORE, 0)
    while 0 < start < first and not body[start - 1].isspace():
        start += 1
    end = min(start + _SNIPPET, len(body))
    while first < end < len(body) and not body[end].isspace():
        end -= 1
    head, tail = "… " if start else "", " …" if end < len(body) else ""
    shift = len(head) - start
    piece = "".join(" " if character.isspace() else character for character in body[start:end])
    marks = tuple((s + shift, e + shift) for s, e in found if start <= s and e <= end)
    return head + piece + tail, marks
