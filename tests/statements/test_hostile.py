"""Text as nobody should write it: read without a crash, in time that grows with its length and no faster."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.texts import page_of

from onrecord.language import analyse, installed_languages
from onrecord.statements import Reading, read_statements

LANGUAGES = installed_languages()

WORDS = """
Huawei Danmark verboden soll aurait because , . " « » ( ) : - – and og en und et not ikke niet 2019 spied EU
minister 🚀 👩\u200d💻 שלום مرحبا équipement UDSTYR 5G ' ’s … % 1.000.000 ﬁ İ ß DAN det it hij
"""
PIECES = [
    *WORDS.split(),
    *("the US", "said that", "har forbudt", "last month", "i går", "Ren Zhengfei"),
    *("\u202e", "\u200f", "x" * 300, "\n\n", "\t", "\u00a0"),
]


def reading_of(text: str, language: str) -> Reading:
    return read_statements(analyse(page_of(text, language, "2019-03-04")))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(LANGUAGES), st.booleans())
def test_any_run_of_words_is_read_or_left(pieces: list[str], language: str, capitals: bool) -> None:
    text = " ".join(pieces)
    text = text.upper() if capitals else text
    page = page_of(text, language, "2019-03-04")
    reading = read_statements(analyse(page))
    for statement in reading.statements:
        assert page.original[statement.start : statement.end] == statement.quote
        assert statement.quote.strip()
    assert reading_of(text, language) == reading


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_is_read_or_left(text: str, language: str) -> None:
    if text.strip():
        reading_of(text, language)


def calls(step: Callable[[], object]) -> int:
    """How many functions are called in a step: its work, whatever the machine's speed."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        step()
    finally:
        sys.setprofile(None)
    return count


SENTENCE = {
    "da": "Norge forbød Huawei , som leverer udstyr til Telenor "
    ", fordi ministeren sagde at det kan spionere og ",
    "de": "Norwegen verbot Huawei , das Telenor beliefert , weil "
    "der Minister sagte dass es spionieren kann und ",
    "en": "Norway banned Huawei , which supplies kit to Telenor , "
    "because the minister said that it can spy and ",
    "fr": "la Norvège a interdit Huawei , qui fournit Telenor , "
    "car le ministre a dit qu' il peut espionner et ",
    "nl": "Noorwegen verbood Huawei , dat apparatuur levert aan Telenor "
    ", omdat hij zei dat het kan spioneren en ",
    "no": "Norge forbød Huawei , som leverer utstyr til Telenor "
    ", fordi statsråden sa at det kan spionere og ",
    "sv": "Norge förbjöd Huawei , som levererar utrustning till Telenor "
    ", för ministern sade att det kan spionera och ",
}


SHAPES = ["no punctuation", "many sentences", "capitals", "one word", "one mark"]


@pytest.mark.parametrize(
    ("language", "shape"),
    [*((language, "one sentence") for language in LANGUAGES), *(("nl", shape) for shape in SHAPES)],
)
def test_work_per_word_is_bounded(language: str, shape: str) -> None:
    """Twice the words take at most 2.4 times the calls: linear, with some room for what a page shares."""

    def text(times: int) -> str:
        unit = SENTENCE[language]
        if shape == "no punctuation":
            return unit.replace(" ,", "") * times
        if shape == "many sentences":
            return (unit.strip() + " . ") * times
        if shape == "capitals":
            return unit.upper() * times
        if shape == "one word":
            return "Huawei " * 16 * times
        return ", " * 16 * times if shape == "one mark" else unit * times

    reading_of(text(2), language)  # what is loaded and remembered is not counted
    shorter = calls(lambda: reading_of(text(30), language))
    longer = calls(lambda: reading_of(text(60), language))
    assert longer <= 2.4 * shorter, (shorter, longer)


def test_a_sentence_of_ten_thousand_words_is_read() -> None:
    reading = reading_of(SENTENCE["en"] * 500, "en")
    assert reading.statements
