"""Many pages taken in at once are as good as one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.ledger import Ledger, ReadingRefused
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


def test_many_at_once_are_what_they_are_one_by_one(
    place_maker: Callable[[], str], make_page: Make, make_reading: Read
) -> None:
    text = " ".join(f"word{n}" for n in range(60))
    pages = [make_page(f"Huawei builds network {n % 7}. {text}", locator=f"{n}.txt") for n in range(9)]
    pairs = [(page, make_reading(page, source=("Reuters",))) for page in pages]
    pairs += [(pages[0], make_reading(pages[0], version="2")), (pages[1], make_reading(pages[1]))]
    with Ledger(place_maker()) as together, Ledger(place_maker()) as alone:
        outcomes = together.add_all(pairs)
        assert outcomes == [alone.add(page, reading) for page, reading in pairs]
        assert outcomes == [*["added"] * 7, *["unchanged"] * 2, "superseded", "unchanged"]
        assert together.statements() == alone.statements()
        assert together.statements(reader_version="1") == alone.statements(reader_version="1")
        assert together.entities() == alone.entities()
        ids = [page.id for page in together.pages()]
        assert together.copies(ids) == alone.copies(ids) != ()
        assert together.unread() == alone.unread()
        assert together.search("network") == alone.search("network")
        assert together.counts() == alone.counts()
        assert together.audit() == alone.audit() == ()


def test_none_is_taken_in_where_one_is_refused(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    good, bad = (make_page(f"Huawei builds network {n}", locator=f"{n}.txt") for n in range(2))
    reading = make_reading(bad)
    wrong = replace(reading, statements=(replace(reading.statements[0], quote="something else"),))
    with pytest.raises(ReadingRefused):
        ledger.add_all([(good, make_reading(good)), (bad, wrong)])
    assert ledger.pages() == ()
    assert ledger.add_all([]) == []
