"""What is derived from the rows of readings: the numbers of words, names as they are looked up, the columns.

A writer keeps it up to date with each reading. Here it is also made for the readings of a ledger that is
older than it, and compared with the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, column, except_, func, select, table, union

from onrecord.ledger import _codes, _copies, _kept, _segments
from onrecord.ledger._bulk import asked, chunks, insert_all, rows_for
from onrecord.ledger._columns import encode, told
from onrecord.ledger._kept import Kept
from onrecord.ledger._records import Fault
from onrecord.ledger._schema import (
    CalledRow,
    MentionNameRow,
    MentionRow,
    PageRow,
    ReadingRow,
    RenderingRow,
    SearchEntryRow,
    SegmentRow,
    StatementRow,
)
from onrecord.ledger._stems import plain_words

_CALLED = select(CalledRow.key, CalledRow.name).where(asked(CalledRow.key))


class Learned(NamedTuple):
    """What a writer may keep in mind once it is committed: the numbers of words, and who is called what."""

    words: dict[_codes.Word, int]
    called: set[_codes.Name]


NOTHING = Learned({}, set())


def keep(connection: Connection, kept: Sequence[Kept], known: _codes.Known | None = None) -> Learned:
    """Derive what is to be derived from new readings, which come after all others. `known` is what this
    process keeps in mind."""
    known = known or _codes.Known()
    words = _codes.with_numbers(connection, chain.from_iterable(k.words() for k in kept), known.words)
    called = {name for k in kept for name in k.called()}
    _call(connection, called - known.called)
    _segments.add(connection, told(kept, words))
    return Learned(words, called)


def _call(connection: Connection, called: Iterable[_codes.Name]) -> None:
    """Keep the names that nobody had before."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for key, name in called:
        names[key].add(name)
    for key, name in rows_for(connection, _CALLED, names):
        names[key].discard(name)
    rows = [
        {"key": key, "name": name, "folded": name.casefold()}
        for key, several in sorted(names.items())
        for name in sorted(several)
    ]
    insert_all(connection, CalledRow, rows)


def bring_up_to_date(connection: Connection) -> None:
    """Derive it for all readings for which it is not there yet."""
    done = connection.scalar(select(func.max(SegmentRow.last))) or 0
    query = select(ReadingRow.id).where(ReadingRow.id > done).order_by(ReadingRow.id)
    for some in chunks(list(connection.scalars(query))):
        keep(connection, list(_kept.readings(connection, some)))


def faults(connection: Connection) -> Iterator[Fault]:
    """What is not derived as the rows say: columns, sketches, names as they are looked up, the search."""
    yield from _unlike_columns(connection)
    yield from _unlike_names(connection)
    yield from _not_found(connection)


def _unlike_columns(connection: Connection) -> Iterator[Fault]:
    """The readings whose columns, or the sketch of whose page, are not what their rows say. Pages that were
    read before copies were looked for have no sketch."""
    columns = _segments.readable(connection)
    readings = columns.tables["reading"]["reading"]
    digests = {
        row.id: row.digest
        for row in connection.execute(
            select(ReadingRow.id, PageRow.digest).join(PageRow, PageRow.id == ReadingRow.page_id)
        )
    }
    place = {reading: at for at, reading in enumerate(readings.tolist())}
    one = columns.slices()
    for some in chunks(sorted(digests)):
        kept = list(_kept.readings(connection, some))
        numbers = _codes.known_numbers(connection, {word for k in kept for word in k.words()})
        sketches = _copies.sketches(connection, {k.rendering["id"] for k in kept})
        for k in kept:
            rows = _encoded(k, numbers) if numbers.keys() >= set(k.words()) else b""
            held = one(place[k.id]).encoded() if k.id in place else b""
            if not rows or rows != held:
                yield Fault("reading", digests[k.id], "is not in the columns as its rows say")
            sketched = sketches.get(k.rendering["id"])
            if sketched is not None and sketched != _copies.sketch(plain_words(k.rendering["text"])):
                yield Fault("page", digests[k.id], "is not sketched as its text says")


def _encoded(kept: Kept, numbers: dict[_codes.Word, int]) -> bytes:
    """A reading as a segment; nothing where its rows hold what no column can (a date that is none, a number
    beyond all)."""
    try:
        return encode(kept, numbers)
    except (ValueError, OverflowError):
        return b""


def _unlike_names(connection: Connection) -> Iterator[Fault]:
    """Entities that are not looked up by the names that readings have for them, and those alone."""
    names = union(
        select(MentionRow.key, MentionRow.key.label("name")),
        select(MentionRow.key, MentionRow.name),
        select(MentionNameRow.key, MentionNameRow.name),
    ).subquery()
    said = select(names.c.key, names.c.name)
    called = select(CalledRow.key, CalledRow.name)
    wrong = {row.key for row in connection.execute(except_(said, called))}
    wrong.update(row.key for row in connection.execute(except_(called, said)))
    for row in connection.execute(select(CalledRow.key, CalledRow.name, CalledRow.folded)):
        if row.folded != row.name.casefold():
            wrong.add(row.key)
    for key in sorted(wrong):
        yield Fault("name", key, "is not looked up by the names that its pages have for it")


def _not_found(connection: Connection) -> Iterator[Fault]:
    """Pages and quotes that the search does not know, or has no words of."""
    indexed = table("full_text", column("rowid" if connection.dialect.name == "sqlite" else "id"))
    without = except_(select(SearchEntryRow.id), select(*indexed.c)).subquery()
    lost = select(SearchEntryRow.rendering_id, SearchEntryRow.statement_id).join(
        without, without.c.id == SearchEntryRow.id
    )
    statement = SearchEntryRow.statement_id
    pages = set(
        connection.scalars(
            except_(select(RenderingRow.id), select(SearchEntryRow.rendering_id).where(statement.is_(None)))
        )
    )
    quotes = set(
        connection.scalars(except_(select(StatementRow.id), select(statement).where(statement.is_not(None))))
    )
    for row in connection.execute(lost):
        if row.statement_id is None:
            pages.add(row.rendering_id)
        else:
            quotes.add(row.statement_id)
    of_page = select(PageRow.digest).join(RenderingRow, RenderingRow.page_id == PageRow.id)
    for some in chunks(sorted(pages)):
        for digest in connection.scalars(of_page.where(RenderingRow.id.in_(some)).order_by(PageRow.digest)):
            yield Fault("page", digest, "is not found by its words")
    for some in chunks(sorted(quotes)):
        ids = select(StatementRow.public_id).where(StatementRow.id.in_(some)).order_by(StatementRow.id)
        for public_id in connection.scalars(ids):
            yield Fault("statement", public_id, "is not found by its words")
