"""The figures of a dossier: what is drawn is what the dossier holds, and every mark leads to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from babel import Locale
from lxml import html

from onrecord.ledger import Ledger
from onrecord.present import dossier_part, languages, moved_days, render, standing_told
from onrecord.present._tiles import places
from onrecord.present._tracks import end_of
from onrecord.present._view import View
from onrecord.standing import Dossier, case_kinds, stages_of, standing_of

Make = Callable[[Sequence[dict[str, Any]]], Ledger]

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} </svg></title></a>"


@pytest.fixture(scope="module")
def dossier(huawei: Ledger) -> Dossier:
    """The dossier on Huawei."""
    return standing_of(huawei, "Huawei")


@pytest.fixture(scope="module")
def page(dossier: Dossier) -> Any:
    """The dossier as a page."""
    return tree(render(dossier, "html"))


def tree(text: str) -> Any:
    return html.fromstring(text)


def targets(page: Any, path: str) -> list[str]:
    """Where links lead, each of which leads somewhere."""
    ids = set(page.xpath("//@id"))
    found = [link.removeprefix("#") for link in page.xpath(f"{path}/@href")]
    assert set(found) <= ids
    return found


def test_every_state_has_a_square_of_its_own() -> None:
    codes = {code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))}
    assert set(places()) - {"XK"} <= codes
    assert len(set(places().values())) == len(places())
    # The members of the United Nations, and some whose networks are told of apart.
    assert len(places()) > 193
    assert {"DK", "NL", "US", "CN", "TW", "HK", "XK", "FO", "GL", "VA"} <= set(places())


def test_the_map_shows_each_state_that_holds_a_position(dossier: Dossier, page: Any) -> None:
    held = {p.actor: p.present.code for p in dossier.positions if p.kind == "state"}
    tiles = page.xpath("//figure[contains(@class, 'tiles')]//a[contains(@class, 'tile ')]")
    assert {tile.xpath("string(text)"): tile.get("class").split()[1] for tile in tiles} == held
    for tile, row in zip(tiles, targets(page, "//a[contains(@class, 'tile ')]"), strict=True):
        name = tile.xpath("string(title)").split(":")[0]
        assert page.get_element_by_id(row).xpath("string(th)").strip() == name
        # Its sign tells what its colour does.
        assert tile.xpath(".//use/@href") == [f"#p-{tile.get('class').split()[1]}"]
    rows = page.xpath("//figure[contains(@class, 'tiles')]//tbody/tr")
    assert len(rows) == len(held)


def test_a_band_leads_to_the_line_that_began_it(dossier: Dossier, page: Any) -> None:
    bands = page.xpath("//table[@class='matrix']//a[contains(@class, 'band')]")
    assert len(bands) == sum(
        sum(1 for at, code in enumerate(p.course) if code and (at == 0 or p.course[at - 1] != code))
        for p in dossier.positions
    )
    lines = {line.id: line for line in dossier.lines}
    led = [lines[to[2:]] for to in targets(page, "//a[contains(@class, 'band ')]") if to.startswith("l-")]
    assert led
    assert all(line.type in ("restriction", "permission") and line.target == "Huawei" for line in led)
    dissent = {line.id for p in dossier.positions for s in p.stances for line in s.dissent}
    apart = targets(page, "//a[@class='apart']")
    assert apart
    assert {to[2:] for to in apart} <= dissent


def test_tracks_have_a_station_for_each_dated_stage(dossier: Dossier, page: Any) -> None:
    dated = [case for case in dossier.cases if any(step.moment for step in case.steps)]
    tracks = page.xpath("//figure[contains(@class, 'tracks')]//g[starts-with(@class, 'is-')]")
    assert len(tracks) == len(dated)
    for case, track in zip(dated, tracks, strict=True):
        stations = track.xpath("a/@href")
        assert stations == [f"#l-{step.lines[0].id}" for step in case.steps if step.moment and step.lines]
        assert track.get("class") == f"is-{end_of(case)}"
        # What goes on is drawn to the end.
        assert bool(track.xpath("path[@class='on']")) == (end_of(case) != "ended")
    targets(page, "//figure[contains(@class, 'tracks')]//a")


def test_ends_of_tracks_are_stages_that_there_are() -> None:
    from onrecord.present._tracks import _ends

    assert set(_ends()) <= {stage for kind in case_kinds() for stage in stages_of(kind)}


def test_a_promise_of_which_no_page_says_that_it_was_kept_is_told_as_such(ledger_of: Make) -> None:
    def told(type_: str, status: str, text: str, day: str) -> dict[str, Any]:
        says: list[list[Any]] = [[type_, "Huawei", "DE", status, "security", [], None]]
        return {
            "locator": f"{day}.txt", "outlet": "Zeitung", "title": text, "published": day,
            "language": "en", "sentences": [{"text": text, "says": says}],
        }  # fmt: skip

    promised = told("commitment", "asserted", "Huawei promised Germany.", "2019-01-01")
    broken = told("wrongdoing", "asserted", "Huawei broke its word to Germany.", "2019-02-01")
    for pages, says in (([promised], "not known to be kept"), ([promised, broken], "not kept")):
        page = tree(render(standing_of(ledger_of(pages), "Huawei"), "html"))
        states = page.xpath("//figure[contains(@class, 'tracks')]//text[@class='state']/text()")
        assert any(state.endswith(says) for state in states)


def test_the_network_counts_what_is_said_of_each_neighbour(dossier: Dossier, page: Any) -> None:
    lines = [line for groups in (dossier.supplies, dossier.ties) for g in groups for line in g.lines]
    own = [line for line in lines if "Huawei" in (line.actor, line.target) and line.actor and line.target]
    rows = page.xpath("//section[@id='graph']//tbody/tr")
    assert sum(int(row.xpath("string(td[2])")) for row in rows) == sum(line.statements for line in own)
    nodes = page.xpath("//section[@id='graph']//a[contains(@class, 'node')]")
    assert len(nodes) == len(rows) <= 30
    # A node of one line leads to it, one of several to its row, which leads to all of them.
    told = []
    for to in targets(page, "//section[@id='graph']//a[contains(@class, 'node')]"):
        at = f"//tr[@id='{to}']//li/a" if to.startswith("g-") else ""
        found = targets(page, at) if at else [to]
        assert len(found) > 1 or not at
        told += [one.removeprefix("l-") for one in found]
    assert sorted(told) == sorted(line.id for line in own)
    assert page.xpath("//section[@id='graph']//tr[starts-with(@id, 'g-')]//li/a")


def test_the_figures_of_the_head_lead_to_what_they_count(page: Any) -> None:
    assert targets(page, "//dl[@class='figures']//a")[:2] == ["sources", "origins"]


def test_a_large_network_is_drawn_in_part_and_told_in_whole(ledger_of: Make) -> None:
    says: list[list[Any]] = [
        ["supply", "Huawei", f"Operator {n}", "asserted", "network", [], None] for n in range(40)
    ]
    says += [["partnership", "Huawei", "Friend Ltd", "negated", None, [], None]]
    text = "Huawei supplies many."
    page = {
        "locator": "a.txt", "outlet": "Post", "title": text, "published": "2019-01-01", "language": "en",
        "sentences": [{"text": text, "says": says}],
    }  # fmt: skip
    shown = tree(render(standing_of(ledger_of([page]), "Huawei"), "html"))
    assert len(shown.xpath("//section[@id='graph']//a[contains(@class, 'node')]")) == 11
    assert len(shown.xpath("//section[@id='graph']//tbody/tr")) == 41
    assert "30 more names are in the table" in shown.xpath("string(//section[@id='graph']//figcaption)")
    denied = shown.xpath("//a[contains(@class, 'node denied')]")
    assert [one.xpath("string(title)") for one in denied] == ["Friend Ltd: 1 statement, denied"]


def test_origins_add_up_to_the_lines(dossier: Dossier, page: Any) -> None:
    first, second = page.xpath("//section[@id='origins']/ul")
    told = [row.xpath("string(.//span[@class='figure'])") for row in first.xpath("li")]
    figures = [[int(number) for number in re.findall(r"\d+", row)] for row in told]
    assert sum(lines for lines, _ in figures) == len(dossier.lines)
    assert sum(count for _, count in figures) == sum(line.statements for line in dossier.lines)
    assert len(second.xpath("li")) == min(15, len({o for line in dossier.lines for o in line.origins}))
    targets(page, "//section[@id='origins']//a")
    assert not page.xpath("//section[@id='origins']/details"), "all are drawn"


def test_origins_that_are_not_drawn_stand_in_the_table(ledger_of: Make) -> None:
    pages = [
        {
            "locator": f"{n}.txt", "outlet": f"Outlet {n}", "title": "A", "published": "2019-05-01",
            "language": "en",
            "sentences": [
                {
                    "text": f"Huawei supplies Operator {n}.",
                    "says": [["supply", "Huawei", f"Operator {n}", "asserted", "network", [], None]],
                }
            ],
        }
        for n in range(20)
    ]  # fmt: skip
    shown = tree(render(standing_of(ledger_of(pages), "Huawei"), "html"))
    origins = "//section[@id='origins']"
    assert "5 more origins are not drawn" in shown.xpath(f"string({origins})")
    rows = shown.xpath(f"{origins}/details[@class='table']//tbody/tr")
    assert {row.findtext("th") for row in rows} == {f"Outlet {n}" for n in range(20)}
    targets(shown, f"{origins}/details//a")


def test_figures_are_empty_where_there_is_nothing(ledger_of: Make) -> None:
    page = {
        "locator": "a.txt", "outlet": None, "title": None, "published": None, "language": None,
        "sentences": [{"text": "Huawei was mentioned.", "names": ["Huawei"]}],
    }  # fmt: skip
    empty = standing_of(ledger_of([page]), "Huawei")
    assert not tree(render(empty, "html")).xpath("//figure[contains(@class, 'chart')]")
    assert moved_days(empty) == ()


def test_hostile_names_stay_text_in_every_figure(ledger_of: Make) -> None:
    page = {
        "locator": f"javascript:alert(1)//{HOSTILE}", "outlet": HOSTILE, "title": HOSTILE,
        "published": "2019-01-01", "language": '"><b>', "sentences": [{"text": HOSTILE, "says": [
            ["restriction", HOSTILE, "Huawei", "asserted", "network", [HOSTILE], None],
            ["supply", "Huawei", HOSTILE, "asserted", "network", [HOSTILE], "2018"],
            ["ties", "Huawei", HOSTILE, "alleged", None, [], None],
            ["commitment", "Huawei", HOSTILE, "asserted", "security", [], None],
            ["wrongdoing", "Huawei", HOSTILE, "alleged", "espionage", [HOSTILE], None],
        ]}],
    }  # fmt: skip
    hostile = standing_of(ledger_of([page]), "Huawei")
    part = dossier_part(hostile, go=lambda kind, id, scope="": f"/{kind}/{len(id)}/{scope}")
    for text in (render(hostile, "html"), part):
        shown = tree(text)
        assert not shown.xpath("//script | //img | //*[@style] | //@*[starts-with(name(), 'on')]")
        assert all(to.startswith(("#", "/")) for to in shown.xpath("//@href"))
        assert "alert(1)" in shown.xpath("string(//section[@id='graph'])")
        assert "alert(1)" in shown.xpath("string(//figure[contains(@class, 'tracks')])")
    assert HOSTILE.split("{")[0] in " ".join(one.told for one in moved_days(hostile))


def test_the_workbenchs_part_leads_to_statements_and_pages(dossier: Dossier) -> None:
    part = tree(dossier_part(dossier, go=lambda kind, id, scope="": f"/{kind}/{id}/{scope}".rstrip("/")))
    led = set(part.xpath("//a[@class='on-page']/@href"))
    cited = {f"/statement/{cited.statement_id}" for line in dossier.lines for cited in line.citations}
    assert led == cited
    assert {f"/page/{source.page_id}" for source in dossier.sources} <= set(part.xpath("//@href"))
    # A dossier that stands alone leads nowhere else.
    assert not tree(render(dossier, "html")).xpath("//a[@class='on-page']")


def test_the_workbenchs_part_leads_from_each_position_to_where_one_sets_it(dossier: Dossier) -> None:
    part = tree(dossier_part(dossier, go=lambda kind, id, scope="": f"/{kind}/{id}/{scope}"))
    links = part.xpath("//p[@class='by-hand']/a")
    # A position of whoever is not named is nobody's to set.
    assert {link.get("href") for link in links} == {
        f"/position/{position.actor}/{stance.scope}"
        for position in dossier.positions
        if position.actor
        for stance in position.stances
    }
    # Who hears them one after another can tell them apart.
    assert len({link.text_content() for link in links}) == len(links)
    assert not tree(render(dossier, "html")).xpath("//*[@class='by-hand']")


@pytest.mark.parametrize("language", languages())
def test_figures_are_told_in_each_language(dossier: Dossier, language: str) -> None:
    shown = tree(render(dossier, "html", language=language))
    figures = View(dossier, language).messages["figures"]
    heads = [head.text.strip() for head in shown.xpath("//h2")]
    assert {figures["graph"]["title"], figures["origins"]["title"]} <= set(heads)
    assert "Huawei" in standing_told(dossier, language=language) or standing_told(dossier, language=language)


def test_what_moved_has_the_day_from_which_it_is_on_record(huawei: Ledger, dossier: Dossier) -> None:
    moves = moved_days(dossier)
    assert list(moves) == sorted(moves, key=lambda one: (one.day, one.told))
    for move in moves:
        if move.side is None:
            continue
        # On that day the actor holds a position; what is told of a move that came later is not yet on record.
        then = standing_of(huawei, "Huawei", as_of=move.day)
        view = View(then)
        assert move.told.split(":")[0] in {view.bare(p.actor) for p in then.positions}


@pytest.mark.parametrize("language", languages())
def test_the_word_before_the_first_year_does_not_run_into_it(ledger_of: Make, language: str) -> None:
    days = [f"{2018 + n // 12}-{n % 12 + 1:02}-10" for n in range(36)]
    pages = [
        {
            "locator": f"page-{day}", "outlet": "A", "title": "T", "published": day, "language": "en",
            "sentences": [{"text": f"As of {day}.", "says": [
                ["restriction", "DK", "Huawei", "asserted", "network", [], when] for when in whens
            ]}],
        }
        for day, whens in [("2018-01-05", ["2018-01-05", "2009"]), *((day, [day]) for day in days)]
    ]  # fmt: skip
    shown = tree(render(standing_of(ledger_of(pages), "Huawei"), "html", language=language))
    words = shown.xpath("//section[@id='timeline']//text[@class='year']")
    assert words[1].text == "2018"
    # A letter of this face and size takes seven pixels at most, and a space is left.
    assert float(words[1].get("x")) - float(words[0].get("x")) > 7 * len(words[0].text) + 5
    # In the matrix the word has a column that is wide enough.
    table = shown.xpath("//table[@class='matrix']")[0]
    assert [one.get("class") for one in table.xpath(".//col")].index("before") == 1
    assert table.xpath("string(.//thead//th[2])").strip() == words[0].text


def test_headings_leave_no_rank_out(page: Any) -> None:
    ranks = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert all(after - before <= 1 for before, after in pairwise(ranks))
