"""Two names: one party's, one house's, or neither's; and whether what is told of why is true."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.entities.matching import THRESHOLD, NameKind, match_names

SAME = [
    # legal forms that mean the same, written in any way, or left away
    ("Vexalon Networks Ltd.", "VEXALON NETWORKS LIMITED"),
    ("Vexalon GmbH", "Vexalon Gesellschaft mit beschränkter Haftung"),
    ("OOO Vexalon", "Vexalon Limited Liability Company"),
    ("Vexalon Aktiengesellschaft", "Vexalon AG"),
    ("Vexalon A/S", "Vexalon"),
    ("Vexalon Comapny Ltd", "Vexalon Company Limited"),
    ("VexalonGmbH", "Vexalon GmbH"),
    # accents, points, signs
    ("Müller & Söhne Kraftwerk", "Mueller and Sohne Kraftwerk"),
    ("P.T. Vexalon Quorvex", "PT Vexalon Quorvex"),
    ("The Vexalon Company", "Vexalon Company"),
    ("e.V. Vexalon", "Vexalon e.V."),
    ("OOOVexalon", "Vexalon OOO"),
    ("JSC Vexalon", "PJSC Vexalon"),
    ("U.S. Department of Quorvex", "United States Department of Quorvex"),
    ("Vexalon", "Quor'vex Mirador / Vexalon"),
    # word order, words written together or apart
    ("Quorvex Vexalon Trading", "Trading Vexalon Quorvex"),
    ("Good Will Company", "Goodwill Company"),
    # a slip, another spelling, a word cut short
    ("Vexalon Quorvex Industries", "Vexalno Quorvex Industries"),
    ("Zhongxing Quorvex", "Zhonghsing Quorvex"),
    ("Vexalon Intl Trdg", "Vexalon International Trading"),
    ("Vexalon Technology Co., Ltd.", "Vexalon Tech"),
    # two names in one
    ("Al-Vexalon/Quorvex Army", "Quorvex Army"),
]

AFFILIATE = [
    ("Vexalon Technologies Deutschland GmbH", "Vexalon Technologies Co., Ltd."),
    ("Vexalon Technologies Co., Ltd.", "Vexalon Technologies Deutschland GmbH"),
    ("Vexalon Technologies (Shenzhen) Co., Ltd.", "Vexalon Technologies Co., Ltd."),
    ("Vexalon Shanghai Research Institute", "Vexalon"),
    ("Vexalon Technologies GmbH", "Vexalon Technologies B.V."),
    ("Vexalon Insurance", "Vexalon Technologies"),
    ("Vexalon Capital Fund II", "Vexalon Capital Fund VIII"),
    ("Vexalon Quorvex 1998", "Vexalon Quorvex 2011"),
]

A_NUMBER_APART = [
    ("Vexalon Capital Fund II", "Vexalon Capital Fund III L.P.", '"iii" for "ii"'),
    ("Vexalon Trust 2005", "Vexalon Trust 2006", '"2006" for "2005"'),
    ("Plant 7 of Vexalon", "Vexalon Plant No. 1", '"1" for "7"'),
]

DIFFERENT = [
    ("Vexalon Shipping", "Quorvex Shipping"),
    ("Bank of Norway", "Bank of Sweden"),
    ("Vexalon Deutschland GmbH", "Vexalon Sverige AB"),
    ("27th Scientific Center", "33rd Scientific Center"),
    ("Factory No. 5", "Factory No. 7"),
    ("Vexalon Solutions", "Vexalon Solutions II"),
    ("Vexalon 5", "Vexalon 6"),
    # what meets holds nothing that is somebody's own
    ("Quorvex Digital Technology", "LIMITED LIABILITY COMPANY DIGITAL TECHNOLOGIES"),
    ("Panda", "PANYA AG"),
    ("Quorvex Telecommunication Equipment", "QTE Mirador"),
    ("General Trading Company", "Zurvex General Trading Company"),
    # a short name with a slip is another's
    ("ABX", "ABY"),
    ("NTC Ltd", "NTK Ltd"),
    ("E", "E.on"),
    ("D-Vexalon", "DM Vexalon"),
    ("Q. Vexalon", "Quorvex Vexalon"),
    ("Visol", "Vizor"),
    # one word of many
    ("Progress Software", "Progress Quorvex"),
    ("Vexalon Mirador", "Vexalon Quorvex"),
    ("華為技術", "華星光電"),
]


@pytest.mark.parametrize(("asked", "other"), SAME)
def test_one_company_under_two_names(asked: str, other: str) -> None:
    found = match_names(asked, other)
    assert found.relation == "same", found
    assert found.score >= THRESHOLD
    assert found.wanting == ""


@pytest.mark.parametrize(("asked", "other"), AFFILIATE[:5] + AFFILIATE[6:])
def test_a_part_of_a_house_is_an_affiliate(asked: str, other: str) -> None:
    found = match_names(asked, other)
    assert found.relation == "affiliate", found
    assert found.score < THRESHOLD
    assert found.wanting


@pytest.mark.parametrize(("asked", "other", "wanting"), A_NUMBER_APART)
def test_a_number_that_is_a_slip_away_is_shown_for_a_look(asked: str, other: str, wanting: str) -> None:
    found = match_names(asked, other)
    assert (found.relation, found.rule, found.wanting) == ("same", "a number apart", wanting)
    assert found.score < 0.6


@pytest.mark.parametrize(("asked", "other"), DIFFERENT)
def test_two_companies(asked: str, other: str) -> None:
    found = match_names(asked, other)
    assert found.relation == "different", found
    assert found.score < THRESHOLD


def test_an_acronym_of_four_letters_stands_for_a_name_and_one_of_three_may() -> None:
    assert match_names("QVRM", "Quorvex Vexalon Radio Mirador").relation == "same"
    assert match_names("QVR", "Quorvex Vexalon Radio").relation == "different"
    assert match_names("QVR", "Quorvex Vexalon Radio").rule == "acronym"
    assert match_names("QXR", "Quorvex Vexalon Radio").score < 0.2


PERSONS = [
    ("OLSEN, Knud Erik", "Knud Erik Olsen", "same"),
    ("K. Olsen", "Knud Olsen", "same"),
    ("Bob Olsen", "Robert Olsen", "same"),
    ("Dr. Knud Olsen", "Knud Olsen", "same"),
    ("Knud Olssen", "Knud Olsen", "same"),
    ("Mohammed al-Quorvi", "Muhammad Quorvi", "same"),
    ("Abdulrahman Quorvi", "Abdul Rahman Quorvi", "same"),
    ("Sergei Ivanovich Quorvin", "Sergey Quorvin", "same"),
    ("Sergei Ivanovich Quorvin", "Sergey Petrovich Quorvin", "different"),
    ("Knud Olsen", "Marie Olsen", "different"),
    ("Salman bin Hamad Quorvi", "Hamad bin Salman Quorvi", "different"),
    ("Olsen", "Knud Erik Olsen", "different"),
    ("習近平", "習近朋", "different"),
]


@pytest.mark.parametrize(("asked", "other", "relation"), PERSONS)
def test_persons(asked: str, other: str, relation: str) -> None:
    assert match_names(asked, other, "person").relation == relation


def test_a_vessel_is_known_without_what_stands_before_its_name() -> None:
    assert match_names("MV Quorvex Star", "Quorvex Star", "other").relation == "same"
    assert match_names("Quorvex Star 1", "Quorvex Star 25", "other").relation != "same"
    assert match_names("Quorvex Star 1", "Quorvex Star 2", "other").wanting == '"2" for "1"'


@pytest.mark.parametrize("odd", ["", " ", ".,;", "\ud800", "\x00", "€" * 5, "🙂"])
@pytest.mark.parametrize("kind", ["company", "person", "other"])
def test_what_is_no_name_is_like_nothing(odd: str, kind: NameKind) -> None:
    assert match_names(odd, "Vexalon", kind).relation == "different"
    assert match_names("Vexalon", odd, kind).score == 0


def test_a_name_of_nothing_but_a_legal_form_is_taken_as_it_stands() -> None:
    assert match_names("Limited", "LIMITED").relation == "same"
    assert match_names("AG", "Vexalon AG").relation == "different"


def test_a_very_long_name_takes_no_long_time() -> None:
    name = "Vexalon Quorvex " * 5000
    assert match_names(name, name + "x").relation == "same"


def test_the_explanation_names_what_lies_beside_what() -> None:
    found = match_names("Vexalon Technologies Deutschland GmbH", "Vexallon Technology Ltd")
    beside = {part.asked: (part.other, part.how) for part in found.parts}
    assert beside["vexalon"] == ("vexallon", "spelling")
    assert beside["technologies"] == ("technology", "abbreviation")
    assert beside["deutschland"] == ("", "place")
    assert beside["gmbh"] == ("ltd", "legal form")
    assert all(0 <= part.weight <= 1 and 0 <= part.likeness <= 1 for part in found.parts)


def done(asked: str, wanting: str) -> str:
    """The asked name with what was wanting done to it."""
    whole = re.fullmatch(r'"(.*)" for the whole name', wanting)
    if whole:
        return whole[1]
    words = asked.split(" ")
    for step in wanting.split("; "):
        if added := re.fullmatch(r'with "(.*)"', step):
            words.append(added[1])
        elif gone := re.fullmatch(r'without "(.*)"', step):
            words = _without(words, gone[1], "")
        else:
            other = re.fullmatch(r'"(.*)" for "(.*)"', step)
            assert other, step
            words = _without(words, other[2], other[1])
    return " ".join(words)


def _without(words: list[str], gone: str, come: str) -> list[str]:
    """The words with the last of those that go replaced by what comes; those of several legal forms may
    stand apart."""
    left, at = list(words), 0
    for word in gone.split(" "):
        at = max(number for number, one in enumerate(left) if one == word)
        del left[at]
    return [*left[:at], *([come] if come else []), *left[at:]]


WORDS = st.sampled_from(
    (
        *(
            "vexalon",
            "quorvex",
            "mirador",
            "zurvex",
            "trading",
            "technology",
            "bank",
            "china",
            "sweden",
            "gmbh",
        ),
        *("ltd", "co", "ii", "5", "the", "of", "institute", "progress", "abx", "vexallon", "quorvx"),
    )
)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(NAMES, NAMES)
def test_what_is_wanting_makes_it_the_same(asked: str, other: str) -> None:
    found = match_names(asked, other)
    assert (found.wanting == "") == (found.relation == "same" and found.rule != "a number apart")
    if found.wanting:
        changed = match_names(done(asked, found.wanting), other)
        assert (changed.relation, changed.wanting) == ("same", ""), found.wanting


@settings(max_examples=400, deadline=None)
@given(NAMES, NAMES, st.sampled_from(["company", "person", "other"]))
def test_the_score_is_the_same_either_way(one: str, other: str, kind: NameKind) -> None:
    assert match_names(one, other, kind).score == pytest.approx(match_names(other, one, kind).score, abs=1e-3)


@settings(max_examples=100, deadline=None)
@given(NAMES, NAMES)
def test_case_points_and_spaces_make_no_difference(one: str, other: str) -> None:
    written = "  " + one.upper().replace(" ", ",  ") + "."
    assert match_names(written, other).score == match_names(one, other).score


@settings(max_examples=100, deadline=None)
@given(NAMES, st.sampled_from(["person", "company", "other"]))
def test_every_name_is_the_same_as_itself(name: str, kind: NameKind) -> None:
    assert match_names(name, name, kind).score == 1
    assert match_names(name, name, kind).relation == "same"


@settings(max_examples=100, deadline=None)
@given(NAMES)
def test_a_legal_form_in_other_words_makes_no_difference(name: str) -> None:
    assert match_names(name + " gmbh", "quorvex mirador").score == pytest.approx(
        match_names(name + " Gesellschaft mit beschränkter Haftung", "quorvex mirador").score
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["person", "company", "other"]))
def test_no_text_is_too_odd(one: str, other: str, kind: NameKind) -> None:
    assert 0 <= match_names(one, other, kind).score <= 1
