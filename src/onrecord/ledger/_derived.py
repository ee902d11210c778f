"""What is derived from the rows of readings: the numbers of words, names as they are looked up, the columns.

A writer keeps it up to date with each reading. Here it is also made for the readings of a ledger that is
older than it, and compared with the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from onrecord.ledger import _codes, _kept, _segments
from onrecord.ledger._bulk import ASKED, chunks, insert_all
from onrecord.ledger._columns import encode, told
from onrecord.ledger._kept import Kept
from onrecord.ledger._records import Fault
from onrecord.ledger._schema import CalledRow, PageRow, ReadingRow, SegmentRow

_CALLED = select(CalledRow.key, CalledRow.name).where(CalledRow.key.in_(ASKED))


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
    for some in chunks(sorted(names)):
        for key, name in connection.execute(_CALLED, {"asked": some}):
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
    """The readings whose columns are not what their rows say."""
    columns = _segments.Loaded().get(connection)
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
        for k in kept:
            rows = encode(k, numbers) if numbers.keys() >= set(k.words()) else b""
            held = one(place[k.id]).encoded() if k.id in place else b""
            if rows != held:
                yield Fault("reading", digests[k.id], "is not in the columns as its rows say")
