"""Marks in the dossier: who stands on a list, told from affiliates, with since when, in every format."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from tests.present.test_render import HOSTILE, Document

from onrecord.ledger import Ledger
from onrecord.lists import ListedName, ListVersion, Mark, Party
from onrecord.present import FORMATS, Format, languages, render
from onrecord.present._catalogue import catalogue
from onrecord.present._listed import gap
from onrecord.standing import Dossier, standing_of

VERSION = ListVersion(
    3, "us-csl", "Consolidated Screening List", "US", "csl-csv", "2023-11-08",
    datetime(2023, 11, 9, tzinfo=UTC), "0" * 64, 10, 0,
)  # fmt: skip


def mark(
    name: str = "PANDA CO., LTD.",
    relation: str = "same",
    since: str | None = "2014-08-01",
    published: str | None = "2019-10-22",
    source: str = "Entity List",
) -> Mark:
    entry = Party("7", "company", (ListedName(name, "primary"),), source, citations=("79 FR 44683",))
    of = "PANDA HOLDING" if relation == "affiliate" else None
    return Mark(VERSION, entry, name, relation, of, since, 2, published)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def dossier(huawei: Ledger) -> Dossier:
    return standing_of(huawei, "Huawei")


def supplied(dossier: Dossier) -> str:
    """A company in a pair of parties, to be marked."""
    companies = {entity.key for entity in dossier.entities if entity.kind == "company"} - {"Huawei"}
    return next(group.target for group in dossier.supplies if group.target in companies)


@pytest.mark.parametrize("format", FORMATS)
def test_a_listed_party_is_told_from_an_affiliate_with_since_when(format: Format, dossier: Dossier) -> None:
    other = supplied(dossier)
    marks = {"Huawei": (mark(),), other: (mark("PANDA TRADE", "affiliate", since=None),)}
    text = render(dossier, format, marks=marks)
    if format == "json":
        found = {entity["key"]: entity["listed"] for entity in json.loads(text)["entities"]}
        (told,) = found["Huawei"]
        assert (told["relation"], told["since"], told["first_published"], told["list"]) == (
            "same", "2014-08-01", "2019-10-22", "us-csl"
        )  # fmt: skip
        assert (found[other][0]["relation"], found[other][0]["affiliate_of"]) == (
            "affiliate",
            "PANDA HOLDING",
        )
        assert all(not listed for key, listed in found.items() if key not in marks)
        return
    words = " ".join(text.replace("\\", "").split())
    assert f"→ {other} ⚐" in words
    assert "On restriction lists" in words
    assert "Huawei ⚑" in words
    assert "On Entity List, Consolidated Screening List (of 8 Nov 2023) as “PANDA CO., LTD.”" in words
    assert "since 1 Aug 2014, 5 years before page 2, the first that names it, appeared." in words
    assert "79 FR 44683" in words
    assert f"{other} ⚐" in words
    assert "Affiliate of “PANDA HOLDING” on Entity List" in words
    assert "since when it does not say" in words


@pytest.mark.parametrize("format", FORMATS)
def test_without_marks_a_dossier_says_nothing_of_lists(format: Format, dossier: Dossier) -> None:
    text = render(dossier, format)
    assert text == render(dossier, format, marks={})
    assert "⚑" not in text
    assert "restriction lists" not in text


@pytest.mark.parametrize("language", languages())
def test_marks_are_told_in_every_language(language: str, dossier: Dossier) -> None:
    marks = {"Huawei": (mark(), mark(since=None), mark(relation="affiliate", published=None))}
    text = render(dossier, "markdown", language=language, marks=marks)
    assert catalogue(language)["sections"]["listed"]["title"] in text
    assert "{" not in text.partition("⚑")[2].partition("##")[0]


@pytest.mark.parametrize("format", FORMATS)
def test_what_a_list_says_is_escaped(format: Format, dossier: Dossier) -> None:
    text = render(dossier, format, marks={"Huawei": (mark(HOSTILE, source=HOSTILE),)})
    assert "\x1b" not in text
    if format == "html":
        document = Document(text)
        assert "script" not in document.tags
        assert "img" not in document.tags
    if format == "markdown":
        assert "<script" not in text.replace("\\<", "")


@pytest.mark.parametrize(
    ("since", "published", "span"),
    [
        ("2014-08-01", "2019-10-22", (5, "years")),
        ("2014-08-01", "2015-07-31", (11, "months")),
        ("2014-08-01", "2015-08-01", (1, "years")),
        ("2019-10-20", "2019-10-22", (2, "days")),
        ("2019-10-22", "2019-10-22", (0, "days")),
        ("2019-10-25", "2019-10-22", (-3, "days")),
        ("2021-01-01", "2019-10-22", (-1, "years")),
        ("2014", "2019-10-22", (5, "years")),
        ("2019", "2019-10-22", (0, "years")),
        ("2019-08", "2019-10-22", (2, "months")),
        ("2018-08", "2019-10", (1, "years")),
        ("2019-10", "2019-10-22", (0, "months")),
        ("2016-02-29", "2017-02-28", (11, "months")),
    ],
)
def test_how_long_before_a_page_it_was_listed(since: str, published: str, span: tuple[int, str]) -> None:
    assert gap(since, published) == span
