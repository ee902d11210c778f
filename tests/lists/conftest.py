"""Lists made by hand, and real ledgers on both databases to keep them in."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import Server

from onrecord.ledger import Ledger
from onrecord.lists import ListedName, Party, Problem, ReadList


def party(id: str, *names: str, **fields: object) -> Party:
    """A party under its names, the primary one first."""
    primary, *others = names or (f"Firm {id}",)
    listed = (ListedName(primary, "primary"), *(ListedName(name, "weak") for name in others))
    return Party(id, "company", listed, **fields)  # type: ignore[arg-type]


def read_list_of(
    *parties: Party,
    list: str = "own",
    issued: str | None = None,
    problems: tuple[Problem, ...] = (),
    whole: bool = True,
) -> ReadList:
    """A list as if it had been read from a file."""
    return ReadList(list, "Our list", "Ourselves", "own-csv", issued, parties, problems, whole)


@pytest.fixture(params=["sqlite", "postgresql"])
def place_maker(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Says where a new ledger may be made: a file, or a database on a real server."""
    if request.param == "sqlite":
        numbers = itertools.count(1)
        return lambda: str(tmp_path / f"record-{next(numbers)}.db")
    server: Server = request.getfixturevalue("postgresql")
    return server.database


@pytest.fixture
def ledger(place_maker: Callable[[], str]) -> Iterator[Ledger]:
    with Ledger(place_maker()) as opened:
        yield opened
