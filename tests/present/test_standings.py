"""Where all actors stand on all suppliers, in every format."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, get_args

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from tests.present.test_over_time import cells
from tests.present.test_render import HOSTILE, Document, Make

from onrecord.entities import Entity, EntityKind
from onrecord.ledger import Ledger
from onrecord.present import FORMATS, languages, render_standings
from onrecord.present._catalogue import catalogue
from onrecord.standing import Standings, standing_of, standings_of


def page(number: int, *says: tuple[str, str, str, str]) -> dict[str, Any]:
    """A page of 2019 that says so: type, actor, supplier, topic, each asserted of a day."""
    return {
        "locator": f"{number}.txt", "outlet": "Avisen", "title": "A", "published": "2019-05-01",
        "language": "en",
        "sentences": [
            {
                "text": f"{number}-{place}.",
                "says": [[type_, actor, on, "asserted", topic, [], f"2019-04-{place + 1:02}"]],
            }
            for place, (type_, actor, on, topic) in enumerate(says)
        ],
    }  # fmt: skip


@pytest.fixture
def held(ledger_of: Make) -> Standings:
    """Three states on three suppliers: one in two fields, one by a person's hand."""
    ledger = ledger_of(
        [
            page(
                1,
                ("permission", "GB", "Huawei", "network"),
                ("restriction", "GB", "Huawei", "sanctions"),
                ("restriction", "US", "Huawei", "network"),
                ("restriction", "US", "ZTE", "network"),
                ("permission", "DK", "ZTE", "network"),
                ("permission", "DK", "Nokia", "network"),
                ("permission", "TDC", "Nokia", "network"),
            )
        ]
    )
    ledger.set_position(
        "DK", "ZTE", scope="networks", code="will-restrict", since="2019-06-01", who="Anna <b>", why="A | b"
    )
    return standings_of(ledger)


@pytest.fixture
def wide(ledger_of: Make) -> Standings:
    """A state on forty suppliers, of which the last two are told of most."""
    told = [
        ("restriction", "US", f"Maker {number:02} of Telephones and Cables", topic)
        for number in range(40)
        for topic in (("network", "sanctions") if number > 37 else ("network",))
    ]
    return standings_of(ledger_of([page(number, *told[number::30]) for number in range(30)]))


def test_the_terminal_has_a_sign_for_each_pair_and_says_what_it_means(held: Standings) -> None:
    text = render_standings(held, "terminal")
    assert "States and unions of states: 3 actors with a present position, 3 suppliers." in text
    head = re.search(r"^Who  .*$", text, re.M)
    assert head
    assert head[0].split() == ["Who", "Huawei", "Nokia", "ZTE"], "those told of most stand first"
    place = {name: head[0].index(name) for name in ("Huawei", "Nokia", "ZTE")}
    rows = {line[:14].strip(): line for line in text.splitlines() if re.search(r"^\w.{14,}[■◧●]", line)}
    assert list(rows)[:3] == ["Denmark", "United Kingdom", "United States"]
    assert rows["Denmark"][place["Huawei"]] == " "
    assert rows["Denmark"][place["Nokia"] :].split() == ["●", "◧*"]
    assert rows["United Kingdom"][place["Huawei"] :] == "■+", "the strictest stands for the whole"
    assert "■ restricts  ◧ will restrict  ● permits" in text
    assert "+ another position in another field" in text
    assert "* set by a person" in text
    flat = re.sub(r"\s+", " ", text)
    assert "Denmark → ZTE: ◧ will restrict in networks, 1 Jun 2019. Set by Anna <b> on" in flat
    assert "Why: “A | b”." in flat
    assert "\x1b" not in text
    assert "\x1b[31m■" in render_standings(held, "terminal", colour=True)


@pytest.mark.parametrize("width", [60, 80, 132])
@pytest.mark.parametrize("language", languages())
def test_as_many_suppliers_as_fit_and_how_many_are_left(wide: Standings, width: int, language: str) -> None:
    text = render_standings(wide, "terminal", width=width, language=language)
    assert max(map(cell_len, text.splitlines())) <= width
    shown = len(re.findall("Maker", text))
    assert text.count("■") == shown + 1, "one each, and one in the legend"
    assert 2 < shown < 40
    assert re.search(rf"\b{40 - shown}\b.*`--suppliers`", re.sub(r"\s+", " ", text))
    wider = render_standings(wide, "terminal", width=width + 40, language=language)
    assert len(re.findall("Maker", wider)) > shown
    numbers = re.findall(r"Maker (\d\d)", text)
    assert numbers == [f"{number:02}" for number in (38, 39, *range(38))][:shown], "the most told first"


def test_other_formats_have_all_suppliers(wide: Standings) -> None:
    assert len(json.loads(render_standings(wide, "json"))["suppliers"]) == 40
    assert len(cells(render_standings(wide, "html"), "standings")[0]) == 41
    assert "Maker 39 of Telephones" in render_standings(wide, "markdown")


def test_markdown_has_positions_in_words_and_dates(held: Standings) -> None:
    text = render_standings(held, "markdown").replace("\\", "")
    assert "| Who | Huawei | Nokia | ZTE |" in text
    assert "| Denmark |  | ● permits, 6 Apr 2019 | ◧ will restrict, 1 Jun 2019, set by Anna <b> |" in text
    assert "■ restricts in trade, 2 Apr 2019; also ● permits in networks, 1 Apr 2019" in text
    assert "- Denmark → ZTE: ◧ will restrict in networks" in text
    html = MarkdownIt("gfm-like", {"linkify": False}).render(render_standings(held, "markdown"))
    assert html.count("<tr>") == 4
    assert "<b>" not in html


def test_html_has_the_same_and_stands_alone(held: Standings) -> None:
    text = render_standings(held, "html")
    head, *rows = cells(text, "standings")
    assert head == ["Who", "Huawei", "Nokia", "ZTE"]
    assert rows[0][:3] == ["Denmark", "not on record", "permits 6 Apr 2019"]
    assert rows[0][3] == "will restrict 1 Jun 2019 set by Anna <b>"
    assert rows[1][1] == "restricts in trade 2 Apr 2019; + permits in networks 1 Apr 2019"
    document = Document(text)
    assert not document.open
    assert not {"script", "link", "iframe", "object", "img", "b1"} & set(document.tags)
    ids = document.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in document.values("href") if link.startswith("#")} <= set(ids)
    assert set(document.values("aria-labelledby")) <= set(ids)
    legend = re.findall(r'<ul class="legend".*?</ul>', text, re.DOTALL)[0]
    assert re.findall(r'<li class="([\w-]+)"', legend) == ["restricts", "will-restrict", "permits"]


def test_json_has_everything_that_is_held(held: Standings) -> None:
    data = json.loads(render_standings(held, "json", language="da"))
    assert data["shape"] == "onrecord.standings/1"
    assert (data["language"], data["kinds"], data["machine_reading"]) == ("da", ["state"], True)
    assert [one["label"] for one in data["actors"]] == ["Danmark", "Storbritannien", "USA"]
    assert [one["key"] for one in data["suppliers"]] == ["Huawei", "Nokia", "ZTE"]
    assert len(data["held"]) == len(held.held)
    both = [one for one in data["held"] if one["actor"] == "GB"]
    assert [(one["scope"], one["position"], one["present"]) for one in both] == [
        ("trade", "restricts", True),
        ("networks", "permits", False),
    ]
    by_hand = [one for one in data["held"] if one["set_by"]]
    assert [(one["actor"], one["supplier"], one["set_by"]["who"]) for one in by_hand] == [
        ("DK", "ZTE", "Anna <b>")
    ]
    assert by_hand[0]["since"] == {"value": "2019-06-01", "basis": "judged"}


def test_it_says_what_the_dossier_says(huawei: Ledger) -> None:
    kinds = get_args(EntityKind)
    held = json.loads(render_standings(standings_of(huawei, kinds=kinds), "json", kinds=kinds))["held"]
    positions = standing_of(huawei, "Huawei").positions
    on_huawei = {
        (one["actor"], one["position"])
        for one in held
        if (one["supplier"], one["present"]) == ("Huawei", True)
    }
    assert on_huawei == {(position.actor, position.present.code) for position in positions}


@pytest.mark.parametrize("language", languages())
def test_it_is_told_in_one_language(held: Standings, language: str) -> None:
    for form in FORMATS[:3]:
        text = re.sub(r"\s+", " ", render_standings(held, form, language=language)).replace("\\", "")
        assert catalogue(language)["words"]["standings"] in text
        assert catalogue(language)["kinds"]["state"] in text
        shown = re.sub('<style>.*</style>|="[^"]*"', "", text)
        assert language == "en" or not re.search(r"restricts|actors|Denmark|(?<!--)suppliers\b", shown)


def test_rows_stand_by_the_alphabet_of_the_language(held: Standings) -> None:
    states = ("ZA", "AT", "SE", "AX", "CI", "HR")
    found = replace(
        held,
        actors=tuple(Entity(code, "state", code) for code in sorted(states)),
        held=tuple(replace(held.held[0], actor=code) for code in states),
    )

    def order(language: str) -> list[str]:
        return [
            one["key"] for one in json.loads(render_standings(found, "json", language=language))["actors"]
        ]

    assert order("en") == ["AX", "AT", "CI", "HR", "ZA", "SE"], "Åland, Austria, Côte d’Ivoire, Croatia"
    assert order("da") == ["CI", "HR", "SE", "ZA", "AT", "AX"], "… Sydafrika, Østrig, Åland"


def test_hostile_names_stay_text(ledger_of: Make) -> None:
    ledger = ledger_of([page(1, ("restriction", HOSTILE, HOSTILE + " & Co", "network"))])
    ledger.set_position(
        HOSTILE,
        HOSTILE + " & Co",
        scope="networks",
        code="permits",
        since="2019-06",
        who=HOSTILE,
        why=HOSTILE,
    )
    hostile = standings_of(ledger, kinds=("company",))
    html = render_standings(hostile, "html", kinds=("company",))
    document = Document(html)
    assert not {"script", "img", "iframe", "link", "object"} & set(document.tags)
    assert not [name for _, name, _ in document.attributes if name.startswith("on")]
    assert all(value.startswith("#") for value in document.values("href"))
    assert "{{ 7*7 }}" in html
    marked = MarkdownIt("gfm-like", {"linkify": False}).render(render_standings(hostile, "markdown"))
    assert not re.search("<script|<img|<code|<strong>strong|href", marked)
    assert marked.count("<td") + marked.count("<th") <= 4 + 2
    for form in FORMATS:
        text = render_standings(hostile, form)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), form
    terminal = render_standings(hostile, "terminal")
    assert "[bold]red[/bold]" in re.sub(r"\s+", "", terminal), "markup is shown, not obeyed"
    assert max(map(cell_len, terminal.splitlines())) <= 80


def test_wide_letters_fit_too(ledger_of: Make) -> None:
    said = [("restriction", "US", f"第{number}华为技术有限公司 电话", "network") for number in range(12)]
    found = standings_of(ledger_of([page(1, *said)]))
    text = render_standings(found, "terminal")
    assert max(map(cell_len, text.splitlines())) <= 80
    assert "华为" in text


def test_nothing_on_record_is_told(ledger_of: Make) -> None:
    found = standings_of(ledger_of([]))
    for form in FORMATS[:3]:
        text = render_standings(found, form).replace("\\", "")
        assert "States and unions of states: no position is on record." in text
        assert not Document(render_standings(found, "html")).open
    assert json.loads(render_standings(found, "json"))["held"] == []


def test_two_names_of_one_supplier_give_one_column(huawei: Ledger) -> None:
    found = standings_of(huawei, ["Huawei", "Huawei Technologies"])
    data = json.loads(render_standings(found, "json"))
    assert [one["key"] for one in data["suppliers"]] == ["Huawei"]


def test_an_unknown_format_is_refused(held: Standings) -> None:
    with pytest.raises(ValueError, match="There are: terminal, html, markdown, json"):
        render_standings(held, "pdf")  # type: ignore[arg-type]


def test_a_command_stands_as_such_in_a_page_of_its_own(held: Standings) -> None:
    text = render_standings(held, "html")
    assert "<code>onrecord standing NAME</code>" in text
    assert "`" not in text
