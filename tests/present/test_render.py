"""Dossiers in their formats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from markdown_it import MarkdownIt

from onrecord.ledger import Ledger
from onrecord.present import FORMATS, Format, plain, render, render_standing
from onrecord.standing import Dossier, standing_of

Make = Callable[[Sequence[dict[str, Any]]], Ledger]

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=y> [bold]red[/bold] \x1b[31mred\x1b]0;title\x07 \x9b1m "
    "**strong** `code` [link](javascript:x) | cell ![i](http://evil.example/x.png) "
    "\u202egnirts www.evil.example {{ 7*7 }}"
)


class Document(HTMLParser):
    """The parts of a page that matter here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in ("meta", "link", "br", "col", "img", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def values(self, name: str) -> list[str]:
        return [value or "" for _, found, value in self.attributes if found == name]


@pytest.fixture(scope="module")
def dossier(huawei: Ledger) -> Dossier:
    """The dossier on Huawei."""
    return standing_of(huawei, "Huawei")


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "1 more was rejected or withdrawn", "2 more were rejected or withdrawn and do not count"),
        ("da", "1 andet er forkastet", "2 andre er forkastet eller trukket tilbage og tæller ikke"),
        ("nl", "nog 1 is verworpen", "nog 2 zijn verworpen of ingetrokken en tellen niet mee"),
    ],
)
def test_what_does_not_count_is_told_with_the_counts(
    huawei_record: dict[str, Any], ledger_of: Make, language: str, one: str, several: str
) -> None:
    ledger = ledger_of(huawei_record["pages"])
    first, second, *_ = ledger.statements(entity="Huawei")
    assert one[2:] not in render(standing_of(ledger, "Huawei"), "terminal", language=language)
    for stored, told in ((first, one), (second, several)):
        ledger.judge("reject", stored.id, who="Anna")
        dossier = standing_of(ledger, "Huawei")
        for form in ("terminal", "markdown"):
            assert told in " ".join(render(dossier, form, language=language).split())
    page = render(dossier, "html", language=language)
    assert re.search(r"<dt>[^<]*(withdrawn|tilbage|ingetrokken)[^<]*</dt><dd>2</dd>", page)


@pytest.fixture
def hostile(ledger_of: Make) -> Dossier:
    """A dossier from a page whose every text means harm."""
    page = {
        "locator": "javascript:alert(1)//" + HOSTILE, "outlet": HOSTILE, "title": HOSTILE,
        "published": "2019-01-01",
        "language": '"><b>', "sentences": [
            {"text": HOSTILE, "says": [
                ["restriction", HOSTILE, "Huawei", "asserted", "network", [HOSTILE], None],
                ["wrongdoing", "Huawei", HOSTILE, "alleged", "espionage", [HOSTILE], None],
                ["supply", "Huawei", HOSTILE, "asserted", "network", [HOSTILE], "2018"],
            ]},
            {"text": "Unread. " + HOSTILE, "names": ["Huawei"]},
        ],
    }  # fmt: skip
    return standing_of(ledger_of([page]), "Huawei")


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_shows_every_line_and_source(dossier: Dossier, form: Format) -> None:
    text = re.sub(r"\s+", " ", render(dossier, form))
    assert "North Korea" in text
    assert "Read by a machine" in text or '"machine_reading": true' in text
    data = json.loads(render(dossier, "json"))
    bare = text.replace("\\", "").replace("&#39;", "'")
    if form != "terminal":
        for line in data["lines"]:
            assert line["sentence"] in bare
        for line in data["lines"]:
            assert all(citation["quote"] in bare for citation in line["citations"])


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_dossier_gives_the_same_bytes(huawei: Ledger, dossier: Dossier, form: Format) -> None:
    again = standing_of(huawei, "Huawei")
    assert render(again, form) == render(dossier, form)
    assert render_standing(again, form) == render_standing(dossier, form)


def test_an_unknown_format_is_refused(dossier: Dossier) -> None:
    assert get_args(Format) == FORMATS
    with pytest.raises(ValueError, match="There are: terminal, html, markdown, json"):
        render(dossier, "pdf")  # type: ignore[arg-type]


def test_the_terminal_fits_eighty_columns(dossier: Dossier, hostile: Dossier) -> None:
    for shown in (dossier, hostile):
        for text in (render(shown, "terminal"), render_standing(shown, "terminal")):
            assert max(map(len, text.splitlines())) <= 80


def test_hostile_text_reaches_no_terminal(hostile: Dossier) -> None:
    for form in FORMATS:
        text = render(hostile, form)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), form
    assert "[bold]red[/bold]" in render(hostile, "terminal"), "markup is shown, not obeyed"
    coloured = render(hostile, "terminal", colour=True)
    assert set(re.findall(r"\x1b(.)", coloured)) <= {"["}
    assert "title" not in coloured


def test_hostile_text_stays_text_in_html(hostile: Dossier) -> None:
    for text in (render(hostile, "html"), render_standing(hostile, "html")):
        document = Document(text)
        assert not {"script", "img", "b1", "iframe", "link", "object"} & set(document.tags)
        assert not [name for _, name, _ in document.attributes if name.startswith("on")]
        assert all(value.startswith("#") for value in document.values("href"))
        assert "{{ 7*7 }}" in text


def test_hostile_text_stays_text_in_markdown(hostile: Dossier) -> None:
    for text in (render(hostile, "markdown"), render_standing(hostile, "markdown")):
        parser = MarkdownIt("gfm-like", {"linkify": False})
        html = re.sub(r'<a id="source-\d+"></a>', "", parser.render(text))
        assert "<script" not in html
        assert "<img" not in html
        assert "<code" not in html
        assert "<strong>strong" not in html
        assert set(re.findall(r'href="([^"]*)"', html)) == {"#source-1"}
        rows = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
        assert len({row.count("<td") for row in rows if "<td" in row}) <= 2, "a bar in a text makes no cell"


def test_html_stands_alone_and_is_well_formed(dossier: Dossier) -> None:
    for text in (render(dossier, "html"), render_standing(dossier, "html")):
        document = Document(text)
        assert not document.open
        assert not document.values("src")
        assert "@import" not in text
        assert "url(" not in text
        links = document.values("href")
        assert [link for link in links if not link.startswith(("#", "https://eksempelavisen.example/"))] == []
        ids = document.values("id")
        assert len(ids) == len(set(ids)), "each id stands once"
        assert {link[1:] for link in links if link.startswith("#")} <= set(ids), (
            "each reference leads somewhere"
        )


def test_html_can_be_read_by_everybody(dossier: Dossier) -> None:
    document = Document(render(dossier, "html"))
    assert {"header", "nav", "main", "footer", "caption", "h1", "details"} <= set(document.tags)
    assert document.tags.count("h1") == 1
    assert "en" in document.values("lang")
    assert {"da", "nl"} <= {
        value for tag, name, value in document.attributes if (tag, name) == ("blockquote", "lang")
    }
    assert "row" in document.values("scope")
    assert "col" in document.values("scope")


def test_every_position_has_a_sign_besides_its_colour(dossier: Dossier) -> None:
    html, text = render_standing(dossier, "html"), render_standing(dossier, "terminal")
    for position in dossier.positions:
        assert f'href="#p-{position.present.code}"' in html
    for sign in "■◧◆○●":
        assert sign in text


def test_json_names_lines_by_id(dossier: Dossier) -> None:
    data = json.loads(render(dossier, "json"))
    assert data["shape"] == "onrecord.dossier/1"
    ids = {line["id"] for line in data["lines"]}
    named = {
        i for key in ("measures", "supplies", "ties", "court") for group in data[key] for i in group["lines"]
    }
    named |= {i for p in data["positions"] for s in p["stances"] for i in s["support"]}
    assert named <= ids
    assert sum(len(line["citations"]) for line in data["lines"]) == data["counts"]["statements"]


def test_an_empty_dossier_renders(ledger_of: Make) -> None:
    page = {
        "locator": "a.txt", "outlet": None, "title": None, "published": None, "language": None,
        "sentences": [{"text": "Huawei was mentioned.", "names": ["Huawei"]}],
    }  # fmt: skip
    empty = standing_of(ledger_of([page]), "Huawei")
    for form in FORMATS:
        assert "Huawei was mentioned" in render(empty, form).replace("\\", "")
        assert render_standing(empty, form)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x1b[31mb\x1b[0m", "ab"),
        ("a\x1b]8;;http://x\x07b", "ab"),
        ("a\u202eb\u2066c", "abc"),
        ("a\n\tb\x00c", "a b c"),
        ("Åse’s “ø” – naïve", "Åse’s “ø” – naïve"),
    ],
)
def test_plain_keeps_words_and_nothing_else(text: str, clean: str) -> None:
    assert plain(text) == clean
