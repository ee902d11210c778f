"""How much is said of suppliers, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from onrecord.ledger import Ledger, Snapshot

WEEKS = 53
"""A year and the week it began in."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Weeks:
    """How many statements with a supplier as a party were published in each week; `first` is the Monday of
    the first. A page of which only the month or year is known is in none of them."""

    first: date
    counts: tuple[int, ...]

    def week(self, place: int) -> date:
        """The Monday of the week at a place."""
        return self.first + timedelta(days=_WEEK * place)

    @property
    def last(self) -> date:
        """The Sunday of the last."""
        return self.first + timedelta(days=_WEEK * len(self.counts) - 1)


def weeks_of(ledger: Ledger, suppliers: Sequence[str], *, today: date) -> dict[str, Weeks]:
    """The statements by week of some suppliers: of the year up to today, or up to the last day that a page
    on record was published, where that is earlier."""

    def ask(snapshot: Snapshot) -> dict[str, Weeks]:
        pages, said = snapshot.pages, snapshot.statements
        days = pages["first_day"]
        known = (days > 0) & (pages["last_day"] - days < _WEEK) & (days <= today.toordinal())
        last = int(days[known].max(initial=0)) or today.toordinal()
        # Day 1 of the calendar that ordinals count was a Monday.
        end = (last - 1) // _WEEK
        week = np.where(known, (days - 1) // _WEEK - (end - WEEKS + 1), -1)
        first = date.fromordinal((end - WEEKS + 1) * _WEEK + 1)
        numbers = snapshot.numbers.find("key", suppliers)
        found = {}
        for key in suppliers:
            number = numbers.get(key, -1)
            here = ((said["actor"] == number) | (said["target"] == number)) & said["counts"]
            of = week[said["row"][here]]
            counts = np.bincount(of[of >= 0], minlength=WEEKS)
            found[key] = Weeks(first, tuple(int(count) for count in counts[:WEEKS]))
        return found

    return ledger.snapshot(ask)
