"""What takes long is made by processes beside the server, and by the server itself where they fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.web.conftest import FIRM, serving

from onrecord.ledger import Ledger
from onrecord.team import Team, Watching
from onrecord.web import Makers
from onrecord.web._ahead import Ahead
from onrecord.web._asked import Times
from onrecord.web._bench import Bench, Long
from onrecord.web._kept import packed
from onrecord.web._long import DossierJson, DossierPart, StandingsJson, StandingsPart

NOW = Times(None, None)
LONG = (
    DossierPart("Huawei", NOW, "en", "", ""),
    DossierPart(FIRM, Times("2019-05", None), "da", "da", ""),
    DossierJson("Huawei", Times("2019-03-31", None), "nl"),
    StandingsPart("", ("state", "company"), 20, NOW, "en"),
    StandingsJson(None, ("state",), 20, NOW, "en"),
)


@pytest.fixture
def makers(filled: Path) -> Iterator[Makers]:
    found = Makers(filled, 1, least=0)
    yield found
    found.end()


def children(process: int) -> set[int]:
    """The processes that a process began and that did not end yet (Linux's /proc)."""
    found = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for one in found for child in one.read_text("utf-8").split()}


def spawned() -> set[int]:
    """The children of this process that `multiprocessing` began to do work."""
    told = {one: Path(f"/proc/{one}/cmdline").read_bytes() for one in children(os.getpid())}
    return {one for one, command in told.items() if b"spawn_main" in command}


def runs(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text("utf-8")
    except FileNotFoundError:
        return False


def ended(processes: set[int], seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(map(runs, processes)):
            return True
        time.sleep(0.05)
    return False


def test_they_make_what_the_server_would(filled: Path, makers: Makers) -> None:
    with Ledger(filled) as ledger, Team(filled) as team:
        bench = Bench(ledger, team)
        for what in LONG:
            assert makers.made(what) == packed(what.made(bench)), what


def test_what_fails_there_is_told_by_the_server(filled: Path, makers: Makers) -> None:
    assert makers.made(DossierPart("Nobody", NOW, "en", "", "")) is None
    with Ledger(filled) as ledger, serving(ledger, makers=makers) as client:
        assert client.get("/suppliers/Huawai").status_code == 404
        told = client.get("/api/v1/suppliers/Huawai/dossier").json()
        assert told["status"] == 404
        assert "Huawei" in told["nearest"]
        assert "Telenor" in client.get("/suppliers/Huawei").text


def test_one_that_was_killed_is_begun_anew(filled: Path, makers: Makers) -> None:
    before = spawned()
    assert makers.made(LONG[0]) is not None
    (killed,) = spawned() - before
    os.kill(killed, signal.SIGKILL)
    with Ledger(filled) as ledger, serving(ledger, makers=makers) as client:
        assert "Telenor" in client.get("/suppliers/Huawei").text
        assert "Telenor" in client.get("/suppliers/Huawei?as_of=2019-04").text
    (other,) = spawned() - before
    assert other != killed


def test_many_who_ask_at_once_take_turns(makers: Makers) -> None:
    found: list[bytes | None] = []
    before = spawned()
    threads = [
        threading.Thread(target=lambda what=what: found.append(makers.made(what))) for what in LONG * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(threads)
    assert None not in found
    assert len(spawned() - before) == 1


def test_they_end_with_a_server_that_is_killed(filled: Path) -> None:
    program = (
        "import sys, time\n"
        "from onrecord.web import Makers\n"
        "from onrecord.web._asked import Times\n"
        "from onrecord.web._long import DossierJson\n"
        "if __name__ == '__main__':\n"
        "    makers = Makers(sys.argv[1], 2)\n"
        "    print(len(makers.made(DossierJson('Huawei', Times(None, None), 'en'))), flush=True)\n"
        "    time.sleep(600)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(filled)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        text=True,
    )
    assert running.stdout is not None
    assert int(running.stdout.readline()) > 1000
    begun = children(running.pid)
    assert begun
    running.kill()
    running.communicate()
    assert ended(begun)


def test_of_a_small_ledger_the_server_makes_all_itself(filled: Path) -> None:
    makers = Makers(filled, 1)
    before = spawned()
    with Ledger(filled) as ledger, serving(ledger, makers=makers) as client:
        assert "Telenor" in client.get("/suppliers/Huawei").text
    assert spawned() == before
    makers.end()


class Noting(Makers):
    """Makers that note what they are asked for."""

    asked: list[Long]

    def made(self, what: Long) -> bytes | None:
        self.asked.append(what)
        return super().made(what)


def waited(for_: Callable[[], bool], seconds: float = 300.0) -> bool:
    until = time.monotonic() + seconds
    while not for_() and time.monotonic() < until:
        time.sleep(0.05)
    return for_()


def test_dossiers_are_made_before_anybody_asks_and_anew_once_something_was_added(own: Path) -> None:
    makers = Noting(own, 1, least=0)
    makers.asked = []
    with Ledger(own) as ledger, Team(own) as team:
        bench = Bench(ledger, team, makers)
        bench.spoken.add("da")
        suppliers = {one.entity.key for one in bench.suppliers()}
        wanted: set[Long] = {StandingsPart("", ("state",), 20, NOW, language) for language in ("en", "da")}
        wanted |= {DossierPart(key, NOW, language, "", "") for key in suppliers for language in ("en", "da")}
        ahead = Ahead(bench, quiet=0.1)
        ahead.start()
        try:
            assert waited(lambda: set(makers.asked) == wanted)
            before = len(makers.asked)
            (one, *_) = wanted
            assert bench.text(one) == one.made(Bench(ledger, team))
            assert len(makers.asked) == before, "whoever asks has it at once"
            makers.asked.clear()
            ledger.judge("accept", ledger.statements()[0].id, who="Anna")
            assert waited(lambda: set(makers.asked) == wanted)
        finally:
            ahead.end()
            makers.end()
        assert not ahead.is_alive()


def test_those_that_are_followed_are_made_first_and_small_ledgers_are_left_alone(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web._ahead.FIRST", 1)
    makers = Noting(own, 1, least=0)
    makers.asked = []
    with Ledger(own) as ledger, Team(own) as team:
        bench = Bench(ledger, team, makers)
        last = bench.suppliers()[-1].entity.key
        Watching(team).follow(None, last, knew=ledger.latest())
        ahead = Ahead(bench, quiet=0.1)
        ahead.start()
        try:
            assert waited(lambda: len(makers.asked) > 1)
        finally:
            ahead.end()
            makers.end()
        assert makers.asked[1:] == [DossierPart(last, NOW, "en", "", "")]
        assert Bench(ledger, team, Makers(own, 1)).makers is None
