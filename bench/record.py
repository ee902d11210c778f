"""How fast a large ledger answers (`make bench`): on SQLite and on a PostgreSQL server on loopback.

    python -m bench.record [--pages 100000] [--small 10000] [--stores sqlite,postgresql] [--keep FOLDER]

Pages are made after the distributions of the example pages (`bench.invented`), half of them about one
supplier. They are written by `Ledger.add_all`, 200 at a time, with all that is derived. Then the dossier of
the most-named supplier is asked for as of days drawn at random, first by programs that have just been
started, then by one that stays open, once the files have been read into the system's memory; and the standing
of all states on a hundred suppliers. Beside each, in the same run, stands the plain SQL of the same question
over the same rows, without indexes or summaries: the lines, how often each is told, on how many pages and
since when; and the restrictions and permissions of each state on each supplier. Then, on SQLite, a register
of 100,000 lines is checked against the large ledger and a list of 20,000 parties (`bench.check`). Last comes
how the time for a dossier grew from the small ledger to the large one, as a share of growth by n log n.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from bench.check import measure
from bench.invented import DAYS, FIRST, Inventor, Template, supplier, templates
from sqlalchemy import create_engine, text
from tests.postgres import server

from onrecord import Ledger
from onrecord.standing import standings_of

BATCH = 200
ROUNDS = 40
PLAIN_ROUNDS = 3
_MEMORY = "1GB"
"""What PostgreSQL keeps in memory (`shared_buffers`): less than the quarter of a machine's that its manual
recommends; its default, 128 MB, is for a machine on which it is a guest."""
_FROM = """
  FROM statement s {alone} JOIN reading r {alone} ON r.id = s.reading_id
  JOIN rendering p {alone} ON p.id = r.rendering_id
  WHERE r.id IN (SELECT max(id) FROM reading GROUP BY page_id)
    AND (p.published_until IS NULL OR p.published_until <= :day)
"""
_LINES = f"""
SELECT s.type, s.actor, s.target, s.status, s.topic, s."when",
       (SELECT {{joined}}(o.entity_key, '|') FROM source o WHERE o.statement_id = s.id) AS chain,
       count(*), count(DISTINCT r.page_id), min(p.published_value)
{_FROM}
    AND (s.actor = :supplier OR s.target = :supplier OR EXISTS
         (SELECT 1 FROM source o WHERE o.statement_id = s.id AND o.entity_key = :supplier))
  GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_STANDING = f"""
SELECT s.actor, s.target, s.topic, s.type, s.status, min(p.published_value), max(p.published_value)
{_FROM}
    AND s.type IN ('restriction', 'permission') AND s.actor LIKE 'state %'
  GROUP BY 1, 2, 3, 4, 5
"""
_CHAINS = "(SELECT statement_id, string_agg(entity_key, '|') AS chain FROM source GROUP BY statement_id)"
_ALONE = ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan")
"""What PostgreSQL is told to do without. The chains of sources are then joined by hashing."""


def spent(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def yardstick() -> float:
    """Seconds that a loop of ten million additions takes here and now: other figures are to be read by it."""

    def count() -> None:
        total = 0
        for number in range(10_000_000):
            total += number

    return spent(count)


def fill(place: str, examples: list[Template], pages: int) -> None:
    """Write so many pages, and say how fast that was; the making of the pages is not counted."""
    made = Inventor(examples).pages(pages)
    seconds, statements = 0.0, 0
    with Ledger(place) as ledger:
        while batch := list(islice(made, BATCH)):
            seconds += spent(lambda batch=batch: ledger.add_all(batch))  # type: ignore[misc]
            statements += sum(len(reading.statements) for _, reading in batch)
            done = f"\r  {statements} statements in {seconds:.0f} s"
            print(done, end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    rate = statements / seconds
    print(f"written            {statements:9} statements on {pages} pages, {rate:,.0f} statements/s")


def days(number: int) -> list[str]:
    """Days drawn from those on which there are pages, the same ones each time."""
    chance = random.Random(7)
    return [(FIRST + timedelta(days=chance.randrange(DAYS // 10, DAYS))).isoformat() for _ in range(number)]


def told(name: str, seconds: list[float]) -> float:
    """Print the median and the 95th percentile; the median."""
    middle = median(seconds)
    late = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else middle
    print(f"{name:18} {middle * 1000:9.0f} ms at the median, {late * 1000:.0f} ms at the 95th percentile")
    return middle


def warm(folder: Path) -> None:
    """Read the database's files once, as a machine has that answers questions all day."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            while file.read(1 << 22):
                pass


def ask(place: str, folder: Path) -> float:
    """Time the questions; the median for a dossier. The database lies in `folder`."""
    name = supplier(1)
    program = (
        "import sys, time; from onrecord import Ledger\n"
        "with Ledger(sys.argv[1]) as ledger:\n"
        "    ledger.counts(); import onrecord.standing; start = time.perf_counter()\n"
        "    ledger.dossier(sys.argv[2], as_of='2020-05-05'); print(time.perf_counter() - start)"
    )
    started = [
        float(
            subprocess.run(
                [sys.executable, "-c", program, place, name], check=True, capture_output=True
            ).stdout
        )
        for _ in range(5)
    ]
    warm(folder)
    with Ledger(place) as ledger:
        dossier = ledger.dossier(name)
        print(f"about {name}: {dossier.counts.statements} statements on {dossier.counts.pages} pages")
        told("dossier, at first", started)
        middle = told(
            "dossier, any day",
            [spent(lambda day=day: ledger.dossier(name, as_of=day)) for day in days(ROUNDS)],  # type: ignore[misc]
        )
        found = standings_of(ledger)
        all_at_once = told(
            "standing of all",
            [spent(lambda day=day: standings_of(ledger, as_of=day)) for day in days(ROUNDS // 4)],  # type: ignore[misc]
        )
        print(f"                   {len(found.actors)} states on {len(found.suppliers)} suppliers")
    plain, plain_all = (
        told(f"plain SQL, {what}", list(plainly(place, query)))
        for what, query in (("dossier", _LINES), ("all", _STANDING))
    )
    print(f"ratio to plain SQL {middle / plain:9.2f} for the dossier, {all_at_once / plain_all:.2f} for all")
    return middle


def plainly(place: str, query: str) -> Iterator[float]:
    """Seconds for the plain SQL of a question, without indexes on what it looks through."""
    if "://" in place:
        engine = create_engine(place.replace("postgresql://", "postgresql+psycopg://"))
        asked, settings = {"alone": "", "joined": "string_agg"}, [f"SET {name} = off" for name in _ALONE]
        query = query.replace(
            "(SELECT {joined}(o.entity_key, '|') FROM source o WHERE o.statement_id = s.id)", "c.chain"
        ).replace("\n  WHERE r.id", f"\n  LEFT JOIN {_CHAINS} c ON c.statement_id = s.id\n  WHERE r.id")
    else:
        engine = create_engine(f"sqlite:///{place}")
        asked, settings = {"alone": "NOT INDEXED", "joined": "group_concat"}, ["PRAGMA cache_size = -65536"]
    with engine.connect() as connection:
        for setting in ("ANALYZE", *settings):
            connection.execute(text(setting))
        for day in days(PLAIN_ROUNDS):
            values = {"day": day, "supplier": supplier(1)}
            yield spent(lambda: connection.execute(text(query.format(**asked)), values).all())  # noqa: B023
    engine.dispose()


@contextmanager
def places(store: str, folder: Path) -> Iterator[tuple[Path, Callable[[int], str]]]:
    """The folder of the database, and what says where the ledger of so many pages is kept."""
    if store == "sqlite":
        yield folder, lambda pages: str(folder / f"record-{pages}.db")
        return
    with server(memory=_MEMORY) as running:
        yield running.data, lambda _: running.database()


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--stores", default="sqlite,postgresql")
    parser.add_argument("--keep", type=Path, help="keep SQLite's files here, and use those that are there")
    args = parser.parse_args()
    examples = templates(Path("examples/pages"))
    with ExitStack() as stack:
        folder = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        for store in args.stores.split(","):
            print(f"\n{store}; ten million additions here: {yardstick():.2f} s")
            medians = []
            with places(store, folder) as (kept, place_of):
                for pages in (args.small, args.pages):
                    place = place_of(pages)
                    if "://" in place or not Path(place).exists():
                        fill(place, examples, pages)
                    medians.append(ask(place, kept))
            grown = args.pages * math.log(args.pages) / (args.small * math.log(args.small))
            share = medians[1] / medians[0] / grown
            if store == "sqlite":
                with tempfile.TemporaryDirectory() as copied:
                    # The check adds a list, and is kept: in a copy, so that the ledger stays as it was made.
                    measure(shutil.copy(folder / f"record-{args.pages}.db", copied))
            print(f"growth             {share:9.2f} of n log n, from {args.small} to {args.pages} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
