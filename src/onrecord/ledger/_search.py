"""Full text: each text is indexed by the stems of its own language; words are looked for in every language.

The index itself is each database's own (`_full_text`).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from onrecord.ledger import _full_text
from onrecord.ledger._bulk import ASKED, chunks
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
from onrecord.ledger._stems import UNDETERMINED, stem, words

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_VALUES = 12
"""Values that a facet has at most, those of most places."""
_SNIPPET = 180
"""Characters of a snippet, about two lines of a terminal."""
_BEFORE = 60
"""Characters of it before the first word found."""


_STATED = aliased(ReadingRow)
_NOW = (
    select(SearchEntryRow.id, PageRow.digest, StatementRow.public_id)
    .join(RenderingRow, RenderingRow.id == SearchEntryRow.rendering_id)
    .join(PageRow, PageRow.id == RenderingRow.page_id)
    .join(
        ReadingRow,
        and_(
            ReadingRow.page_id == RenderingRow.page_id,
            ReadingRow.rendering_id == RenderingRow.id,
            current(ReadingRow),
        ),
    )
    .outerjoin(StatementRow, StatementRow.id == SearchEntryRow.statement_id)
    .outerjoin(_STATED, _STATED.id == StatementRow.reading_id)
    .where(SearchEntryRow.id.in_(ASKED))
    .where(or_(SearchEntryRow.statement_id.is_(None), _STATED.id == ReadingRow.id))
)
_LANGUAGES = select(RenderingRow.language).distinct()
_TOLD = (
    select(
        SearchEntryRow.id,
        SearchEntryRow.language.label("stemmed_as"),
        PageRow.digest,
        first_locator(PageRow.digest).label("locator"),
        *(c for c in RenderingRow.__table__.c if c.name not in ("id", "locator", "original", "offsets")),
        StatementRow.public_id,
        StatementRow.quote,
    )
    .join(RenderingRow, RenderingRow.id == SearchEntryRow.rendering_id)
    .join(PageRow, PageRow.id == RenderingRow.page_id)
    .outerjoin(StatementRow, StatementRow.id == SearchEntryRow.statement_id)
    .where(SearchEntryRow.id.in_(ASKED))
)


def searchable(title: str | None, text_: str) -> str:
    """What of a page is indexed: its text, under its title where that does not stand in it."""
    return text_ if not title or title in text_ else f"{title}\n\n{text_}"


def search(
    connection: Connection, asked: str, narrowed: SearchFilter, limit: int, after: int = 0
) -> tuple[SearchHit, ...]:
    """The places that hold all the words asked for (those in double quotes side by side), best first: of the
    `CANDIDATES` places that were indexed last, where there are more."""
    phrases = _phrases(asked)
    fitting = _fitting(connection, phrases, narrowed) if limit > 0 else []
    best = _best(connection, fitting, _now(narrowed), after + limit)[after:]
    rows = {
        row.id: row
        for some in chunks([id for id, _ in best])
        for row in connection.execute(_TOLD, {"asked": some}).all()
    }
    return tuple(_hit(rows[id], phrases, -rank) for id, rank in best)


def facets(connection: Connection, asked: str, narrowed: SearchFilter) -> Facets:
    """How the places found fall apart by what they could be narrowed to: of the `CANDIDATES` places that
    were indexed last, where there are more."""
    fitting = _fitting(connection, _phrases(asked), narrowed)
    query = _now(narrowed).add_columns(
        RenderingRow.language, RenderingRow.outlet, RenderingRow.published_value, StatementRow.type
    )
    rows = [
        row
        for some in chunks(sorted(id for _, id in fitting))
        for row in connection.execute(query, {"asked": some}).all()
    ]
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
        if counts
    }
    return Facets(len(rows), len(fitting) >= _full_text.CANDIDATES, by)


def _phrases(asked: str) -> list[list[str]]:
    phrases = [[word for _, _, word in words(quoted or bare)] for quoted, bare in _PHRASE.findall(asked)]
    return [phrase for phrase in phrases if phrase]


def _fitting(
    connection: Connection, phrases: list[list[str]], narrowed: SearchFilter
) -> list[tuple[float, int]]:
    """The ranks and ids of entries that hold all the phrases."""
    known = sorted({code or UNDETERMINED for code in connection.scalars(_LANGUAGES)})
    languages = [code for code in known if narrowed.language in (None, code)]
    if not phrases or not languages:
        return []
    wanted = {code: [[stem(word, code) for word in phrase] for phrase in phrases] for code in languages}
    found = _full_text.ask(connection, wanted)
    rows = connection.execute(select(found.id.label("id"), found.rank.label("rank"))).all()
    return [(rank, id) for id, rank in rows]


def _now(narrowed: SearchFilter) -> Select[*tuple[Any, ...]]:
    """The question which of the entries asked for are of current readings, and of what is wanted."""
    query = _NOW
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


def _best(
    connection: Connection,
    fitting: list[tuple[float, int]],
    now: Select[*tuple[Any, ...]],
    limit: int,
) -> list[tuple[int, float]]:
    """The entries that fit best and are of current readings, with their ranks; those that fit alike by page
    and statement. Texts that fit as well as each other are many, so they are looked up as they are needed."""
    found: list[tuple[int, float]] = []
    batch: list[tuple[float, int]] = []
    for _, alike in groupby(sorted(fitting), key=lambda one: one[0]):
        batch += alike
        if len(found) + len(batch) >= limit:
            found += _current(connection, now, batch)
            batch = []
        if len(found) >= limit:
            break
    return [*found, *_current(connection, now, batch)][:limit]


def _current(
    connection: Connection, now: Select[*tuple[Any, ...]], entries: list[tuple[float, int]]
) -> list[tuple[int, float]]:
    ranks = {id: rank for rank, id in entries}
    rows = [
        (ranks[id], digest, statement or "", id)
        for some in chunks(sorted(ranks))
        for id, digest, statement in connection.execute(now, {"asked": some}).all()
    ]
    return [(id, rank) for rank, *_, id in sorted(rows)]


def _hit(row: Row[*tuple[Any, ...]], phrases: list[list[str]], score: float) -> SearchHit:
    body = row.quote if row.public_id else searchable(row.title, row.text)
    wanted = {stem(word, row.stemmed_as) for phrase in phrases for word in phrase}
    found = [(start, end) for start, end, word in words(body) if stem(word, row.stemmed_as) in wanted]
    snippet, marks = _snippet(body, found)
    return SearchHit(
        page_id=page_id(row.digest),
        statement_id=row.public_id,
        locator=row.locator,
        outlet=row.outlet,
        title=row.title,
        published=published_of(row),
        language=row.language,
        snippet=snippet,
        marks=marks,
        score=score,
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
