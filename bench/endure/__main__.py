"""Whether a ledger endures (`make endure`): programs killed at random moments, a crowd, a server pulled.

    python -m bench.endure [--kills N] [--seconds N] [--pulled N] [--size N] [--seed N]

Three trials on real ledgers, on SQLite and PostgreSQL. *Kills*: reading, judging, migrating, backing up
and restoring are each done in a process that is killed (-9) at a random moment, then what is left is looked
at and the work is done anew. *Crowd*: four writers, eight readers and one that backs up, each a program of
its own. *Pulled*: the same on a server that goes away and comes back all the time. What must hold stands in
`_works` and `_crowd`: nothing that was told as committed is lost, nothing is doubled or half there, the
audit is clean, and nobody sees an error. The seed draws the moments; the same seed draws them again. Ends
with 1 where anything failed.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from bench.endure._crowd import Crowd, crowd
from bench.endure._kills import kills
from bench.endure._plug import puller
from bench.endure._stores import Databases, Files, Store
from tests.postgres import server

_PATIENCE = 120.0
"""Seconds that a ledger waits for a server that is pulled again and again."""


def main() -> int:
    """Do the trials and print what came of them."""
    parser = argparse.ArgumentParser(prog="python -m bench.endure", description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="kills in all, over works and stores")
    parser.add_argument("--seconds", type=float, default=300, help="how long the crowd is at each store")
    parser.add_argument("--pulled", type=float, default=60, help="seconds with a server that goes away")
    parser.add_argument("--size", type=int, default=60, help="pages of a work that is killed")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    args = parser.parse_args()
    print(f"seed {args.seed}\n", flush=True)
    faults: list[str] = []
    begin = time.monotonic()
    with server() as running, tempfile.TemporaryDirectory(prefix="onrecord-endure-") as name:
        folder = Path(name)
        stores: list[Store] = [Files(folder), Databases(running)]
        total = 0
        if args.kills:
            _row("kills", "store", "kills", "usual s", "told", "in flight", "faults")
            for tally in kills(stores, folder, args.kills, args.size, args.seed):
                counts = (tally.kills, f"{tally.usual:.2f}", tally.told, tally.in_flight, len(tally.faults))
                _row(tally.work, tally.store, *counts)
                faults += tally.faults
                total += tally.kills
        if args.seconds or args.pulled:
            print()
            _row("crowd", "store", "pages", "judgements", "looks", "backups", "slowest s", "faults")
        for store in stores if args.seconds else ():
            faults += _told("undisturbed", crowd(store, folder, args.seconds, args.seed))
        if args.pulled:
            pull, pulls = puller(running, args.seed, pause=4.0)
            done = crowd(stores[1], folder, args.pulled, args.seed, patience=_PATIENCE, meanwhile=pull)
            faults += _told("pulled", done)
            print(f"(a process of the server was killed {pulls.killed} times, all stopped {pulls.stopped})")
    print(f"\n{total} kills, {len(faults)} faults, {time.monotonic() - begin:.0f} s")
    for fault in faults:
        print(f"\n{fault}", file=sys.stderr)
    return 1 if faults else 0


def _told(name: str, done: Crowd) -> list[str]:
    counts = (done.pages, done.judgements, done.looks, done.backups, f"{done.slowest:.2f}", len(done.faults))
    _row(name, done.store, *counts)
    return done.faults


def _row(name: str, store: str, *cells: object) -> None:
    print(f"{name:<13}{store:<11}" + "".join(f"{cell!s:>11}" for cell in cells), flush=True)


if __name__ == "__main__":
    sys.exit(main())
