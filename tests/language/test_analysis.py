"""A page's text becomes sentences, words and clauses that lead back to it to the letter."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.texts import page_of

from onrecord.language import analyse, installed_languages

LETTERS = st.text(
    st.sampled_from(list("abcæøåéëÃ «»\"'.,:;!?-–()0123456789 ABC\n\t5G\u200f🙂漢")), max_size=120
)


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("da", "TDC bruger bl.a. udstyr fra Huawei. Det siger f.eks. direktøren.", 2),
        ("da", "Den 11. november kom svaret. Alle var til stede.", 2),
        ("nl", "KPN gebruikt o.a. antennes van Huawei, d.w.z. in de masten. Dat is zo.", 2),
        ("nl", "Het concern ontkent dat. Ook Den Haag zwijgt.", 2),
        ("en", "The U.S. banned Huawei. Mr. Ren denied it.", 2),
        ("en", '"We shall never spy." That is what he said.', 2),
        (
            "de",
            "Der Konzern liefert seit 2009. Am 12. Dezember kam die Wende. Sie kostet 1.200. Mehr nicht.",
            4,
        ),
        ("no", "Selskapet har levert utstyr siden 2009. Den 12. desember kom svaret.", 2),
    ],
)
def test_sentences_survive_abbreviations_and_quotes(language: str, text: str, sentences: int) -> None:
    assert len(analyse(page_of(text, language)).sentences) == sentences


def test_sentences_never_cross_a_paragraph() -> None:
    analysis = analyse(page_of("Huawei i modvind\nSelskabet afviser kritikken.", "da"))
    assert [s.block.start for s in analysis.sentences] == [0, 17]


def test_generation_of_a_mobile_network_is_one_word() -> None:
    for language in installed_languages():
        assert "5G" in [t.text for t in analyse(page_of("Huawei 5G.", language)).tokens]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=LETTERS, language=st.sampled_from(installed_languages()))
def test_words_lead_back_and_clauses_hold_every_word_once(text: str, language: str) -> None:
    page = page_of(text, language)
    analysis = analyse(page)
    for token in analysis.tokens:
        assert page.text[token.start : token.end] == token.text
    assert [t.start for t in analysis.tokens] == sorted(t.start for t in analysis.tokens)
    for sentence in analysis.sentences:
        places = sorted(i for c in analysis.clauses if c.sentence == sentence.index for i in c.tokens)
        assert places == list(range(sentence.first, sentence.last))


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("da", "Ministeren siger, at Danmark udelukker Huawei.", ["main", "sub"]),
        ("nl", "De minister zegt dat Nederland Huawei uitsluit.", ["main", "sub"]),
        ("en", "The minister said it will exclude Huawei.", ["main", "sub"]),
        ("en", "Hikvision, which is owned by the state, denied it.", ["main", "rel"]),
        ("da", "USA beder Danmark om at udelukke Huawei.", ["main", "inf"]),
    ],
)
def test_clauses(language: str, text: str, kinds: list[str]) -> None:
    assert [c.kind for c in analyse(page_of(text, language)).clauses] == kinds


def test_the_same_text_gives_the_same_analysis() -> None:
    text = "Huawei afviser, at selskabet har spioneret for Kina, skriver Reuters."
    assert analyse(page_of(text, "da")) == analyse(page_of(text, "da"))
