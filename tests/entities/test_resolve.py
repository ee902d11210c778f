"""Names, epithets and pronouns lead to one thing under its many names."""

from __future__ import annotations

import pytest
from tests.texts import page_of

from onrecord.entities import Resolution, resolve
from onrecord.language import analyse


def read(language: str, text: str) -> Resolution:
    return resolve(analyse(page_of(text, language, "2019-05-14")))


def keys_at(language: str, text: str, words: str) -> tuple[str, ...]:
    """What the mention that begins or ends with `words` stands for."""
    page = page_of(text, language, "2019-05-14")
    analysis = analyse(page)
    for mention in resolve(analysis).mentions:
        said = page.text[analysis.tokens[mention.first].start : analysis.tokens[mention.last - 1].end]
        if said == words:
            return mention.keys
    raise AssertionError(f"nothing is mentioned by {words!r}")


@pytest.mark.parametrize(
    ("language", "text", "words", "key"),
    [
        ("da", "Huawei er presset. Selskabet afviser kritikken.", "Selskabet", "Huawei"),
        ("da", "TDC bruger Huawei. Den kinesiske koncern er glad.", "Den kinesiske koncern", "Huawei"),
        ("da", "Briterne udelukker Huawei.", "Briterne", "GB"),
        ("da", "Den amerikanske regering siger nej.", "Den amerikanske regering", "US"),
        ("nl", "Huawei ligt onder vuur. Het concern ontkent alles.", "Het concern", "Huawei"),
        ("nl", "De Britten sluiten Huawei uit.", "De Britten", "GB"),
        ("nl", "Washington wil Huawei weren.", "Washington", "US"),
        ("nl", "China protesteert. Het kabinet zwijgt.", "Het kabinet", "NL"),
        ("nl", "Volgens Londen werkt Huawei voor China. Die zou meekijken.", "Die", "CN"),
        ("en", "Huawei is under fire. The company denies it.", "The company", "Huawei"),
        ("en", "Beijing has protested.", "Beijing", "CN"),
        ("en", "Ministers met Kaspersky Lab on Monday.", "Kaspersky Lab", "Kaspersky Lab"),
    ],
)
def test_what_stands_for_it(language: str, text: str, words: str, key: str) -> None:
    assert keys_at(language, text, words)[0] == key


def test_surname_is_the_person_of_the_full_name() -> None:
    found = read("en", "Minister Oliver Dowden spoke. Later Dowden left.")
    assert [m.keys for m in found.mentions if m.kind == "person" and m.form == "name"] == [
        ("Oliver Dowden",)
    ] * 2


def test_demonym_before_a_name_is_no_entity() -> None:
    found = read("en", "The Chinese firm Huawei answered.")
    assert "Huawei" in found.entities
    assert all(m.keys != ("CN",) for m in found.mentions)


def test_subsidiary_is_itself() -> None:
    assert keys_at("da", "Huawei Danmark svarer ikke.", "Huawei Danmark") == ("Huawei Denmark",)


def test_spokesman_without_a_name_speaks_as_the_company() -> None:
    assert keys_at("en", "A spokesman for KPN declined.", "A spokesman for KPN") == ("KPN",)


def test_both_companies_are_the_two_last_named() -> None:
    found = read("nl", "Hikvision en Dahua leveren camera's. Beide bedrijven zwijgen.")
    both = next(m for m in found.mentions if m.all_of)
    assert set(both.keys) == {"Hikvision", "Dahua"}


def test_three_companies_are_the_three_last_named() -> None:
    found = read("en", "Hikvision, Dahua and ZTE supply cameras. The three companies deny it.")
    three = next(m for m in found.mentions if m.all_of)
    assert set(three.keys) == {"Hikvision", "Dahua", "ZTE"}


def test_names_of_an_entity_hold_no_genitive_and_no_epithet() -> None:
    huawei = read("da", "Huaweis chef talte. Huawei tav. Selskabet gik.").entities["Huawei"]
    assert "Huaweis" not in huawei.names
    assert "Selskabet" not in huawei.names
