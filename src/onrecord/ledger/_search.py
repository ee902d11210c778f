"""Full text: each text is indexed by the stems of its own language; words are looked for in every language.

The index itself is each database's own (`_full_text`).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from onrecord.ledger import _full_text, _log
from onrecord.ledger._bulk import asked, rows_for
from onrecord.ledger._columns import keep, recalled
from onrecord.ledger._current import first_locator, published_of
from onrecord.ledger._facets import Fitting, Places
from onrecord.ledger._ids import page_id
from onrecord.ledger._records import Facets, SearchFilter, SearchHit
from onrecord.ledger._renderings import Rendered
from onrecord.ledger._schema import PageRow, RenderingRow, SearchEntryRow, StatementRow
from onrecord.ledger._snapshot import Snapshot
from onrecord.ledger._stems import UNDETERMINED, stem, words

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_SEARCHES = 64
"""Searches of which what the index found is kept, 160 kB each at most."""
_SNIPPET = 180
"""Characters of a snippet, about two lines of a terminal."""
_BEFORE = 60
"""Characters of it before the first word found."""


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
    .where(asked(SearchEntryRow.id))
)


def searchable(title: str | None, text_: str) -> str:
    """What of a page is indexed: its text, under its title where that does not stand in it."""
    return text_ if not title or title in text_ else f"{title}\n\n{text_}"


class Search(NamedTuple):
    """The places that were found; there are `more` where these are the `CANDIDATES` indexed last."""

    places: Places
    more: bool


class Searches:
    """What the index found for the words that were last asked for: it is narrowed, counted and paged without
    being asked again, for as long as nothing is added to the ledger."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def found(
        self, connection: Connection, snapshot: Snapshot, rendered: Rendered, asked: str, to: SearchFilter
    ) -> Search:
        """The places that hold all the words (those in double quotes side by side). `rendered` is of the
        snapshot's pages."""
        phrases = _phrases(asked)
        place = _log.mark(connection), str(phrases), to.language
        fitting: Fitting | None = recalled(self._kept, "fitting", place)
        if fitting is None:
            known = sorted({code or UNDETERMINED for code in rendered.codes})
            languages = [code for code in known if to.language in (None, code)]
            fitting = Fitting.of(_fitting(connection, phrases, languages))
            keep(self._kept, "fitting", place, fitting, most=_SEARCHES)
        places = Places.current(snapshot, rendered, fitting).narrowed(to)
        return Search(places, len(fitting.entry) >= _full_text.CANDIDATES)


def search(
    connection: Connection, found: Search, asked: str, limit: int, after: int = 0
) -> tuple[SearchHit, ...]:
    """Of what was found for the words so many, best first, behind the first `after`."""
    best = found.places.best(after + limit)[after:] if limit > 0 else []
    rows = {row.id: row for row in rows_for(connection, _TOLD, (id for id, _ in best))}
    phrases = _phrases(asked)
    return tuple(_hit(rows[id], phrases, -rank) for id, rank in best)


def facets(found: Search) -> Facets:
    """How what was found falls apart by what it could be narrowed to."""
    return found.places.facets(more=found.more)


def _phrases(asked: str) -> list[list[str]]:
    phrases = [[word for _, _, word in words(quoted or bare)] for quoted, bare in _PHRASE.findall(asked)]
    return [phrase for phrase in phrases if phrase]


def _fitting(
    connection: Connection, phrases: list[list[str]], languages: list[str]
) -> Iterable[tuple[int, float, int, int | None]]:
    """The entries that hold all the phrases, as `Fitting.of` takes them."""
    if not phrases or not languages:
        return []
    wanted = {code: [[stem(word, code) for word in phrase] for phrase in phrases] for code in languages}
    found = _full_text.ask(connection, wanted)
    query = select(found.id, found.rank, SearchEntryRow.rendering_id, SearchEntryRow.statement_id)
    rows = connection.execute(query.join(SearchEntryRow, SearchEntryRow.id == found.id)).all()
    return ((id, rank, rendering, said) for id, rank, rendering, said in rows)


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
