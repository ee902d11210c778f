"""Near-copies: found whatever the order of reading, among any number of pages; other reports are none."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from itertools import count, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from onrecord.ledger import Ledger
from onrecord.ledger._bands import BANDS, SIZE, Near
from onrecord.ledger._bulk import insert_all
from onrecord.ledger._copies import ALIKE, likeness, sketch
from onrecord.ledger._schema import SketchRow
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]

WIRE = (
    "Huawei builds the network of the capital, the mayor said on Monday. The contract runs for six years and "
    "covers the antennas on the roofs of all public buildings. Two other firms had made an offer. The city "
    "expects that the first of the antennas will be in use before the winter, and that the last will follow "
    "in the spring. Nobody from the firm could be reached for an answer on Monday evening."
)
OTHER = (
    "On Monday the mayor told reporters that Huawei will build the network of the capital. Six years is how "
    "long the agreement lasts, and antennas come on every school, library and town hall. Rivals bid as well. "
    "Winter should see the first masts at work; spring the rest. The firm gave no comment to this paper, "
    "whose calls went unanswered until late at night."
)


def test_a_shortened_wire_story_is_a_copy_and_another_report_is_none(
    place_maker: Callable[[], str], make_page: Make, make_reading: Read
) -> None:
    pages = [
        make_page(WIRE, locator="a.txt"),
        make_page(WIRE.partition(" Nobody")[0] + " It was late.", locator="b.txt"),
        make_page(OTHER, locator="c.txt"),
    ]
    for order in permutations(pages):
        with Ledger(place_maker()) as ledger:
            for page in order:
                ledger.add(page, make_reading(page))
            ids = {p.locator: p.id for p in ledger.pages()}
            (copy,) = ledger.copies(ids.values())
            assert {copy.page_id, copy.other_id} == {ids["a.txt"], ids["b.txt"]}
            assert ALIKE <= copy.likeness < 1
            assert ledger.copies([ids["a.txt"], ids["c.txt"]]) == ()


def test_what_is_too_short_is_no_copy(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    for name in "ab":
        page = make_page("Huawei builds the network" + " " * ord(name), locator=f"{name}.txt")
        ledger.add(page, make_reading(page))
    assert ledger.copies([p.id for p in ledger.pages()]) == ()


NOTE = (
    "The ministry of Denmark excludes Huawei from the networks of the state, it said on Friday in a note of "
    "two lines to the press in Copenhagen"
)


def test_a_short_note_is_a_copy_where_it_is_the_same_word_for_word(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    assert len(NOTE.split()) < 30
    texts = {
        "first": NOTE,
        "other": NOTE.replace("Friday", "Monday"),
        "again": NOTE.upper().replace(", ", " – "),
        "longer": f"{NOTE} last night",
        "last": f"  {NOTE}.",
    }
    for name, text in texts.items():
        page = make_page(text, locator=f"{name}.txt")
        ledger.add(page, make_reading(page))
    names = {p.id: p.locators[0].partition(".")[0] for p in ledger.pages()}
    found = {frozenset((names[c.page_id], names[c.other_id])): c.likeness for c in ledger.copies(names)}
    same = {frozenset(pair) for pair in (("first", "again"), ("first", "last"), ("again", "last"))}
    assert found == dict.fromkeys(same, 1.0)
    assert not ledger.audit()


@given(st.integers(0, 2**32))
def test_a_likeness_is_near_the_share_of_shingles(seed: int) -> None:
    rng = random.Random(seed)
    words = [f"w{rng.randrange(10**6)}" for _ in range(300)]
    kept = rng.randrange(0, 300)
    other = words[:kept] + [f"x{rng.randrange(10**6)}" for _ in range(300 - kept)]
    one, two = sketch(words), sketch(other)
    assert one is not None
    assert two is not None
    common = max(kept - 3, 0)
    share = common / (2 * 297 - common)
    near, same = likeness(one, [two, one])
    assert near == pytest.approx(share, abs=0.2)  # four and a half deviations: sqrt(1/4/128)
    assert same == 1


@given(st.lists(st.integers(1, 3), min_size=1, max_size=6), st.integers(0, 2**32))
def test_who_shares_a_band_is_found_in_any_number_of_writes(groups: list[int], seed: int) -> None:
    """Each group is one write of so many texts, of whose bands a few are alike."""
    rng, near, texts = random.Random(seed), Near(), count(1)
    earlier: dict[int, tuple[int, ...]] = {}
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        SketchRow.metadata.tables["sketch"].create(connection)
        for group in groups:
            alike = rng.choice((0.0, 0.6, 0.9))
            new = {
                next(texts): tuple(at if rng.random() < alike else rng.randrange(2**32) for at in range(SIZE))
                for _ in range(group)
            }
            sketches = {text: struct.pack(f"<{SIZE}I", *numbers) for text, numbers in new.items()}
            found = near.up_to_date(connection).of(sketches)
            rows = [{"rendering_id": text, "sketch": made} for text, made in sketches.items()]
            insert_all(connection, SketchRow, rows)
            for text, numbers in new.items():
                assert found[text] == [other for other, held in earlier.items() if shared(numbers, held)]
                earlier[text] = numbers
    engine.dispose()


def shared(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two sketches agree in a whole band."""
    width = SIZE // BANDS
    return any(one[at : at + width] == other[at : at + width] for at in range(0, SIZE, width))
