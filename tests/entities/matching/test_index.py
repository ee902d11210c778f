"""Names found among many."""

from __future__ import annotations

import random

import pytest
from bench.disturb import disturbed
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.entities.matching import NameIndex, match_names

STARTS = ("Vexa", "Quor", "Mira", "Zur", "Tolve", "Brandi", "Kesto", "Palu", "Nordi", "Hexa", "Ruvo", "Sild")
ENDS = ("lon", "vex", "dor", "bek", "tron", "gard", "mark", "wick", "stan", "fell")
LINES = ("Shipping", "Technologies", "Trading", "Bank", "Petroleum Industries", "Heavy Machinery")
FORMS = ("Ltd", "Co., Ltd.", "GmbH", "LLC", "S.A.", "")


def many(count: int) -> list[tuple[str, str]]:
    """Invented companies with the keys k0, k1, ..."""
    rng = random.Random(7)
    names: dict[str, None] = {}
    while len(names) < count:
        own = rng.choice(STARTS) + rng.choice(ENDS) + rng.choice(("", rng.choice(ENDS)))
        second = rng.choice(STARTS) + rng.choice(ENDS)
        names[" ".join(filter(None, (own, second, rng.choice(LINES), rng.choice(FORMS))))] = None
    return [(f"k{number}", name) for number, name in enumerate(names)]


COMPANIES = many(1500)
INDEX = NameIndex(COMPANIES)


def test_every_name_is_found_first_under_its_own_words() -> None:
    for (_, name), found in zip(COMPANIES, INDEX.search_all([name for _, name in COMPANIES]), strict=True):
        assert found[0].likeness.score == 1
        assert found[0].name == name or match_names(name, found[0].name).score == 1


def test_disturbed_names_are_found() -> None:
    rng = random.Random(3)
    asked = rng.sample(COMPANIES, 200)
    found = INDEX.search_all([disturbed(name, rng)[0] for _, name in asked])
    right = sum(bool(hits) and hits[0].key == key for (key, _), hits in zip(asked, found, strict=True))
    assert right >= 180


def test_many_at_once_are_found_as_one_by_one() -> None:
    rng = random.Random(5)
    asked = [disturbed(name, rng)[0] for _, name in rng.sample(COMPANIES, 100)]
    assert INDEX.search_all(asked) == [INDEX.search(name) for name in asked]


def test_what_is_found_is_what_the_comparison_says() -> None:
    rng = random.Random(11)
    for _, name in rng.sample(COMPANIES, 100):
        text = disturbed(name, rng)[0]
        for found in INDEX.search(text):
            assert found.likeness == match_names(text, found.name)


def test_a_party_comes_once_under_its_nearest_name() -> None:
    index = NameIndex(
        [("a", "Vexalon Quorvex Ltd"), ("a", "VQ Mirador"), ("b", "Zurvex"), ("a", "Vexalon Quorvex Bank")]
    )
    assert [(hit.key, hit.name) for hit in index.search("Vexalon Quorvex")] == [("a", "Vexalon Quorvex Ltd")]


def test_an_affiliate_by_one_name_is_no_stranger_by_another() -> None:
    names = ["Vexalon Insurance", "Vexalon Technologies Quorvex"]
    index = NameIndex(("v", name) for name in (*names, "Vexalon Technologies"))
    (hit,) = index.search("Vexalon Technologies Shanghai Insurance")
    assert hit.likeness.relation == "affiliate"


def test_no_more_than_asked_for() -> None:
    index = NameIndex((str(number), "Vexalon Quorvex") for number in range(9))
    assert len(index.search("Vexalon Quorvex")) == 5
    assert [hit.key for hit in index.search("Vexalon Quorvex", limit=2)] == ["0", "1"]


def test_an_affiliate_is_found_as_one() -> None:
    index = NameIndex([("v", "Vexalon Technologies Co., Ltd."), ("w", "Vexatron Bank")])
    (hit,) = index.search("Vexalon Technologies Deutschland GmbH")
    assert (hit.key, hit.likeness.relation) == ("v", "affiliate")


def test_a_company_is_not_found_for_a_person_where_the_kinds_are_known() -> None:
    names = [("p", "Quorvin Mirador"), ("c", "Quorvin Mirador"), ("u", "Quorvin Mirador")]
    index = NameIndex(names, kinds={"p": "person", "c": "company"})
    assert [hit.key for hit in index.search("Quorvin Mirador")] == ["c", "u"]
    assert [hit.key for hit in index.search("Mirador, Quorvin", kind="person")] == ["p", "u"]
    assert [hit.key for hit in NameIndex(names).search("Quorvin Mirador")] == ["p", "c", "u"]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Vexalno Quorvex", "Vexalon Quorvex"),  # a slip
        ("Veaxlno Mirador Shipping", "Vexalon Mirador Shipping"),  # two in one word
        ("VexalonMirador Shipping", "Vexalon Mirador Shipping"),
        ("Vexa Lon Mirador", "Vexalon Mirador"),
        ("Vexalon Mira. Shipping", "Vexalon Mirador Shipping"),
        ("Zhong Xing Quorvex", "Zhongxing Quorvex"),
        ("Khuorvex Mirador", "Quorvex Mirador"),  # the same sound
        ("Vexalon Mirador Shpiping", "Vexalon Mirador Shipping"),
        ("QVRM", "Quorvex Vexalon Radio Mirador"),
        ("Quorvex Vexalon Radio Mirador", "QVRM"),
        ("Vexalon", "Vexalon / Quorvex"),
    ],
)
def test_names_are_found_that_share_no_word_as_it_stands(asked: str, name: str) -> None:
    index = NameIndex([*COMPANIES[:200], ("right", name)])
    hits = index.search(asked, limit=10)
    assert hits[0].key == "right", hits


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Vexhalonquorfex Merador", "Vexalon Quorvex Mirador"),  # joined, and misspelt in three places
        ("MARCYELOBETTYM", "Marcelo Bettim"),
        ("Q. Shipping", "Quibble Shipping"),  # an initial beside a common word
        ("OOOTolvebrand", "Tolvebrand"),
        ("e.V. Tolvebrand", "Tolvebrand e.V."),
    ],
)
def test_names_are_found_by_their_letters_and_initials(asked: str, name: str) -> None:
    index = NameIndex([*COMPANIES, ("right", name)])
    hits = index.search(asked)
    assert hits[0].key == "right", hits
    assert NameIndex.load(index.dump()).search(asked) == hits


def test_of_names_that_are_as_likely_the_one_with_more_of_the_letters_comes_first() -> None:
    index = NameIndex([("a", "Zurvex Charitable Association"), ("b", "Quorvex Charity Association Ltd")])
    hits = index.search("Charity Association Ltd")
    assert [hit.key for hit in hits] == ["b", "a"]
    assert hits[0].nearness > hits[1].nearness
    assert all(hit.likeness.relation == "different" for hit in hits)


@pytest.mark.parametrize("asked", ["", " ", "...", "x" * 5000, "\ud800", "€", "Ltd", "12", "ÆØÅ"])
def test_odd_names_are_looked_up_as_any(asked: str) -> None:
    assert isinstance(INDEX.search(asked), tuple)
    assert INDEX.search_all([asked, COMPANIES[0][1]])[1][0].likeness.score == 1


def test_an_index_of_nothing_finds_nothing() -> None:
    assert NameIndex([]).search("Vexalon") == ()
    assert NameIndex([("a", ""), ("b", "...")]).search("Vexalon") == ()
    assert INDEX.search_all([]) == []


def test_an_index_is_laid_down_and_taken_up_again() -> None:
    again = NameIndex.load(INDEX.dump())
    assert len(again) == len(INDEX)
    asked = [name[1:] for _, name in COMPANIES[:50]]
    assert again.search_all(asked) == INDEX.search_all(asked)
    assert NameIndex.load(NameIndex([]).dump()).search("Vexalon") == ()


@pytest.mark.parametrize("data", [b"", b"PK", b"no index", INDEX.dump()[:1000]])
def test_what_is_no_index_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="index"):
        NameIndex.load(data)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=25), min_size=1, max_size=8))
def test_whatever_is_indexed_is_found(names: list[str]) -> None:
    index = NameIndex((str(number), name) for number, name in enumerate(names))
    for name, hits in zip(names, index.search_all(names, limit=len(names)), strict=True):
        if match_names(name, name).score == 1:
            assert hits
            assert hits[0].likeness.score == 1
