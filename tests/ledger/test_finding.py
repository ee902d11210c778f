"""Finding entities by any of their names, and words in whatever form their language bends them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from onrecord.ledger import Facets, Ledger, SearchFilter
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


@pytest.fixture
def filled(ledger: Ledger, make_page: Make, make_reading: Read) -> Ledger:
    english = make_page("Huawei builds the network of Norway", locator="en.txt")
    danish = make_page(
        "Huawei bygger netværkene i Danmark. Firmaet søger aftaler", locator="da.txt", language="da"
    )
    dutch = make_page("Huawei bouwt netwerken in Noorwegen", locator="nl.txt", language="nl", published=None)
    unknown = make_page("Huawei netværkene", locator="xx.txt", language=None)
    ledger.add(english, make_reading(english))
    ledger.add(
        danish, make_reading(danish, about="netværkene", target="DK", names=("Huawei", "telegiganten"))
    )
    ledger.add(dutch, make_reading(dutch, about="netwerken"))
    ledger.add(unknown, make_reading(unknown, about="nothing"))
    return ledger


@pytest.mark.parametrize("asked", ["Huawei", "huawei", "the company", "TELEGIGANTEN", " Huawei "])
def test_an_entity_is_found_by_any_name(filled: Ledger, asked: str) -> None:
    found = filled.entity(asked)
    assert found is not None
    assert found.entity.key == "Huawei"
    assert found.entity.names == ("Huawei", "telegiganten", "the company")
    assert (found.statements, found.pages) == (3, 4)


def test_an_unknown_entity_is_not_guessed_but_its_like_are_offered(filled: Ledger) -> None:
    assert filled.entity("Huawie") is None
    assert [e.entity.key for e in filled.nearest_entities("Huawie")] == ["Huawei"]
    assert [e.entity.key for e in filled.nearest_entities("telegigant")] == ["Huawei"]
    assert [e.entity.key for e in filled.nearest_entities("giants company")] == ["Huawei"]
    assert filled.nearest_entities("zzzzzz") == ()
    assert filled.nearest_entities("Notary") == ()  # not NO, for all that it begins so


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("networks", {"en.txt"}),
        ("NETVÆRK", {"da.txt"}),
        ("netværkene", {"da.txt", "xx.txt"}),
        ("netwerk", {"nl.txt"}),
        ("aftale", {"da.txt"}),
        ("huawei", {"en.txt", "da.txt", "nl.txt", "xx.txt"}),
        ("huawei norway", {"en.txt"}),
        ('"the network"', {"en.txt"}),
        ('"network the"', set()),
        ("phones", set()),  # it stands only in a line that was dropped
        ('" OR * NEAR(', set()),
        ("", set()),
    ],
)
def test_words_are_found_in_their_own_language(filled: Ledger, words: str, pages: set[str]) -> None:
    assert {hit.locator for hit in filled.search(words)} == pages


def test_a_hit_shows_the_words_as_they_stand(filled: Ledger) -> None:
    hits = filled.search("netværk", language="da")
    assert {hit.statement_id is None for hit in hits} == {True, False}
    for hit in hits:
        assert [hit.snippet[start:end] for start, end in hit.marks] == ["netværkene"]
    assert filled.search("netværk", language="nl") == ()
    assert len(filled.search("huawei", limit=3)) == 3


def test_a_long_page_gives_a_piece_around_the_word(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    text = (
        "Snow fell on the town. " * 40
        + "At last the\nantennas of Huawei were up. "
        + "Then rain came. " * 40
        + "It stopped"
    )
    page = make_page(text, title="Weather over the masts")
    ledger.add(page, make_reading(page, about="nothing"))
    (hit,) = ledger.search("antenna")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["antennas"]
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 200
    assert "\n" not in hit.snippet
    (by_title,) = ledger.search("mast")
    assert "masts" in by_title.snippet


def test_a_superseded_reading_is_not_found(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    page = make_page("Huawei builds a network. Huawei owns a railway")
    ledger.add(page, make_reading(page, about="network", version="1"))
    ledger.add(page, make_reading(page, about="railway", version="2"))
    quotes = [hit.statement_id for hit in ledger.search("huawei") if hit.statement_id]
    assert quotes == [s.id for s in ledger.statements()]
    assert len(ledger.search("network")) == 1  # the page's text still holds the word


def test_a_search_tells_to_what_it_can_be_narrowed(filled: Ledger) -> None:
    whole = filled.search("huawei", limit=1_000)
    told = filled.facets("huawei")
    assert told.counted == len(whole)
    assert not told.more
    assert dict(told.by["kind"]) == Counter("statement" if one.statement_id else "page" for one in whole)
    for name, values in told.by.items():
        for value, count in values:
            narrowed = SearchFilter(**{name: value})  # type: ignore[arg-type]
            some = filled.search("huawei", limit=1_000, narrowed=narrowed)
            assert len(some) == count, (name, value)
            assert set(some) <= set(whole)
            assert filled.facets("huawei", narrowed).counted == count


def test_a_search_goes_on_behind_what_was_shown(filled: Ledger) -> None:
    whole = filled.search("huawei", limit=1_000)
    assert filled.search("huawei", limit=2, after=1) == whole[1:3]
    assert filled.search("huawei", after=len(whole)) == ()
    assert filled.facets("") == Facets(0, False, {})
