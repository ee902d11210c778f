"""The segments of the columns in the database: added with each reading, merged as they grow, and read."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock

from sqlalchemy import Connection, delete, func, select

from onrecord.ledger._bulk import blobs, insert_all
from onrecord.ledger._columns import Columns
from onrecord.ledger._errors import Damaged
from onrecord.ledger._schema import SegmentRow

_LARGE = 256
"""Readings of a segment that is left as it is."""
_SMALL = 64
"""Smaller segments that may stand at the end before they are merged."""


def add(connection: Connection, new: Columns) -> None:
    """Keep new readings, all after those that are kept."""
    if not len(new):
        return
    large = select(func.max(SegmentRow.last)).where(SegmentRow.readings >= _LARGE).scalar_subquery()
    here = SegmentRow.last > func.coalesce(large, 0)
    small = connection.scalar(select(func.count()).select_from(SegmentRow).where(here)) or 0
    if small >= _SMALL or (small and len(new) >= _LARGE):
        rows = connection.execute(select(SegmentRow).where(here).order_by(SegmentRow.last)).all()
        connection.execute(delete(SegmentRow).where(SegmentRow.last >= rows[0].last))
        _insert(connection, Columns.joined([Columns.decoded(row.readings, row.data) for row in rows]))
    _insert(connection, new)


def _insert(connection: Connection, columns: Columns) -> None:
    readings = columns.tables["reading"]["reading"]
    row = {
        "last": int(readings[-1]),
        "first": int(readings[0]),
        "readings": len(readings),
        "data": columns.encoded(),
    }
    insert_all(connection, SegmentRow, [row])


class Loaded:
    """All columns of a ledger, kept in mind: a reading never changes, so only newer ones are fetched."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns = Columns.joined([])

    def get(self, connection: Connection) -> Columns:
        """The columns of all readings that a transaction sees."""
        with self._lock:
            held = self._columns
            upto = _last(held)
            last = connection.scalar(select(func.max(SegmentRow.last))) or 0
            if last > upto:
                newer = [Columns.decoded(readings, data) for readings, data in _after(connection, upto)]
                # A segment may have been merged with what is held already.
                fresh = Columns.joined(newer)
                fresh = fresh.of(fresh.tables["reading"]["reading"] > upto)
                self._columns = held = Columns.joined([held, fresh]) if len(held) else fresh
                return held
        return held.of(held.tables["reading"]["reading"] <= last)


def readable(connection: Connection) -> Columns:
    """The columns of all readings, without the segments that are damaged: their readings are in none."""
    found = []
    for readings, data in _after(connection, 0):
        with suppress(Damaged):
            found.append(Columns.decoded(readings, data))
    return Columns.joined(found)


def _last(columns: Columns) -> int:
    readings = columns.tables["reading"]["reading"]
    return int(readings[-1]) if len(readings) else 0


def _after(connection: Connection, reading: int) -> list[tuple[int, bytes]]:
    query = select(SegmentRow.readings, SegmentRow.data).where(SegmentRow.last > reading)
    return blobs(connection, query.order_by(SegmentRow.last))
