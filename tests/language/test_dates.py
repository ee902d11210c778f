"""Dates in words become ISO dates, no finer than is known, against the page's date of publication."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.texts import page_of

from onrecord.language import analyse, installed_languages, resolve_dates
from onrecord.pages import Published

DAY = Published("2019-05-14", "day", "by hand", 1.0)  # a Tuesday
MONTH = Published("2019-05", "month", "by hand", 1.0)


@pytest.mark.parametrize(
    ("language", "words", "published", "value"),
    [
        ("da", "den 11. november 2018", None, "2018-11-11"),
        ("da", "i februar", DAY, "2019-02"),
        ("da", "i december", DAY, "2018-12"),
        ("da", "sidste år", DAY, "2018"),
        ("da", "siden 2014", None, "2014"),
        ("da", "i går", DAY, "2019-05-13"),
        ("da", "til næste år", DAY, "2020"),
        ("de", "am 15. Mai 2018", None, "2018-05-15"),
        ("de", "am 3. Juli", DAY, "2018-07-03"),
        ("de", "im Dezember", DAY, "2018-12"),
        ("de", "gestern Abend", DAY, "2019-05-13"),
        ("de", "im vergangenen Jahr", DAY, "2018"),
        ("de", "Ende nächsten Jahres", DAY, "2020"),
        ("de", "vor drei Jahren", DAY, "2016"),
        ("de", "in der vergangenen Woche", DAY, "2019-05"),
        ("de", "am kommenden Donnerstag", DAY, "2019-05-16"),
        ("de", "am vergangenen Freitag", DAY, "2019-05-10"),
        ("de", "seit 2017", None, "2017"),
        ("nl", "15 mei 2018", None, "2018-05-15"),
        ("nl", "in december", DAY, "2018-12"),
        ("nl", "vorig jaar", DAY, "2018"),
        ("nl", "gisteren", DAY, "2019-05-13"),
        ("nl", "volgend jaar", MONTH, "2020"),
        ("en", "on 28 March 2019", None, "2019-03-28"),
        ("en", "in October 2020", None, "2020-10"),
        ("en", "yesterday", DAY, "2019-05-13"),
        ("en", "last year", DAY, "2018"),
        ("en", "in February", DAY, "2019-02"),
        ("en", "since 2017", None, "2017"),
        ("no", "den 11. november 2018", None, "2018-11-11"),
        ("no", "i februar", DAY, "2019-02"),
        ("no", "i desember", DAY, "2018-12"),
        ("no", "i fjor", DAY, "2018"),
        ("no", "siden 2014", None, "2014"),
        ("no", "i går", DAY, "2019-05-13"),
        ("no", "forrige uke", DAY, "2019-05"),
        ("no", "sist fredag", DAY, "2019-05-10"),
        ("no", "torsdag", DAY, "2019-05-09"),
        ("no", "for to år siden", DAY, "2017"),
        ("no", "om tre år", MONTH, "2022"),
        ("no", "innen seks måneder", DAY, "2019-11"),
        ("no", "i begynnelsen av neste år", MONTH, "2020"),
        ("sv", "den 11 november 2018", None, "2018-11-11"),
        ("sv", "i februari", DAY, "2019-02"),
        ("sv", "i december", DAY, "2018-12"),
        ("sv", "förra året", DAY, "2018"),
        ("sv", "i fjol", DAY, "2018"),
        ("sv", "sedan 2014", None, "2014"),
        ("sv", "i går", DAY, "2019-05-13"),
        ("sv", "i måndags", DAY, "2019-05-13"),
        ("sv", "på fredag", DAY, "2019-05-17"),
        ("sv", "på torsdagen", DAY, "2019-05-09"),
        ("sv", "för två år sedan", DAY, "2017"),
        ("sv", "om tre år", MONTH, "2022"),
        ("sv", "inom sex månader", DAY, "2019-11"),
        ("sv", "i början av nästa år", MONTH, "2020"),
        ("fr", "le 1er juin 2018", None, "2018-06-01"),
        ("fr", "en décembre", DAY, "2018-12"),
        ("fr", "l’année dernière", DAY, "2018"),
        ("fr", "l'an prochain", MONTH, "2020"),
        ("fr", "hier", DAY, "2019-05-13"),
        ("fr", "il y a deux ans", DAY, "2017"),
        ("fr", "depuis trois mois", DAY, "2019-02"),
        ("fr", "jeudi dernier", DAY, "2019-05-09"),
        ("fr", "mercredi 8 mai", DAY, "2019-05-08"),
        ("fr", "d’ici à 2027", None, "2027"),
        ("fr", "la semaine dernière", DAY, "2019-05"),
    ],
)
def test_date_in_words(language: str, words: str, published: Published | None, value: str) -> None:
    assert value in [found[2] for found in resolve_dates(f"x {words} y", language, published)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "i går"),
        ("nl", "vorige maand"),
        ("en", "last month"),
        ("sv", "förra veckan"),
        ("fr", "le mois dernier"),
        ("no", "forrige uke"),
    ],
)
def test_relative_date_has_no_value_where_the_page_has_no_date(language: str, words: str) -> None:
    assert [found[2] for found in resolve_dates(words, language, None)] == [None]


@pytest.mark.parametrize(
    ("language", "word"),
    [("da", "tirsdag"), ("nl", "dinsdag"), ("en", "Tuesday"), ("sv", "tisdagen"), ("no", "tirsdag")],
)
def test_weekday_is_no_finer_than_the_date_of_publication(language: str, word: str) -> None:
    assert [found[2] for found in resolve_dates(word, language, DAY)] == ["2019-05-14"]
    assert [found[2] for found in resolve_dates(word, language, MONTH)] == ["2019-05"]


def test_english_verbs_are_no_months() -> None:
    assert not list(resolve_dates("they may march on", "en", DAY))
    assert [found[2] for found in resolve_dates("in May", "en", DAY)] == ["2019-05"]


def test_numbers_that_are_no_years() -> None:
    assert not list(resolve_dates("1,2018 dollars or 20190 units", "en", None))


@given(text=st.text(max_size=200), language=st.sampled_from(installed_languages()))
def test_any_text_gives_valid_dates_in_order(text: str, language: str) -> None:
    found = list(resolve_dates(text, language, DAY))
    assert found == sorted(found, key=lambda f: f[:2])
    for start, end, value, _ in found:
        assert 0 <= start < end <= len(text)
        assert value is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("nl", "Japan beperkt vanaf juli de export van chips.", "2019-07"),
        ("nl", "KPN weigerde vanaf januari nieuwe apparatuur.", "2019-01"),
        ("da", "TDC må fra september ikke bruge Huawei.", "2019-09"),
        ("en", "Operators must remove the equipment by January.", "2020-01"),
        ("en", "From June they may not buy it, the minister told us.", "2019-06"),
        ("en", "Operators removed the equipment by January.", "2019-01"),
    ],
)
def test_month_without_a_year_lies_ahead_where_the_sentence_says_so(
    language: str, text: str, value: str
) -> None:
    assert [t.value for t in analyse(page_of(text, language, "2019-05-14")).times] == [value]
