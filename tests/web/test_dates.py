"""Whatever date is asked for, from the first year to the last, a page answers or says what is wrong."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from lxml import html
from tests.web.places import all_pages

ODD = ("0001", "0001-01-01", "9999", "9999-12-31", "0000", "99999", "2019-02-30", "x", "٢٠١٩", "9" * 4000)
MOMENTS = ("0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "2019-01-01T25:00")
DATED = ("suppliers", "standing", "pages", "lists", "screen", "search")
"""The rooms that can be asked for a date."""
ASKED = [
    *({"as_of": value, "on": value, "year": value} for value in ODD),
    *({"known_at": value} for value in (*ODD, *MOMENTS)),
]


@pytest.fixture(scope="module")
def places(web: httpx.Client) -> list[str]:
    """One place of each kind: of the many entities, pages and statements one is like the other."""
    found: dict[tuple[str, ...], str] = {}
    for place in ("/suppliers/Huawei", "/entities/Huawei", *all_pages(web)):
        path, _, asked = place.partition("?")
        room, *rest = path.strip("/").split("/")
        if room not in DATED:
            continue
        found.setdefault((room, str(len(rest)), *rest[1:2], asked), place)
    return [*found.values(), *IN_THE_API]


@pytest.mark.parametrize("asked", ASKED, ids=[ascii(asked)[:40] for asked in ASKED])
def test_a_page_answers_for_any_date(web: httpx.Client, places: list[str], asked: dict[str, str]) -> None:
    for place in places:
        answer = web.get(httpx.URL(place).copy_merge_params(asked))
        # Before anything was known no name is on record, and no list.
        assert answer.status_code in (200, 400, 404, 422), (place, answer.text[:300])


IN_THE_API = (
    "/api/v1/suppliers/Huawei/dossier",
    "/api/v1/standing?suppliers=Huawei",
    "/api/v1/pages",
    "/api/v1/statements",
    "/api/v1/lists",
    "/api/v1/lists/ours/versions",
    "/api/v1/screen?name=Huawei",
    "/api/v1/search?q=network",
)


def test_a_dossier_as_of_the_last_day_there_is_draws_what_is_on_record(web: httpx.Client) -> None:
    answer = web.get("/suppliers/Huawei", params={"as_of": "9999-12-31"})
    assert answer.status_code == 200
    assert "Telenor" in answer.text
    # The years are told now and then, and do not make the page larger than what is said.
    assert answer.text.count('class="year"') < 40


@pytest.mark.parametrize(
    ("place", "field", "typed"),
    [
        ("/suppliers/Huawei", "as_of", "31/01/2019"),
        ("/suppliers/Huawei", "known_at", "yesterday"),
        ("/standing?suppliers=Huawei", "as_of", "31/01/2019"),
        ("/standing", "most", "many"),
        ("/standing", "most", "0"),
        ("/lists", "as_of", "31/01/2019"),
        ("/pages", "as_of", "31/01/2019"),
        ("/screen?name=Huawei", "as_of", "31/01/2019"),
    ],
)
def test_what_was_typed_stands_in_the_form_with_what_is_wrong(
    web: httpx.Client, place: str, field: str, typed: str
) -> None:
    asked = {field: typed, "language": "da"}
    answer = web.get(httpx.URL(place).copy_merge_params(asked))
    assert answer.status_code == 422
    tree: Any = html.fromstring(answer.text)
    (wrong,) = tree.xpath("//form[@method='get']//*[@id='wrong']")
    assert not wrong.xpath("descendant-or-self::*[@lang='en']")
    (form,) = wrong.xpath("ancestor::form")
    assert [(one.get("name"), one.get("value")) for one in form.xpath(".//*[@aria-invalid]")] == [
        (field, typed)
    ]
    for name, value in httpx.URL(place).params.items():
        assert form.xpath(f".//input[@name='{name}']/@value") == [value]
    assert tree.xpath("string(/html/@lang)") == "da"


def test_before_anything_was_known_a_dossier_is_empty(web: httpx.Client) -> None:
    answer = web.get("/suppliers/Huawei", params={"known_at": "2010-01-01"})
    assert answer.status_code == 200
    tree: Any = html.fromstring(answer.text)
    assert "Telenor" not in tree.xpath("string(//main)")
    assert web.get("/standing", params={"most": ""}).status_code == 200


@pytest.mark.parametrize("asked", ["1800-01-01", "2500-01-01"])
def test_the_day_that_is_shown_is_the_one_that_was_asked_for(web: httpx.Client, asked: str) -> None:
    tree: Any = html.fromstring(web.get("/suppliers/Huawei", params={"as_of": asked}).text)
    assert asked in tree.xpath("string(//output[@id='day-shown'])")


@pytest.mark.parametrize(
    "place",
    [
        "suppliers/Huawei/changes?since={}",
        "suppliers/Huawei/changes?since=2019&until={}",
        "suppliers/Huawei/dossier?as_of={}",
        "suppliers/Huawei/dossier?known_at={}",
        "standing?suppliers=Huawei&as_of={}",
        "statements?as_of={}",
        "lists?as_of={}",
        "lists/ours/changes?since={}",
        "lists/ours/entries/Huawei%20Techn?on={}",
        "screen?name=Huawei&as_of={}",
        "judgements?since={}",
        "judgements?until={}",
    ],
)
@pytest.mark.parametrize("day", ["May", "2019-02-30", "2019-13"])
def test_a_day_that_is_none_is_told(web: httpx.Client, place: str, day: str) -> None:
    answer = web.get(f"/api/v1/{place.format(day)}")
    assert answer.status_code == 400, answer.text
    assert f"'{day}' is no" in answer.json()["detail"]
