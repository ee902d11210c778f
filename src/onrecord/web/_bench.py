"""What every answer is made from: the open ledger, and what was made of it before and still holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Protocol, TypeVar, cast

from fastapi import Depends, Request

from onrecord.entities import Entity
from onrecord.ledger import Counts, Ledger, LedgerNotFound, StoredEntity, Waiting
from onrecord.lists import Screener, current_lists, parties_of
from onrecord.present import ENGLISH, today
from onrecord.team import Team
from onrecord.web._jobs import Jobs
from onrecord.web._kept import Kept, Shelf, Texts, packed
from onrecord.web._uploads import Uploads

T = TypeVar("T")

_KEPT = 16
"""Large results that are kept: entities, names waiting, and screeners for some days."""
_SMALL = 4_000
"""Small results that are kept, each of one question: some kilobytes."""
_VERSIONS = 200
"""Lists and registers of which what was made of the newest version is kept."""
_TEXTS = 128 * 1024 * 1024
"""Bytes of dossiers and tables that are kept: some 1,500 dossiers of a large ledger."""


class Long(Hashable, Protocol):
    """A text that takes long to make, told by what it is made of, so that another process can make it."""

    def made(self, bench: Bench) -> str:
        """The text."""
        ...


class Makers(Protocol):
    """Who makes long texts beside this process, of a ledger of `least` statements or more."""

    least: int

    def begin(self) -> None:
        """Be ready before anything is asked for."""
        ...

    def made(self, what: Long) -> bytes | None:
        """The text, packed (`_kept.packed`); None where it could not be made there."""
        ...


class Bench:
    """A ledger, what its team keeps, and results that took time, each until something is added. Where there
    are `makers`, they make the long texts of a large ledger."""

    def __init__(self, ledger: Ledger, team: Team, makers: Makers | None = None) -> None:
        self.ledger = ledger
        self.team = team
        self.jobs = Jobs()
        self.uploads = Uploads()
        self.checks = Shelf()
        self.lists = Shelf()
        self.spoken = {ENGLISH}
        """The languages in which dossiers were asked for since the start."""
        self._makers = makers
        self._kept: Kept[Any] = Kept(_KEPT)
        self._small: Kept[Any] = Kept(_SMALL)
        self._versions: Kept[Any] = Kept(_VERSIONS)
        self._texts = Texts(_TEXTS)
        self._long = Lock()

    def state(self) -> str:
        """The ledger's state (`Ledger.state`). `LedgerNotFound` where its file is gone: a file that is open
        could be read on after it was moved away."""
        self._see()
        return self.ledger.state()

    def _see(self) -> None:
        place = self.ledger.place
        if isinstance(place, Path) and not place.is_file():
            raise LedgerNotFound(f"The ledger {place} is gone. Put it back, or serve another.")

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for each state of the ledger, also where many ask at once."""
        return cast(T, self._kept.get(name, self.state(), make))

    def small(self, name: Hashable, make: Callable[[], T]) -> T:
        """The same for what is small, and of which there is much."""
        return cast(T, self._small.get(name, self.state(), make))

    def text(self, what: Long) -> str:
        """A text that takes long to make and is large, made once for each state of the ledger, on one day: it
        may tell ages.

        Where this process makes it, one is made at a time: each keeps the one interpreter busy, and many at
        once would be no sooner done, but all others would wait behind them.
        """

        def make() -> bytes:
            makers = self.makers
            found = makers.made(what) if makers is not None else None
            if found is not None:
                return found
            with self._long:
                return packed(what.made(self))

        return self._texts.get((today(), what), self.state(), make)

    def warm(self) -> None:
        """Make what most pages need, so that nobody has to wait for it."""
        self.names()
        self.mentions()
        makers, _ = self.makers, self.counts()
        if makers is not None:
            makers.begin()

    @property
    def makers(self) -> Makers | None:
        """Who makes long texts of this ledger beside this process; None where it makes them itself."""
        makers = self._makers
        return makers if makers is not None and self.counts().statements >= makers.least else None

    def of_names(self, name: str, make: Callable[[], T]) -> T:
        """The same as `kept` for what holds as long as nobody else is named: also while statements are
        judged."""
        self._see()
        return cast(T, self._kept.get(name, self.ledger.state_of_names(), make))

    def of_version(self, name: Hashable, version: int, make: Callable[[], T]) -> T:
        """The same for what is made of the newest version of a list or register, which never changes: kept
        until there is a newer one."""
        return cast(T, self._versions.get(name, str(version), make))

    def counts(self) -> Counts:
        """How much the ledger holds."""
        return self.kept("counts", self.ledger.counts)

    def entities(self) -> tuple[StoredEntity, ...]:
        """The entities, those told of most first."""
        return self.of_names(
            "entities",
            lambda: tuple(sorted(self.ledger.entities(), key=lambda e: (-e.statements, e.entity.key))),
        )

    def names(self) -> Mapping[str, Entity]:
        """The entities by their keys."""
        return self.of_names("names", lambda: {one.entity.key: one.entity for one in self.entities()})

    def suppliers(self) -> tuple[StoredEntity, ...]:
        """The companies that statements are about, those told of most first."""
        return tuple(
            one
            for one in self.entities()
            if one.entity.kind == "company" and one.statements and one.recognition != "dismissed"
        )

    def mentions(self) -> tuple[Waiting, ...]:
        """The names that wait to be recognised."""
        return self.of_names("mentions", self.ledger.mentions)

    def screener(self, as_of: str | None, known_at: datetime | None) -> Screener:
        """The parties of the lists that held on a day, to be screened against."""

        def make() -> Screener:
            versions = current_lists(self.ledger, as_of=as_of, known_at=known_at)
            return Screener((version, parties_of(self.ledger, version)) for version in versions)

        return self.kept(("screener", as_of, known_at), make)


def _bench(request: Request) -> Bench:
    return cast(Bench, request.app.state.bench)


Here = Annotated[Bench, Depends(_bench)]
"""The bench of the application that was asked."""
