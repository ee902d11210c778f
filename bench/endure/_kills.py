"""Works that are killed (-9) at random moments, and what is left of each."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from bench.endure._made import page, reading
from bench.endure._stores import Store
from bench.endure._works import WORKS, Broken, Work, onrecord

from onrecord.ledger import Ledger

_TOLD, _TOOK, _FAILED = "told", "took", "failed"
_ENOUGH = 5
"""Faults of one kind, after which it is not tried on."""


@dataclass
class Tally:
    """What came of the kills of one work on one store. `usual` is how many seconds the work takes
    undisturbed, `told` how many commits were told before the kills, `in_flight` how often what was being
    written at the kill was there all the same, as a whole.
    """

    work: str
    store: str
    usual: float = 0.0
    kills: int = 0
    told: int = 0
    in_flight: int = 0
    faults: list[str] = field(default_factory=list)


def kills(stores: list[Store], folder: Path, number: int, size: int, seed: int) -> Iterator[Tally]:
    """Kill every work on every store, `number` times in all; the tallies. A work is of `size` pages."""
    _load(folder)
    pairs = [(work, store) for work in WORKS for store in stores]
    for at, (name, store) in enumerate(pairs):
        share = number // len(pairs) + (at < number % len(pairs))
        yield _kills_of(name, WORKS[name](store, folder, size), share, seed)


def _load(folder: Path) -> None:
    """Load what programs load once, so that the processes which are killed find it there."""
    place, kept = folder / "loaded.db", folder / "loaded-kept.db"
    with Ledger(place) as ledger:
        ledger.add(page(0), reading(page(0)))
        ledger.audit()
    onrecord("backup", str(kept), "--ledger", str(place))
    place.unlink()
    kept.unlink()


def _kills_of(name: str, work: Work, number: int, seed: int) -> Tally:
    tally = Tally(name, work.store.name)
    attempt = -1  # the first try is not killed: it shows how long the work takes
    while tally.kills < number and len(tally.faults) < _ENOUGH:
        rng = random.Random(f"{seed} {name} {work.store.name} {attempt}")
        work.prepare(rng)
        try:
            done = _done(work, None if attempt < 0 else rng.uniform(0, tally.usual))
            if attempt < 0:
                tally.usual = done.seconds or 0.0
            tally.kills += done.killed
            tally.told += len(done.told) if done.killed else 0
            tally.in_flight += work.check(done.told)
            work.again()
        except Exception as error:
            what = str(error) if isinstance(error, Broken) else traceback.format_exc()
            tally.faults.append(f"{name} on {work.store.name}, attempt {attempt} of seed {seed}: {what}")
        work.clear()
        attempt += 1
    return tally


@dataclass
class _Done:
    """What a try came to: what it told, and how many seconds it took, unless it was killed before."""

    told: list[str]
    seconds: float | None
    killed: bool


def _done(work: Work, after: float | None) -> _Done:
    """Do the work in a process of its own, which is killed after so many seconds."""
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, send))
    child.start()
    send.close()
    told: list[tuple[str, str]] = []
    try:
        until = None if receive.recv() and after is None else time.monotonic() + (after or 0)
        while receive.poll(None if until is None else max(until - time.monotonic(), 0)):
            told.append(receive.recv())
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        while True:
            told.append(receive.recv())
    except (EOFError, OSError):  # it has ended; a word that the kill cut off was not told
        pass
    child.join()
    receive.close()
    for kind, word in told:
        if kind == _FAILED:
            raise Broken(f"the work itself failed: {word}")
    seconds = next((float(word) for kind, word in told if kind == _TOOK), None)
    words = [word for kind, word in told if kind == _TOLD]
    return _Done(words, seconds, child.exitcode == -signal.SIGKILL and seconds is None)


def _child(work: Work, send: Connection) -> None:
    send.send("ready")
    begin = time.monotonic()
    try:
        work.do(lambda word: send.send((_TOLD, word)))
        send.send((_TOOK, str(time.monotonic() - begin)))
    except BaseException:
        send.send((_FAILED, traceback.format_exc()))
