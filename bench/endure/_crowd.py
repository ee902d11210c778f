"""Writers and readers at once, each a program of its own: no update is lost, and nobody sees an error."""

from __future__ import annotations

import multiprocessing
import random
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from bench.endure._made import STATEMENTS, page, reading
from bench.endure._stores import Store
from bench.endure._works import see

from onrecord.ledger import Ledger

_BEFORE = 5
"""Pages that are there before anybody comes; all writers judge the same statements of them."""
_OWN = 10**6
"""A writer's own pages are numbered from a million times its number on; those below are everybody's."""


_THINKS = 0.2
"""Seconds at most that a reader pauses after a look: eight of them leave a small machine some room."""


@dataclass
class Report:
    """What one program did: the numbers of the pages it added, the judgements it passed, how often it looked,
    and what went wrong."""

    added: list[int] = field(default_factory=list)
    judged: list[tuple[int, str, str, str]] = field(default_factory=list)
    looks: int = 0
    slowest: float = 0.0
    fault: str | None = None


Work = tuple[Callable[[int], Report], int]
"""What a program does, and its number."""


@dataclass
class Crowd:
    """What came of a crowd on one store. `slowest` is how many seconds the slowest write took."""

    store: str
    pages: int = 0
    judgements: int = 0
    looks: int = 0
    backups: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def crowd(
    store: Store,
    folder: Path,
    seconds: float,
    seed: int,
    *,
    writers: int = 4,
    readers: int = 8,
    patience: float = 10.0,
    meanwhile: Callable[[float], None] | None = None,
) -> Crowd:
    """Let a crowd at a ledger for so many seconds, and look at what is left. `meanwhile` is called once, with
    the moment (`time.monotonic`) at which the crowd goes home. `patience` is the ledgers' `busy_timeout`.
    """
    place, done = store.new(), Crowd(store.name)
    with Ledger(place) as ledger:
        for made in map(page, range(_OWN - _BEFORE, _OWN)):
            ledger.add(made, reading(made))
        contested = tuple(found.id for found in ledger.statements())
    until = time.monotonic() + seconds

    def write(number: int) -> Report:
        return _write(place, number, contested, until, seed, patience)

    def look(number: int) -> Report:
        return _look(place, number, until, patience)

    def keep(_: int) -> Report:
        return _keep(place, folder, until, patience)

    works: list[Work] = [(write, n + 1) for n in range(writers)]
    works += [*((look, n) for n in range(readers)), (keep, 0)]
    reports = _all(works, None if meanwhile is None else lambda: meanwhile(until))
    done.pages = sum(len(report.added) for report in reports)
    done.judgements = sum(len(report.judged) for report in reports)
    done.looks = sum(report.looks for report in reports[:-1])
    done.backups = reports[-1].looks
    done.slowest = max(report.slowest for report in reports)
    done.faults = [report.fault for report in reports if report.fault]
    if not done.faults:
        try:
            done.faults += store.settle(place)
            _whole(place, reports)
        except Exception:
            done.faults.append(f"after the crowd on {store.name}, seed {seed}: {traceback.format_exc()}")
    store.drop(place)
    return done


def _all(works: list[Work], meanwhile: Callable[[], None] | None) -> list[Report]:
    """Do works in a process each, at once; their reports in the same order."""
    context = multiprocessing.get_context("fork")
    running = []
    for work, number in works:
        receive, send = context.Pipe(duplex=False)
        child = context.Process(target=_child, args=(work, number, send))
        child.start()
        send.close()
        running.append((child, receive))
    if meanwhile is not None:
        meanwhile()
    reports = []
    for child, receive in running:
        try:
            reports.append(receive.recv())
        except EOFError:
            reports.append(Report(fault="a program ended without a report"))
        child.join()
        receive.close()
    return reports


def _child(work: Callable[[int], Report], number: int, send: Connection) -> None:
    try:
        send.send(work(number))
    except BaseException:
        send.send(Report(fault=traceback.format_exc()))


def _write(
    place: str, writer: int, contested: tuple[str, ...], until: float, seed: int, patience: float
) -> Report:
    """Pages of its own and everybody's, and judgements of its own statements and everybody's."""
    report, rng, step = Report(), random.Random(f"{seed} {writer}"), 0
    with Ledger(place, busy_timeout=patience) as ledger:
        while time.monotonic() < until:
            step += 1
            number = step if step % 5 == 0 else writer * _OWN + step
            made = page(number)
            begin = time.monotonic()
            if ledger.add(made, reading(made)) == "added":
                report.added.append(number)
            else:
                see(number < _OWN, "nobody else adds a writer's own page")
            middle = time.monotonic()
            subject = rng.choice(contested)
            kind = rng.choice(("accept", "reject"))
            passed = ledger.judge(kind, subject, who=f"writer {writer}", why=f"{writer} {step}")  # type: ignore[arg-type]
            report.slowest = max(report.slowest, middle - begin, time.monotonic() - middle)
            report.judged.append((passed.id, kind, subject, f"{writer} {step}"))
            if step % 7 == 0:
                undone = ledger.undo(passed.id, who=f"writer {writer}", why=f"{writer} {step} undone")
                report.judged.append((undone.id, "undo", subject, f"{writer} {step} undone"))
    return report


def _look(place: str, reader: int, until: float, patience: float) -> Report:
    """Looks of several kinds; whatever was there at the last look is there at the next."""
    report, rng, pages, judgements = Report(), random.Random(reader), 0, 0
    while time.monotonic() < until:
        with Ledger(place, busy_timeout=patience) as ledger:
            for _ in range(5):
                held = ledger.pages()
                see(len(held) >= pages, "no page is lost")
                see({(p.statements, p.unread) for p in held} == {(STATEMENTS, 1)}, "pages are whole")
                pages = len(held)
                judged = len(ledger.judgements())
                see(judged >= judgements, "no judgement is lost")
                judgements = judged
                see(ledger.content(held[-1].id) is not None, "a page's content is there")
                see(ledger.search("huawei") != (), "pages are found")
                if reader == 0:
                    see(ledger.audit() == (), "the audit is clean meanwhile")
                report.looks += 1
                time.sleep(rng.uniform(0, _THINKS))
    return report


def _keep(place: str, folder: Path, until: float, patience: float) -> Report:
    """Backups, one after the other; each holds one state, as a whole."""
    report = Report()
    while time.monotonic() < until:
        kept = folder / "kept meanwhile.db"
        with (
            Ledger(place, busy_timeout=patience) as ledger,
            Ledger(kept, busy_timeout=patience) as other,
        ):
            ledger.copy_into(other)
            see(other.audit() == (), "the audit of a backup is clean")
            see({(p.statements, p.unread) for p in other.pages()} == {(STATEMENTS, 1)}, "backups are whole")
        kept.unlink()
        report.looks += 1
        time.sleep(max(min(2.0, until - time.monotonic()), 0))
    return report


def _whole(place: str, reports: list[Report]) -> None:
    """See that all that anybody was told is there once, and nothing else."""
    with Ledger(place) as ledger:
        added = [number for report in reports for number in report.added]
        before = list(range(_OWN - _BEFORE, _OWN))
        expected = Counter(page(number).digest for number in before + added)
        see(max(expected.values()) == 1, "no page was added twice")
        held = Counter(one.digest for one in ledger.pages())
        see(held == expected, f"pages held and not told: {held - expected}, told and lost: {expected - held}")
        passed = sorted(judgement for report in reports for judgement in report.judged)
        found = [(j.id, j.kind, j.subject, j.why) for j in ledger.judgements()]
        see(found == passed, "the judgements are those that were told, each once")
        see(len(ledger.statements()) == STATEMENTS * len(held), "every statement is there once")
        see(ledger.audit() == (), "the audit is clean")
