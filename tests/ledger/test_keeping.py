"""What goes into the ledger comes out again, once, and leads back to its page."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from onrecord.ledger import AmbiguousId, Ledger, ReadingRefused
from onrecord.pages import Page, Published
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]

TEXT = "Huawei builds the network of Norway. The founder of Huawei likes to ski"


def rows(place: str) -> dict[str, int]:
    """How many rows each table holds, asked of the database itself."""
    url = place.replace("postgresql:", "postgresql+psycopg:") if "://" in place else f"sqlite:///{place}"
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = {t: connection.scalar(text(f'SELECT count(*) FROM "{t}"')) for t in tables}
    engine.dispose()
    return found


def test_a_page_comes_back_as_it_was_read(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    page = make_page(TEXT, title="A network in the north")
    assert ledger.add(page, make_reading(page)) == "added"
    assert ledger.content(page.digest[:12]) == page
    (stored,) = ledger.pages()
    assert (stored.id, stored.digest) == (page.digest[:12], page.digest)
    assert (stored.title, stored.outlet, stored.published) == (page.title, page.outlet, page.published)
    assert (stored.statements, stored.unread) == (1, 1)
    assert ledger.page(page.digest[:5]) == stored
    assert ledger.page("") is None
    assert ledger.page("%") is None


def test_a_statement_leads_back_to_its_words(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    page = make_page(TEXT)
    reading = make_reading(page, source=("insider", "Bloomberg"))
    ledger.add(page, reading)
    (stored,) = ledger.statements()
    assert stored.statement == reading.statements[0]
    assert stored.sentence == "Huawei builds the network of Norway"
    assert page.original[stored.statement.start : stored.statement.end] == stored.statement.quote
    assert (stored.page_id, stored.outlet, stored.locator) == (page.digest[:12], "The Daily", "page.txt")
    assert ledger.statement(stored.id) == stored == ledger.statement(stored.id[:6].upper())
    (unread,) = ledger.unread(entity="Huawei")
    assert unread.sentence == "The founder of Huawei likes to ski"
    assert unread.unread == reading.unread[0]


def test_reading_twice_adds_no_row(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    page = make_page(TEXT)
    ledger.add(page, make_reading(page))
    ledger.add_unreadable("gone.txt", None, "not-found", "gone.txt is not there.")
    before = rows(str(ledger.place))
    assert ledger.add(page, make_reading(page)) == "unchanged"
    assert not ledger.add_locator(page.digest, page.locator)
    assert not ledger.add_unreadable("gone.txt", None, "not-found", "gone.txt is not there.")
    assert rows(str(ledger.place)) == before


def test_a_newer_reader_supersedes_and_the_old_reading_can_be_asked_for(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    page = make_page(TEXT)
    old, new = make_reading(page, version="1"), make_reading(page, version="2", target="DK")
    ledger.add(page, old)
    (old_stored,) = ledger.statements()
    assert ledger.add(page, new) == "superseded"
    assert [s.statement.target for s in ledger.statements()] == ["DK"]
    assert [s.statement.target for s in ledger.statements(reader_version="1")] == ["NO"]
    assert ledger.statements(reader_version="3") == ()
    assert ledger.statement(old_stored.id) == old_stored
    assert {e.entity.key for e in ledger.entities()} == {"DK", "Huawei"}
    assert ledger.holds(page.digest, "by-hand", "1")
    assert not ledger.holds(page.digest, "by-hand", "3")
    assert not ledger.holds(page.digest, "another", "1")
    # Reading again with the old version changes nothing.
    assert ledger.add(page, old) == "unchanged"
    assert [s.version for s in ledger.statements()] == ["2"]
    assert (ledger.counts().pages, ledger.counts().readings, ledger.counts().statements) == (1, 2, 1)


def test_a_page_rendered_anew_keeps_its_former_rendering_for_the_old_reading(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    page = make_page(TEXT, title=None)
    better = replace(page, title="A network in the north")
    ledger.add(page, make_reading(page, version="1"))
    ledger.add(better, make_reading(better, version="2"))
    assert [p.title for p in ledger.pages()] == ["A network in the north"]
    assert [p.title for p in ledger.pages(reader_version="1")] == [None]


def test_the_same_bytes_elsewhere_are_the_same_page(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    here, there = make_page(TEXT, locator="b/page.txt"), make_page(TEXT, locator="a/copy.txt")
    ledger.add(here, make_reading(here))
    assert ledger.add(there, make_reading(there)) == "unchanged"
    (stored,) = ledger.pages()
    assert stored.locators == ("a/copy.txt", "b/page.txt")
    assert [s.locator for s in ledger.statements()] == ["a/copy.txt"]


def test_ids_do_not_depend_on_the_ledger_or_the_order(
    tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    pages = [
        make_page("Huawei builds the network of Norway", locator="c.txt", published=None),
        make_page("Huawei builds a network", locator="a.txt", published="2019-02"),
        make_page(
            "Huawei mends the network. Huawei rests", locator="b.txt", published="2019-02", outlet=None
        ),
    ]
    answers = []
    for number, order in enumerate(itertools.permutations(pages)):
        with Ledger(tmp_path / f"{number}.db") as ledger:
            for page in order:
                ledger.add(page, make_reading(page))
            hits = [(hit.page_id, hit.statement_id, hit.snippet) for hit in ledger.search("networks")]
            answers.append((ledger.statements(), ledger.unread(), ledger.entities(), hits))
    assert all(answer == answers[0] for answer in answers)
    assert [s.locator for s in answers[0][0]] == ["b.txt", "a.txt", "c.txt"]


def test_what_a_reader_says_twice_is_one_statement(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    page = make_page(TEXT)
    reading = make_reading(page)
    (statement,) = reading.statements
    surer = replace(statement, confidence=0.9, rule="supply.other")
    ledger.add(page, replace(reading, statements=(statement, surer)))
    assert [s.statement for s in ledger.statements()] == [surer]


def test_a_quote_that_is_not_on_the_page_is_refused(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    page = make_page(TEXT)
    reading = make_reading(page)
    (statement,) = reading.statements
    for wrong in (
        replace(statement, quote="Huawei builds nothing"),
        replace(statement, start=statement.start + 1),
        replace(statement, sentence_end=len(page.original) + 1),
        replace(statement, target="Nokia"),
    ):
        with pytest.raises(ReadingRefused):
            ledger.add(page, replace(reading, statements=(wrong,)))
    assert ledger.pages() == ()
    undated = replace(page, published=Published("2019-13", "month", "front matter: date", 0.9))
    with pytest.raises(ReadingRefused, match="date of publication is none"):
        ledger.add(undated, reading)
    held = rows(str(ledger.place))
    assert all(held[table] == 0 for table in ("page", "sighting", "rendering", "run", "reading", "statement"))


def test_what_could_not_be_read_is_told_until_it_can(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    ledger.add_unreadable("page.txt", None, "no-permission", "You may not read page.txt.")
    assert [(u.locator, u.code) for u in ledger.unreadable()] == [("page.txt", "no-permission")]
    page = make_page(TEXT)
    ledger.add(page, make_reading(page))
    assert ledger.unreadable() == ()
    ledger.add_unreadable("page.txt", "0" * 64, "empty", "page.txt is empty.")
    assert [u.code for u in ledger.unreadable()] == ["empty"]
    assert ledger.counts().unreadable == 1
    ledger.add_locator(page.digest, "page.txt")
    assert ledger.unreadable() == ()


def test_the_beginning_of_several_ids_is_not_guessed(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    for number in range(40):
        page = make_page(f"Huawei builds network {number}", locator=f"{number}.txt")
        ledger.add(page, make_reading(page))
    first_digits = [p.id[0] for p in ledger.pages()]
    several = next(digit for digit in first_digits if first_digits.count(digit) > 1)
    with pytest.raises(AmbiguousId, match="Give more of it") as caught:
        ledger.page(several)
    assert len(caught.value.candidates) == first_digits.count(several)
    first_digits = [s.id[0] for s in ledger.statements()]
    several = next(digit for digit in first_digits if first_digits.count(digit) > 1)
    with pytest.raises(AmbiguousId):
        ledger.statement(several)


def test_statements_of_an_entity_in_any_role(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    one = make_page("Huawei builds the network of Norway", locator="1.txt")
    two = make_page("Huawei builds the network of Denmark, says an insider", locator="2.txt")
    ledger.add(one, make_reading(one))
    ledger.add(two, make_reading(two, target="DK", source=("insider",)))
    assert len(ledger.statements(entity="Huawei")) == 2
    assert [s.locator for s in ledger.statements(entity="NO")] == ["1.txt"]
    assert [s.locator for s in ledger.statements(entity="insider")] == ["2.txt"]
    assert ledger.statements(entity="Nokia") == ()
    assert [s.locator for s in ledger.statements(page=two.digest[:12])] == ["2.txt"]


def test_what_was_kept_under_a_states_code_is_read_as_ever_until_it_is_read_anew(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    page = make_page(TEXT)
    before = make_reading(page, target="KP")
    entities = tuple(replace(e, kind="company") if e.key == "KP" else e for e in before.entities)
    ledger.add(page, replace(before, entities=entities))
    (kept,) = ledger.statements()
    before_that = datetime.now(UTC)
    found = ledger.entity("KP")
    assert found is not None
    assert (kept.statement.target, found.entity.kind, found.statements) == ("KP", "company", 1)
    marked = make_reading(page, target="KP (name)", version="2")
    named = tuple(
        replace(e, kind="company", name="KP") if e.key == "KP (name)" else e for e in marked.entities
    )
    assert ledger.add(page, replace(marked, entities=named)) == "superseded"
    assert [s.statement.target for s in ledger.statements()] == ["KP (name)"]
    found = ledger.entity("KP")
    assert found is not None
    assert (found.entity.key, found.entity.name) == ("KP (name)", "KP")
    assert [s.statement.target for s in ledger.statements(known_at=before_that)] == ["KP"]
