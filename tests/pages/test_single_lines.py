"""One strange line between two paragraphs: residue goes, a crosshead stays, and both paragraphs too."""

from __future__ import annotations

import pytest

from onrecord.pages import read_page

BODY = {
    "da": (
        "Regeringen vil holde udstyr fra Huawei ude af det danske 5G-net, skriver en avis.",
        "Huawei kalder forslaget udemokratisk og afviser, at selskabet udgør en fare.",
    ),
    "nl": (
        "Het kabinet wil apparatuur van Huawei weren uit de kern van het netwerk, schrijft een krant.",
        "Huawei noemt het voorstel onterecht en ontkent dat het een gevaar vormt.",
    ),
    "en": (
        "The government wants to bar Huawei equipment from the core of the network, a paper reports.",
        "Huawei called the proposal unfair and denied that it poses any danger at all.",
    ),
}
RESIDUE = {
    "da": [
        "LÆS MERE: Kina vil styre fremtidens net",
        "Foto: Lis Holm/Billedbureauet",
        "Følg debatten på Facebook",
        "Har du oplysninger i sagen? Kontakt os på tip@avis.example",
        "©2019 Avisen",
        "Senior Software Engineer",
        "15 kommentarer",
        "Hør artiklen læst op",
    ],
    "nl": [
        "LEES MEER | China wil het net van de toekomst bepalen",
        "Foto ANP",
        "Wil je elke ochtend het nieuws in je inbox? Schrijf je dan hier in",
        "Netwerkbeheerder - Rijkswaterstaat - Utrecht",
        "Advertentie: bespaar op je mobiele abonnement",
        "Delen via WhatsApp",
        "Reageer als eerste",
        "Onderwerpen: Huawei, 5G, KPN",
    ],
    "en": [
        "More: China wants to shape the network of the future",
        "Image: AFP via Getty Images",
        "The minister arrives at Downing Street (PA)",
        "Want more? Get the best tech stories every week in your inbox",
        "Network Engineer, Ministry of Defence, Bristol",
        "ADVERTISEMENT",
        "Save for later",
        "Topics: Huawei, 5G, BT",
    ],
}
CROSSHEADS = {
    "da": ["Fra partner til trussel", "Køb af chips stoppet", "Huawei: Ingen bagdøre", "Artikel 7 i loven"],
    "nl": [
        "Van partner tot vijand",
        "Contact met Peking",
        "Gemeente wil actie",
        "Terug bij af",
        "Wat zegt de wet?",
    ],
    "en": [
        "From partner to foe",
        "Terms of the deal",
        "Events in Canada",
        "Related party deals",
        "A long story",
    ],
}


def between(line: str, language: str) -> str:
    first, second = BODY[language]
    page = read_page(f"{first}\n\n{line}\n\n{second}\n".encode(), "page.txt", languages=[language])
    assert first in page.text
    assert second in page.text
    return page.text


def each(lines: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, line) for language, of_it in lines.items() for line in of_it]


@pytest.mark.parametrize(("language", "line"), each(RESIDUE))
def test_residue_goes(language: str, line: str) -> None:
    assert line not in between(line, language)


@pytest.mark.parametrize(("language", "line"), each(CROSSHEADS))
def test_a_crosshead_stays(language: str, line: str) -> None:
    assert line in between(line, language)
