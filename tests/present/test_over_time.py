"""How positions moved: the bars, the figures and the changes, in every format."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.present.test_render import HOSTILE, Document, Make

from onrecord.ledger import Ledger
from onrecord.present import FORMATS, languages, render_over_time, render_standing
from onrecord.present._bars import make_bars
from onrecord.present._over_time import OverTimeView
from onrecord.present._view import View
from onrecord.standing import (
    Calendar,
    Dossier,
    Period,
    Position,
    over_time_of,
    position_codes,
    side_of,
    standing_of,
)

SIGNS = dict(zip("■▣◧□◆◇◌◐○●", position_codes(), strict=True))


@pytest.fixture(scope="module")
def dossier(huawei: Ledger) -> Dossier:
    """The dossier on Huawei."""
    return standing_of(huawei, "Huawei")


def rows(text: str) -> list[tuple[str, str, list[int]]]:
    """The periods of the terminal's chart: label, bar and the figures for each side."""
    found = re.findall(rf"^(\S.*?) +([{''.join(SIGNS)}]*) +([\d,]+) +([\d,]+) +([\d,]+)$", text, re.M)
    return [(label, bar, [int(n.replace(",", "")) for n in numbers]) for label, bar, *numbers in found]


def cells(text: str, kind: str) -> list[list[str]]:
    """The rows of a table of the page, by the table's class."""
    table = re.findall(rf'<table class="{kind}">(.*?)</table>', text, re.DOTALL)[0]
    found = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [
        [
            " ".join(unescape(re.sub("<[^>]+>", "", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in found
    ]


def test_every_actor_counts_in_each_period_once_or_not_at_all(dossier: Dossier) -> None:
    standing = json.loads(render_standing(dossier, "json"))
    moved = json.loads(render_over_time(dossier, "json"))
    assert len(moved["periods"]) == len(standing["calendar"]["periods"])
    for place, period in enumerate(moved["periods"]):
        held = Counter(p["course"][place] for p in standing["positions"] if p["course"][place])
        assert period["positions"] == {code: held[code] for code in position_codes()}
        assert period["actors"] == sum(held.values()) == sum(period["sides"].values())
    assert moved["periods"][-1]["actors"] + moved["outside"] == len(standing["positions"])


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 13), st.integers(0, 400))
def test_bars_are_true_to_any_courses(
    dossier: Dossier, data: st.DataObject, periods: int, actors: int
) -> None:
    codes = st.sampled_from(position_codes()) | st.none()
    shapes = data.draw(st.lists(st.tuples(*[codes] * periods), min_size=1, max_size=12))
    held = [shapes[number % len(shapes)] for number in range(actors)]
    calendar = Calendar(
        "year", tuple(Period(f"{2001 + n}-01-01", f"{2001 + n}-12-31") for n in range(periods))
    )
    positions = (Position(f"Firm {n}", "company", (), (), (), course) for n, course in enumerate(held))
    drawn = replace(dossier, calendar=calendar, positions=tuple(positions))
    found = over_time_of(drawn)
    expected = [sum(course[place] is not None for course in held) for place in range(periods)]
    assert [tally.total for tally in found.tallies] == expected
    assert found.outside == sum(not any(course) for course in held)
    text = render_over_time(drawn, "terminal")
    assert max(map(len, text.splitlines())) <= 80
    if not any(expected):
        return
    rounded = re.search(r"up to (\d+) actors", text)
    scale = int(rounded[1]) if rounded else 1
    told = rows(text)
    assert len(told) == periods
    for place, (_, bar, figures) in enumerate(told):
        by_code = Counter(course[place] for course in held if course[place])
        assert Counter(SIGNS[sign] for sign in bar) == {code: -(-n // scale) for code, n in by_code.items()}
        assert [SIGNS[sign] for sign in bar] == sorted(
            (SIGNS[sign] for sign in bar), key=position_codes().index
        )
        sides = Counter(side_of(course[place] or "") for course in held if course[place])
        assert figures == [sides["against"], sides["open"], sides["for"]]
    bars = make_bars(OverTimeView(View(drawn)))
    assert bars is not None
    most = max(expected)
    highest = bars.base - min(bar.top for bar in bars.bars)
    for column, total in zip(bars.bars, expected, strict=True):
        assert sum(part.height for part in column.segments) == pytest.approx(highest * total / most)
        assert 0 < column.top <= bars.base
    assert 2 <= len(bars.ticks) <= 6


def test_the_chart_of_the_terminal_can_be_read_without_colour(dossier: Dossier) -> None:
    text = render_over_time(dossier, "terminal")
    told = {label: (bar, figures) for label, bar, figures in rows(text)}
    assert told["Q3 2018"] == ("■■", [2, 0, 0])
    assert told["Q4 2020"] == ("■■■■■■■■◧◆◆○●", [9, 2, 2])
    assert "One sign is one actor." in text
    assert "◧ will restrict" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    coloured = render_over_time(dossier, "terminal", colour=True)
    assert "\x1b[31m■" in coloured
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == text.splitlines()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_chart_fits_the_width_it_has(dossier: Dossier, width: int) -> None:
    for language in languages():
        text = render_over_time(dossier, "terminal", width=width, language=language)
        assert max(map(len, text.splitlines())) <= width


def test_changes_stand_in_turn_with_where_from_and_where_to(dossier: Dossier) -> None:
    text = re.sub(r"\s+", " ", render_over_time(dossier, "terminal"))
    assert "28 Jan 2020 United Kingdom not on record → ● permits [16]" in text
    assert "14 Jul 2020 United Kingdom ● permits → ◧ will restrict [18]" in text
    assert text.index("● permits [16]") < text.index("will restrict [18]")
    changes = json.loads(render_over_time(dossier, "json"))["changes"]
    for position in dossier.positions:
        for stance in position.stances:
            told = [c for c in changes if (c["actor"], c["scope"]) == (position.actor, stance.scope)]
            assert [c["to"] for c in told] == [change.code for change in stance.changes]
            assert [c["from"] for c in told] == [None, *(c["to"] for c in told)][:-1]
    days = [c["moment"]["value"] for c in changes if c["moment"]]
    assert days == sorted(days)
    assert [c["moment"] for c in changes][: len(days)].count(None) == 0, "the undated stand last"


def test_the_drawing_has_a_title_a_description_and_a_table_with_its_figures(dossier: Dossier) -> None:
    text = render_over_time(dossier, "html")
    document = Document(text)
    assert not document.open
    assert {"svg", "title", "desc", "caption", "main"} <= set(document.tags)
    svg = re.findall(r'<svg viewBox="0 0 760.*?\n      </svg>', text, re.DOTALL)[0]
    assert 'role="img" aria-labelledby="bars-title bars-desc"' in svg
    assert "The first: Q3 2018: 2 against, 0 open, 0 for. The last: Q4 2020: 9 against, 2 open, 2 for." in svg
    periods = json.loads(render_over_time(dossier, "json"))["periods"]
    head, *figures = cells(text, "tallies")
    held = [code for code in position_codes() if any(period["positions"][code] for period in periods)]
    assert len(head) == 1 + len(held) + 3 + 1
    for row, period in zip(figures, periods, strict=True):
        wanted = [*(period["positions"][code] for code in held), *period["sides"].values(), period["actors"]]
        assert list(map(int, row[1:])) == wanted
    totals = re.findall(r'<text class="total"[^>]*>(\d+)<', svg)
    assert list(map(int, totals)) == [period["actors"] for period in periods if period["actors"]]
    assert svg.count("<rect") == sum(n > 0 for period in periods for n in period["positions"].values())


def test_the_page_stands_alone(dossier: Dossier) -> None:
    text = render_over_time(dossier, "html")
    document = Document(text)
    assert not {"script", "link", "iframe", "object", "img"} & set(document.tags)
    assert not document.values("src")
    ids = document.values("id")
    assert len(ids) == len(set(ids))
    inside = {link[1:] for link in document.values("href") if link.startswith("#")}
    assert inside <= set(ids), "each reference leads somewhere"
    named = {name for value in document.values("aria-labelledby") for name in value.split()}
    assert named <= set(ids)


def test_markdown_has_the_same_figures(dossier: Dossier) -> None:
    text = render_over_time(dossier, "markdown")
    assert "| Q4 2020 | 8 | 1 | 2 | 1 | 1 | 9 | 2 | 2 | 13 |" in text
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert html.count("<table>") == 3
    assert "not on record → ● permits" in html


@pytest.mark.parametrize("language", languages())
def test_it_is_told_in_one_language(dossier: Dossier, language: str) -> None:
    title = {"en": "Changes in turn", "da": "Ændringer i rækkefølge", "nl": "Veranderingen op volgorde"}
    for form in FORMATS[:3]:
        text = render_over_time(dossier, form, language=language)
        assert title[language] in text
        assert language == "en" or not re.search("Changes|actors|Period\\b", text)
    assert json.loads(render_over_time(dossier, "json", language=language))["language"] == language


def test_what_a_person_set_counts_and_says_so(ledger_of: Make) -> None:
    said: list[Any] = ["permission", "GB", "Huawei", "asserted", "network", [], "2019-03-10"]
    ban: list[Any] = ["restriction", "GB", "Huawei", "asserted", "sanctions", [], "2019-04-10"]
    undated: list[Any] = ["permission", "TDC", "Huawei", "asserted", "network", [], None]
    page = {
        "locator": "a.txt", "outlet": "Avisen", "title": "A", "published": "2019-05-01", "language": "en",
        "sentences": [{"text": "One.", "says": [said]}, {"text": "Two.", "says": [ban]}],
    }  # fmt: skip
    late = {**page, "locator": "b.txt", "published": None, "sentences": [{"text": "3.", "says": [undated]}]}
    ledger = ledger_of([page, late])
    ledger.set_position(
        "GB", "Huawei", scope="networks", code="will-restrict", since="2019-06-01", who="Anna <b>"
    )
    dossier = standing_of(ledger, "Huawei")
    text = render_over_time(dossier, "markdown").replace("\\", "")
    assert "● permits → ◧ will restrict (in networks, set by Anna <b>)" in text
    assert "| 10 Apr 2019 | United Kingdom | not on record → ■ restricts (in trade) |" in text
    assert "1 actor has no dated position and stands in no period." in text
    assert "| no date | TDC | not on record → ● permits |" in text
    assert "Anna &lt;b&gt;" in render_over_time(dossier, "html")
    last = json.loads(render_over_time(dossier, "json"))
    assert [change["actor"] for change in last["changes"]] == ["GB", "GB", "GB", "TDC"]
    assert last["changes"][2]["set_by"]["who"] == "Anna <b>"
    assert last["outside"] == 1
    # The stricter of two fields stands for the whole.
    assert last["periods"][-1]["positions"]["restricts"] == last["periods"][-1]["actors"] == 1


def test_hostile_names_stay_text(ledger_of: Make) -> None:
    page = {
        "locator": "javascript:alert(1)", "outlet": HOSTILE, "title": HOSTILE, "published": "2019-01-01",
        "language": '"><b>', "sentences": [{"text": HOSTILE, "says": [
            ["restriction", HOSTILE, "Huawei", "asserted", "network", [HOSTILE], None],
        ]}],
    }  # fmt: skip
    hostile = standing_of(ledger_of([page]), "Huawei")
    html = render_over_time(hostile, "html")
    document = Document(html)
    assert not {"script", "img", "b1", "iframe", "link", "object"} & set(document.tags)
    assert not [name for _, name, _ in document.attributes if name.startswith("on")]
    assert all(value.startswith("#") for value in document.values("href"))
    assert "{{ 7*7 }}" in html
    marked = MarkdownIt("gfm-like", {"linkify": False}).render(render_over_time(hostile, "markdown"))
    marked = re.sub(r'<a id="source-\d+"></a>', "", marked)
    assert not re.search("<script|<img|<code|<strong>strong", marked)
    assert set(re.findall(r'href="([^"]*)"', marked)) == {"#source-1"}
    for form in FORMATS:
        text = render_over_time(hostile, form)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), form
    terminal = render_over_time(hostile, "terminal")
    assert "[bold]red[/bold]" in re.sub(r"\s+", "", terminal), "markup is shown, not obeyed"
    assert max(map(len, terminal.splitlines())) <= 80


def test_nothing_on_record_is_told(ledger_of: Make) -> None:
    page = {
        "locator": "a.txt", "outlet": None, "title": None, "published": None, "language": None,
        "sentences": [{"text": "Huawei was mentioned.", "names": ["Huawei"]}],
    }  # fmt: skip
    empty = standing_of(ledger_of([page]), "Huawei")
    for form in FORMATS[:3]:
        assert "Nothing on record." in render_over_time(empty, form).replace("\\", "")
    data = json.loads(render_over_time(empty, "json"))
    assert (data["periods"], data["changes"], data["granularity"]) == ([], [], None)


def test_an_unknown_format_is_refused(dossier: Dossier) -> None:
    with pytest.raises(ValueError, match="There are: terminal, html, markdown, json"):
        render_over_time(dossier, "pdf")  # type: ignore[arg-type]
