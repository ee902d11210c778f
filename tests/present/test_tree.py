"""Trees of origins as a reader sees them, in each format and language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from tests.present.test_render import HOSTILE, Document, Make
from tests.standing.test_tree import ASKED, BUILT, DROPPED, MORE, NAMED, OTHER, REST, take

from onrecord.ledger import Ledger
from onrecord.present import FORMATS, languages, render, render_origins, render_standing
from onrecord.present._tree import TreeView
from onrecord.present._view import View
from onrecord.standing import Dossier, Group, standing_of


@pytest.fixture
def dossier(new_place: Callable[[], str]) -> Iterator[Dossier]:
    """Of one wire story in five papers, an independent confirmation, and what names another paper."""
    with Ledger(new_place()) as ledger:
        take(ledger, "Avisen", "2019-01-24", f"{BUILT} {ASKED}\n\n{REST}\n\n/ritzau/")
        take(ledger, "Bladet", "2019-01-25", f"{BUILT} {DROPPED}\n\n{REST}")
        take(ledger, "Posten", "2019-01-26", f"{BUILT}\n\n{REST} {MORE}")
        take(ledger, "Tidende", "2019-01-27", f"{BUILT}\n\n{MORE} {REST[:120]}")
        take(ledger, "Nyt", "2019-06-01", f"{BUILT}\n\n{OTHER}")
        take(ledger, "Dagbladet", "2019-07-01", f"{NAMED}\n\n{MORE}")
        take(ledger, "Folket", "2019-07-02", f"{NAMED}\n\n{OTHER}")
        yield standing_of(ledger, "Huawei")


@pytest.fixture
def hostile(ledger_of: Make) -> Dossier:
    """Two pages whose every text means harm, which say the same; the later adds a statement."""
    restriction: list[Any] = ["restriction", HOSTILE, "Huawei", "asserted", "network", [], None]
    added: list[Any] = ["supply", "Huawei", HOSTILE, "asserted", "network", [HOSTILE], "2018"]
    says = {1: [restriction], 2: [restriction, added]}
    pages = [
        {
            "locator": f"javascript:alert({number})//{HOSTILE}", "outlet": f"{HOSTILE}{number}",
            "title": HOSTILE, "published": f"2019-01-0{number}", "language": '"><b>',
            "sentences": [{"text": f"{HOSTILE} {REST}", "says": says[number]}],
        }
        for number in (1, 2)
    ]  # fmt: skip
    return standing_of(ledger_of(pages), "Huawei")


class Lists(HTMLParser):
    """The texts of a page's list points, each with how many lists it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.depth = 0
        self.points: list[tuple[int, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.depth += tag in ("ul", "ol")
        if tag == "li":
            self.points.append((self.depth, ""))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in ("ul", "ol")

    def handle_data(self, data: str) -> None:
        if self.points and self.depth:
            depth, text = self.points[-1]
            self.points[-1] = depth, " ".join(f"{text} {data}".split())


WIRE = [
    ("Ritzau", "credited with the text; no page of its own on record"),
    ("Avisen, 24 January 2019", "credits its text to Ritzau", "first to tell of it"),
    ("Bladet, 25 January 2019", "copy of page 1", "adds 1 statement, leaves out 1 statement"),
    ("Posten, 26 January 2019", "copy of page 1", "leaves out 1 statement"),
    ("Tidende, 27 January 2019", "copy of page 3", "tells the same"),
    ("Nyt",),
    ("Nyt, 1 June 2019", "its own report"),
]
"""What the tree of the wire story tells, a row a point."""


def depths(points: list[tuple[int, str]], rows: Sequence[tuple[str, ...]]) -> list[int]:
    """How deep each row stands; rows are found one after the other."""
    found, left = [], iter(points)
    for row in rows:
        name = next((one for one in left if one[1].find(row[0]) >= 0), None)
        assert name is not None, row
        found.append(name[0])
    return [depth - found[0] for depth in found]


NESTED = [
    ("Ritzau",),
    ("Avisen, 24",),
    ("Bladet, 25",),
    ("Posten, 26",),
    ("Tidende, 27",),
    ("Nyt",),
    ("Nyt, 1",),
]


def test_html_folds_the_tree_below_its_line(dossier: Dossier) -> None:
    text = render(dossier, "html")
    document = Document(text)
    assert not document.open
    found = re.findall(r'<details class="tree">\s*<summary>([^<]*)</summary>', text)
    assert found == [
        "2 origins in 5 outlets: who had it first, who took it over",
        "1 origin in 2 outlets: who had it first, who took it over",
    ], "a line on one page has no tree"
    tree = text.partition('<details class="tree">')[2]
    assert depths(Lists(tree).points, NESTED) == [0, 1, 2, 2, 3, 0, 1]
    words = " ".join(re.sub(r"<[^>]+>", " ", tree).split())
    for row in WIRE:
        assert all(part in words for part in row[1:]), row
    ids = document.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in document.values("href") if link.startswith("#")} <= set(ids)


def test_the_matrix_alone_links_to_no_line_that_it_lacks(dossier: Dossier) -> None:
    document = Document(render_standing(dossier, "html"))
    links = {link[1:] for link in document.values("href") if link.startswith("#")}
    assert links <= set(document.values("id"))


def test_trees_are_printed_open_with_their_heading() -> None:
    """What is folded on a screen is not lost on paper."""
    css = Path("src/onrecord/present/templates/dossier.css").read_text("utf-8")
    paper = css.partition("@media print")[2]
    assert ".tree summary { display: block" in paper
    assert "details > ul { display: block; }" in paper


def test_markdown_nests_the_tree_below_its_line(dossier: Dossier) -> None:
    text = render(dossier, "markdown")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert html.count("who had it first, who took it over") == 2, "each tree once"
    tree = html.partition("2 origins in 5 outlets")[2]
    assert depths(Lists(tree).points, NESTED) == [0, 1, 2, 2, 3, 0, 1]


def test_json_nests_the_tree_in_its_line(dossier: Dossier) -> None:
    data = json.loads(render(dossier, "json"))
    ids = {line["id"] for line in data["lines"]}
    numbers = {source["number"] for source in data["sources"]}
    trees = {line["id"]: line["tree"] for line in data["lines"]}
    assert [bool(tree) for tree in trees.values()] == [len(x["citations"]) > 1 for x in data["lines"]]
    (tree,) = [tree for tree in trees.values() if tree and tree["origins"] == 2]
    assert (tree["outlets"], tree["pages"], tree["more"], tree["first"]) == (5, 5, 0, 1)

    def check(branch: dict[str, Any]) -> int:
        assert branch["source"] in numbers
        assert {*branch["added"], *branch["left_out"]} <= ids
        return 1 + sum(check(copy) for copy in branch["taken_by"])

    assert sum(check(branch) for root in tree["roots"] for branch in root["pages"]) == 5


def test_the_terminal_dossier_stays_as_short_as_it_was(dossier: Dossier) -> None:
    assert "took it over" not in render(dossier, "terminal")


@pytest.mark.parametrize("language", languages())
def test_a_terminal_shows_origins_and_trees_in_eighty_columns(dossier: Dossier, language: str) -> None:
    text = render_origins(dossier, "terminal", language=language)
    assert max(map(len, text.splitlines())) <= 80
    assert "├── Ritzau" in text
    assert "{" not in text
    if language == "en":
        words = " ".join(re.sub("[│├└─]", " ", text).split())
        assert "4 origins in 7 outlets" in text, "what Bladet added is its own"
        for row in WIRE:
            assert all(part in words for part in row), row
        assert re.search(r"Washington Post \(named as the source; no page of its own on record\)", words)
        assert "names the Washington Post as its source; first to tell of it" in words


def test_the_most_told_lines_come_first_and_no_more_than_asked_for(dossier: Dossier) -> None:
    data = json.loads(render_origins(dossier, "json"))
    assert data["shape"] == "onrecord.origins/1"
    assert [len(line["citations"]) for line in data["lines"]] == [5, 2]
    assert data["origins"][0] == {"origin": "Ritzau", "lines": 2, "pages": 4, "outlets": 4}
    assert {source["number"] for source in data["sources"]} == set(range(1, 8))
    assert len(json.loads(render_origins(dossier, "json", most=1))["lines"]) == 1
    assert "The lines that the most pages tell: 1 of 2" in render_origins(dossier, "terminal", most=1)


def test_one_line_is_told_with_what_was_added(dossier: Dossier) -> None:
    (line,) = [line for line in dossier.lines if len(line.citations) == 5]
    text = render_origins(dossier, "terminal", lines=[line])
    assert "+ Telenor restricts" in text
    assert "− Denmark has made a request" in text
    (alone,) = [line for line in dossier.lines if line.type == "request"]
    assert "told by one page alone: [1] Avisen, 24 January 2019" in render_origins(
        dossier, "terminal", lines=[alone]
    )


def test_pages_that_are_not_laid_out_are_told_in_every_language(dossier: Dossier) -> None:
    (line,) = [line for line in dossier.lines if len(line.citations) == 5]
    more = replace(line, pages=5 + 1200)
    short = replace(dossier, positions=(), supplies=(Group(more.actor, more.target, "party", (more,)),))
    told = {language: TreeView(View(short, language)).told(more) for language in languages()}
    assert {language: tree.more for language, tree in told.items() if tree} == {
        "en": "and 1,200 more pages", "da": "og 1.200 sider mere", "nl": "en nog 1.200 pagina's"
    }  # fmt: skip


def test_hostile_text_stays_text_in_a_tree(hostile: Dossier) -> None:
    html = render(hostile, "html")
    tree = html.partition('<details class="tree">')[2]
    assert "adds 1 statement" in tree
    for text in (html, render_standing(hostile, "html")):
        document = Document(text)
        assert not {"script", "img", "iframe", "link", "object"} & set(document.tags)
        assert not [name for _, name, _ in document.attributes if name.startswith("on")]
        assert all(value.startswith("#") for value in document.values("href"))
    marked = MarkdownIt("gfm-like", {"linkify": False}).render(render(hostile, "markdown"))
    marked = re.sub(r'<a id="source-\d+"></a>', "", marked)
    assert "adds 1 statement" in marked
    assert not re.search("<script|<img|<code|<strong>strong", marked)
    assert set(re.findall(r'href="([^"]*)"', marked)) == {"#source-1", "#source-2"}
    shown = [render(hostile, form) for form in FORMATS]
    shown += [render_origins(hostile, "terminal"), render_origins(hostile, "json")]
    for text in shown:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "[bold]red[/bold]" in render_origins(hostile, "terminal"), "markup is shown, not obeyed"
    assert max(map(len, render_origins(hostile, "terminal").splitlines())) <= 80
