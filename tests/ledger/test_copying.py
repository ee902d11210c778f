"""A ledger copied from one store to another is the same, answers the same, and can be gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.postgres import Server

from onrecord.ledger import Ledger, NotCopied
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


def fill(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    for number in range(7):
        page = make_page(
            f"Huawei builds network {number}\0. It rests", locator=f"{number}.txt", language="en"
        )
        ledger.add(page, make_reading(page, source=("Reuters",)))
    ledger.add(page, make_reading(page, version="2"))
    ledger.add_unreadable("gone.txt", None, "not-found", "gone.txt is not there.")
    passed = ledger.judge("reject", ledger.statements()[0].id, who="Anna", why="a test")
    ledger.undo(passed.id, who="Bo")


def test_a_ledger_is_not_copied_into_itself(place: str) -> None:
    with Ledger(place) as ledger, Ledger(place) as same, pytest.raises(NotCopied, match="another place"):
        ledger.copy_into(same)


@pytest.mark.parametrize("kinds", [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")])
def test_a_copy_answers_as_the_original_and_goes_on(
    tmp_path: Path, postgresql: Server, make_page: Make, make_reading: Read, kinds: tuple[str, str]
) -> None:
    places = [
        str(tmp_path / f"{n}.db") if kind == "sqlite" else postgresql.database()
        for n, kind in enumerate(kinds)
    ]
    told: list[str] = []
    with Ledger(places[0]) as ledger, Ledger(places[1]) as other:
        fill(ledger, make_page, make_reading)
        rows = ledger.copy_into(other, lambda table, done, total: told.append(f"{table} {done} {total}"))
        assert rows["page"] == 7
        assert "page 7 7" in told
        assert other.statements() == ledger.statements()
        assert other.pages() == ledger.pages()
        assert other.entities() == ledger.entities()
        assert other.judgements() == ledger.judgements()
        assert other.unreadable() == ledger.unreadable()
        hits = [(hit.page_id, hit.statement_id) for hit in ledger.search("networks")]
        assert sorted((h.page_id, str(h.statement_id)) for h in other.search("networks")) == sorted(
            (page, str(statement)) for page, statement in hits
        )
        assert other.audit() == ()
        page = make_page("Huawei mends a network", locator="new.txt")
        assert other.add(page, make_reading(page)) == "added"
        assert other.audit() == ()


def test_a_ledger_that_holds_something_is_not_copied_into(
    ledger: Ledger, tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    fill(ledger, make_page, make_reading)
    before = ledger.statements()
    with Ledger(tmp_path / "other.db") as other:
        page = make_page("Huawei mends a network", locator="new.txt")
        other.add(page, make_reading(page))
        with pytest.raises(NotCopied, match="not empty"):
            other.copy_into(ledger)
    assert ledger.statements() == before
