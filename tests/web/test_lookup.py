"""Things are found by the words of their names, however these are written."""

from __future__ import annotations

import unicodedata
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web._lookup import Asked, Lookup, words

WORDS = (
    "hangzhou",
    "hikvision",
    "digital",
    "technology",
    "müller",
    "søn",
    "østfold",
    "kft",
    "über",
    "a",
    "hik",
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
Form = Literal["NFC", "NFD", "NFKD"]
FORMS: tuple[Form, ...] = get_args(Form)
THINGS = st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=12)


def folded(text: str) -> list[str]:
    return [word for _, _, word in words(text)]


def find(things: list[list[str]], asked: Asked) -> list[int]:
    return Lookup(enumerate(things)).find(asked)


@given(THINGS, NAMES)
def test_all_words_are_found_in_one_thing(things: list[list[str]], asked: str) -> None:
    wanted = set(folded(asked))
    fit = {n for n, names in enumerate(things) if wanted <= {word for name in names for word in folded(name)}}
    assert set(find(things, Asked(asked))) == fit


@given(THINGS, NAMES)
def test_parts_of_words_are_found_where_they_may_be(things: list[list[str]], asked: str) -> None:
    def has(names: list[str], word: str) -> bool:
        there = [other for name in names for other in folded(name)]
        return any(word in other if len(word) > 2 else word == other for other in there)

    fit = {n for n, names in enumerate(things) if all(has(names, word) for word in folded(asked))}
    assert set(find(things, Asked(asked, within=True))) == fit


@given(THINGS, NAMES)
def test_quoted_words_stand_side_by_side_in_one_name(things: list[list[str]], asked: str) -> None:
    wanted = folded(asked)

    def beside(name: str) -> bool:
        there = folded(name)
        return any(there[at : at + len(wanted)] == wanted for at in range(len(there)))

    fit = {n for n, names in enumerate(things) if any(map(beside, names))}
    assert set(find(things, Asked(f'"{asked}"'))) == fit


@given(THINGS, NAMES)
def test_what_is_called_just_so_comes_first(things: list[list[str]], asked: str) -> None:
    found = find(things, Asked(asked))
    exact = [any(folded(name) == folded(asked) for name in things[n]) for n in found]
    assert exact == sorted(exact, reverse=True)


@given(NAMES, st.sampled_from(FORMS), st.booleans())
def test_case_and_signs_make_no_difference(name: str, form: Form, upper: bool) -> None:
    written = unicodedata.normalize(form, name.upper() if upper else name)
    assert find([["another"], [name]], Asked(written)) == [1]
    assert find([["another"], [written]], Asked(name)) == [1]


@given(st.text(max_size=60), st.text(max_size=30), st.booleans())
def test_whatever_is_asked_marks_are_words_of_the_text(text: str, asked: str, within: bool) -> None:
    wanted = Asked(asked, within=within)
    spans = {(start, end) for start, end, _ in words(text)}
    marks = wanted.marks(text)
    assert set(marks) <= spans
    assert list(marks) == sorted(marks)
    assert bool(find([[text]], wanted)) <= bool(marks)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("SA", "Nordlys S.A."),
        ("s.a.r.l. vexalon", "Vexalon SARL"),
        ("qaida", "Al-Qa'ida"),
        ("AT&T", "AT&T Corp"),
        ("osterreich", "Österreich Werke"),
        ("aerosol", "Ærosol"),
        ("华为", "华为技术有限公司"),
        ("huawei", "Huawei’s works"),
    ],
)
def test_names_are_found_as_people_write_them(asked: str, name: str) -> None:
    (found,) = find([[name]], Asked(asked))
    assert found == 0
    assert Asked(asked).marks(name)


@pytest.mark.parametrize("asked", ["", " ", "…", '""', "vision", '"hikvision digital"', "hikvision missing"])
def test_what_does_not_fit_is_not_found(asked: str) -> None:
    assert find([["Hangzhou Hikvision", "Digital Technology"]], Asked(asked)) == []
