"""`make endure` in small: programs that are killed, a crowd, and a server that is pulled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from bench.endure._crowd import crowd
from bench.endure._kills import kills
from bench.endure._plug import puller
from bench.endure._stores import NAMES, Databases, Files, Store
from bench.endure._works import WORKS
from tests.postgres import Server, server

SEED = 1


@pytest.fixture(params=NAMES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == Files.name:
        return Files(tmp_path)
    running: Server = request.getfixturevalue("postgresql")
    return Databases(running)


def test_nothing_is_lost_or_doubled_by_kills(postgresql: Server, tmp_path: Path) -> None:
    done = Counter[str]()
    for tally in kills([Files(tmp_path), Databases(postgresql)], tmp_path, number=16, size=8, seed=SEED):
        assert tally.faults == []
        done[tally.work] += tally.kills
    assert set(done) == set(WORKS)
    assert done.total() == 16


def test_a_crowd_loses_nothing_and_sees_no_error(store: Store, tmp_path: Path) -> None:
    done = crowd(store, tmp_path, seconds=2.5, seed=SEED)
    assert done.faults == []
    assert min(done.pages, done.judgements, done.looks, done.backups) > 0


def test_a_server_that_is_pulled_is_waited_for(tmp_path: Path) -> None:
    with server() as own:
        pull, pulls = puller(own, SEED, pause=1.0)
        done = crowd(Databases(own), tmp_path, 5.0, SEED, writers=3, readers=2, patience=60, meanwhile=pull)
    assert done.faults == []
    assert pulls.killed + pulls.stopped > 0
    assert done.pages > 0
