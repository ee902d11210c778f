"""The workbench on a real server, before a real ledger: small pages of our own, read as a user reads them,
one page that is hostile in every field, and a restriction list."""

from __future__ import annotations

import hashlib
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from tests.web.described import Description
from typer.testing import CliRunner

from onrecord.cli import app as command
from onrecord.entities import Entity
from onrecord.ledger import Ledger
from onrecord.lists import ListedName, Party, ReadList, add_list
from onrecord.pages import Block, Page, Published, Run
from onrecord.statements import Reading, Statement, Unread
from onrecord.team import Person, Role, Team
from onrecord.web import create_app

PAGES = {
    "harbour.txt": (
        "2019-03-04\n\nNorway's Telenor drops Huawei from its new network\n\n"
        "Telenor will not use equipment from Huawei in its new mobile network, the operator said on Monday. "
        "The company has chosen Ericsson as its supplier instead.\n\n"
        "Huawei denies that it has ever spied on its customers for the Chinese government.\n"
    ),
    "kantoor.txt": (
        "2019-05-20\n\nDuitsland sluit Huawei niet uit\n\n"
        "De Duitse regering sluit Huawei niet uit van de aanleg van het nieuwe mobiele netwerk, zei een "
        "minister maandag in Berlijn.\n\n"
        "Volgens de Amerikaanse regering kan het Chinese bedrijf voor spionage worden gebruikt.\n"
    ),
}

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
"""What is put wherever a page, a list or a person has a say."""
FIRM = f"Evil {SCRIPT} Ltd"

Served = Callable[[Ledger], httpx.Client]
As = Callable[..., httpx.Client]
"""Opens the workbench for a person, by name and role."""


def hostile() -> tuple[Page, Reading]:
    """A page whose title, outlet, text, quote and place are script injections, as are the names it names."""
    quote = f"{FIRM} supplies the network of Norway {SCRIPT}"
    unread = f"Nobody understood {SCRIPT} what {FIRM} meant"
    original = f"READ ALSO {SCRIPT}\n\n{quote}. {unread}."
    begin = original.index(quote)
    page = Page(
        digest=hashlib.sha256(original.encode()).hexdigest(),
        locator=f"javascript:alert(3)//{SCRIPT}",
        encoding="utf-8",
        original=original,
        text=original[begin:],
        offsets=tuple(range(begin, len(original))),
        ends=tuple(range(begin + 1, len(original) + 1)),
        blocks=(Block(0, len(original) - begin, "body"),),
        runs=(Run(0, begin, False, f"read-also {SCRIPT}"), Run(begin, len(original), True, "body")),
        title=f"Title {SCRIPT}",
        outlet=f"Outlet {SCRIPT}",
        published=Published("2019-04-01", "day", f"meta {SCRIPT}", 0.9),
        language="en",
        language_confidence=1.0,
    )
    end = begin + len(quote)
    statement = Statement(
        start=begin,
        end=end,
        quote=quote,
        sentence_start=begin,
        sentence_end=end,
        type="supply",
        actor=FIRM,
        target="NO",
        status="asserted",
        topic="network",
        source=(f"Spokes {SCRIPT}",),
        when=None,
        confidence=0.9,
        rule="supply.builds",
    )
    ban = Statement(
        start=begin,
        end=end,
        quote=quote,
        sentence_start=begin,
        sentence_end=end,
        type="restriction",
        actor="NO",
        target=FIRM,
        status="asserted",
        topic="network",
        source=(),
        when="2019-03",
        confidence=0.9,
        rule="restriction.bans",
        scope="core",
    )
    left = Unread(end + 2, end + 2 + len(unread), (FIRM,))
    entities = (
        Entity(FIRM, "company", FIRM, (FIRM, f"Other {SCRIPT}")),
        Entity("NO", "state", "NO", (), "NO"),
        Entity(f"Spokes {SCRIPT}", "person", f"Spokes {SCRIPT}", ()),
    )
    return page, Reading("by-hand", "1", (statement, ban), (left,), entities)


def list_of(issued: str, *names: str) -> ReadList:
    """A list of ours with those on it."""
    parties = tuple(
        Party(
            name[:12].strip(),
            "company",
            (ListedName(name, "primary"),),
            source=f"Part {SCRIPT}",
            programs=(f"Programme {SCRIPT}",),
            since="2019-01-02",
            url="javascript:alert(4)",
        )
        for name in names
    )
    return ReadList("ours", f"Our list {SCRIPT}", f"Us {SCRIPT}", "own-csv", issued, parties)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file, filled and closed; tests that write take a copy."""
    folder = tmp_path_factory.mktemp("web")
    place = folder / "record.db"
    pages = folder / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        (pages / name).write_text(text, "utf-8")
    read = CliRunner().invoke(command, ["--ledger", str(place), "read", str(pages)])
    assert read.exit_code == 0, read.output
    with Ledger(place) as ledger:
        ledger.add(*hostile())
        ledger.add_unreadable(f"/pages/{SCRIPT}.html", None, "empty", f"It holds no text {SCRIPT}")
        add_list(ledger, list_of("2019-02-01", "Huawei Technologies", "Other Works"), who=f"Me {SCRIPT}")
        add_list(ledger, list_of("2019-06-01", "Huawei Technologies", FIRM), who=f"Me {SCRIPT}")
        some = next(one for one in ledger.statements() if one.statement.actor == FIRM)
        ledger.judge("accept", some.id, who=f"Me {SCRIPT}", why=f"Because {SCRIPT}")
        ledger.settle()
    return place


@contextmanager
def serving(ledger: Ledger, **options: Any) -> Iterator[httpx.Client]:
    """A client of a server in a thread, on a free port of the loopback, which holds every answer of the API
    against its description. `options` are `create_app`'s."""
    with Team(ledger.place) as team, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(ledger, team, **options)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            until = time.monotonic() + 20
            while not server.started and time.monotonic() < until:
                time.sleep(0.01)
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            hooks = {"response": [Description(app).check]}
            with httpx.Client(base_url=address, timeout=60, trust_env=False, event_hooks=hooks) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def web(filled: Path) -> Iterator[httpx.Client]:
    """The workbench of the filled ledger, which no test writes."""
    with Ledger(filled) as ledger, serving(ledger) as client:
        yield client


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled ledger that a test may change."""
    return Path(shutil.copy(filled, tmp_path / "own.db"))


@pytest.fixture
def as_(own: Path) -> Iterator[As]:
    """Opens the workbench of one ledger for several persons, each on a server of their own."""
    with ExitStack() as open_:

        def of(name: str, role: Role = "reviewer") -> httpx.Client:
            ledger = open_.enter_context(Ledger(own))
            return open_.enter_context(serving(ledger, person=Person(name, role)))

        yield of
