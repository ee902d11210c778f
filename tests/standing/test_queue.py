"""The queue: what matters first, and what leaves it when a person judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.standing import Queue, Second, Wanted, needing_second, queue_of, rows_of, said_of

Make = Callable[[Sequence[dict[str, Any]]], Ledger]


def told(number: int, *says: tuple[Any, ...], outlet: str = "", language: str = "en") -> dict[str, Any]:
    return {
        "locator": f"{number}.txt", "outlet": outlet or f"Paper {number}", "title": None,
        "published": f"2019-01-{number:02}", "language": language,
        "sentences": [
            {"text": f"Page {number} says thing {at}.", "says": [[*said, "network", [], None]]}
            for at, said in enumerate(says)
        ],
    }  # fmt: skip


PAGES = [
    told(1, ("supply", "Huawei", "NO", "asserted"), ("wrongdoing", "Huawei", "DK", "alleged")),
    told(2, ("wrongdoing", "Huawei", "DK", "negated"), language="da"),
    told(3, ("restriction", "GB", "Huawei", "asserted"), outlet="The Daily"),
    told(4, ("restriction", "GB", "Huawei", "asserted"), outlet="The Weekly"),
    told(5, ("supply", "ZTE", "NO", "asserted")),
]


def shown(ledger: Ledger, queue: Queue) -> list[tuple[str, str | None, str | None, str]]:
    said = said_of(ledger, [one.row for one in queue])
    found = [said[one.row].statement for one in queue]
    return [(one.type, one.actor, one.target, one.status) for one in found]


def test_what_matters_comes_first_and_says_why(ledger_of: Make) -> None:
    ledger = ledger_of(PAGES)
    queue = queue_of(ledger, Wanted())
    assert shown(ledger, queue)[:2] == [
        ("wrongdoing", "Huawei", "DK", "negated"),
        ("wrongdoing", "Huawei", "DK", "alleged"),
    ]
    assert queue[0].reasons == ("disputed", "alone")
    # Of two who tell of a restriction the one told last makes the position; neither is alone.
    assert [one.reasons for one in queue][2:4] == [("position",), ()]
    assert [one.score for one in queue] == sorted((one.score for one in queue), reverse=True)
    backwards = ledger_of(PAGES[::-1])
    assert shown(backwards, queue_of(backwards, Wanted())) == shown(ledger, queue)
    first = next(one for one in queue_of(ledger, Wanted(), followed=["ZTE"]) if "followed" in one.reasons)
    assert first.stakes == 2 * next(one for one in queue if one.row == first.row).stakes


def test_what_is_judged_or_withdrawn_leaves_it_and_comes_back_when_undone(ledger_of: Make) -> None:
    ledger = ledger_of(PAGES)
    queue = queue_of(ledger, Wanted())
    said = [said_of(ledger, [one.row])[one.row] for one in queue]
    judged = [
        ledger.judge("accept", said[0].id, who="Anna"),
        ledger.judge("reject", said[1].id, who="Anna"),
        ledger.judge("correct", said[2].id, who="Anna", changes={"actor": "DK"}),
        ledger.withdraw(said[3].page_id, "2019-02-01", who="Anna"),
    ]
    assert {one.row for one in queue_of(ledger, Wanted())} == {one.row for one in queue} - {
        queue[at].row for at in range(4)
    }
    for one in judged:
        ledger.undo(one.id, who="Anna")
    assert list(queue_of(ledger, Wanted())) == list(queue)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (Wanted(supplier="ZTE"), 1),
        (Wanted(type="restriction"), 2),
        (Wanted(language="da"), 1),
        (Wanted(outlet="The Daily"), 1),
        (Wanted(outlet="No Such Paper"), 0),
        (Wanted(type="restriction", language="da"), 0),
    ],
)
def test_it_is_filtered(ledger_of: Make, wanted: Wanted, number: int) -> None:
    assert len(queue_of(ledger_of(PAGES), wanted)) == number


def test_what_was_put_off_stands_at_the_end(ledger_of: Make) -> None:
    ledger = ledger_of(PAGES)
    queue = queue_of(ledger, Wanted())
    rows = queue.rows.tolist()
    put_off = queue.put_off([rows[1], rows[0], 10_000])
    assert put_off.rows.tolist() == [*rows[2:], rows[1], rows[0]]
    assert put_off[len(rows) - 1] == queue[0]


def test_what_needs_a_second_person_stays_until_they_judged(ledger_of: Make) -> None:
    ledger = ledger_of(PAGES)
    queue = queue_of(ledger, Wanted())
    ids = [said_of(ledger, [one.row])[one.row].id for one in queue]
    for id in (ids[0], ids[2], ids[4]):
        ledger.judge("reject", id, who="Anna")
    second = Second(types=("wrongdoing",), stakes=None)
    assert needing_second(ledger, ids, second) == {ids[0], ids[1]}
    for_bo = queue_of(ledger, Wanted(), once=(ids[0], ids[2], ids[4]), second=second)
    assert [(one.row, one.again) for one in for_bo if one.again] == [(queue[0].row, True)]
    assert len(for_bo) == len(queue) - 2
    high = Second(stakes=queue[2].stakes)
    assert ids[2] in needing_second(ledger, ids, high)
    assert needing_second(ledger, ids, Second()) == frozenset()
    assert rows_of(ledger, [ids[0], "f" * 12]) == {ids[0]: queue[0].row}
