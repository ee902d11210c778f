"""A writer that is killed loses nothing that it had committed, and leaves no half page."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from onrecord.ledger import Ledger
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]
SENTENCES = 6


def pages_of(make_page: Make) -> list[Page]:
    text = ". ".join(f"Huawei builds network {n}" for n in range(SENTENCES))
    return [make_page(f"{text}. On page {number} it rests", locator=f"{number}.txt") for number in range(120)]


def write(place: Path, told: Connection, pages: list[Page], make_reading: Read) -> None:
    with Ledger(place) as ledger:
        for page in pages:
            ledger.add(page, make_reading(page, about="network"))
            told.send(page.digest)


def test_nothing_that_was_committed_is_lost(tmp_path: Path, make_page: Make, make_reading: Read) -> None:
    place = tmp_path / "record.db"
    pages = pages_of(make_page)
    context = multiprocessing.get_context("fork")
    for until in (
        0,
        1,
        7,
        30,
        55,
    ):  # pages told as committed before the kill, while the next is being written
        receive, send = context.Pipe(duplex=False)
        writer = context.Process(target=write, args=(place, send, pages, make_reading))
        writer.start()
        told = [receive.recv() for _ in range(until)]
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        with Ledger(place) as ledger:
            held = {page.digest: page for page in ledger.pages()}
            assert set(told) <= set(held)
            assert {(page.statements, page.unread) for page in held.values()} <= {(SENTENCES, 1)}
            assert len(ledger.statements()) == SENTENCES * len(held)
        with closing(sqlite3.connect(place)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(held) < len(pages)
    with Ledger(place) as ledger:
        outcomes = [ledger.add(page, make_reading(page)) for page in pages]
        assert outcomes.count("unchanged") == len(held)
        assert outcomes.count("added") == len(pages) - len(held)
        statements = ledger.statements()
    with Ledger(tmp_path / "undisturbed.db") as ledger:
        for page in pages:
            ledger.add(page, make_reading(page))
        assert ledger.statements() == statements
