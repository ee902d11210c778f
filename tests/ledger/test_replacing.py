"""A page that its publisher corrected: the text that stands at its place counts, not the one before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from onrecord.ledger import Ledger
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]
REST = " ".join(f"word{n}" for n in range(80))


def pages(make_page: Make, *firsts: str, locator: str = "news.txt", **more: str | None) -> list[Page]:
    return [make_page(f"{first}. {REST}", locator=locator, **more) for first in firsts]


def counting(ledger: Ledger, **times: object) -> list[str]:
    return [s.statement.quote for s in ledger.statements(**times) if s.counts]  # type: ignore[arg-type]


def test_the_text_that_stands_there_now_counts(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    old, new = pages(make_page, "Huawei builds the old network", "Huawei builds the right network")
    ledger.add(old, make_reading(old))
    before = datetime.now(UTC)
    ledger.add(new, make_reading(new))
    assert counting(ledger) == ["Huawei builds the right network"]
    assert counting(ledger, as_of="2019-02") == ["Huawei builds the right network"]
    assert counting(ledger, known_at=before) == ["Huawei builds the old network"]
    (noted,) = ledger.judgements()
    assert (noted.kind, noted.subject, noted.who) == ("withdraw", old.digest[:12], "onrecord")
    assert f"page {new.digest[:12]} stands at news.txt now" in noted.why
    assert noted.payload == {"on": "2019-01-24"}
    ledger.undo(noted.id, who="Anna", why="both stood there")
    assert len(counting(ledger)) == 2
    # Read anew by another reader, it is not taken for a correction again.
    ledger.add(new, make_reading(new, version="2"))
    assert len(counting(ledger)) == 2
    assert ledger.audit() == ()


def test_a_text_that_comes_back_counts_again(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    old, new = pages(make_page, "Huawei builds the old network", "Huawei builds the right network")
    for page in (old, new, old):
        ledger.add(page, make_reading(page))
    assert counting(ledger) == ["Huawei builds the old network"]
    assert ledger.add_locator(new.digest, "news.txt")
    assert counting(ledger) == ["Huawei builds the right network"]
    assert ledger.audit() == ()


def test_several_at_once_are_taken_in_turn(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    several = pages(make_page, *(f"Huawei builds network {n}" for n in range(3)), published=None)
    ledger.add_all([(page, make_reading(page)) for page in several])
    assert counting(ledger) == ["Huawei builds network"]
    assert [one.subject for one in ledger.judgements()] == [page.digest[:12] for page in several[:2]]
    assert {one.payload["on"] for one in ledger.judgements()} == {f"{datetime.now(UTC):%Y-%m-%d}"}


def test_it_is_of_the_later_day_of_both_and_of_none_to_come(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    (old,) = pages(make_page, "Huawei builds the old network", published="2019-03-01")
    (new,) = pages(make_page, "Huawei builds the right network", published="2019-02")
    (last,) = pages(make_page, "Huawei builds the last network", published="2999")
    for page in (old, new, last):
        ledger.add(page, make_reading(page))
    assert [one.payload["on"] for one in ledger.judgements()] == [
        "2019-03-01",
        f"{datetime.now(UTC):%Y-%m-%d}",
    ]
    assert counting(ledger, as_of="2019-06") == ["Huawei builds the right network"]


def test_something_else_at_the_place_replaces_nothing(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    other = " ".join(f"other{n}" for n in range(80))
    first = make_page(f"Huawei builds a network. {REST}", locator="front.txt")
    second = make_page(f"Huawei builds a second network. {other}", locator="front.txt")
    for page in (first, second):
        ledger.add(page, make_reading(page))
    assert len(counting(ledger)) == 2
    assert ledger.judgements() == ()


def test_what_still_stands_elsewhere_is_not_replaced(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    old, new = pages(make_page, "Huawei builds the old network", "Huawei builds the right network")
    ledger.add(old, make_reading(old))
    ledger.add_locator(old.digest, "elsewhere.txt")
    ledger.add(new, make_reading(new))
    assert len(counting(ledger)) == 2
    ledger.add_locator(new.digest, "elsewhere.txt")
    assert counting(ledger) == ["Huawei builds the right network"]


def test_what_was_judged_holds_of_the_same_words_in_the_corrected_text(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    quote = "Huawei builds the same network"
    old, new = pages(make_page, f"It was old. {quote}", f"It is right now. {quote}")
    (changed,) = pages(make_page, "It is right. Huawei builds another network")
    ledger.add(old, make_reading(old))
    (first,) = ledger.statements()
    rejected = ledger.judge("reject", first.id, who="Anna", why="an advert")
    ledger.add(new, make_reading(new))
    second = next(s for s in ledger.statements() if s.id != first.id)
    assert second.judgement is not None
    assert (second.counts, second.judgement.kind, second.judgement.who) == (False, "reject", "Anna")
    assert second.judgement.carried == (rejected.id, first.id)
    ledger.add(old, make_reading(old))
    ledger.add(new, make_reading(new))
    assert len([j for j in ledger.judgements() if j.kind == "reject"]) == 2
    ledger.undo(rejected.id, who="Anna")
    assert counting(ledger) == [quote]
    corrected = ledger.judge("correct", second.id, who="Anna", changes={"status": "possible"})
    ledger.add(changed, make_reading(changed))
    last = next(s for s in ledger.statements() if s.counts)
    assert (last.statement.status, last.judgement) == ("asserted", None)
    ledger.add(new, make_reading(new))
    assert [(s.statement.status, s.judgement) for s in ledger.statements() if s.counts] == [
        ("possible", corrected)
    ]
    assert ledger.unplaced() == ()
    assert ledger.audit() == ()
