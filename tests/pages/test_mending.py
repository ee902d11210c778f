"""Text that was decoded wrongly reads right, and still leads to the characters of the file."""

from __future__ import annotations

import pytest

from onrecord.pages import read_page


def spoilt(text: str) -> str:
    return text.encode("utf-8").decode("cp1252")


@pytest.mark.parametrize(
    "word", ["financiële", "één", "coöperatie", "Zoë", "følger", "på", "ændrer", "€", "’s", "–"]
)
def test_mojibake_is_mended(word: str) -> None:
    text = f"Volgens de minister is {spoilt(word)} gisteren nog in het rapport van de toezichthouder genoemd."
    page = read_page(text.encode(), "page.txt", languages=["nl"])
    assert f"is {word} gisteren" in page.text
    at = page.text.index(word)
    start, end = page.original_span(at, at + len(word))
    assert page.original[start:end] == spoilt(word)


def test_a_mended_letter_leads_to_what_it_was_made_from() -> None:
    text = "De financiÃ«le topvrouw van het bedrijf werd in Canada aangehouden, meldt de krant."
    page = read_page(text.encode(), "page.txt", languages=["nl"])
    assert page.original_span(page.text.index("ë"), page.text.index("ë") + 1) == (10, 12)
    assert page.original_span(page.text.index("topvrouw"), page.text.index("topvrouw") + 8) == (15, 23)


def test_right_text_is_left_alone() -> None:
    text = "Ærøs borgmester, Åse Ö. Müller, siger »nej tak« – også til à la carte-løsninger på €100."
    assert read_page(text.encode(), "page.txt", languages=["da"]).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15"])
def test_encodings(encoding: str) -> None:
    text = "Regeringen vil ifølge ministeren ændre loven, så styrelsen får flere beføjelser på området."
    page = read_page(text.encode(encoding), "page.txt")
    assert page.text == text
    assert page.original == text


def test_a_declared_encoding_is_believed() -> None:
    body = (
        "<p>Ministeren siger, at løsningen skal være på plads før årets udgang, og at ålen er reddet.</p>" * 3
    )
    head = '<html><head><meta charset="iso-8859-1"><title>Ål</title></head>'
    page = read_page(f"{head}<body><article>{body}</article></body></html>".encode("latin-1"), "page.html")
    assert "før årets udgang" in page.text
    assert page.encoding == "cp1252"


def test_a_few_stray_bytes_do_not_spoil_utf8() -> None:
    text = "Het bedrijf ontkent dat financiële gegevens van cliënten in één dag zijn gelekt, zegt Zoë." * 4
    page = read_page(text.encode() + b" \xff einde.", "page.txt")
    assert page.encoding == "utf-8"
    assert "financiële" in page.text
