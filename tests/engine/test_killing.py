"""A read that is killed loses nothing that was committed, and a new run completes it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from onrecord import Ledger, read

# What a user's own program would be; it tells each page once that is in the ledger.
PROGRAM = """
import sys
from onrecord import Ledger, read
with Ledger(sys.argv[2]) as ledger:
    read(sys.argv[1], into=ledger, progress=lambda done: print(done.done, done.locator, flush=True))
"""
PAGES = 32


def write_pages(folder: Path) -> None:
    folder.mkdir()
    for number in range(PAGES):
        paragraphs = [
            f"The operator of island number {number} has chosen Huawei for its new network.",
            "The minister says that Denmark will not exclude Huawei from the network. The mayor of the town "
            "was pleased, and so were the people who had waited for it since the winter before last.",
            *(
                f"Critics fear that Huawei spies for China in town {n}. The company denies it."
                for n in range(12)
            ),
        ]
        (folder / f"{number:03}.txt").write_text("\n\n".join(paragraphs), "utf-8")


def test_kill_in_the_middle_of_a_read(tmp_path: Path) -> None:
    folder, place = tmp_path / "pages", tmp_path / "record.db"
    write_pages(folder)
    told: set[str] = set()
    for wait in (0.0, 0.013, 0.037):  # seconds into the page that comes after those told
        reading = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, folder, place], stdout=subprocess.PIPE, text=True
        )
        assert reading.stdout is not None
        with reading.stdout:
            news = 0
            while news < 5:
                done, _, locator = reading.stdout.readline().strip().partition(" ")
                assert done in {"added", "unchanged"}
                news += done == "added"
                told.add(locator)
            time.sleep(wait)
            reading.send_signal(signal.SIGKILL)
            assert reading.wait() == -signal.SIGKILL
        with Ledger(place, create=False) as ledger:
            held = ledger.pages()
            assert told <= {page.locator for page in held}
            assert len(held) < PAGES
            assert sum(page.statements for page in held) == len(ledger.statements())
        with closing(sqlite3.connect(place)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with Ledger(place) as broken_off, Ledger(tmp_path / "undisturbed.db") as undisturbed:
        completed = read(folder, into=broken_off)
        assert completed.unchanged == len(held)
        assert completed.read == PAGES - len(held)
        read(folder, into=undisturbed)
        assert broken_off.statements() == undisturbed.statements()
        assert broken_off.unread() == undisturbed.unread()
        assert broken_off.counts() == undisturbed.counts()
        assert broken_off.dossier("Huawei") == undisturbed.dossier("Huawei")
