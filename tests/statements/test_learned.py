"""The learned reader reads what no lexicon foresees, finds unlisted names, and says how sure it is."""

from __future__ import annotations

import pytest
from tests.texts import page_of

from onrecord.language import analyse
from onrecord.statements import LearnedReader, PatternReader, Reading, Statement


def reading_of(text: str, language: str) -> Reading:
    return LearnedReader().read(analyse(page_of(text, language, "2024-03-04")))


def told(statements: tuple[Statement, ...]) -> set[tuple[str, str | None, str | None]]:
    return {(s.type, s.actor, s.target) for s in statements}


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("da", "TDC kaster Huawei på porten.", ("restriction", "TDC", "Huawei")),
        ("nl", "KPN knikkert Huawei uit het netwerk.", ("restriction", "KPN", "Huawei")),
        ("fr", "Paris ferme la porte à ZTE.", ("restriction", "FR", "ZTE")),
    ],
)
def test_words_that_no_lexicon_lists_are_read(language: str, text: str, wanted: tuple[str, str, str]) -> None:
    patterns = PatternReader().read(analyse(page_of(text, language, "2024-03-04")))
    assert wanted not in told(patterns.statements)
    reading = reading_of(text, language)
    assert wanted in told(reading.statements)
    assert any(s.rule.startswith(f"{wanted[0]}/context:") for s in reading.statements)


def test_every_key_is_among_the_entities_and_every_confidence_a_likelihood() -> None:
    text = (
        "The Zandvoort works council has sued Bramfield Optics over cameras that spied on staff. "
        "Bramfield denies it.\nHuawei supplies antennas to Telenor, said the regulator Nkom."
    )
    reading = reading_of(text, "en")
    keys = {e.key for e in reading.entities}
    assert reading.statements
    for s in reading.statements:
        assert {k for k in (s.actor, s.target, *s.source) if k} <= keys
        assert 0.2 <= s.confidence < 1


@pytest.mark.parametrize(
    ("language", "text", "chain"),
    [
        ("en", "Vodafone has banned Hikvision cameras, the BBC says, quoting Reuters.", ("Reuters", "BBC")),
        ("da", "Norge har forbudt Dahua, skriver DR med henvisning til Bloomberg.", ("Bloomberg", "DR")),
        ("nl", "Noorwegen heeft Dahua verboden, schrijft NRC op gezag van Politico.", ("Politico", "NRC")),
    ],
)
def test_whom_a_paper_cites_stands_before_it(language: str, text: str, chain: tuple[str, ...]) -> None:
    (one,) = reading_of(text, language).statements
    assert one.source == chain


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Poland says that ZTE supplied equipment to Iran. The company denied the allegations."),
        ("en", "Hikvision works closely with the Chinese army, Politico wrote. Hikvision denied the claims."),
        ("da", "Reuters skrev, at Nokia havde leveret radioer til Syrien. Nokia afviser beskyldningerne."),
        ("nl", "Reuters schreef dat Nokia radio's aan Syrië had geleverd. Nokia ontkent de beschuldigingen."),
    ],
)
def test_who_denies_the_accusations_denies_a_wrong_and_no_other_act(language: str, text: str) -> None:
    denied = [s for s in reading_of(text, language).statements if s.status == "negated"]
    assert [(s.type, s.target) for s in denied] == [("wrongdoing", None)]


@pytest.mark.parametrize(
    ("language", "text", "wronged", "aimed_at"),
    [
        ("en", "ZTE broke American sanctions against Iran.", "US", "IR"),
        ("en", "Huawei violated the American export ban on Cuba, according to Reuters.", "US", "CU"),
        ("da", "ZTE har brudt de amerikanske sanktioner mod Iran.", "US", "IR"),
        ("da", "Hikvision er anklaget for at have brudt det amerikanske handelsforbud mod Cuba.", "US", "CU"),
        ("nl", "Dahua heeft de Britse sancties tegen Wit-Rusland geschonden.", "GB", "BY"),
    ],
)
def test_who_breaks_a_measure_wrongs_whoever_took_it(
    language: str, text: str, wronged: str, aimed_at: str
) -> None:
    statements = reading_of(text, language).statements
    assert [s.target for s in statements if s.type == "wrongdoing"] == [wronged]
    assert not [s for s in statements if aimed_at in (s.actor, s.target) and s.type != "restriction"]
    assert {s.actor for s in statements if s.type == "restriction"} <= {wronged, None}


def test_explanation_says_that_words_around_it_told_it() -> None:
    analysis = analyse(page_of("TDC kaster Huawei på porten.", "da", "2024-03-04"))
    (sentence,) = LearnedReader().explain(analysis).sentences
    (one,) = sentence.statements
    assert one.trigger == "kaster"
    assert one.actor is not None
    assert (one.actor.keys, one.actor.words, one.actor.how) == (("TDC",), "TDC", "context")
    assert one.target is not None
    assert one.target.words == "Huawei"


def test_a_page_without_a_name_says_nothing() -> None:
    assert reading_of("It rained all day.", "en").statements == ()
    assert reading_of("…", "en").statements == ()
