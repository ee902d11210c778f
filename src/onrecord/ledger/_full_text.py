"""The two databases' full-text indexes over `search_entry`: SQLite's FTS5, PostgreSQL's tsvector.

Both hold the stems that `_stems` makes, so that both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    cast,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from onrecord.ledger._bulk import insert_values

Phrases = Sequence[Sequence[str]]
"""Phrases that must all be found: each of stems that must stand side by side."""

_LAST_POSITION = 16_383
"""The last place of a word that a tsvector tells apart
(https://www.postgresql.org/docs/current/textsearch-limitations.html)."""
_BY_LENGTH = 2
"""Divide a rank by the text's length, as bm25 does in its way."""
_LONGEST = 2_000
"""Bytes of a stem that a tsvector takes (it takes 2,046)."""


CANDIDATES = 5_000
"""Texts that are ranked: those indexed last. A word that stands on every page would else have all of a
million texts ranked, which takes minutes on SQLite and seconds on a server, to show twenty."""


class Found(NamedTuple):
    """What the index found: a table to join, in it the ids of entries, and how well each fits (the lower, the
    better)."""

    table: FromClause
    id: ColumnElement[int]
    rank: ColumnElement[float]


def index(connection: Connection, entries: Iterable[tuple[int, str, list[str]]]) -> None:
    """Put texts into the index: each the id of its entry, its language, and its stems in order."""
    insert(connection, written(connection, entries))


def written(
    connection: Connection, entries: Iterable[tuple[int, str, list[str]]]
) -> list[tuple[int, str, str]]:
    """Texts, as for `index`, as the database's index takes them."""
    write = " ".join if connection.dialect.name == "sqlite" else _vector
    return [(number, language, write(stems)) for number, language, stems in entries]


def insert(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Put what is `written` into the index."""
    if rows:
        number = "rowid" if connection.dialect.name == "sqlite" else "id"
        insert_values(connection, "full_text", (number, "language", "stems"), rows)


def ask(connection: Connection, wanted: Mapping[str, Phrases]) -> Found:
    """Ask for texts that hold all the phrases wanted of their language: the last `CANDIDATES` of them."""
    if connection.dialect.name == "sqlite":
        entries = table("full_text", column("rowid"), column("full_text"), column("rank"))
        asked = " OR ".join(_fts5(phrases, code) for code, phrases in wanted.items())
        fitting = select(entries.c.rowid.label("id"), entries.c.rank.label("rank"))
        last = (
            fitting.where(entries.c.full_text.op("MATCH")(asked))
            .order_by(entries.c.rowid.desc())
            .limit(CANDIDATES)
            .subquery()
        )
        return Found(last, last.c.id, last.c.rank)
    entries = table("full_text", column("id"), column("language"), column("stems"))
    queries = {code: cast(_tsquery(phrases), TSQUERY) for code, phrases in wanted.items()}
    fits = [
        and_(entries.c.language == code, entries.c.stems.op("@@")(query)) for code, query in queries.items()
    ]
    last = select(entries).where(or_(*fits)).order_by(entries.c.id.desc()).limit(CANDIDATES).subquery()
    ranks = (
        (last.c.language == code, func.ts_rank_cd(last.c.stems, query, _BY_LENGTH))
        for code, query in queries.items()
    )
    return Found(last, last.c.id, -case(*ranks, else_=0.0))


def _fts5(phrases: Phrases, language: str) -> str:
    """FTS5's expression for all the phrases in one language. Stems hold no quotes, so quoting is safe."""
    wanted = " AND ".join('"{}"'.format(" ".join(phrase)) for phrase in phrases)
    return f'(language : "{language}" AND stems : ({wanted}))'


def _vector(stems: Sequence[str]) -> str:
    """Stems with their places, as a tsvector is written."""
    last = _LAST_POSITION
    return " ".join(
        [f"{_quoted(stem)}:{place if place < last else last}" for place, stem in enumerate(stems, 1) if stem]
    )


def _tsquery(phrases: Phrases) -> str:
    """All the phrases, as a tsquery is written."""
    return " & ".join("({})".format(" <-> ".join(map(_quoted, phrase))) for phrase in phrases)


@lru_cache(maxsize=65_536)
def _quoted(stem: str) -> str:
    """A stem as a tsvector's lexeme; stems hold letters, digits and underscores only (`_stems.words`)."""
    return "'" + stem.encode()[:_LONGEST].decode("utf-8", "ignore") + "'"
