"""The rows that pages and readings become, gathered for many pages and inserted table by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from onrecord.ledger import _full_text, _search
from onrecord.ledger._bulk import insert_all
from onrecord.ledger._dates import last_day
from onrecord.ledger._ids import fingerprint, statement_id
from onrecord.ledger._kept import Kept, sentence_of
from onrecord.ledger._offsets import pack
from onrecord.ledger._schema import (
    Base,
    BlockRow,
    MentionNameRow,
    MentionRow,
    PageRow,
    ReadingRow,
    RenderingRow,
    RunRow,
    SearchEntryRow,
    SightingRow,
    SourceRow,
    StatementRow,
    UnreadNameRow,
    UnreadRow,
)
from onrecord.ledger._stems import UNDETERMINED, plain_words, stems
from onrecord.pages import Page, credited_agency
from onrecord.statements import Reading, Statement

_ORDER: tuple[type[Base], ...] = (
    SightingRow, PageRow, RenderingRow, BlockRow, RunRow, ReadingRow, StatementRow, SourceRow,
    UnreadRow, UnreadNameRow, MentionRow, MentionNameRow, SearchEntryRow,
)  # fmt: skip
"""The tables, each after those to which its rows refer."""


class Rendered(NamedTuple):
    """A rendering that is there: its id, and the agency that it credits."""

    id: int
    credit: str | None


class Rows:
    """Rows to insert. `ids` gives the next id of each table that has one; `now` is when they are learned.

    `readings` are the new readings as they will be kept, `told` of each its page's digest and number of
    statements; `words` are those of the new renderings' texts by id, `page_of` their pages.
    """

    def __init__(self, ids: Mapping[type[Any], Iterator[int]], now: datetime) -> None:
        self._ids = ids
        self.now = now
        self._rows: defaultdict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self._searched: list[tuple[int, str, list[str]]] = []
        self.readings: list[Kept] = []
        self.told: list[tuple[str, int]] = []
        self.words: dict[int, list[str]] = {}
        self.page_of: dict[int, int] = {}

    def _id(self, row: type[Any]) -> int:
        return next(self._ids[row])

    def sighting(self, page: Page) -> None:
        """That a page was found at a place."""
        self._rows[SightingRow].append(
            {
                "locator": page.locator,
                "digest": page.digest,
                "code": None,
                "message": None,
                "learned_at": self.now,
            }
        )

    def page(self, page: Page) -> int:
        """A page that was not there before; its id."""
        number = self._id(PageRow)
        self._rows[PageRow].append({"id": number, "digest": page.digest, "learned_at": self.now})
        return number

    def reading(
        self, page_row: int, page: Page, reading: Reading, held: dict[tuple[int, str], Rendered]
    ) -> None:
        """A reading of a page with all that it took. `held` are the renderings that are there, by page and
        fingerprint."""
        rendering = self._rendering(page_row, page, held)
        number = self._id(ReadingRow)
        self._rows[ReadingRow].append(
            {
                "id": number,
                "page_id": page_row,
                "rendering_id": rendering["id"],
                "reader": reading.reader,
                "version": reading.version,
                "learned_at": self.now,
            }
        )
        kept = Kept(number, page_row, (reading.reader, reading.version), self.now, rendering)
        self._statements(page, reading, rendering["id"], kept)
        self._unread(page, reading, kept)
        self._mentions(reading, kept)
        self.readings.append(kept)
        self.told.append((page.digest, len(reading.statements)))

    def _rendering(self, page_row: int, page: Page, held: dict[tuple[int, str], Rendered]) -> dict[str, Any]:
        offsets = pack(page.offsets, page.ends)
        mark = fingerprint(page, offsets)
        published = page.published
        row: dict[str, Any] = {
            "page_id": page_row,
            "fingerprint": mark,
            "locator": page.locator,
            "encoding": page.encoding,
            "outlet": page.outlet,
            "title": page.title,
            "published_value": published.value if published else None,
            "published_precision": published.precision if published else None,
            "published_evidence": published.evidence if published else None,
            "published_confidence": published.confidence if published else None,
            "published_until": last_day(published.value) if published else None,
            "language": page.language,
            "language_confidence": page.language_confidence,
            "original": page.original,
            "text": page.text,
            "offsets": offsets,
            "learned_at": self.now,
        }
        there = held.get((page_row, mark))
        if there is not None:
            # What an older version made of the page's credits stays as it is.
            return {**row, "id": there.id, "credit": there.credit}
        row |= {"id": self._id(RenderingRow), "credit": credited_agency(page)}
        held[page_row, mark] = Rendered(row["id"], row["credit"])
        self._rows[RenderingRow].append(row)
        words = self.words[row["id"]] = plain_words(page.text)
        self.page_of[row["id"]] = page_row
        self._rows[BlockRow] += [
            {"rendering_id": row["id"], "position": i, "start": b.start, "end": b.end, "kind": b.kind}
            for i, b in enumerate(page.blocks)
        ]
        self._rows[RunRow] += [
            {
                "rendering_id": row["id"],
                "position": i,
                "start": r.start,
                "end": r.end,
                "kept": r.kept,
                "reason": r.reason,
            }
            for i, r in enumerate(page.runs)
        ]
        # The title, where what is indexed of a page begins with it.
        title = _search.searchable(page.title, page.text).removesuffix(page.text)
        self._search(row["id"], None, page.language, plain_words(title) + words)
        return row

    def _search(self, rendering: int, statement: int | None, language: str | None, words: list[str]) -> None:
        number, code = self._id(SearchEntryRow), language or UNDETERMINED
        self._rows[SearchEntryRow].append(
            {"id": number, "rendering_id": rendering, "statement_id": statement, "language": code}
        )
        self._searched.append((number, code, words))

    def _statements(self, page: Page, reading: Reading, rendering: int, kept: Kept) -> None:
        # What a reader says twice in the same words is one statement; the surer of the two is kept.
        distinct: dict[str, Statement] = {}
        for statement in sorted(reading.statements, key=lambda s: (-s.confidence, s.rule)):
            distinct.setdefault(statement_id(page.digest, statement), statement)
        for public_id, s in distinct.items():
            row = {
                "id": self._id(StatementRow),
                "reading_id": kept.id,
                "public_id": public_id,
                "start": s.start,
                "end": s.end,
                "quote": s.quote,
                "sentence_start": s.sentence_start,
                "sentence_end": s.sentence_end,
                "sentence": sentence_of(page.original, (s.start, s.end), (s.sentence_start, s.sentence_end)),
                "type": s.type,
                "actor": s.actor,
                "target": s.target,
                "status": s.status,
                "topic": s.topic,
                "when": s.when,
                "confidence": s.confidence,
                "rule": s.rule,
                "scope": s.scope,
            }
            self._rows[StatementRow].append(row)
            self._rows[SourceRow] += [
                {"statement_id": row["id"], "position": i, "entity_key": key}
                for i, key in enumerate(s.source)
            ]
            kept.statements.append((row, s.source))
            self._search(rendering, int(str(row["id"])), page.language, plain_words(s.quote))

    def _unread(self, page: Page, reading: Reading, kept: Kept) -> None:
        for i, left in enumerate(sorted(reading.unread, key=lambda u: (u.start, u.end))):
            sentence = page.original[left.start : left.end]
            self._rows[UnreadRow].append(
                {
                    "reading_id": kept.id,
                    "position": i,
                    "start": left.start,
                    "end": left.end,
                    "sentence": sentence,
                }
            )
            self._rows[UnreadNameRow] += [
                {"reading_id": kept.id, "unread_position": i, "position": j, "entity_key": key}
                for j, key in enumerate(left.names)
            ]
            kept.unread.append((i, left.start, left.end, sentence, list(left.names)))

    def _mentions(self, reading: Reading, kept: Kept) -> None:
        # A reader may list an entity more than once, with other names each time.
        first = {entity.key: entity for entity in reversed(reading.entities)}
        kept.mentions += [(e.key, e.kind, e.name, e.country) for _, e in sorted(first.items())]
        kept.names += sorted({(entity.key, name) for entity in reading.entities for name in entity.names})
        self._rows[MentionRow] += [
            {"reading_id": kept.id, "key": key, "kind": kind, "name": name, "country": country}
            for key, kind, name, country in kept.mentions
        ]
        self._rows[MentionNameRow] += [
            {"reading_id": kept.id, "key": key, "name": name} for key, name in kept.names
        ]

    def taken(self, connection: Connection) -> Callable[[Connection], None]:
        """What inserts the rows that were gathered since it was last asked for, with their texts in the index
        of that database."""
        rows, self._rows = self._rows, defaultdict(list)
        searched, self._searched = self._searched, []
        texts = _full_text.written(
            connection, ((number, language, stems(words, language)) for number, language, words in searched)
        )

        def insert(connection: Connection) -> None:
            for row in _ORDER:
                insert_all(connection, row, rows[row])
            _full_text.insert(connection, texts)

        return insert
