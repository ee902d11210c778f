"""New names: where they begin and end, what they name, and which are the same."""

from __future__ import annotations

import pytest
from tests.texts import page_of

from onrecord.entities import Resolution, resolve
from onrecord.language import analyse


def read(language: str, text: str) -> Resolution:
    return resolve(analyse(page_of(text, language, "2019-05-14")))


def named(language: str, text: str) -> set[str]:
    """Keys of all that a text names."""
    return {m.keys[0] for m in read(language, text).mentions if m.form in ("name", "part")}


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        # first words that nothing else on the page shows to be names
        ("en", "Zentrify will replace the routers.", "Zentrify"),
        ("da", "Vexalon leverer kameraerne.", "Vexalon"),
        ("nl", "QXR en Vexalon willen meedoen.", "QXR"),
        # names with small words, numbers and joined parts
        (
            "da",
            "I går svarede Styrelsen for Netsikkerhed og Tilsyn på kritikken.",
            "Styrelsen for Netsikkerhed og Tilsyn",
        ),
        ("da", "Det siger chefen til TV 2 Fyn i dag.", "TV 2 Fyn"),
        ("nl", "Dat zegt de Autoriteit Netten & Markten.", "Autoriteit Netten & Markten"),
        ("en", "The British Medical Association objects.", "British Medical Association"),
        ("da", "Ifølge Dansk Netforbund er det for sent.", "Dansk Netforbund"),
        ("nl", "Volgens Sophie in 't Hout kan het niet.", "Sophie in 't Hout"),
        ("nl", "Dat schrijft minister Jan Jansen van Economische Zaken.", "Jan Jansen"),
        ("da", "Det oplyser direktør Bo Bang til Dagens Net.", "Bo Bang"),
        ("nl", "Dat antwoordt minister Van Doorn van Economische Zaken.", "Van Doorn"),
        ("nl", "Dat zegt minister van Mobiliteit Annick De Boer.", "Annick De Boer"),
        ("en", "He was fined by the Networks and Media Authority.", "Networks and Media Authority"),
        ("en", "The Australian Information Commissioner is suing.", "Australian Information Commissioner"),
        ("en", "It is owned by Singapore Telecommunications.", "Singapore Telecommunications"),
        ("en", "Three firms built eCitizen.", "eCitizen"),
        ("de", "Damals lieferte die Deutsche Bahn die Zahlen.", "Deutsche Bahn"),
        # parts of compounds
        ("da", "Vexalon klager. Polen betaler for Vexalon-terminalerne.", "Vexalon"),
        # a noun of what is named is no part of the name
        ("nl", "Moederbedrijf Hangzhou Lichtman zwijgt. Hangzhou Lichtman maakt winst.", "Hangzhou Lichtman"),
        # wares stand for their makers; full names and daughters
        ("en", "The ban on Google Workspace stands.", "Google"),
        ("en", "It was sold by Huawei Technologies Ltd to Iran.", "Huawei"),
        ("en", "The contract went to Palantir UK.", "Palantir UK"),
        ("en", "China Telecom (Americas) has appealed.", "China Telecom (Americas)"),
    ],
)
def test_name_is_found(language: str, text: str, key: str) -> None:
    assert key in named(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Regulators will replace the routers."),
        ("da", "Netudstyret skal skiftes ud."),
        ("nl", "Camerabewakingsapparatuur moet weg."),
        ("da", "Han bor i Odense."),
        ("en", "It cost Sh104 billion."),
        ("en", "LONDON: The firm is closed."),
        ("en", "They changed its Orion software."),
    ],
)
def test_common_words_and_mere_places_are_no_names(language: str, text: str) -> None:
    assert not named(language, text)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("da", "KP leverer kameraerne. KP's direktør er stolt.", "KP"),
        ("sv", "MP vill förbjuda kamerorna.", "MP"),
        ("en", "The routers came from VI. VI will not say more.", "VI"),
        ("nl", "KP zwijgt. De KP-camera's zijn verboden.", "KP"),
    ],
)
def test_new_name_that_is_a_states_code_is_not_that_state(language: str, text: str, name: str) -> None:
    found = read(language, text)
    assert {(e.key, e.name, e.names) for e in found.entities.values() if name in e.names} == {
        (f"{name} (name)", name, (name,))
    }
    assert "state" not in {m.kind for m in found.mentions}


def test_new_name_and_the_state_of_which_it_is_the_code_stand_apart_on_one_page() -> None:
    found = read("da", "KP leverer kameraerne. Det siger Nordkorea. KP's direktør afviser det.")
    keys = [m.keys[0] for m in found.mentions if m.form == "name"]
    assert keys == ["KP (name)", "KP", "KP (name)"]
    assert (found.entities["KP"].name, found.entities["KP (name)"].name) == ("North Korea", "KP")


def test_two_letters_that_stand_for_a_longer_name_are_still_that_name() -> None:
    assert named("da", "Kamera Partner (KP) advarer. KP er bekymret.") == {"Kamera Partner"}


def test_other_short_names_are_their_own_keys() -> None:
    assert named("nl", "QX en Vexalon willen meedoen.") == {"QX", "Vexalon"}


def test_city_that_acts_is_named() -> None:
    assert "Amsterdam" in named("nl", "Amsterdam verbiedt de camera's.")


def test_short_form_in_brackets_is_the_same_even_where_it_is_short_for_another() -> None:
    text = "De Autoriteit Persoonsgegevens (AP) waarschuwt. Volgens de AP is het verboden."
    found = read("nl", text)
    assert [m.keys[0] for m in found.mentions if m.form == "name"] == ["Autoriteit Persoonsgegevens"] * 3


def test_given_names_make_persons_and_company_words_companies() -> None:
    found = read("en", "Marietje Vos met Zentrify Networks, but not Red Lantern Software.")
    kinds = {m.keys[0]: m.kind for m in found.mentions}
    assert kinds["Marietje Vos"] == "person"
    assert kinds["Zentrify Networks"] == kinds["Red Lantern Software"] == "company"
