"""How much is said of a supplier in which month: all of it is counted, however little a dossier lays out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from onrecord.ledger import Snapshot
from onrecord.standing._concern import entity_called, gather
from onrecord.standing._record import Record, UnknownEntity


@dataclass(frozen=True, slots=True)
class ByMonth:
    """The days on which the first and the last dated page that concerns a supplier had appeared for certain
    (a page of "2019-03" by the last of March), how many statements each month from the first to the last
    has ("2019-03"), and how many stand on pages without a date. `first` and `last` are None without pages
    that have a date.
    """

    first: date | None
    last: date | None
    months: tuple[tuple[str, int], ...]
    undated: int


def by_month(ledger: Record, supplier: str, *, known_at: datetime | None = None) -> ByMonth:
    """The statements that a dossier on `supplier` (a key or name; else `UnknownEntity`) counts, by the months
    in which their pages appeared; `known_at` as in `standing_of`.
    """

    def ask(snapshot: Snapshot) -> ByMonth:
        concern = gather(snapshot, entity_called(snapshot, supplier))
        days, counts = np.unique(snapshot.pages["last_day"][concern.of("row")], return_counts=True)
        dated = days > 0
        undated = int(counts[~dated].sum())
        if not dated.any():
            return ByMonth(None, None, (), undated)
        first, last = (date.fromordinal(int(day)) for day in (days[dated][0], days[dated][-1]))
        begin = first.year * 12 + first.month - 1
        held = [0] * (last.year * 12 + last.month - begin)
        for day, count in zip(days[dated].tolist(), counts[dated].tolist(), strict=True):
            on = date.fromordinal(day)
            held[on.year * 12 + on.month - 1 - begin] += count
        months = tuple((f"{at // 12:04}-{at % 12 + 1:02}", n) for at, n in enumerate(held, begin))
        return ByMonth(first, last, months, undated)

    try:
        return ledger.snapshot(ask, known_at=known_at)
    except UnknownEntity:
        if known_at is None:
            raise
    # As `standing_of` tells a supplier that the ledger did not know then.
    ledger.snapshot(lambda snapshot: entity_called(snapshot, supplier))
    return ByMonth(None, None, (), 0)
