"""A reading as the rows of the ledger hold it: before it is written, and read back to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import aliased

from onrecord.ledger._canonical import canonical, sha256
from onrecord.ledger._ids import as_given
from onrecord.ledger._schema import (
    CopyRow,
    MentionNameRow,
    MentionRow,
    ReadingRow,
    RenderingRow,
    SourceRow,
    StatementRow,
    UnreadNameRow,
    UnreadRow,
)

FIELDS = {
    "type": "type",
    "actor": "key",
    "target": "key",
    "status": "status",
    "topic": "topic",
    "when": "when",
    "scope": "scope",
}
"""The fields of a statement that the columns hold, each with the kind of its words."""

_SEALED_PAGE = ("outlet", "title", "published_value", "language", "original", "text", "offsets")
_SEALED_STATEMENT = (
    "public_id", "start", "end", "quote", "sentence_start", "sentence_end",
    "type", "actor", "target", "status", "topic", "when", "confidence", "rule",
)  # fmt: skip


@dataclass(slots=True)
class Kept:
    """A reading, by the name and version of its `reader`, with all that it took. `rendering` and `statements`
    are rows by their columns' names, each statement with its chain of sources; `unread` has a sentence's
    position, start, end, text and the keys that it names; `mentions` key, kind, name and country; `names` key
    and name. `copies` are the pages of which this reading's is a near-copy, each with the share of shingles
    that both have, in thousandths.
    """

    id: int
    page: int
    reader: tuple[str, str]
    learned: datetime
    rendering: Mapping[str, Any]
    statements: list[tuple[Mapping[str, Any], Sequence[str]]] = field(default_factory=list)
    unread: list[tuple[int, int, int, str, list[str]]] = field(default_factory=list)
    mentions: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    copies: list[tuple[int, int]] = field(default_factory=list)

    def seal(self) -> str:
        """The digest of all that the reading took from its page."""
        parts: list[list[object]] = [["page", *(self.rendering[name] for name in _SEALED_PAGE)]]
        parts += [
            ["statement", *(said[name] for name in _SEALED_STATEMENT), *_scope(said), *chain]
            for said, chain in sorted(self.statements, key=lambda row: str(row[0]["public_id"]))
        ]
        parts += [
            ["unread", start, end, sentence, key]
            for _, start, end, sentence, keys in self.unread
            for key in keys
        ]
        parts += [["mention", *mention] for mention in sorted(self.mentions, key=lambda m: m[0])]
        parts += [["name", *name] for name in sorted(self.names)]
        return sha256(parts)

    def called(self) -> set[tuple[str, str]]:
        """Everybody's key with every name that the page has for them; the key is one."""
        own = {(key, key) for key, *_ in self.mentions}
        return own | {(key, name) for key, _, name, _ in self.mentions} | set(self.names)

    def namings(self) -> list[tuple[str, ...]]:
        """Of each mention its key, with the names that the page has for it."""
        names: dict[str, list[str]] = {key: [key] for key, *_ in self.mentions}
        for key, name in sorted(self.names):
            # A form of nobody's stands in no column; its seal tells that the mention is gone.
            if key in names:
                names[key].append(name)
        return list(map(tuple, names.values()))

    def titled(self) -> list[str]:
        """The keys of those whom the title names."""
        title = str(self.rendering["title"] or "")
        folded = title.casefold()
        found = {
            key
            for key, name in self.called()
            if name and name.casefold() in folded and re.search(_whole(name), title, re.IGNORECASE)
        }
        return sorted(found)

    def words(self) -> Iterator[tuple[str, str]]:
        """All words that the columns must have a number for, each with its kind."""
        yield "reader", reader_text(self.reader)
        for text in (self.rendering["outlet"], self.rendering["credit"]):
            if text is not None:
                yield "key", text
        for name, kind in FIELDS.items():
            yield from zip(repeat(kind), {said[name] for said, _ in self.statements} - {None})
        chains = {tuple(source) for _, source in self.statements if source}
        yield from zip(repeat("chain"), map(chain_text, chains))
        keys = {key for chain in chains for key in chain}
        keys.update(key for *_, named in self.unread for key in named)
        keys.update(mention[0] for mention in self.mentions)
        yield from zip(repeat("key"), keys)
        yield from zip(repeat("kind"), {mention[1] for mention in self.mentions})
        yield from zip(repeat("description"), map(mention_text, self.mentions))
        yield from zip(repeat("names"), map(names_text, self.namings()))


def _scope(said: Mapping[str, Any]) -> list[object]:
    """The scope of a statement, apart from all else; of one without it nothing, so that the seals of readings
    made before there were scopes stay as they are."""
    return [] if said["scope"] is None else [["scope", said["scope"]]]


def sentence_of(original: str, quote: tuple[int, int], sentence: tuple[int, int]) -> str | None:
    """The sentence that is kept with a statement, whose quote and sentence stand there; None where the quote
    is all of it."""
    return None if quote == sentence else original[slice(*sentence)]


@lru_cache(maxsize=65_536)
def chain_text(source: tuple[str, ...]) -> str:
    """A chain of sources as a word."""
    return canonical(list(source))


@lru_cache(maxsize=64)
def reader_text(reader: tuple[str, str]) -> str:
    """A reader by name and version as a word: who took it, whatever persons said beside it."""
    name, version = reader
    return canonical([name, as_given(version)])


@lru_cache(maxsize=65_536)
def mention_text(mention: tuple[str, str, str, str | None]) -> str:
    """The description of an entity as a word."""
    return canonical(list(mention))


@lru_cache(maxsize=65_536)
def names_text(naming: tuple[str, ...]) -> str:
    """An entity's key and the names that a page has for it as a word."""
    return canonical(list(naming))


def _whole(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def readings(connection: Connection, ids: Iterable[int]) -> Iterator[Kept]:
    """The readings with these ids as they are kept, in the order of ids; without those whose rendering is
    gone."""
    wanted = sorted(set(ids))
    found: dict[int, Kept] = {}
    query = select(
        ReadingRow.id.label("reading"),
        ReadingRow.reader,
        ReadingRow.version,
        ReadingRow.learned_at.label("taken"),
        RenderingRow,
    ).join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
    for page in connection.execute(query.where(ReadingRow.id.in_(wanted))):
        found[page.reading] = Kept(
            page.reading, page.page_id, (page.reader, page.version), page.taken, _fields(page)
        )
    wanted = sorted(found)
    chains: dict[int, list[str]] = {}
    for link in connection.execute(
        select(SourceRow.statement_id, SourceRow.entity_key)
        .join(StatementRow, StatementRow.id == SourceRow.statement_id)
        .where(StatementRow.reading_id.in_(wanted))
        .order_by(SourceRow.statement_id, SourceRow.position)
    ):
        chains.setdefault(link.statement_id, []).append(link.entity_key)
    said = select(StatementRow).where(StatementRow.reading_id.in_(wanted)).order_by(StatementRow.id)
    for row in connection.execute(said):
        found[row.reading_id].statements.append((_fields(row), chains.get(row.id, ())))
    _take_unread(connection, wanted, found)
    mentions = select(MentionRow).where(MentionRow.reading_id.in_(wanted))
    for named in connection.execute(mentions.order_by(MentionRow.reading_id, MentionRow.key)):
        found[named.reading_id].mentions.append((named.key, named.kind, named.name, named.country))
    for called in connection.execute(select(MentionNameRow).where(MentionNameRow.reading_id.in_(wanted))):
        found[called.reading_id].names.append((called.key, called.name))
    for reading, other, share in _copies(connection, wanted):
        found[reading].copies.append((other, share))
    yield from (found[reading] for reading in wanted)


def _fields(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return dict(row._mapping)


def _take_unread(connection: Connection, wanted: list[int], found: dict[int, Kept]) -> None:
    here = (UnreadNameRow.reading_id == UnreadRow.reading_id) & (
        UnreadNameRow.unread_position == UnreadRow.position
    )
    for row in connection.execute(
        select(UnreadRow, UnreadNameRow.entity_key)
        .outerjoin(UnreadNameRow, here)
        .where(UnreadRow.reading_id.in_(wanted))
        .order_by(UnreadRow.reading_id, UnreadRow.position, UnreadNameRow.position)
    ):
        left = found[row.reading_id].unread
        if not left or left[-1][0] != row.position:
            left.append((row.position, row.start, row.end, row.sentence, []))
        if row.entity_key is not None:
            left[-1][-1].append(row.entity_key)


def _copies(connection: Connection, wanted: list[int]) -> Iterator[tuple[int, int, int]]:
    """The near-copies found when these readings' renderings were made: reading, other page, share."""
    other = aliased(RenderingRow)
    query = (
        select(ReadingRow.id, other.page_id, CopyRow.likeness)
        .join(CopyRow, CopyRow.rendering_id == ReadingRow.rendering_id)
        .join(other, other.id == CopyRow.of_id)
        .where(ReadingRow.id.in_(wanted), other.page_id != ReadingRow.page_id)
        .order_by(ReadingRow.id, other.id)
    )
    for row in connection.execute(query):
        yield row[0], row[1], round(row[2] * 1000)
