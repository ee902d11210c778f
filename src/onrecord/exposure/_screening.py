"""Names against the lists that the ledger keeps: each name once, by the versions that held on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib import import_module
from typing import Protocol

from onrecord.exposure._data import holds_on
from onrecord.exposure._parties import Likeness
from onrecord.ledger import Ledger
from onrecord.lists import ListVersion, Party, current_lists, parties_of

_AT_ONCE = 2_000
"""Names that are screened between two words of progress."""


class Hit(Protocol):
    """A listed party that may bear a name, as `onrecord.lists` finds it."""

    @property
    def party(self) -> Party: ...
    @property
    def version(self) -> ListVersion: ...
    @property
    def name(self) -> str: ...
    @property
    def likeness(self) -> Likeness: ...


class Screens(Protocol):
    """What finds listed parties by their names, as `onrecord.lists.Screener` does."""

    def screen_all(self, names: Sequence[str]) -> Sequence[Sequence[Hit]]: ...


ScreenerOf = Callable[[Iterable[tuple[ListVersion, Sequence[Party]]]], Screens]


def installed_screener() -> ScreenerOf | None:
    """What compares names with lists; None where this version cannot."""
    return getattr(import_module("onrecord.lists"), "Screener", None)


class Screening:
    """The lists of a day, and who stands on them. Each name is compared once, however often it is asked."""

    def __init__(
        self,
        ledger: Ledger,
        day: str,
        *,
        as_of: str | None,
        known_at: datetime | None,
        screener: ScreenerOf | None,
    ) -> None:
        self.day = day
        self.versions = current_lists(ledger, as_of=as_of, known_at=known_at)
        self.can = screener is not None
        self._found: dict[str, tuple[Hit, ...]] = {}
        self._screens: Screens | None = None
        if screener is not None and self.versions:
            self._screens = screener(
                [
                    (version, [p for p in parties_of(ledger, version) if holds_on(day, p.since, p.until)])
                    for version in self.versions
                ]
            )

    def learn(self, names: Iterable[str], told: Callable[[int], None]) -> None:
        """Screen names, as many at once as one may; `told` hears how many were done."""
        new = [name for name in dict.fromkeys(names) if name not in self._found]
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            if self._screens is None:
                self._found.update(dict.fromkeys(some, ()))
            else:
                hits = self._screens.screen_all(some)
                self._found.update(
                    (name, tuple(h for h in found if h.likeness.relation in ("same", "affiliate")))
                    for name, found in zip(some, hits, strict=True)
                )
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
    return hit.likeness.relation != "same", -hit.likeness.score, hit.version.list, hit.party.id
