"""What moved between two dates: one move a change, with what moved it, and a feed that tells it once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from onrecord.ledger import Ledger
from onrecord.present import languages, render_changes
from onrecord.standing import UnknownEntity, changes_of

Make = Callable[..., Ledger]
ATOM = "{http://www.w3.org/2005/Atom}"


def page(number: int, day: str, *says: list[Any]) -> dict[str, Any]:
    sentences = [
        {"text": f"Sentence {number}.{n} of a page of ours.", "says": [row]} for n, row in enumerate(says)
    ]
    return {
        "locator": f"{number}.txt",
        "outlet": f"Paper {number}",
        "title": "Huawei",
        "published": day,
        "language": "en",
        "sentences": sentences,
    }


def moves(
    ledger: Ledger, since: str, until: str | None = None
) -> list[tuple[str, str | None, str | None, str | None]]:
    found = changes_of(ledger, "Huawei", since=since, until=until).moves
    return [(m.kind, m.actor, m.before, m.after) for m in found]


@pytest.fixture
def ledger(ledger_of: Make) -> Ledger:
    weighs: list[Any] = ["restriction", "DK", "Huawei", "possible", "network", [], None]
    bans: list[Any] = ["restriction", "DK", "Huawei", "asserted", "network", [], None]
    spied = ["wrongdoing", "Huawei", None, "alleged", "espionage", ["US"], None]
    denies = ["wrongdoing", "Huawei", None, "negated", "espionage", ["Huawei"], None]
    return ledger_of(
        [
            page(1, "2019-01-10", weighs, spied),
            page(2, "2019-02-10", weighs),
            page(3, "2019-03-10", bans, denies),
            page(4, "2019-03-11", bans),
        ]
    )


def test_each_change_is_one_move_however_many_pages_tell_it(ledger: Ledger) -> None:
    assert set(moves(ledger, "2018")) == {
        ("accused", "Huawei", None, None),
        ("position", "DK", None, "restricts"),
        ("denied", "Huawei", None, None),
    }
    assert set(moves(ledger, "2019-01-31", "2019-02")) == set()
    assert set(moves(ledger, "2019-02")) == {
        ("position", "DK", "weighs-restricting", "restricts"),
        ("denied", "Huawei", None, None),
    }
    assert moves(ledger, "2019-03-10") == []


def test_a_move_leads_to_what_moved_it(ledger: Ledger) -> None:
    found = changes_of(ledger, "Huawei", since="2019-02").moves
    (ban,) = [move for move in found if move.kind == "position"]
    (line,) = ban.lines
    assert (line.status, len(line.citations)) == ("asserted", 2)


def test_a_position_that_no_longer_stands_is_a_move(ledger: Ledger) -> None:
    for statement in ledger.statements(entity="DK"):
        if statement.statement.status == "asserted":
            ledger.judge("reject", statement.id, who="Anna")
    assert ("position", "DK", "weighs-restricting", "restricts") not in moves(ledger, "2019-02")


def test_an_unknown_supplier_is_told(ledger: Ledger) -> None:
    with pytest.raises(UnknownEntity):
        changes_of(ledger, "Nobody", since="2019")


@pytest.mark.parametrize("language", languages())
def test_moves_are_told_in_every_language(ledger: Ledger, language: str) -> None:
    found = [changes_of(ledger, "Huawei", since="2019-02")]
    text = render_changes(found, "terminal", language=language)
    assert "→" in text
    assert "{" not in text
    told = json.loads(render_changes(found, "json", language=language))
    assert {move["kind"] for move in told[0]["moves"]} == {"position", "denied"}


def test_a_feed_tells_a_move_once(ledger: Ledger) -> None:
    early = changes_of(ledger, "Huawei", since="2019-02")
    feed = ElementTree.fromstring(render_changes([early], "atom"))
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    again = ElementTree.fromstring(render_changes([changes_of(ledger, "Huawei", since="2019-02")], "atom"))
    assert ids == [entry.findtext(f"{ATOM}id") for entry in again.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 2
    assert feed.findtext(f"{ATOM}updated") == "2019-03-11T00:00:00Z"
