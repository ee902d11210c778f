"""Processes beside the server that make what takes long, so that nobody else waits for it meanwhile."""

from __future__ import annotations

import gc
import os
import signal
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue

from onrecord.ledger import Ledger, LedgerError
from onrecord.present import ENGLISH
from onrecord.team import Team
from onrecord.web._asked import Times
from onrecord.web._bench import Bench, Long
from onrecord.web._kept import packed
from onrecord.web._long import DossierPart

LARGE = 100_000
"""Statements of a ledger from which on a dossier takes so long that nobody else should wait for it: a few
tenths of a second."""
_PATIENCE = 5.0
"""Seconds in which a process that is to end does."""


_SELDOM = (50_000, 20, 50)
"""After how many new objects Python looks for garbage among them, and after how many such looks among the
older (700, 10 and 10 are its own)."""
_MOST = 4
"""Makers that there are where nobody says how many: each keeps the columns of the ledger in memory."""


def processors() -> int:
    """How many makers suit this machine: one for each processor but the server's own."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(ours - 1, _MOST)


def settled() -> None:
    """Let Python's collector of garbage look no more at what is in memory by now, which stays, and seldom at
    what comes. Of a ledger of a million statements that is so much that looking at it again and again takes a
    tenth of all time, and stops everybody for a quarter of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


class Makers:
    """So many processes that make texts of one ledger. Each begins when it is first needed, if not before,
    and anew where it ended; they end with the server, however that ends. A ledger of fewer statements than
    `least` is left to the server itself."""

    def __init__(self, url: str | Path | None, processes: int, *, least: int = LARGE) -> None:
        self.least = least
        self._url = url
        self._idle: SimpleQueue[_Maker | None] = SimpleQueue()
        self._all = processes
        for _ in range(processes):
            self._idle.put(None)

    def begin(self) -> None:
        """Begin them all, each of which then looks at the ledger; whoever asks meanwhile waits for it."""
        for _ in range(self._all):
            maker = self._idle.get()
            try:
                # Where there is no room for one it is tried again when it is needed.
                with suppress(OSError):
                    maker = maker or _Maker(self._url)
            finally:
                self._idle.put(maker)

    def made(self, what: Long) -> bytes | None:
        """A text, packed, once it is our turn; None where it could not be made there, for whatever reason:
        whoever makes it in this process then sees why."""
        maker, well = self._idle.get(), False
        try:
            with suppress(EOFError, OSError):
                maker = maker or _Maker(self._url)
                found = maker.made(what)
                well = True
                return found
            return None
        finally:
            # Whatever an answer was broken off by, the next must not get what is left of it.
            if maker is not None and not well:
                maker.end()
            self._idle.put(maker if well else None)

    def end(self) -> None:
        """End them all; what is being made is waited for."""
        for _ in range(self._all):
            maker = self._idle.get()
            if maker is not None:
                maker.end()


class _Maker:
    """One such process."""

    def __init__(self, url: str | Path | None) -> None:
        # Begun anew rather than forked: threads of the server may hold locks.
        begun = get_context("spawn")
        self._here, there = begun.Pipe()
        self._process = begun.Process(target=_work, args=(url, there), name="onrecord-maker", daemon=True)
        self._process.start()
        there.close()

    def made(self, what: Long) -> bytes | None:
        self._here.send(what)
        found: bytes | None = self._here.recv()
        return found

    def end(self) -> None:
        self._here.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(url: str | Path | None, asked: Connection) -> None:
    """Make what is asked for until nobody is there to ask."""
    # Ctrl-C is the server's affair, after which there is nobody.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A ledger that cannot be opened is told by the server, which then makes all itself.
    with (
        suppress(EOFError, OSError, LedgerError),
        Ledger(url, create=False) as ledger,
        Team(url, passing=True) as team,
    ):
        bench = Bench(ledger, team)
        for one in bench.suppliers()[:1]:
            # The first of all takes ten times as long: what it needs is then there.
            _made(bench, DossierPart(one.entity.key, Times(None, None), ENGLISH, "", ""))
        settled()
        while True:
            asked.send(_made(bench, asked.recv()))


def _made(bench: Bench, what: Long) -> bytes | None:
    try:
        return packed(what.made(bench))
    except Exception:  # whatever it is: the server meets it again, where it can be told
        return None
