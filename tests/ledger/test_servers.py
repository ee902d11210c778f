"""A ledger on a server: what is said of one that is away, refuses, or is another program's; and turns."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from tests.postgres import Server, server

from onrecord.ledger import (
    Ledger,
    LedgerCorrupt,
    LedgerLocked,
    LedgerNotFound,
    LedgerUnreachable,
    LedgerUnwritable,
)
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    with server() as running:
        yield running


def test_a_server_that_is_away_is_waited_for_then_told(
    own_server: Server, make_page: Make, make_reading: Read
) -> None:
    url = own_server.database()
    first, second = make_page("Huawei builds a network"), make_page("Huawei mends the network")
    with Ledger(url, busy_timeout=20) as ledger:
        ledger.add(first, make_reading(first))
        own_server.stop("immediate")
        back = threading.Timer(1.0, own_server.start)
        back.start()
        assert ledger.add(second, make_reading(second)) == "added"
        back.join()
        assert len(ledger.statements()) == 2
        own_server.stop()
    with pytest.raises(LedgerUnreachable, match="committed is safe"):
        Ledger(url, busy_timeout=0.2)
    own_server.start()


def test_a_server_that_goes_away_in_mid_write_loses_nothing(
    own_server: Server, make_page: Make, make_reading: Read
) -> None:
    url = own_server.database()
    pages = [make_page(f"Huawei builds network {n}", locator=f"{n}.txt") for n in range(40)]
    with Ledger(url, busy_timeout=30) as ledger:

        def pull() -> None:
            for _ in range(3):
                time.sleep(0.3)
                own_server.stop("immediate")
                own_server.start()

        plug = threading.Thread(target=pull)
        plug.start()
        for page in pages:
            assert ledger.add(page, make_reading(page)) in ("added", "unchanged")
            time.sleep(0.02)
        plug.join()
        assert len(ledger.statements()) == len(pages)


def test_what_a_server_refuses_is_told(postgresql: Server) -> None:
    url = postgresql.database()
    with pytest.raises(LedgerNotFound, match="createdb"):
        Ledger(postgresql.url("nowhere"))
    with pytest.raises(LedgerNotFound, match="Read pages into it first"):
        Ledger(url, create=False)
    with pytest.raises(LedgerUnwritable, match='role "stranger" does not exist'):
        Ledger(url.replace("tests@", "stranger@"))
    with pytest.raises(LedgerUnwritable, match="names no database"):
        Ledger("postgresql://tests@127.0.0.1/")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE customers (id integer)")
    with pytest.raises(LedgerCorrupt, match="another program"):
        Ledger(url)


def test_a_password_is_never_shown(postgresql: Server) -> None:
    url = postgresql.database().replace("tests@", "tests:s3cret@")
    with Ledger(url) as ledger:
        assert "s3cret" not in str(ledger.place)
        assert str(ledger.place).startswith("postgresql://tests:***@")


def test_a_user_without_rights_reads_but_does_not_write(
    postgresql: Server, make_page: Make, make_reading: Read
) -> None:
    url = postgresql.database()
    page = make_page("Huawei builds a network")
    with Ledger(url) as ledger:
        ledger.add(page, make_reading(page))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE onlooker LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO onlooker")
    with Ledger(url.replace("tests@", "onlooker@")) as ledger:
        assert len(ledger.statements()) == 1
        other = make_page("Huawei mends the network")
        with pytest.raises(LedgerUnwritable, match="You may not write"):
            ledger.add(other, make_reading(other))


def test_who_keeps_the_lock_is_waited_for_then_told(
    postgresql: Server, make_page: Make, make_reading: Read
) -> None:
    url = postgresql.database()
    page = make_page("Huawei builds a network")
    with Ledger(url, busy_timeout=0.3) as ledger, psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (0x4F6E5263,))
        assert ledger.statements() == ()
        with pytest.raises(LedgerLocked, match="locked by another program"):
            ledger.add(page, make_reading(page))
        other.rollback()
        assert ledger.add(page, make_reading(page)) == "added"


def test_who_has_the_lock_and_goes_on_is_waited_for(
    postgresql: Server, make_page: Make, make_reading: Read
) -> None:
    url = postgresql.database()
    page = make_page("Huawei builds a network")
    with Ledger(url, busy_timeout=0.3) as ledger, psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (0x4F6E5263,))

        def go_on() -> None:
            until = time.monotonic() + 2
            while time.monotonic() < until:
                other.execute("SELECT 1")
                time.sleep(0.02)
            other.rollback()

        busy = threading.Thread(target=go_on)
        busy.start()
        assert ledger.add(page, make_reading(page)) == "added"
        busy.join()


def test_a_nul_on_a_page_comes_back(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    page = make_page("Huawei builds\0 a network for \ufdd0 and \ufdd00")
    ledger.add(page, make_reading(page))
    content = ledger.content(page.digest)
    assert content is not None
    assert (content.original, content.text) == (page.original, page.text)
    assert ledger.statements()[0].statement.quote == make_reading(page).statements[0].quote


class Line:
    """A line to a server that can be cut between the next commit and its answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cut_at_commit = threading.Event()
        self.cuts = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, url: str) -> str:
        return url.replace(f":{self.port}/", f":{self.listener.getsockname()[1]}/")

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self.port)) as end:
            while True:
                ready, _, _ = select.select([client, end], [], [])
                for side in ready:
                    data = side.recv(1 << 16)
                    if not data:
                        return
                    (end if side is client else client).sendall(data)
                    if side is client and b"COMMIT\0" in data and self.cut_at_commit.is_set():
                        self.cut_at_commit.clear()
                        self.cuts += 1
                        end.recv(1 << 16)  # it has committed
                        return


@pytest.fixture
def line(postgresql: Server) -> Iterator[Line]:
    made = Line(postgresql.port)
    yield made
    made.listener.close()


def test_a_commit_whose_answer_was_lost_is_not_done_twice(
    postgresql: Server, line: Line, make_page: Make, make_reading: Read
) -> None:
    url = postgresql.database()
    page = make_page("Huawei builds a network")
    with Ledger(url) as other, Ledger(line.url(url)) as ledger:
        line.cut_at_commit.set()
        assert ledger.add(page, make_reading(page)) == "added"
        (statement,) = ledger.statements()
        line.cut_at_commit.set()
        passed = ledger.judge("accept", statement.id, who="Anna")
        line.cut_at_commit.set()
        undone = ledger.undo(passed.id, who="Anna")
        line.cut_at_commit.set()
        ledger.add_unreadable("b.txt", None, "empty", "It holds no text.")
        assert line.cuts == 4
        assert [j.id for j in other.judgements()] == [passed.id, undone.id]
        assert len(other.pages()) == len(other.unreadable()) == 1
        assert other.audit() == ()


def test_a_copy_whose_commit_was_not_answered_is_whole(
    postgresql: Server, line: Line, tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    url = postgresql.database()
    page = make_page("Huawei builds a network")
    with Ledger(tmp_path / "record.db") as ledger, Ledger(line.url(url)) as other:
        ledger.add(page, make_reading(page))
        line.cut_at_commit.set()
        assert ledger.copy_into(other)["page"] == 1
        assert line.cuts == 1
        assert other.statements() == ledger.statements()
        assert ledger.copy_into(other)["page"] == 1


def test_many_write_and_read_at_once(place: str, make_page: Make, make_reading: Read) -> None:
    pages = [make_page(f"Huawei builds network {n}", locator=f"{n}.txt") for n in range(60)]
    faults: list[BaseException] = []
    seen: list[int] = []
    with Ledger(place):
        pass

    def work(pages: list[Page]) -> None:
        try:
            with Ledger(place, busy_timeout=60) as ledger:
                for page in pages:
                    ledger.add(page, make_reading(page))
        except BaseException as error:
            faults.append(error)

    def look(done: threading.Event) -> None:
        try:
            with Ledger(place, busy_timeout=60) as ledger:
                while not done.is_set():
                    found = ledger.statements()
                    assert all(s.statement.quote for s in found)
                    seen.append(len(found))
        except BaseException as error:
            faults.append(error)

    done = threading.Event()
    readers = [threading.Thread(target=look, args=(done,)) for _ in range(4)]
    writers = [threading.Thread(target=work, args=(pages[n::2] + pages[::3],)) for n in range(4)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert faults == []
    with Ledger(place) as ledger:
        assert len(ledger.statements()) == len(pages)
