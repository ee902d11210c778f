"""How quickly the workbench answers many at once, before a large ledger on a PostgreSQL server.

    python -m bench.workbench [--statements 1000000] [--ledger URL] [--users 20] [--seconds 90]

Without `--ledger`, a server is started for the time of the bench and a ledger of about so many statements is
made in it (`bench.record` says after what); a million take most of an hour. With `--ledger`, that one is
asked. Where it has none yet, a restriction list of 20,000 made-up parties and 300 judgements are added.
`onrecord serve` then serves it as a program of its own, and users ask it over the loopback as persons do:
each looks at a page, thinks for one to three seconds, and takes the next, drawn by how often a kind of page
is looked at (`kinds`). Suppliers are drawn by how much is told of them, and the days that a dossier is asked
for as of are the ends of months. Nobody has a page from before: each view is a first one, and all of it is
sent, in gzip; the stylesheets are counted to it. Before they come, the server is left alone for `--rest`
seconds (240), as one that was not started for them. `--judging N` has somebody judge a statement every N
seconds meanwhile, after each of which nothing that was kept holds any more.

Time is from sending a request to having the last byte. Users, workbench and PostgreSQL share the machine. The
users are threads with httpx: locust and k6 are not among the tools of this project.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import httpx
from bench.check import list_for
from bench.invented import templates
from bench.record import fill, yardstick
from tests.postgres import server

from onrecord import Ledger
from onrecord.lists import list_versions

PER_PAGE = 10.7
"""Statements on a page of `bench.invented`."""
THINKING = (1.0, 3.0)
"""Seconds between one answer and the next question of a user."""
PARTIES, JUDGEMENTS = 20_000, 300
WORDS = ("network", "security", "ban", "5G", "court", "netwerk", "equipment denies", '"mobile network"')
"""What is searched for: words of the example pages, most of which stand on very many."""
ONRECORD = (sys.executable, "-c", "from onrecord.cli import main; main()")
MONTHS = [f"{year}-{month:02}" for year in range(2014, 2025) for month in range(1, 13)]

Draw = Callable[[random.Random], str]


@dataclass
class Things:
    """What there is to be looked at: keys of suppliers with their weights, and ids."""

    suppliers: list[str]
    weights: list[int]
    entities: list[str]
    pages: list[str]
    statements: list[str]

    def supplier(self, draw: random.Random) -> str:
        """One of the suppliers, by how much is told of it."""
        return quote(draw.choices(self.suppliers, cum_weights=self.weights)[0], safe="")


def kinds(things: Things) -> dict[str, tuple[int, Draw]]:
    """Each kind of page: how many of a hundred views are of it, and what draws an address."""
    return {
        "home": (8, lambda _: "/"),
        "suppliers": (5, lambda _: "/suppliers"),
        "dossier": (16, lambda d: f"/suppliers/{things.supplier(d)}"),
        "dossier as of": (10, lambda d: f"/suppliers/{things.supplier(d)}?as_of={d.choice(MONTHS)}"),
        "standing": (4, lambda _: "/standing"),
        "standing as of": (2, lambda d: f"/standing?as_of={d.choice(MONTHS)}"),
        "pages": (6, lambda _: "/pages"),
        "pages, further": (4, lambda d: f"/pages?after={d.choice(things.pages)}"),
        "reader": (14, lambda d: f"/pages/{d.choice(things.pages)}"),
        "statement": (9, lambda d: f"/statements/{d.choice(things.statements)}"),
        "search": (6, lambda d: f"/search?q={quote(d.choice(WORDS))}"),
        "entities": (3, lambda _: "/entities"),
        "entity": (5, lambda d: f"/entities/{quote(d.choice(things.entities), safe='')}"),
        "lists": (2, lambda _: "/lists"),
        "audit": (2, lambda _: "/audit"),
        "API, statements": (
            4,
            lambda d: f"/api/v1/statements?type=restriction&after={d.choice(things.statements)}",
        ),
    }


@dataclass
class Told:
    """What was measured of a kind of page: seconds and bytes of each view."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


@dataclass
class Run:
    """What all users measured; `failed` are the answers that were none."""

    told: defaultdict[str, Told] = field(default_factory=lambda: defaultdict(Told))
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def view(self, client: httpx.Client, kind: str, address: str) -> None:
        """Look at a page, as a browser takes it from the wire, and note how long that took."""
        begin = time.perf_counter()
        try:
            with client.stream("GET", address) as answer:
                size = sum(len(piece) for piece in answer.iter_raw())
            failed = None if answer.status_code == 200 else f"{answer.status_code} {address}"
        except httpx.HTTPError as error:
            size, failed = 0, f"{type(error).__name__} {address}"
        seconds = time.perf_counter() - begin
        with self.lock:
            self.told[kind].seconds.append(seconds)
            self.told[kind].sizes.append(size)
            if failed:
                self.failed.append(failed)


def things_of(ledger: Ledger, seed: int) -> Things:
    """What a ledger has to be looked at."""
    companies = [one for one in ledger.entities() if one.entity.kind == "company" and one.statements]
    companies.sort(key=lambda one: -one.statements)
    draw = random.Random(seed)
    pages = [one.id for one in ledger.some_pages(500, order="learned", newest=True).items]
    pages += [one.id for one in ledger.some_pages(500, draw.choice(pages)).items]
    said = [one.id for one in ledger.some_statements(500).items]
    said += [one.id for one in ledger.some_statements(500, entity=companies[0].entity.key).items]
    return Things(
        [one.entity.key for one in companies],
        list(accumulate(one.statements for one in companies)),
        [one.entity.key for one in companies[:100]],
        pages,
        said,
    )


def prepare(place: str) -> None:
    """Add a restriction list and judgements to a ledger that has none."""
    with Ledger(place) as ledger:
        if not list_versions(ledger):
            list_for(ledger, PARTIES, 1)
        if not ledger.some_judgements(0).total:
            for number, one in enumerate(ledger.some_statements(JUDGEMENTS).items):
                ledger.judge("reject" if number % 3 == 0 else "accept", one.id, who="bench", why="bench")


@contextmanager
def serving(place: str, makers: int | None) -> Iterator[tuple[str, int]]:
    """The address of `onrecord serve` before a ledger, and its process."""
    beside = [] if makers is None else ["--makers", str(makers)]
    program = subprocess.Popen(
        [*ONRECORD, "-l", place, "serve", "--port", "0", *beside],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        text=True,
    )
    try:
        assert program.stdout is not None
        yield program.stdout.readline().strip(), program.pid
    finally:
        program.terminate()
        program.wait(60)


def user(run: Run, address: str, drawn: dict[str, tuple[int, Draw]], seed: int, until: float) -> None:
    """Look at pages until it is time to go."""
    draw = random.Random(seed)
    names, shares = list(drawn), [share for share, _ in drawn.values()]
    with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
        time.sleep(draw.uniform(0, THINKING[1]))
        while time.monotonic() < until:
            kind = draw.choices(names, shares)[0]
            run.view(client, kind, drawn[kind][1](draw))
            time.sleep(draw.uniform(*THINKING))


def judging(place: str, every: float, things: Things, until: float) -> None:
    """Judge a statement every so often."""
    with Ledger(place) as ledger:
        number = 0
        while time.monotonic() + every < until:
            time.sleep(every)
            number += 1
            ledger.judge(
                "accept", things.statements[number % 500], who="bench", why=f"{number} {time.time():.0f}"
            )


def spent(process: int) -> tuple[float, float]:
    """Seconds for which a process and those that it began were busy, and the most memory that they had, in
    MiB (Linux's /proc)."""
    begun = Path(f"/proc/{process}/task").glob("*/children")
    all_ = [process, *(int(child) for one in begun for child in one.read_text("utf-8").split())]
    seconds, memory = zip(*map(_spent, all_), strict=True)
    return sum(seconds), sum(memory)


def _spent(process: int) -> tuple[float, float]:
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024


def ranks(seconds: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile, in ms."""
    late = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return median(seconds) * 1000, late * 1000


def show(run: Run, styles: int) -> None:
    """Print what was measured."""
    print(f"{'':18} {'views':>6} {'median ms':>10} {'95 % ms':>9} {'first view kB, median and most':>32}")
    for kind, told in run.told.items():
        middle, late = ranks(told.seconds)
        size, most = (median(told.sizes) + styles) / 1000, (max(told.sizes) + styles) / 1000
        print(f"{kind:18} {len(told.seconds):6} {middle:10.0f} {late:9.0f} {size:24.0f} {most:7.0f}")
    middle, late = ranks([second for told in run.told.values() for second in told.seconds])
    print(f"{'all':18} {sum(len(t.seconds) for t in run.told.values()):6} {middle:10.0f} {late:9.0f}")
    print(f"{len(run.failed)} failed{': ' + ', '.join(run.failed[:5]) if run.failed else ''}")


def measure(
    place: str, users: int, seconds: float, judge_every: float, makers: int | None, rest: float
) -> None:
    """Serve a ledger, let users look at it, and print how it went."""
    with Ledger(place, create=False) as ledger:
        things, counts = things_of(ledger, 1), ledger.counts()
    print(f"{counts.statements} statements on {counts.pages} pages about {len(things.suppliers)} suppliers")
    with (
        serving(place, makers) as (address, process),
        httpx.Client(base_url=address, timeout=300, trust_env=False) as client,
    ):
        first = Run()
        for kind in ("first of all", "again"):
            first.view(client, kind, "/")
        started = ", ".join(f"{kind} {told.seconds[0] * 1000:.0f} ms" for kind, told in first.told.items())
        sheets = Run()
        for name in ("dossier", "workbench"):
            sheets.view(client, "styles", f"/static/{name}.css")
        print(f"the first page after the start: {started}")
        time.sleep(rest)
        run, busy = Run(), spent(process)[0]
        drawn = kinds(things)
        begin = time.monotonic()
        until = begin + seconds
        threads = [
            threading.Thread(target=user, args=(run, address, drawn, number, until))
            for number in range(users)
        ]
        if judge_every:
            threads.append(threading.Thread(target=judging, args=(place, judge_every, things, until)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took, (after, memory) = time.monotonic() - begin, spent(process)
        show(run, sum(sheets.told["styles"].sizes))
        views = sum(len(told.seconds) for told in run.told.values())
        print(
            f"{users} users, {took:.0f} s, {views / took:.1f} views/s; the workbench was busy for "
            f"{(after - busy) / took:.0%} of a core and had {memory:.0f} MiB at most"
        )


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--ledger", help="one that is there; a list and judgements are added to it")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--rest", type=float, default=240, metavar="SECONDS")
    parser.add_argument("--judging", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--makers", type=int, help="as of `onrecord serve`")
    args = parser.parse_args()
    print(f"ten million additions here: {yardstick():.2f} s")
    with ExitStack() as stack:
        place = args.ledger
        if place is None:
            place = stack.enter_context(server(memory="1GB")).database()
            fill(place, templates(Path("examples/pages")), round(args.statements / PER_PAGE))
        prepare(place)
        measure(place, args.users, args.seconds, args.judging, args.makers, args.rest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
