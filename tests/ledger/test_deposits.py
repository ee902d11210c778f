"""Bytes that other rooms hand the ledger: kept in versions, whole or not at all, and never changed unseen."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from tests.postgres import Server

from onrecord.ledger import Ledger, LedgerCorrupt, NoSuchDeposit
from onrecord.ledger._store import Store


def tamper(ledger: Ledger, change: str, **values: object) -> None:
    """Change a ledger behind its back."""
    place = ledger.place
    url = f"sqlite:///{place}" if isinstance(place, Path) else place.replace(":", "+psycopg:", 1)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(change), values)
    engine.dispose()


def test_bytes_come_back_as_they_were_given_with_who_and_what_was_said_of_them(ledger: Ledger) -> None:
    data = bytes(range(256)) * 1000
    made = ledger.deposit("list", "own", data, detail={"title": "Ours \0 ж", "issued": None}, who="Anna")
    assert (made.kind, made.name, made.size, made.who) == ("list", "own", 256_000, "Anna")
    assert made.detail == {"title": "Ours \0 ж", "issued": None}
    assert ledger.deposited(made.id) == data
    assert ledger.deposits("list") == ledger.deposits("list", "own") == (made,)
    assert ledger.deposits("list", "other") == ledger.deposits("check") == ()
    empty = ledger.deposit("check", "own", b"", detail={}, who="Bo")
    assert ledger.deposited(empty.id) == b""
    assert ledger.audit() == ()
    with pytest.raises(NoSuchDeposit):
        ledger.deposited(empty.id + 1)


def test_the_same_again_is_no_new_version_but_what_was_there_before_the_newest_is(ledger: Ledger) -> None:
    first = ledger.deposit("list", "own", b"a", detail={"n": 1}, who="Anna")
    assert ledger.deposit("list", "own", b"a", detail={"n": 1}, who="Bo") == first
    said_otherwise = ledger.deposit("list", "own", b"a", detail={"n": 2}, who="Bo")
    elsewhere = ledger.deposit("list", "other", b"a", detail={"n": 1}, who="Bo")
    back = ledger.deposit("list", "own", b"a", detail={"n": 1}, who="Bo")
    assert ledger.deposits("list", "own") == (first, said_otherwise, back)
    assert ledger.deposits("list") == (first, said_otherwise, elsewhere, back)
    assert ledger.audit() == ()


def test_a_deposit_is_known_from_the_moment_at_which_it_was_made(ledger: Ledger) -> None:
    first = ledger.deposit("list", "own", b"a", detail={}, who="Anna")
    second = ledger.deposit("list", "own", b"b", detail={}, who="Anna")
    before = first.learned_at - timedelta(seconds=1)
    assert ledger.deposits("list", known_at=before) == ()
    assert first in ledger.deposits("list", known_at=first.learned_at)
    assert ledger.deposits("list", known_at=second.learned_at) == (first, second)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE deposit SET data = :other WHERE id = 1", "deposit"),
        ("UPDATE deposit SET data = :junk WHERE id = 1", "deposit"),
        ("UPDATE deposit SET data = :other, digest = :digest, size = 5 WHERE id = 1", "deposit"),
        ("UPDATE deposit SET name = 'other' WHERE id = 1", "deposit"),
        ("UPDATE deposit SET detail = '{}' WHERE id = 1", "deposit"),
        ("UPDATE entry SET detail = '{}' WHERE action = 'deposit' AND id = 1", "entry"),
        ("DELETE FROM deposit WHERE id = 1", "entry"),
    ],
)
def test_whoever_changes_a_deposit_behind_the_log_is_found_out(
    ledger: Ledger, change: str, kind: str
) -> None:
    ledger.deposit("list", "own", b"words", detail={"n": 1}, who="Anna")
    ledger.deposit("list", "own", b"others", detail={"n": 1}, who="Anna")
    assert ledger.audit() == ()
    values = {
        "other": zlib.compress(b"sword"),
        "junk": b"\xff\xfe",
        "digest": "4" * 64,
    }
    tamper(ledger, change, **{name: value for name, value in values.items() if f":{name}" in change})
    assert kind in {fault.kind for fault in ledger.audit()}
    if "data" in change:
        with pytest.raises(LedgerCorrupt, match="Deposit 1"):
            ledger.deposited(1)


def test_a_deposit_that_claims_to_be_larger_than_it_was_is_not_unpacked(ledger: Ledger) -> None:
    ledger.deposit("list", "own", b"words", detail={}, who="Anna")
    tamper(ledger, "UPDATE deposit SET data = :bomb", bomb=zlib.compress(bytes(50_000_000)))
    with pytest.raises(LedgerCorrupt):
        ledger.deposited(1)


@pytest.mark.parametrize("kinds", [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")])
def test_a_copy_holds_them_with_their_ids_and_can_be_gone_on_with(
    tmp_path: Path, postgresql: Server, kinds: tuple[str, str]
) -> None:
    places = [
        str(tmp_path / f"{n}.db") if kind == "sqlite" else postgresql.database()
        for n, kind in enumerate(kinds)
    ]
    with Ledger(places[0]) as ledger, Ledger(places[1]) as other:
        made = [
            ledger.deposit("list", f"{n % 2}", os.urandom(n * 50_000), detail={"n": n}, who="A")
            for n in range(5)
        ]
        assert ledger.copy_into(other)["deposit"] == 5
        assert other.deposits("list") == tuple(made)
        assert [other.deposited(d.id) for d in made] == [ledger.deposited(d.id) for d in made]
        assert other.audit() == ()
        assert other.deposit("list", "0", b"new", detail={}, who="A").id > made[-1].id
        assert other.audit() == ()


KILLED = """
import os, sys
from onrecord.ledger import Ledger, _deposits
inner = _deposits.insert_row
def dying(*given, **values):
    inner(*given, **values)
    os.kill(os.getpid(), 9)  # all is written, nothing is committed
with Ledger(sys.argv[1]) as ledger:
    ledger.deposit("list", "own", b"first", detail={}, who="Anna")
    _deposits.insert_row = dying
    ledger.deposit("list", "own", b"second" * 100_000, detail={}, who="Anna")
"""


def test_who_is_killed_while_depositing_leaves_all_of_it_or_nothing(place: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, place], timeout=60)
    assert ended.returncode == -9
    with Ledger(place) as ledger:
        (held,) = ledger.deposits("list")
        assert ledger.deposited(held.id) == b"first"
        assert ledger.audit() == ()
        again = ledger.deposit("list", "own", b"second" * 100_000, detail={}, who="Anna")
        assert ledger.deposits("list") == (held, again)
        assert ledger.audit() == ()


def test_a_ledger_that_is_older_keeps_deposits_once_it_is_opened(
    place_maker: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic.command import downgrade
    from alembic.config import Config

    place = place_maker()
    with Ledger(place) as ledger:
        ledger.add_unreadable("gone.txt", None, "not-found", "gone.txt is not there.")
    config = Config()
    config.set_main_option("script_location", "onrecord.ledger:migrations")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "_bring_up_to_date", lambda _: None)
        with Ledger(place) as ledger:

            def back(connection: Connection) -> None:
                config.attributes["connection"] = connection
                downgrade(config, "0004")

            ledger._store.write(back)
    with Ledger(place) as ledger:
        assert len(ledger.unreadable()) == 1
        made = ledger.deposit("list", "own", b"a", detail={}, who="Anna")
        assert ledger.deposited(made.id) == b"a"
        assert ledger.audit() == ()
