"""Whoever changes a ledger by hand is found out by the audit, and nobody meets an error of ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from onrecord.ledger import Ledger, LedgerCorrupt, LedgerError
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]

TEXT = "Huawei builds the network of Norway. The founder of Huawei likes to ski. " + " ".join(
    f"Mast {n} stands on hill {n + 7}." for n in range(20)
)


@pytest.fixture
def full(ledger: Ledger, make_page: Make, make_reading: Read) -> Ledger:
    """A ledger with something in every table: two pages that are near-copies, judgements, one of them undone,
    and a deposit."""
    for number in range(2):
        page = make_page(f"{TEXT} Page {number}", locator=f"{number}.txt", title="A network")
        ledger.add(page, make_reading(page, source=("insider",)))
    first, second = (statement.id for statement in ledger.statements())
    ledger.undo(ledger.judge("reject", first, who="Anna").id, who="Anna")
    ledger.judge("accept", second, who="Bo")
    ledger.deposit("list", "own", b"words", detail={"n": 1}, who="Anna")
    assert ledger.audit() == ()
    return ledger


def tamper(ledger: Ledger, *changes: str) -> None:
    """Change a ledger behind its back, whatever refers to what is taken out."""
    place = ledger.place
    sqlite = isinstance(place, Path)
    engine = create_engine(f"sqlite:///{place}" if sqlite else str(place).replace(":", "+psycopg:", 1))
    with engine.begin() as connection:
        if not sqlite:
            connection.execute(text("SET session_replication_role = replica"))
        for change in changes:
            connection.execute(text(change))
    engine.dispose()


_SQLITE = "sqlite: "
"""Before what only SQLite lets anybody do: PostgreSQL keeps no words in a column of numbers."""
_AGAIN = (
    "INSERT INTO judgement (id, entry_id, kind, subject, payload, why, undoes) "
    "SELECT 99, {entry}, kind, subject, payload, why, NULL FROM judgement WHERE id = 1"
)
_LATER = "learned_at = '2031-01-01 00:00:00'"


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ("DELETE FROM rendering", "reading", "has lost the text"),
        ("DELETE FROM mention", "reading", "was changed since"),
        ("DELETE FROM reading", "reading", "is gone"),
        ("DELETE FROM page", "reading", "is gone"),
        ("DELETE FROM code", "reading", "columns"),
        ("UPDATE entry SET detail = '{' WHERE id = 1", "entry", "entry.detail"),
        ("UPDATE entry SET detail = '[]' WHERE id = 1", "entry", "entry.detail"),
        ("UPDATE judgement SET payload = '{' WHERE id = 3", "judgement", "was changed since"),
        ("UPDATE rendering SET published_value = 'May'", "reading", "columns"),
        ("UPDATE rendering SET published_until = '2018-01-01'", "page", "when its text was made"),
        ("UPDATE statement SET public_id = 'xyz' WHERE id = 1", "reading", "columns"),
        (_SQLITE + "UPDATE segment SET data = x'00ff'", "reading", "columns"),
        ("UPDATE segment SET readings = readings + 1", "reading", "columns"),
        ("UPDATE segment SET readings = -1", "reading", "columns"),
        (_SQLITE + "UPDATE segment SET data = 'words'", "reading", "segment.data"),
        (_SQLITE + "UPDATE segment SET readings = 'two'", "reading", "segment.readings"),
        (_SQLITE + "UPDATE entry SET learned_at = 'yesterday' WHERE id = 6", "entry", "entry.learned_at"),
        (_SQLITE + "UPDATE sighting SET learned_at = x'ff'", "page", "sighting.learned_at"),
        (_SQLITE + "UPDATE reading SET learned_at = 7 WHERE id = 1", "reading", "reading.learned_at"),
        (_SQLITE + "UPDATE rendering SET original = x'00ff'", "page", "rendering.original"),
        (_SQLITE + "UPDATE statement SET start = 'here'", "statement", "statement.start"),
        ("UPDATE copy SET likeness = 9e999", "page", "copy.likeness"),
        (_AGAIN.format(entry=3), "judgement", "in no entry of its own"),
        (_AGAIN.format(entry=77), "judgement", "was changed since"),
        (_AGAIN.format(entry=1), "judgement", "was changed since"),
        ("UPDATE judgement SET id = 99 WHERE id = 1", "judgement", "order of the log"),
        (f"UPDATE reading SET {_LATER}", "reading", "another time than its entry"),
        (f"UPDATE page SET {_LATER}", "page", "another time than its first reading"),
        (f"UPDATE rendering SET {_LATER}", "page", "another time than its first reading"),
        (f"UPDATE copy SET {_LATER}", "page", "another time than its first reading"),
        ("UPDATE statement SET sentence = 'Huawei denies it' WHERE id = 1", "statement", "in a sentence"),
        ("UPDATE statement SET sentence = NULL WHERE id = 1", "statement", "in a sentence"),
        ("UPDATE statement SET quote = 'Huawei denies it' WHERE id = 1", "reading", "was changed since"),
        ("UPDATE unread SET sentence = 'Nothing of note'", "reading", "unread sentence"),
        ("UPDATE block SET kind = 'title'", "page", "when its text was made"),
        ("DELETE FROM block", "page", "when its text was made"),
        ("UPDATE run SET reason = 'advert'", "page", "when its text was made"),
        ("UPDATE run SET kept = true", "page", "when its text was made"),
        ("UPDATE rendering SET published_precision = 'year'", "page", "when its text was made"),
        ("UPDATE rendering SET published_evidence = 'a guess'", "page", "when its text was made"),
        ("UPDATE rendering SET encoding = 'latin-1'", "page", "when its text was made"),
    ],
)
def test_what_was_changed_by_hand_is_named(full: Ledger, change: str, kind: str, words: str) -> None:
    only_sqlite, change = change.startswith(_SQLITE), change.removeprefix(_SQLITE)
    if not isinstance(full.place, Path):
        if only_sqlite:
            pytest.skip("PostgreSQL refuses it")
        change = change.replace("9e999", "'Infinity'")
    tamper(full, change)
    with Ledger(full.place) as ledger:
        told = [fault.message for fault in ledger.audit() if fault.kind == kind]
    assert any(words in message for message in told), told


def test_a_moment_that_no_program_can_take_is_named_on_a_server_too(full: Ledger) -> None:
    if isinstance(full.place, Path):
        pytest.skip("SQLite has no such moment")
    tamper(full, "UPDATE entry SET learned_at = 'infinity' WHERE id = 2")
    assert [(f.kind, f.subject) for f in full.audit()] == [("entry", "2")]


@pytest.mark.parametrize(
    ("change", "damaged"),
    [
        ("UPDATE judgement SET payload = '{'", True),
        ("UPDATE rendering SET offsets = '[1'", True),
        ("UPDATE segment SET readings = readings + 1", True),
        ("UPDATE deposit SET detail = '{'", True),
        (_SQLITE + "UPDATE entry SET learned_at = 'yesterday'", True),
        ("DELETE FROM rendering", True),
        ("DELETE FROM statement", True),
        ("DELETE FROM code", True),
        ("UPDATE rendering SET published_value = 'May'", True),
        ("DELETE FROM mention", False),
    ],
)
def test_who_asks_a_ledger_that_was_changed_so_is_told_that_it_is_damaged(
    full: Ledger, change: str, damaged: bool
) -> None:
    change = change.removeprefix(_SQLITE) if isinstance(full.place, Path) else change
    if change.startswith(_SQLITE):
        pytest.skip("PostgreSQL refuses it")
    digests = [page.digest for page in full.pages()]
    tamper(full, change)
    corrupt = []
    asked: list[Callable[[Ledger], object]] = [
        Ledger.pages,
        Ledger.statements,
        Ledger.unread,
        Ledger.entities,
        Ledger.judgements,
        Ledger.latest,
        lambda ledger: ledger.snapshot(lambda held: held.quoted(range(1, 3))),
        lambda ledger: ledger.deposits("list"),
        lambda ledger: ledger.content(digests[0]),
    ]
    for ask in asked:
        # Nothing but an error of ledgers comes out.
        with suppress(LedgerError), Ledger(full.place) as ledger:
            try:
                ask(ledger)
            except LedgerCorrupt as error:
                corrupt.append(str(error))
    assert bool(corrupt) == damaged
    assert all("Put back a copy" in one and "onrecord audit" in one for one in corrupt)
