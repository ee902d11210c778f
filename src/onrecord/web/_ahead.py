"""What is likely to be asked for next, made while the ledger is left alone and nobody waits: where all stand,
and dossiers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

from onrecord.present import today
from onrecord.team import Watching
from onrecord.web._asked import Times
from onrecord.web._bench import Bench, Long
from onrecord.web._found import MOST, kinds_asked
from onrecord.web._long import DossierPart, StandingsPart

FIRST = 200
"""Suppliers whose dossiers are made ahead: those that are followed, then those told of most."""
QUIET = 5.0
"""Seconds for which nothing must have been added: while pages are read, each would be made in vain."""
_LOOK = 1.0
"""Seconds between two looks at whether something was added."""


class Ahead(threading.Thread):
    """Makes them by the makers of a bench, one at a time, each of which then rests as long as that took: who
    asks for another meanwhile waits for one at most. In each language in which a dossier was asked for since
    the start."""

    def __init__(self, bench: Bench, *, quiet: float = QUIET) -> None:
        super().__init__(name="onrecord-ahead", daemon=True)
        self._bench = bench
        self._quiet = quiet
        self._over = threading.Event()

    def run(self) -> None:
        """Go on until the end."""
        state, since = "", time.monotonic()
        made: tuple[object, ...] = ()
        while not self._over.wait(min(_LOOK, self._quiet)):
            # What cannot be made, or a ledger that cannot be reached, is told to whoever asks for it.
            with suppress(Exception):
                now = self._bench.state()
                if now != state:
                    state, since = now, time.monotonic()
                what = (state, today(), *sorted(self._bench.spoken))
                if what != made and time.monotonic() - since >= self._quiet and self._all(state):
                    made = what

    def end(self) -> None:
        """Make no more; what is being made is waited for."""
        self._over.set()
        if self.is_alive():
            self.join()

    def _all(self, state: str) -> bool:
        """Make all that is wanted in a state of the ledger; False where it did not stay so."""
        for what in self._wanted():
            begun = time.monotonic()
            if self._bench.state() != state:
                return False
            self._bench.text(what)
            if self._over.wait(time.monotonic() - begun):
                return False
        return True

    def _wanted(self) -> Iterator[Long]:
        for language in sorted(self._bench.spoken):
            yield StandingsPart("", kinds_asked(None), MOST, Times(None, None), language)
        followed = [one.supplier for one in Watching(self._bench.team).all()]
        told_of = [one.entity.key for one in self._bench.suppliers()[:FIRST]]
        names = self._bench.names()
        for key in [key for key in dict.fromkeys([*followed, *told_of]) if key in names][:FIRST]:
            for language in sorted(self._bench.spoken):
                yield DossierPart(key, Times(None, None), language, "", "")
