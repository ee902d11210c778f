"""Pages and readings that are made by number, so that what a ledger must hold is known beforehand."""

from __future__ import annotations

import hashlib
import random

from onrecord.entities import Entity
from onrecord.pages import Block, Page, Published, Run
from onrecord.statements import Reading, Statement, Unread

STATEMENTS = 4
"""Statements that each page gives; it leaves one sentence unread besides."""
_RESIDUE = "READ ALSO: Ten phones for the summer\n\n"
_WORDS = 12
"""Words of a sentence beside those that all have in common: no two pages are near-copies."""
_ENTITIES = (
    Entity("Huawei", "company", "Huawei", ("the company",)),
    Entity("NO", "state", "Norway", (), "NO"),
)


def page(number: int) -> Page:
    """The page of that number."""
    rng = random.Random(number)
    told = [" ".join(f"w{rng.randrange(10**6)}" for _ in range(_WORDS)) for _ in range(STATEMENTS + 1)]
    sentences = [f"Huawei builds network {words}" for words in told[:-1]]
    text = ". ".join([*sentences, f"Huawei rests in winter {told[-1]}"])
    original = _RESIDUE + text
    begin = len(_RESIDUE)
    return Page(
        digest=hashlib.sha256(original.encode()).hexdigest(),
        locator=f"{number}.txt",
        encoding="utf-8",
        original=original,
        text=text,
        offsets=tuple(range(begin, len(original))),
        ends=tuple(range(begin + 1, len(original) + 1)),
        blocks=(Block(0, len(text), "body"),),
        runs=(Run(0, begin, False, "read-also"), Run(begin, len(original), True, "body")),
        title=f"Network {number}",
        outlet="The Daily",
        published=Published("2019-01-24", "day", "front matter: date", 0.95),
        language="en",
        language_confidence=0.99,
    )


def reading(of: Page) -> Reading:
    """What is read from a page: a statement from each sentence but the last."""
    statements, begin = [], len(_RESIDUE)
    *sentences, last = of.text.split(". ")
    for sentence in sentences:
        end = begin + len(sentence)
        place = (begin, end, sentence, begin, end)
        statements.append(
            Statement(*place, "supply", "Huawei", "NO", "asserted", "network", (), None, 0.8, "by hand")
        )
        begin = end + len(". ")
    unread = (Unread(begin, begin + len(last), ("Huawei",)),)
    return Reading("by-hand", "1", tuple(statements), unread, _ENTITIES)
