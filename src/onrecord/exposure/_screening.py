"""Names against the lists that the ledger keeps: each name once, by the versions that held on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from onrecord.exposure._data import holds_on
from onrecord.ledger import Ledger
from onrecord.lists import Hit, Screener, current_lists, parties_of

_AT_ONCE = 2_000
"""Names that are screened between two words of progress."""


class Screening:
    """The lists of a day, and who stands on them. Each name is compared once, however often it is asked."""

    def __init__(self, ledger: Ledger, day: str, *, as_of: str | None, known_at: datetime | None) -> None:
        self.day = day
        self.versions = current_lists(ledger, as_of=as_of, known_at=known_at)
        self._found: dict[str, tuple[Hit, ...]] = {}
        self._screener = Screener(
            (version, [p for p in parties_of(ledger, version) if holds_on(day, p.since, p.until)])
            for version in self.versions
        )

    def learn(self, names: Iterable[str], told: Callable[[int], None]) -> None:
        """Screen names, as many at once as one may; `told` hears how many were done."""
        new = [name for name in dict.fromkeys(names) if name not in self._found]
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            self._found.update(zip(some, self._screener.screen_all(some), strict=True))
            told(len(some))

    def hits(self, names: Iterable[str]) -> tuple[Hit, ...]:
        """Who on the lists bears one of these names, which were learned: each listed party once, the nearest
        first."""
        best: dict[tuple[str, str], Hit] = {}
        for name in names:
            for hit in self._found.get(name, ()):
                key = hit.version.list, hit.party.id
                if key not in best or _place(hit) < _place(best[key]):
                    best[key] = hit
        return tuple(sorted(best.values(), key=_place))


def _place(hit: Hit) -> tuple[bool, float, str, str]:
    return hit.relation != "same", -hit.nearness, hit.version.list, hit.party.id
