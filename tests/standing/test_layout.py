"""Where not everything is laid out, everything is still counted, and positions stay what they are."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.standing import Dossier, standing_of
from onrecord.standing import _layout as layout

Make = Callable[[Sequence[dict[str, Any]]], Ledger]

ACTORS = ["GB", "DK", "NO", "SE", "TDC", "KPN"]
STATUSES = ["asserted", "planned", "possible", "alleged", "negated"]


def pages(number: int, seed: int) -> list[dict[str, Any]]:
    """Pages that each say a few things of Huawei, some of them the same as others."""
    chance = random.Random(seed)
    found = []
    for page in range(number):
        says: list[list[Any]] = []
        day = f"2019-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        for _ in range(chance.randint(1, 4)):
            type_ = chance.choice(
                ["restriction", "restriction", "permission", "wrongdoing", "supply", "risk"]
            )
            actor, target = chance.choice(ACTORS), "Huawei"
            if type_ in ("wrongdoing", "supply", "risk"):
                actor, target = "Huawei", chance.choice(ACTORS)
            source = chance.choice([[], [], ["BBC"], ["insider"], [actor]])
            when = chance.choice([None, None, "2018-05", "2020-01-01"])
            topic = chance.choice(["network", "sanctions"])
            says.append([type_, actor, target, chance.choice(STATUSES), topic, source, when])
        found.append(
            {
                "locator": f"{page}.txt", "outlet": f"Paper {page % 5}", "title": None, "language": "en",
                "published": chance.choice([None, "2019", day]),
                "sentences": [{"text": f"Page {page} says {n}.", "says": [s]} for n, s in enumerate(says)]
                + [{"text": f"Page {page} leaves this.", "names": ["Huawei"]}],
            }
        )  # fmt: skip
    return found


def positions(dossier: Dossier) -> dict[tuple[str | None, str], tuple[Any, ...]]:
    return {
        (position.actor, stance.scope): (stance.code, stance.since, stance.course)
        for position in dossier.positions
        for stance in position.stances
    }


@pytest.mark.parametrize("seed", range(4))
def test_all_is_counted_whatever_is_laid_out(
    ledger_of: Make, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    ledger = ledger_of(pages(60, seed))
    whole = standing_of(ledger, "Huawei", as_of="2020")
    assert whole.counts.laid_out == whole.counts.statements
    assert not whole.counts.actors_left
    for name, number in (("WHOLE", 25), ("MOST", 25), ("WHOLE_UNREAD", 5), ("MOST_UNREAD", 5)):
        monkeypatch.setattr(layout, name, number)
    monkeypatch.setattr(layout, "MOST_ACTORS", 4)
    part = standing_of(ledger, "Huawei", as_of="2020")
    for name in ("pages", "statements", "party", "unread", "origins", "discounted", "undated"):
        assert getattr(part.counts, name) == getattr(whole.counts, name), name
    assert part.counts.laid_out == sum(len(line.citations) for line in part.lines) <= 25
    assert part.counts.unread_laid_out == len(part.unread) <= 5
    shown = {position.actor for position in part.positions}
    assert part.counts.actors_left == len(whole.positions) - len(shown) == len(whole.positions) - 4
    assert positions(part) == {key: told for key, told in positions(whole).items() if key[0] in shown}
    lines = {line.id: line for line in whole.lines}
    for line in part.lines:
        full = lines[line.id]
        assert (line.statements, line.pages, line.origins, line.moment) == (
            full.statements,
            full.pages,
            full.origins,
            full.moment,
        )
        assert line.statements == len(full.citations)
        assert {citation.statement_id for citation in line.citations} <= {
            citation.statement_id for citation in full.citations
        }
    assert part.readers == whole.readers
    assert part.calendar == whole.calendar
    assert {event.line.id for event in part.timeline} <= {line.id for line in part.lines}


def test_what_was_asked_for_before_is_told_as_it_is_now(ledger_of: Make) -> None:
    ledger = ledger_of(pages(20, 1))
    before = standing_of(ledger, "Huawei")
    standing_of(ledger, "Huawei", as_of="2019-06")
    source = before.sources[0]
    digest = next(page.digest for page in ledger.pages() if page.id == source.page_id)
    ledger.add_locator(digest, "0-before.txt")
    statement = next(c.statement_id for line in before.lines for c in line.citations)
    ledger.judge("reject", statement, who="Kim", why="misread")
    ledger.withdraw(before.sources[-1].page_id, "2019-09-30", who="Kim", why="retracted")
    after = standing_of(ledger, "Huawei")
    with Ledger(ledger.place) as fresh:
        assert after == standing_of(fresh, "Huawei")
        for day in ("2019-06", "2019-09-29", "2020"):
            assert standing_of(ledger, "Huawei", as_of=day) == standing_of(fresh, "Huawei", as_of=day)
    assert "0-before.txt" in {source.locator for source in after.sources}
    assert after.counts.statements < before.counts.statements
