"""Reading places into a ledger: every item is counted once, and none stands in another's way."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.engine import Failed, Progress, Taken, read, read_each
from onrecord.ledger import Ledger, LedgerLocked
from onrecord.statements import Reader

MakeReader = Callable[..., Reader]


def rows(place: Path) -> dict[str, int]:
    with closing(sqlite3.connect(place)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in tables}


def test_a_folder_is_read_and_every_item_counted(
    pages: Path, ledger: Ledger, make_reader: MakeReader
) -> None:
    told: list[Progress] = []
    summary = read(pages, into=ledger, reader=make_reader(), progress=told.append)
    assert (summary.read, summary.unchanged, summary.superseded, dict(summary.unreadable)) == (9, 0, 0, {})
    assert summary.seen == len(told) == 9
    assert [progress.seen for progress in told] == list(range(1, 10))
    assert summary.statements == told[-1].statements == len(ledger.statements()) == 18
    assert {page.language for page in ledger.pages()} == {"da", "en", "nl"}
    for stored in ledger.statements():
        page = ledger.content(stored.page_id)
        assert page is not None
        assert page.original[stored.statement.start : stored.statement.end] == stored.statement.quote


def test_reading_twice_adds_no_row(pages: Path, ledger: Ledger, make_reader: MakeReader) -> None:
    (pages / "empty.txt").write_bytes(b"")
    first = read(pages, into=ledger, reader=make_reader())
    before = rows(Path(ledger.place))
    second = read(pages, into=ledger, reader=make_reader())
    assert (first.read, second.read, second.unchanged, second.statements) == (9, 0, 9, 0)
    assert first.unreadable == second.unreadable == {"empty": 1}
    assert rows(Path(ledger.place)) == before


def test_the_order_of_reading_does_not_matter(pages: Path, tmp_path: Path, make_reader: MakeReader) -> None:
    shutil.copy(pages / "1.md", pages / "9-copy.md")
    files = sorted(pages.iterdir())
    with Ledger(tmp_path / "forth.db") as forth, Ledger(tmp_path / "back.db") as back:
        read(files, into=forth, reader=make_reader())
        for file in reversed(files):
            read(file, into=back, reader=make_reader())
        assert forth.statements() == back.statements()
        assert forth.entities() == back.entities()
        assert [(p.id, p.locators) for p in forth.pages()] == [(p.id, p.locators) for p in back.pages()]
        assert forth.counts() == back.counts()
        assert forth.counts().pages == 9


def test_a_newer_reader_supersedes(pages: Path, ledger: Ledger, make_reader: MakeReader) -> None:
    read(pages, into=ledger, reader=make_reader("1"))
    summary = read(pages, into=ledger, reader=make_reader("2"))
    assert (summary.read, summary.unchanged, summary.superseded) == (0, 0, 9)
    assert {s.version for s in ledger.statements()} == {"2"}
    assert {s.version for s in ledger.statements(reader_version="1")} == {"1"}


def test_what_cannot_be_read_is_noted_and_the_others_are_read(
    pages: Path, ledger: Ledger, make_reader: MakeReader
) -> None:
    (pages / "empty.txt").write_bytes(b"")
    (pages / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    missing = pages / "missing.txt"
    summary = read([pages, missing], into=ledger, reader=make_reader())
    assert summary.read == 9
    assert sum(summary.unreadable.values()) == 3
    assert summary.seen == 12
    noted = {Path(u.locator).name: u for u in ledger.unreadable()}
    assert set(noted) == {"empty.txt", "picture.txt", "missing.txt"}
    assert all(u.message for u in noted.values())
    assert noted["missing.txt"].digest is None
    # Once it can be read it is, and is no longer told of.
    shutil.copy(pages / "1.md", missing)
    missing.write_text(missing.read_text("utf-8") + "It snowed again in the evening.\n", "utf-8")
    again = read([pages, missing], into=ledger, reader=make_reader())
    assert (again.read, again.unchanged) == (1, 9)
    assert {Path(u.locator).name for u in ledger.unreadable()} == {"empty.txt", "picture.txt"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is always text")
def test_a_file_whose_name_is_no_text_is_read(pages: Path, ledger: Ledger, make_reader: MakeReader) -> None:
    odd = Path(os.fsdecode(os.fsencode(pages) + b"/caf\xe9.txt"))
    odd.write_bytes((pages / "1-da.txt").read_bytes() + b"Det sneede om aftenen.\n")
    summary = read(pages, into=ledger, reader=make_reader())
    assert (summary.read, dict(summary.unreadable)) == (10, {})
    assert any(page.locator.endswith(r"caf\udce9.txt") for page in ledger.pages())


def test_a_mistake_of_ours_costs_one_page_only(pages: Path, ledger: Ledger, make_reader: MakeReader) -> None:
    summary = read(pages, into=ledger, reader=make_reader(stumbles_over="netværk nummer 2"))
    assert summary.read == 8
    assert summary.unreadable == {"internal": 1}
    (noted,) = ledger.unreadable()
    assert noted.locator.endswith("2-da.txt")
    assert "ZeroDivisionError: a mistake in the reader" in noted.message
    # When it is mended, the page is read.
    mended = read(pages, into=ledger, reader=make_reader())
    assert (mended.read, mended.unchanged) == (1, 8)
    assert ledger.unreadable() == ()


def test_a_ledger_that_fails_ends_the_run(pages: Path, tmp_path: Path, make_reader: MakeReader) -> None:
    place = tmp_path / "record.db"
    with (
        Ledger(place, busy_timeout=0.1) as ledger,
        closing(sqlite3.connect(place, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLocked):
            read(pages, into=ledger, reader=make_reader())


def test_reading_without_a_ledger(pages: Path, make_reader: MakeReader) -> None:
    (pages / "empty.txt").write_bytes(b"")
    each = list(read_each(pages, reader=make_reader()))
    assert [Path(one.locator).name for one in each if isinstance(one, Failed)] == ["empty.txt"]
    assert sum(len(one.reading.statements) for one in each if isinstance(one, Taken)) == 18
