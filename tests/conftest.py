"""A small record of the Huawei story, in a real ledger, for the rooms that stand on one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.postgres import Server, server

from onrecord.entities import Entity
from onrecord.ledger import Ledger
from onrecord.pages import Block, Page, Published, Run
from onrecord.statements import Reading, Statement, Unread

Record = dict[str, Any]
_PRECISION = {4: "year", 7: "month", 10: "day"}


def _page(row: Record, text: str) -> Page:
    value = row["published"]
    published = Published(value, _PRECISION[len(value)], "front matter: date", 1.0) if value else None  # type: ignore[arg-type]
    return Page(
        digest=hashlib.sha256((row["locator"] + text).encode()).hexdigest(),
        locator=row["locator"],
        encoding="utf-8",
        original=text,
        text=text,
        offsets=tuple(range(len(text))),
        ends=tuple(range(1, len(text) + 1)),
        blocks=(Block(0, len(text), "body"),),
        runs=(Run(0, len(text), True, "body"),),
        title=row["title"],
        outlet=row["outlet"],
        published=published,
        language=row["language"],
        language_confidence=1.0,
    )


def _reading(row: Record, text: str, entities: dict[str, Entity], version: str) -> Reading:
    statements: list[Statement] = []
    unread: list[Unread] = []
    for item in row["sentences"]:
        start = text.index(item["text"])
        end = start + len(item["text"])
        if "names" in item:
            unread.append(Unread(start, end, tuple(item["names"])))
        for type_, actor, target, status, topic, source, when, *scope in item.get("says", ()):
            quote = item["text"]
            fields = (type_, actor, target, status, topic, tuple(source), when)
            statements.append(Statement(start, end, quote, start, end, *fields, 0.9, "by hand", *scope))
    keys = {key for s in statements for key in (s.actor, s.target, *s.source) if key}
    keys.update(name for left in unread for name in left.names)
    named = tuple(entities.get(key) or Entity(key, "company", key) for key in sorted(keys))
    return Reading("by-hand", version, tuple(statements), tuple(unread), named)


def entities_of(record: Record) -> dict[str, Entity]:
    """The entities of a record, by key."""
    found = {code: Entity(code, "state", code, (), code) for code in record["states"]}
    for key, kind, *rest in record["entities"]:
        country = rest[0] if rest else None
        names = tuple(rest[1]) if len(rest) > 1 else ()
        found[key] = Entity(key, kind, key, names, country)
    return found


def fill_ledger(ledger: Ledger, record: Record, pages: Sequence[Record]) -> None:
    """Take pages of a record into a ledger, in the order given."""
    entities = entities_of(record)
    for row in pages:
        text = " ".join(item["text"] for item in row["sentences"])
        ledger.add(_page(row, text), _reading(row, text, entities, "1"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server."""
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def huawei_record() -> Record:
    """The record as data."""
    loaded: Record = yaml.safe_load((Path(__file__).parent / "huawei.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def huawei(huawei_record: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The record in a ledger."""
    with Ledger(tmp_path_factory.mktemp("record") / "huawei.db") as ledger:
        fill_ledger(ledger, huawei_record, huawei_record["pages"])
        yield ledger


@pytest.fixture
def ledger_of(huawei_record: Record, tmp_path: Path) -> Iterator[Callable[[Sequence[Record]], Ledger]]:
    """Makes a ledger of the pages it is given; entities are those of the record, else companies."""
    made: list[Ledger] = []

    def make(pages: Sequence[Record]) -> Ledger:
        made.append(Ledger(tmp_path / f"ledger-{len(made)}.db"))
        fill_ledger(made[-1], huawei_record, pages)
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()
