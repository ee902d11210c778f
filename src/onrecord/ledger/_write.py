"""Taking pages and their readings in. All of it runs inside one writing transaction and only inserts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from onrecord.ledger import _codes, _copies, _derived, _log, _replacing, _said
from onrecord.ledger._bands import Near
from onrecord.ledger._bulk import asked, beside, next_ids, rows_for
from onrecord.ledger._dates import last_day
from onrecord.ledger._derived import Learned
from onrecord.ledger._errors import BadDate, ReadingRefused
from onrecord.ledger._ids import BESIDE, page_id
from onrecord.ledger._kept import Kept
from onrecord.ledger._records import Judgement, Outcome
from onrecord.ledger._rows import Rendered, Rows
from onrecord.ledger._schema import (
    CopyRow,
    PageRow,
    ReadingRow,
    RenderingRow,
    SearchEntryRow,
    SightingRow,
    StatementRow,
)
from onrecord.pages import Page
from onrecord.statements import Reading

_Fault = tuple[str, str] | None
"""Why something could not be read: code and message."""


_AT_ONCE = 40
"""Pages whose rows are handed over at once, while those of the next are made."""


class Mind(NamedTuple):
    """What a process keeps in mind of a ledger, which a writer is quicker with: numbers of words, names, and
    the bands of sketches."""

    known: _codes.Known
    near: Near


def check(page: Page, reading: Reading) -> None:
    """Raise `ReadingRefused` unless statements lead back to words on the page, and names to entities."""
    if page.published is not None:
        try:
            last_day(page.published.value)
        except BadDate as error:
            raise ReadingRefused(f"The page's date of publication is none. {error}") from error
    if BESIDE in reading.version:
        raise ReadingRefused(f"A reader's version may not hold '{BESIDE}': {reading.version}.")
    length = len(page.original)
    known = {entity.key for entity in reading.entities}
    named: set[str] = set()
    for s in reading.statements:
        if not 0 <= s.sentence_start <= s.start < s.end <= s.sentence_end <= length:
            raise ReadingRefused(
                f"A statement's quote ({s.start} to {s.end}) does not lie in a sentence of the page."
            )
        if page.original[s.start : s.end] != s.quote:
            raise ReadingRefused(f"A quote is not what stands on the page at {s.start}: {s.quote!r}.")
        named.update(key for key in (s.actor, s.target, *s.source) if key is not None)
    for u in reading.unread:
        if not 0 <= u.start < u.end <= length:
            raise ReadingRefused(f"An unread sentence ({u.start} to {u.end}) does not lie on the page.")
        named.update(u.names)
    if named - known:
        raise ReadingRefused(
            f"The reading names without describing them: {', '.join(sorted(named - known))}."
        )


_PAGES = select(PageRow.digest, PageRow.id).where(asked(PageRow.digest))
_READINGS = select(ReadingRow.page_id, ReadingRow.reader, ReadingRow.version).where(asked(ReadingRow.page_id))
_RENDERINGS = select(
    RenderingRow.page_id, RenderingRow.fingerprint, RenderingRow.id, RenderingRow.credit
).where(asked(RenderingRow.page_id))
_PAGE_OF = select(RenderingRow.id, RenderingRow.page_id).where(asked(RenderingRow.id))
_COPIES = select(CopyRow.rendering_id, CopyRow.of_id, CopyRow.likeness).where(asked(CopyRow.rendering_id))
_LAST_SEEN = select(SightingRow.locator, SightingRow.digest, SightingRow.code, SightingRow.message).where(
    SightingRow.id.in_(
        select(func.max(SightingRow.id)).where(asked(SightingRow.locator)).group_by(SightingRow.locator)
    )
)


def is_news(connection: Connection, locator: str, digest: str | None, fault: _Fault) -> bool:
    """Whether what was found at a place is not what was last noted there. `fault` is code and message."""
    found = (digest, *(fault or (None, None)))
    return all(tuple(last)[1:] != found for last in rows_for(connection, _LAST_SEEN, [locator]))


def see(connection: Connection, locator: str, digest: str | None, fault: _Fault) -> bool:
    """Note what was found at a place where that is news; True where it was."""
    if not is_news(connection, locator, digest, fault):
        return False
    before = [row.digest for row in rows_for(connection, _LAST_SEEN, [locator]) if row.code is None]
    code, message = fault or (None, None)
    now = _log.now(connection)
    connection.execute(
        insert(SightingRow).values(locator=locator, digest=digest, code=code, message=message, learned_at=now)
    )
    if digest is not None and fault is None:
        _replacing.note(connection, [_replacing.Replaced(old, digest, locator) for old in before])
    return True


def add(
    connection: Connection, pairs: Sequence[tuple[Page, Reading]], mind: Mind
) -> tuple[list[Outcome], Learned]:
    """Take in pages with what a reader took from each, unless that version of it was there before. Gives what
    was done with each, and what may be kept in mind once it is committed."""
    held = _Held(connection, pairs)
    rows = _rows(connection, _log.now(connection))
    outcomes: list[Outcome] = []

    def steps() -> Iterator[None]:
        for number, (page, reading) in enumerate(pairs, 1):
            outcomes.append(_add(page, reading, held, rows))
            if number % _AT_ONCE == 0:
                yield

    learned = _keep(connection, rows, mind, steps())
    _replacing.note(connection, held.replaced)
    return outcomes, learned


def lay_beside(connection: Connection, page: Page, judgement: Judgement, mind: Mind) -> Learned:
    """Lay what persons said of a page beside what its newest reader took, as its newest reading.
    `judgement` is the one that brought it about, with which it is learned."""
    said = _said.said_of(connection, [page_id(page.digest)])[page_id(page.digest)]
    read = _said.as_read(connection, page.digest)
    reading = _said.with_said(page, read, [payload for _, payload in said], judgement.id)
    held = _Held(connection, [(page, reading)])
    rows = _rows(connection, judgement.at)
    rows.reading(held.pages[page.digest], page, reading, held.renderings)
    return _keep(connection, rows, mind, (), judgement.who)


def _rows(connection: Connection, now: datetime) -> Rows:
    return Rows(next_ids(connection, PageRow, RenderingRow, ReadingRow, StatementRow, SearchEntryRow), now)


def _keep(
    connection: Connection, rows: Rows, mind: Mind, steps: Iterable[None], who: str = "onrecord"
) -> Learned:
    """Insert rows, after each of the steps that gather more, with all that is derived from them, and note
    their readings in the log."""
    with beside(connection) as do:
        for _ in steps:
            do(rows.taken(connection))
        do(rows.taken(connection))
        kept = rows.readings
        sketches = _copies.sketched(rows.words)
        entries = [_entry(who, k, *told) for k, told in zip(kept, rows.told, strict=True)]
    _copied(connection, kept, rows, _copies.note(connection, rows.now, sketches, mind.near))
    learned = _derived.keep(connection, kept, mind.known)
    _log.note(connection, rows.now, entries)
    return learned


def _entry(who: str, kept: Kept, digest: str, statements: int) -> tuple[str, str, str, dict[str, Any]]:
    """A reading in the log."""
    reader, version = kept.reader
    detail = {"reader": reader, "version": version, "statements": statements, "seal": kept.seal()}
    return who, "read", digest, detail


class _Held:
    """What the ledger holds of some pages, kept up to date while more are added to it."""

    def __init__(self, connection: Connection, pairs: Sequence[tuple[Page, Reading]]) -> None:
        self.pages: dict[str, int] = {
            row.digest: row.id for row in rows_for(connection, _PAGES, (page.digest for page, _ in pairs))
        }
        ids = set(self.pages.values())
        self.readings: set[tuple[int, str, str]] = {tuple(r) for r in rows_for(connection, _READINGS, ids)}
        self.renderings = {
            (row.page_id, row.fingerprint): Rendered(row.id, row.credit)
            for row in rows_for(connection, _RENDERINGS, ids)
        }
        self.seen: dict[str, tuple[str | None, str | None, str | None]] = {
            row.locator: (row.digest, row.code, row.message)
            for row in rows_for(connection, _LAST_SEEN, (page.locator for page, _ in pairs))
        }
        self.said = _said.said_of(connection, (page_id(page.digest) for page, _ in pairs))
        self.replaced: list[_replacing.Replaced] = []


def _add(page: Page, reading: Reading, held: _Held, rows: Rows) -> Outcome:
    if held.seen.get(page.locator) != (page.digest, None, None):
        before, *_ = held.seen.get(page.locator, (None,))
        if before is not None:
            held.replaced.append(_replacing.Replaced(before, page.digest, page.locator))
        held.seen[page.locator] = (page.digest, None, None)
        rows.sighting(page)
    outcome: Outcome = "superseded"
    page_row = held.pages.get(page.digest)
    if page_row is None:
        page_row = held.pages[page.digest] = rows.page(page)
        outcome = "added"
    version = (page_row, reading.reader, reading.version)
    if version in held.readings:
        return "unchanged"
    held.readings.add(version)
    rows.reading(page_row, page, reading, held.renderings)
    said = held.said.get(page_id(page.digest))
    if said:
        payloads = [payload for _, payload in said]
        rows.reading(page_row, page, _said.with_said(page, reading, payloads, said[-1][0]), held.renderings)
    return outcome


def _copied(
    connection: Connection,
    kept: Iterable[Kept],
    rows: Rows,
    copies: Mapping[int, Sequence[tuple[int, float]]],
) -> None:
    """Tell each new reading the pages of which its rendering is a near-copy: found now, or when that was
    made."""
    found = defaultdict(list, {rendering: list(others) for rendering, others in copies.items()})
    older = {k.rendering["id"] for k in kept} - rows.words.keys()
    for row in rows_for(connection, _COPIES, older):
        found[row.rendering_id].append((row.of_id, row.likeness))
    pages = dict(rows.page_of)
    others = {other for several in found.values() for other, _ in several} - pages.keys()
    pages.update((row.id, row.page_id) for row in rows_for(connection, _PAGE_OF, others))
    for k in kept:
        alike = ((pages[other], share) for other, share in sorted(found[k.rendering["id"]]))
        k.copies.extend((page, round(share * 1000)) for page, share in alike if page != k.page)
