"""The agency to which a page credits its text."""

from __future__ import annotations

import pytest

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
