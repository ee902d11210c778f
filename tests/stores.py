"""Ledgers on either database, a file and a real server, for rooms whose tests run on both: their `conftest`
imports the fixtures."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from tests.conftest import fill_ledger
from tests.postgres import Server

from onrecord.ledger import Ledger

Record = dict[str, Any]
_OPEN = 8
"""Ledgers of one test that are open at once: hypothesis has it make one for each example."""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Says where a new ledger stands: a file that is still to be made, or a database with its tables."""
    if request.param == "sqlite":
        folder, numbers = tmp_path_factory.mktemp("stores"), itertools.count(1)
        return lambda: str(folder / f"record-{next(numbers)}.db")
    server: Server = request.getfixturevalue("postgresql")
    made = server.database()
    Ledger(made).close()
    return lambda: server.database(made.rpartition("/")[2])


@pytest.fixture
def ledger_of(
    huawei_record: Record, new_place: Callable[[], str]
) -> Iterator[Callable[[Sequence[Record]], Ledger]]:
    """Makes a ledger of the pages it is given; entities are those of the record, else companies."""
    made: list[Ledger] = []

    def make(pages: Sequence[Record]) -> Ledger:
        for old in made[:-_OPEN]:
            old.close()
        made[:] = [*made[-_OPEN:], Ledger(new_place())]
        fill_ledger(made[-1], huawei_record, pages)
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()


@pytest.fixture(scope="session")
def huawei(huawei_record: Record, new_place: Callable[[], str]) -> Iterator[Ledger]:
    """The record in a ledger."""
    with Ledger(new_place()) as ledger:
        fill_ledger(ledger, huawei_record, huawei_record["pages"])
        yield ledger
