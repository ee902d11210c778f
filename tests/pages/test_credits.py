"""The agency to which a page credits its text."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from onrecord.pages import credited_agency, read_page

TEXT = "The minister said on Monday that the supplier must leave the networks of the country by 2027."


@pytest.mark.parametrize(
    ("page", "agency"),
    [
        (f"{TEXT}\n\n/ritzau/", "Ritzau"),
        (f"{TEXT} /ritzau/", "Ritzau"),
        (f"{TEXT} (Reuters)", "Reuters"),
        (f"BERLIN (dpa) - {TEXT}", "dpa"),
        (f"London, 3 May (Reuters) - {TEXT}", "Reuters"),
        (f"{TEXT}\n\nANP", "ANP"),
        (f"{TEXT}\n\n© AFP 2019", "AFP"),
        (f"{TEXT}\n\nFoto: ANP", None),
        (f"{TEXT} (foto: Ritzau Scanpix)", None),
        (f"The firm (Apple) says nothing. {TEXT}", None),
        (f"Reuters writes it. {TEXT}", None),
        (TEXT, None),
    ],
)
def test_the_agency_is_told_by_credits_and_datelines(page: str, agency: str | None) -> None:
    assert credited_agency(read_page(page.encode(), "page.txt")) == agency


AGENCIES = yaml.safe_load((files("onrecord.pages") / "data" / "agencies.yaml").read_text("utf-8"))
SOURCE = ("Kilde", "Bron", "Source", "Quelle", "Källa", "Sources", "Kilder")
LONG = {"dpa": "dpa-AFX", "AP": "Associated Press", "SDA": "Keystone-SDA", "TASS": "Itar-Tass"}


def credited(last: str, form: str = "txt") -> str | None:
    text = f"{TEXT}\n\n{TEXT}\n\n{last}\n"
    if form == "html":
        parts = "".join(f"<p>{part}</p>" for part in (TEXT, TEXT, last))
        text = f"<html><body><article><h1>A network</h1>{parts}</article></body></html>"
    return credited_agency(read_page(text.encode(), f"page.{form}"))


def test_every_agency_is_credited_by_a_line_of_its_own() -> None:
    for agency, name in [*zip(AGENCIES, AGENCIES, strict=True), *LONG.items()]:
        for form in ("txt", "html"):
            for word in SOURCE:
                assert credited(f"{word}: {name}", form) == agency, (word, name, form)
            assert credited(f"({name})", form) == agency, (name, form)
    for last in ("Source : AFP, Reuters", "(Kilde: AFP/Reuters)", "Quellen: AFP und dpa", "[AFP]"):
        assert credited(last) == "AFP", last


@pytest.mark.parametrize(
    "last",
    ["Foto: Reuters", "Photo: AFP / A. Name", "(Foto: ANP)", "Bild: dpa", "Beeld: ANP", "Image: AP",
     "Video: AFP", "Source photo: AFP", "Bron foto: ANP", "Bildquelle: dpa", "Kilde: The ministry",
     "Share: Reuters"],
)  # fmt: skip
def test_what_credits_a_picture_or_somebody_else_credits_no_agency(last: str) -> None:
    assert credited(last) is None
