"""Pages and readings made by hand, in our own words."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import Server

from onrecord.entities import Entity
from onrecord.ledger import Ledger
from onrecord.pages import Block, Page, Published, Run
from onrecord.statements import Reading, Statement, Unread

RESIDUE = "READ ALSO: Ten phones for the summer\n\n"
KINDS = {"Huawei": "company", "NO": "state", "GB": "state", "DK": "state"}


def published_of(value: str | None) -> Published | None:
    if value is None:
        return None
    precision = {4: "year", 7: "month", 10: "day"}[len(value)]
    return Published(value, precision, "front matter: date", 0.95)  # type: ignore[arg-type]


@pytest.fixture
def make_page() -> Callable[..., Page]:
    """A page of one paragraph after a line that was dropped."""

    def make(
        text: str,
        *,
        locator: str = "page.txt",
        published: str | None = "2019-01-24",
        outlet: str | None = "The Daily",
        language: str | None = "en",
        title: str | None = None,
    ) -> Page:
        original = RESIDUE + text
        begin = len(RESIDUE)
        return Page(
            digest=hashlib.sha256(original.encode()).hexdigest(),
            locator=locator,
            encoding="utf-8",
            original=original,
            text=text,
            offsets=tuple(range(begin, len(original))),
            ends=tuple(range(begin + 1, len(original) + 1)),
            blocks=(Block(0, len(text), "body"),),
            runs=(Run(0, begin, False, "read-also"), Run(begin, len(original), True, "body")),
            title=title,
            outlet=outlet,
            published=published_of(published),
            language=language,
            language_confidence=0.99,
        )

    return make


@pytest.fixture
def make_reading() -> Callable[..., Reading]:
    """A reading of a page whose sentences are parted by full stops.

    Each gives the statement "Huawei supplies TARGET" where it holds the words `about`, else it is unread.
    """

    def make(
        page: Page,
        *,
        about: str = "network",
        target: str | None = "NO",
        source: tuple[str, ...] = (),
        version: str = "1",
        reader: str = "by-hand",
        names: tuple[str, ...] = ("Huawei", "the company"),
    ) -> Reading:
        statements: list[Statement] = []
        unread: list[Unread] = []
        begin = len(RESIDUE)
        for sentence in page.text.split(". "):
            end = begin + len(sentence)
            if about in sentence:
                quote_end = begin + sentence.index(about) + len(about)
                statements.append(
                    Statement(
                        start=begin,
                        end=quote_end,
                        quote=page.original[begin:quote_end],
                        sentence_start=begin,
                        sentence_end=end,
                        type="supply",
                        actor="Huawei",
                        target=target,
                        status="asserted",
                        topic="network",
                        source=source,
                        when=None,
                        confidence=0.8,
                        rule="supply.builds",
                        scope=None if source else "core",
                    )
                )
            else:
                unread.append(Unread(begin, end, ("Huawei",)))
            begin = end + 2
        keys = {"Huawei", *source} | ({target} if target else set())
        entities = tuple(
            Entity(key, KINDS.get(key, "role"), key, names if key == "Huawei" else ())  # type: ignore[arg-type]
            for key in sorted(keys)
        )
        return Reading(reader, version, tuple(statements), tuple(unread), entities)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def place_maker(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Says where a new ledger may be made: a file, or a database on a real server."""
    if request.param == "sqlite":
        numbers = itertools.count(1)
        return lambda: str(tmp_path / f"record-{next(numbers)}.db")
    server: Server = request.getfixturevalue("postgresql")
    return server.database


@pytest.fixture
def place(place_maker: Callable[[], str]) -> str:
    """Where a ledger may be made."""
    return place_maker()


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger(place) as opened:
        yield opened
