"""Each page is in one of the installed languages, or it is refused by name."""

from __future__ import annotations

import pytest

from onrecord.pages import UnreadablePage, read_page

TEXTS = {
    "da": (
        "Regeringen har besluttet, at selskabet ikke må levere udstyr til det nye net. "
        "Ministeren siger, at hensynet til rigets sikkerhed vejer tungere end prisen, og at "
        "loven træder i kraft efter sommerferien."
    ),
    "nl": (
        "De regering heeft besloten dat het bedrijf geen apparatuur mag leveren voor het "
        "nieuwe netwerk. De minister zegt dat de veiligheid van de staat zwaarder weegt dan de "
        "prijs."
    ),
    "en": (
        "The government has decided that the company may not deliver equipment for the new "
        "network. The minister says that the security of the state weighs more than the price."
    ),
    "no": (
        "Regjeringen har bestemt at selskapet ikke får levere utstyr til det nye nettet. "
        "Statsråden sier at hensynet til rikets sikkerhet veier tyngre enn prisen, og at loven "
        "trer i kraft etter sommeren."
    ),
    "sv": (
        "Regeringen har beslutat att bolaget inte får leverera utrustning till det nya nätet. "
        "Ministern säger att hänsynen till rikets säkerhet väger tyngre än priset."
    ),
    "de": (
        "Die Regierung hat beschlossen, dass das Unternehmen keine Technik für das neue Netz "
        "liefern darf. Die Sicherheit des Staates wiege schwerer als der Preis, sagt der "
        "Minister."
    ),
    "fr": (
        "Le gouvernement a décidé que l'entreprise ne pourra pas livrer d'équipement pour le "
        "nouveau réseau. La sécurité de l'État pèse plus que le prix, dit le ministre."
    ),
}
NAMES = {"da": "Danish", "no": "Norwegian", "sv": "Swedish", "de": "German", "fr": "French", "nl": "Dutch"}


@pytest.mark.parametrize("language", ["da", "nl", "en", "sv", "de", "fr", "no"])
def test_installed_languages_are_told_apart(language: str) -> None:
    page = read_page(TEXTS[language].encode(), "page.txt")
    assert page.language == language
    assert page.language_confidence > 0.9


@pytest.mark.parametrize("language", ["no", "sv", "de", "fr"])
def test_other_languages_are_refused_by_name(language: str) -> None:
    with pytest.raises(UnreadablePage) as caught:
        read_page(TEXTS[language].encode(), "page.txt", languages=["da", "nl", "en"])
    assert caught.value.reason_code == "language-not-installed"
    assert NAMES[language] in caught.value.message
    assert "da, nl, en" in caught.value.message


def test_norwegian_and_danish_are_not_taken_for_each_other() -> None:
    assert read_page(TEXTS["no"].encode(), "page.txt", languages=["no", "en"]).language == "no"
    assert read_page(TEXTS["no"].encode(), "page.txt", languages=["nb", "en"]).language == "nb"
    with pytest.raises(UnreadablePage, match="Danish"):
        read_page(TEXTS["da"].encode(), "page.txt", languages=["nb", "en"])


def test_residue_in_another_language_does_not_mislead() -> None:
    text = f"{TEXTS['nl']}\n\nRead more | Sign up | Follow us | Most popular | About us | Terms of use\n"
    assert read_page(text.encode(), "page.txt").language == "nl"
