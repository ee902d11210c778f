"""Pages in any number for the benches, after the distributions of the example pages.

Each page follows one example page: its language, how many statements and unread sentences it has, and of each
statement its type, status and topic, the length of its chain of sources and whether it has a date. Who is
meant is drawn anew: half of the pages are about one supplier, the rest about a hundred others (Zipf), and
states, authorities, operators, persons and outlets come from pools. The words are those of the example pages
in that language, in random order, so that only the pages that are meant to be are near-copies.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from onrecord.entities import Entity, EntityKind
from onrecord.language import analyse, installed_languages
from onrecord.pages import Block, Page, Published, Run, read_page
from onrecord.statements import Reading, Statement, Unread, read_statements

POOLS: dict[EntityKind, int] = {
    "state": 200,
    "body": 600,
    "person": 2000,
    "company": 500,
    "outlet": 60,
    "role": 300,
}
"""How many there are of each kind of entity."""
SUPPLIERS = 100
TOP_SHARE = 0.5
"""Share of the pages that are about the most-named supplier (of the example pages, all are)."""
COPY_SHARE = 0.1
"""Share of the pages that print an earlier page's text."""
FIRST, DAYS = date(2014, 1, 1), 4000
"""The first day of publication, and how many days there are."""


@dataclass(frozen=True, slots=True)
class Template:
    """An example page and what was read from it."""

    page: Page
    reading: Reading


@cache
def _counted(length: int) -> tuple[int, ...]:
    return tuple(range(length + 1))


def templates(folder: Path) -> list[Template]:
    """The example pages, read."""
    found = []
    for path in sorted(folder.iterdir()):
        page = read_page(path.read_bytes(), path.name, languages=installed_languages())
        found.append(Template(page, read_statements(analyse(page))))
    return found


def supplier(rank: int) -> str:
    """The key of a supplier, the most-named first."""
    return f"Supplier {rank}"


class Inventor:
    """Draws pages, the same ones for the same seed."""

    def __init__(self, examples: list[Template], seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._examples = examples
        self._words: dict[str, list[str]] = defaultdict(list)
        for example in examples:
            self._words[example.page.language or ""] += example.page.text.split()
        self._kinds = {e.key: e.kind for example in examples for e in example.reading.entities}
        parties = [s.actor for t in examples for s in t.reading.statements]
        parties += [s.target for t in examples for s in t.reading.statements]
        named = [key for key in parties if self._kinds.get(key or "") == "company"]
        self._main = max(sorted(set(named), key=str), key=named.count)
        self._late = [(k + 1) ** -1.0 for k in range(SUPPLIERS - 1)]
        self._pools = {
            kind: ([f"{kind} {n}" for n in range(size)], [(n + 1) ** -0.7 for n in range(size)])
            for kind, size in POOLS.items()
        }
        self._recent: list[tuple[Page, Reading]] = []
        self._made = 0

    def pages(self, number: int) -> Iterator[tuple[Page, Reading]]:
        """So many pages with what is read from them."""
        for _ in range(number):
            self._made += 1
            if self._recent and self._random.random() < COPY_SHARE:
                yield self._copy(*self._random.choice(self._recent))
                continue
            made = self._page(self._random.choice(self._examples))
            self._recent = [*self._recent[-49:], made]
            yield made

    def _copy(self, page: Page, reading: Reading) -> tuple[Page, Reading]:
        tail = f" {self._made}"
        text = page.text + tail
        length = len(text)
        copied = replace(
            page,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            locator=f"page-{self._made}.txt",
            original=text,
            text=text,
            offsets=_counted(length)[:-1],
            ends=_counted(length)[1:],
            outlet=self._draw("outlet"),
            published=self._published(),
        )
        return copied, reading

    def _page(self, example: Template) -> tuple[Page, Reading]:
        rank = 1
        if self._random.random() > TOP_SHARE:
            rank = 2 + self._random.choices(range(SUPPLIERS - 1), self._late)[0]
        language = example.page.language or "en"
        drawn: dict[str, str] = {str(self._main): supplier(rank)}
        kinds: dict[str, EntityKind] = {supplier(rank): "company"}

        def anew(key: str | None) -> str | None:
            if key is None:
                return None
            if key not in drawn:
                kind = self._kinds.get(key, "role")
                drawn[key] = self._draw(kind)
                kinds[drawn[key]] = kind
            return drawn[key]

        title = f"{supplier(rank)} {' '.join(self._some(language, 6))}"
        parts, at = [title, "\n\n"], len(title) + 2
        statements: list[Statement] = []
        unread: list[Unread] = []
        sentences: list[Statement | Unread] = [*example.reading.statements, *example.reading.unread]
        for sentence in sentences:
            long = max(len(example.page.original[sentence.start : sentence.end].split()), 2)
            words = " ".join(self._some(language, long))
            if isinstance(sentence, Statement):
                statements.append(
                    replace(
                        sentence,
                        start=at,
                        end=at + len(words),
                        quote=words,
                        sentence_start=at,
                        sentence_end=at + len(words),
                        actor=anew(sentence.actor),
                        target=anew(sentence.target),
                        source=tuple(str(anew(key)) for key in sentence.source),
                        when=self._day() if sentence.when else None,
                    )
                )
            else:
                unread.append(Unread(at, at + len(words), tuple(str(anew(n)) for n in sentence.names)))
            parts += [words, ". "]
            at += len(words) + 2
        text = "".join(parts).rstrip()
        length = len(text)
        page = Page(
            digest=hashlib.sha256(text.encode()).hexdigest(),
            locator=f"page-{self._made}.txt",
            encoding="utf-8",
            original=text,
            text=text,
            offsets=_counted(length)[:-1],
            ends=_counted(length)[1:],
            blocks=(Block(0, len(title), "title"), Block(len(title) + 2, length, "body")),
            runs=(Run(0, length, True, "body"),),
            title=title,
            outlet=self._draw("outlet"),
            published=self._published(),
            language=language,
            language_confidence=0.99,
        )
        entities = tuple(
            Entity(key, kind, key, (key, f"the {key.casefold()}")) for key, kind in sorted(kinds.items())
        )
        return page, Reading("invented", "1", tuple(statements), tuple(unread), entities)

    def _some(self, language: str, number: int) -> list[str]:
        return self._random.choices(self._words[language], k=number)

    def _draw(self, kind: EntityKind) -> str:
        names, weights = self._pools[kind]
        return self._random.choices(names, weights)[0]

    def _day(self) -> str:
        return (FIRST + timedelta(days=self._random.randrange(DAYS))).isoformat()

    def _published(self) -> Published:
        return Published(self._day(), "day", "invented", 1.0)
