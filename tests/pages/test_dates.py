"""The date of publication: read where the page tells it, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.pages import Published, read_page

BODY = {
    "da": "Selskabet afviser anklagerne og siger, at ingen har fremlagt beviser for dem i retten.",
    "nl": "Het bedrijf ontkent de beschuldigingen en zegt dat niemand er bewijs voor heeft geleverd.",
    "en": "The company denies the accusations and says that nobody has brought any proof of them.",
}


def published(text: str, language: str) -> Published | None:
    return read_page(text.encode(), "page.txt", languages=[language]).published


@pytest.mark.parametrize(
    ("before", "value", "precision"),
    [
        (" date 2018-12 ", "2018-12", "month"),
        (" date 2019-03-28 ", "2019-03-28", "day"),
        ("date 2019 ", "2019", "year"),
        ("2019-03-28 ", "2019-03-28", "day"),
        ("\n  2019-03-28T10:15:00+01:00 ", "2019-03-28", "day"),
    ],
)
def test_a_date_glued_before_the_first_word(before: str, value: str, precision: str) -> None:
    page = read_page(f"{before}{BODY['en']}".encode(), "page.txt")
    assert page.text == BODY["en"]
    assert page.title is None
    assert page.published is not None
    assert (page.published.value, page.published.precision) == (value, precision)
    assert page.published.evidence == "glued before the first word"


@pytest.mark.parametrize(
    ("line", "language", "value"),
    [
        ("06/12/2018 om 09:17 door krs", "nl", "2018-12-06"),
        ("08/06/18 om 09:20 - Bijgewerkt om 11:45", "nl", "2018-06-08"),
        ("REPORTAGE | Jan Smit | 15 mei 2018, 20:30", "nl", "2018-05-15"),
        ("Gepubliceerd op 3 maart 2019, laatst gewijzigd op 9 maart 2019", "nl", "2019-03-03"),
        ("3 jan. 2022, 16.45 uur", "nl", "2022-01-03"),
        ("Publiceret 3. marts 2019 kl. 10.15", "da", "2019-03-03"),
        ("20/10 2020 kl. 12.40", "da", "2020-10-20"),
        ("Af Bo Holm, 1. maj 2020", "da", "2020-05-01"),
        ("March 25, 2022", "en", "2022-03-25"),
        ("Published: 14 October 2022", "en", "2022-10-14"),
        ("25/03/2022", "en", "2022-03-25"),
        ("Updated 3 May 2021 | Published 1 May 2021", "en", "2021-05-01"),
        # What may be read in two ways, or is no date of publication, is none.
        ("06/12/2018", "en", None),
        ("dinsdag, 09:54 door de redactie", "nl", None),
        ("Opdateret 4. februar 2021 kl. 16.45", "da", None),
        ("31-02-2020", "nl", None),
        ("12 maart, 10:00", "nl", None),
    ],
)
def test_a_date_line_under_the_headline(line: str, language: str, value: str | None) -> None:
    page = read_page(
        f"Firma og/of firma X\n\n{line}\n\n{BODY[language]}".encode(), "page.txt", languages=[language]
    )
    assert (page.published.value if page.published else None) == value
    assert line not in page.text


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 the board had found new flaws, and on 3 May 2021 it found some more of them, it said.",
        "Den 3. marts 2019 besluttede regeringen at udelukke selskabet fra nettet i hele landet.",
        "2019 werd een slecht jaar voor het bedrijf, dat in mei 2019 zijn grootste klant verloor.",
    ],
)
def test_dates_in_the_text_date_no_page(text: str) -> None:
    page = read_page(f"{text}\n\n© 2017 Example".encode(), "page.txt")
    assert page.published is None
    assert text in page.text


@settings(deadline=None, max_examples=60)
@given(st.dates(date(1991, 1, 1), date(2090, 12, 31)))
def test_any_day_is_read_back(day: date) -> None:
    for line in (
        f"Gepubliceerd op {day.day}-{day.month}-{day.year}",
        f"Gepubliceerd op {day.day:02}/{day.month:02}/{day.year}",
    ):
        found = published(f"Een kop boven het bericht\n\n{line}\n\n{BODY['nl']}", "nl")
        assert found is not None
        assert found.value == day.isoformat()


def html(head: str, body: str = "") -> bytes:
    paragraphs = f"<p>{BODY['en']}</p>" * 3
    article = f"<article><h1>A story</h1>{body}{paragraphs}</article>"
    return f"<html><head><title>A story</title>{head}</head><body>{article}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "body", "value"),
    [
        ('<meta property="article:published_time" content="2019-01-24T10:00:00Z">', "", "2019-01-24"),
        ('<meta name="DC.date.issued" content="2019-01">', "", "2019-01"),
        (
            '<script type="application/ld+json">'
            '{"@graph": [{"@type": "NewsArticle", "datePublished": "2019-01-24"}]}</script>',
            "",
            "2019-01-24",
        ),
        ("", '<time datetime="2019-01-24">yesterday</time>', "2019-01-24"),
        ("", '<p class="meta">24 January 2019</p>', "2019-01-24"),
        ('<meta property="article:modified_time" content="2020-01-24">', "", None),
        ('<meta name="copyright" content="2015">', "", None),
        ("", "", None),
    ],
)
def test_html_metadata(head: str, body: str, value: str | None) -> None:
    page = read_page(html(head, body), "page.html")
    assert (page.published.value if page.published else None) == value


def test_an_address_may_tell_the_day() -> None:
    page = read_page(html(""), "https://example.org/2019/01/24/a-story.html")
    assert page.published is not None
    assert (page.published.value, page.published.evidence) == ("2019-01-24", "address of the page")
