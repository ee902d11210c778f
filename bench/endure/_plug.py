"""A server that goes away in mid-write and comes back: a process of it killed (-9), or all of it stopped."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from tests.postgres import Server


@dataclass
class Pulls:
    """How often a process of the server was killed, and how often the whole server was stopped."""

    killed: int = 0
    stopped: int = 0


def puller(server: Server, seed: int, pause: float) -> tuple[Callable[[float], None], Pulls]:
    """What takes the server away again and again, after up to `pause` seconds each, until a moment; and what
    counts it."""
    rng, done = random.Random(seed), Pulls()

    def pull(until: float) -> None:
        while time.monotonic() + pause < until:
            time.sleep(rng.uniform(0, pause))
            if rng.random() < 0.5:
                done.killed += _kill_one(server, rng)
            else:
                server.stop("immediate")
                time.sleep(rng.uniform(0, 0.5))
                server.start()
                done.stopped += 1

    return pull, done


def _kill_one(server: Server, rng: random.Random) -> int:
    """Kill a process that serves a writer or reader, upon which the server ends all others and recovers."""
    query = "SELECT pid FROM pg_stat_activity WHERE application_name = 'onrecord' ORDER BY state, pid"
    try:
        with psycopg.connect(server.url("postgres"), connect_timeout=10) as connection:
            found = [int(row[0]) for row in connection.execute(query)]
    except psycopg.OperationalError:  # it recovers from the last time
        return 0
    if not found:
        return 0
    os.kill(rng.choice(found), signal.SIGKILL)
    return 1
