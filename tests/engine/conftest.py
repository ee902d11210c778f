"""A folder of pages in three languages, in our own words, and a reader that is quick to make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.entities import Entity
from onrecord.language import Analysis
from onrecord.ledger import Ledger
from onrecord.statements import Reading, Statement

ENGLISH = """---
title: A mast in the north
date: 2019-03-0{number}
site: The Northern Courier
---
The operator of the islands has chosen Huawei for its new network number {number}. The mayor of the town
was pleased, and so were the people who had waited for it since the winter before last. Nobody was asked
about the price.

The minister says that Denmark will not exclude Huawei from the network. The company promises to keep the law.
"""
DANISH = """Operatøren på øerne har valgt Huawei til sit nye netværk nummer {number}. Borgmesteren i byen
var glad, og det var borgerne også, for de havde ventet på det siden vinteren før sidste vinter. Ingen blev
spurgt om prisen.

Ministeren siger, at Danmark ikke vil udelukke Huawei fra netværket. Selskabet lover at overholde loven.
"""
DUTCH = """De operator van de eilanden heeft Huawei gekozen voor zijn nieuwe netwerk nummer {number}. De
burgemeester van de stad was blij, en de inwoners waren dat ook, want zij wachtten er al sinds de vorige
winter op. Niemand vroeg naar de prijs.

De minister zegt dat Nederland Huawei niet van het netwerk uitsluit. Het bedrijf belooft de wet na te leven.
"""


class WordReader:
    """Reads that Huawei supplies out of every sentence with its name; fails on pages with certain words."""

    def __init__(self, version: str = "1", stumbles_over: str | None = None) -> None:
        self._version = version
        self._stumbles_over = stumbles_over

    @property
    def name(self) -> str:
        return "word-reader"

    @property
    def version(self) -> str:
        return self._version

    def read(self, analysis: Analysis) -> Reading:
        page = analysis.page
        if self._stumbles_over and self._stumbles_over in page.text:
            raise ZeroDivisionError("a mistake in the reader")
        statements = []
        for sentence in analysis.sentences:
            tokens = analysis.tokens[sentence.first : sentence.last]
            if not any(token.text == "Huawei" for token in tokens):
                continue
            start, end = page.original_span(tokens[0].start, tokens[-1].end)
            quote = page.original[start:end]
            statements.append(
                Statement(
                    start,
                    end,
                    quote,
                    start,
                    end,
                    "supply",
                    "Huawei",
                    None,
                    "asserted",
                    None,
                    (),
                    None,
                    0.5,
                    "word",
                )
            )
        return Reading(
            self.name, self.version, tuple(statements), (), (Entity("Huawei", "company", "Huawei"),)
        )


@pytest.fixture
def make_reader() -> Callable[..., WordReader]:
    return WordReader


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Nine pages in a folder."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(1, 4):
        (folder / f"{number}.md").write_text(ENGLISH.format(number=number), "utf-8")
        (folder / f"{number}-da.txt").write_text(DANISH.format(number=number), "utf-8")
        (folder / f"{number}-nl.txt").write_text(DUTCH.format(number=number), "utf-8")
    return folder


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "record.db") as opened:
        yield opened
