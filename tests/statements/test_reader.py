"""What holds of every reading: exact quotes, nothing lost, the same twice, mistakes in a lexicon named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.texts import page_of

from onrecord.language import Analysis, LanguageDataError, analyse, installed_languages
from onrecord.statements import PatternReader, Reader, Reading, read_statements
from onrecord.statements import _lexicon as lexicons

NEWS = (
    "Danmark har udelukket Huawei fra 5G-nettet, siger forsvarsminister Trine Bramsen. "
    "Huawei afviser beskyldningerne om spionage.\nTDC holder fast i Ericsson. Huawei holdt i går en fest."
)
WORDS = st.lists(
    st.sampled_from(
        [
            "Huawei",
            "ZTE",
            "TDC",
            "har",
            "udelukket",
            "forbyder",
            "at",
            "og",
            ",",
            ".",
            '"',
            "ikke",
            "siger",
            "Reuters",
            ",",
            "ifølge",
            "USA",
            "Kina",
            "spionerer",
            "for",
            "den",
            "kinesiske",
            "koncern",
            "selskabet",
            "som",
            "der",
            "5G",
            "mod",
            "sanktioner",
            "afviser",
            "2019",
            "hvis",
            "kan",
        ]
    ),
    max_size=60,
)


def test_quotes_stand_on_the_page_to_the_letter_inside_their_sentence() -> None:
    page = page_of(NEWS, "da", "2019-12-10")
    statements = read_statements(analyse(page)).statements
    assert len(statements) >= 3
    for s in statements:
        assert page.original[s.start : s.end] == s.quote
        assert s.sentence_start <= s.start < s.end <= s.sentence_end


def test_sentence_that_names_a_company_and_says_nothing_is_kept_as_unread() -> None:
    page = page_of(NEWS, "da", "2019-12-10")
    unread = read_statements(analyse(page)).unread
    assert [page.original[u.start : u.end] for u in unread] == ["Huawei holdt i går en fest."]
    assert unread[0].names == ("Huawei",)


def test_every_key_of_a_reading_is_among_its_entities() -> None:
    reading = read_statements(analyse(page_of(NEWS, "da", "2019-12-10")))
    keys = {e.key for e in reading.entities}
    for s in reading.statements:
        assert {k for k in (s.actor, s.target, *s.source) if k} <= keys


def test_the_same_page_gives_the_same_reading() -> None:
    assert read_statements(analyse(page_of(NEWS, "da"))) == read_statements(analyse(page_of(NEWS, "da")))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=WORDS, language=st.sampled_from(installed_languages()))
def test_any_words_are_read_without_a_crash(words: list[str], language: str) -> None:
    page = page_of(" ".join(words), language, "2019-12")
    for s in read_statements(analyse(page)).statements:
        assert page.original[s.start : s.end] == s.quote
        assert 0.0 <= s.confidence <= 1.0


def test_readers_stand_beside_each_other() -> None:
    class Silent:
        name = "silent"
        version = "1"

        def read(self, analysis: Analysis) -> Reading:
            assert analysis.language == "da"
            return Reading(self.name, self.version, (), (), ())

    reader: Reader = Silent()
    assert read_statements(analyse(page_of(NEWS, "da")), reader).reader == "silent"
    assert read_statements(analyse(page_of(NEWS, "da")), PatternReader()).reader == "patterns"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("restrictions:\n  - verb: ban\n", "no statement type"),
        ("restriction:\n  - verb: ban\n    aktor: subject\n", "line 2, restriction: unknown keys"),
        ("restriction:\n\n  - actor: subject\n", "line 3, restriction: needs one of"),
        ("restriction:\n  - verb: ban\n    status: sure\n", "unknown needs, status or topic"),
        ("restriction:\n  - verb: [ban\n", "line"),
    ],
)
def test_mistake_in_a_lexicon_is_named_by_file_and_place(tmp_path: Path, entry: str, told: str) -> None:
    path = tmp_path / "triggers.yaml"
    path.write_text(entry, "utf-8")
    with pytest.raises(LanguageDataError, match=told) as caught:
        lexicons._triggers(path, "en")
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("language", installed_languages())
def test_lexicons_of_every_language_load(language: str) -> None:
    assert lexicons.lexicon(language).triggers
