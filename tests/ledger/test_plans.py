"""What is asked for by number or name is looked up: no question goes through a table, however large it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from onrecord.ledger import Ledger
from onrecord.pages import Page
from onrecord.standing import standing_of
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


@pytest.fixture
def asked() -> Iterator[dict[str, Any]]:
    """The questions that are put to any database meanwhile, with what they were given."""
    found: dict[str, Any] = {}

    def note(*told: Any) -> None:
        _, _, question, given, _, many = told
        if not many and question.startswith("SELECT"):
            found[question] = given

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def test_values_are_looked_up_and_no_table_is_gone_through(
    asked: dict[str, Any], tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    place = tmp_path / "record.db"
    text = " ".join(f"word{n}" for n in range(60))
    pages = [make_page(f"Huawei builds network {n}. {text} {n % 5}", locator=f"{n}.txt") for n in range(20)]
    with Ledger(place) as ledger:
        ledger.add_all([(page, make_reading(page, source=("Reuters",))) for page in pages[:10]])
        # As a ledger that grows: what is written next is compared with what is there.
        ledger.add_all([(page, make_reading(page, version="2")) for page in pages])
        standing_of(ledger, "Huawei", as_of="2019-06")
        ledger.some_statements(5, entity="Huawei")
        ledger.some_pages(5)
        ledger.search("network")
    listed = {question: given for question, given in asked.items() if " IN (?" in question}
    assert len(listed) > 10
    with sqlite3.connect(place) as connection:
        for question, given in listed.items():
            plan = connection.execute(f"EXPLAIN QUERY PLAN {question}", given).fetchall()
            scans = [step for *_, step in plan if step.startswith("SCAN")]
            assert not scans, (question, scans)
    connection.close()
