"""HTML, Markdown and plain text, packed or not, give the same kind of page."""

from __future__ import annotations

import gzip

from onrecord.pages import Page, read_page

PARAGRAPHS = [
    "The operator will take the supplier&#8217;s equipment out of its network within <b>two</b> years.",
    "It said that the decision had nothing to do with pressure from <a href='/w'>Rome</a> &amp; others.",
    "The supplier denied that its equipment had ever been used for spying, and asked for proof.",
]
HTML = f"""<!DOCTYPE html>
<html lang="en"><head><title>Operator drops supplier | The Daily Example</title>
<meta property="og:site_name" content="The Daily Example">
<meta property="article:published_time" content="2020-07-14T09:30:00+01:00">
<script>var x = "<p>not shown</p>";</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/tech">Tech</a></li></ul></nav>
<article><h1>Operator drops supplier</h1>
<p>{PARAGRAPHS[0]}</p><!-- a comment -->
<p>{PARAGRAPHS[1]}</p>
<h2>No proof</h2>
<p>{PARAGRAPHS[2]}</p>
<p>Read also: Ten phones for the summer</p>
</article>
<aside><h3>Most read</h3><a href="/a">Dog finds bone in garden</a></aside>
<footer>Copyright 1999-2024 The Daily Example</footer></body></html>"""


def blocks(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def test_html() -> None:
    page = read_page(HTML.encode(), "article.html")
    assert blocks(page) == [
        ("title", "Operator drops supplier"),
        ("body", "The operator will take the supplier’s equipment out of its network within two years."),
        (
            "body",
            "It said that the decision had nothing to do with pressure from Rome & others.",
        ),
        ("crosshead", "No proof"),
        (
            "body",
            "The supplier denied that its equipment had ever been used for spying, and asked for proof.",
        ),
    ]
    assert page.title == "Operator drops supplier"
    assert page.outlet == "The Daily Example"
    assert page.published is not None
    assert (page.published.value, page.published.precision) == ("2020-07-14", "day")
    at = page.text.index("supplier’s")
    start, end = page.original_span(at, at + len("supplier’s"))
    assert page.original[start:end] == "supplier&#8217;s"
    dropped = {run.reason for run in page.runs if not run.kept}
    assert {"markup", "boilerplate", "read-also"} <= dropped


def test_html_is_known_by_what_it_holds_and_unpacked_where_packed() -> None:
    page = read_page(HTML.encode(), "article.html")
    for data, name in (
        (HTML.encode(), "https://example.org/2020/07/14/story"),
        (gzip.compress(HTML.encode()), "a.html.gz"),
    ):
        assert read_page(data, name).text == page.text


def test_a_headline_only_in_the_head_is_found_there() -> None:
    html = HTML.replace("<h1>Operator drops supplier</h1>", "")
    page = read_page(html.encode(), "article.html")
    assert page.title == "Operator drops supplier"
    start, end = page.original_span(0, len(page.title))
    assert page.original[start:end] == page.title


MARKDOWN = """---
layout: post
title: "Kabinet weert \\"riskante\\" leveranciers"
date: Tue, 14 May 2019 17:01:53 +0200
source: Voorbeeldkrant
---

Het kabinet weert **riskante** leveranciers uit de kern van de [mobiele netwerken](https://example.org/x).

## Geen namen

De minister noemt geen namen, maar *iedereen* in Den Haag weet om welk bedrijf het gaat.

![een zendmast](mast.jpg)

- KPN vervangt de kern van zijn netwerk nog dit jaar, aldus een woordvoerder.
- VodafoneZiggo wacht het besluit van de minister over de eisen af.

> "Wij hebben nooit gespioneerd en zullen dat ook nooit doen", zegt het bedrijf in een reactie.
"""


def test_markdown_with_front_matter() -> None:
    page = read_page(MARKDOWN.encode(), "bericht.md")
    assert page.title == 'Kabinet weert "riskante" leveranciers'
    assert page.outlet == "Voorbeeldkrant"
    assert page.published is not None
    assert page.published.value == "2019-05-14"
    assert page.published.evidence == "front matter: date"
    assert [kind for kind, _ in blocks(page)] == [
        "title",
        "body",
        "crosshead",
        "body",
        "body",
        "body",
        "body",
    ]
    assert "riskante leveranciers uit de kern van de mobiele netwerken." in page.text
    assert page.original_span(0, 7) == (page.original.index("Kabinet"), page.original.index("Kabinet") + 7)
    assert {run.reason for run in page.runs if not run.kept} == {"front-matter", "markup"}


def test_html_within_markdown_and_in_a_text_file() -> None:
    text = (
        "---\ntitle: Kabinet beslist\n---\n\n"
        "<p>Het kabinet heeft donderdag besloten dat twee leveranciers worden geweerd.</p>\n"
        "<h2>Boos</h2>\n<p>China reageert boos en dreigt met maatregelen tegen\nNederlandse bedrijven.</p>\n"
    )
    for name in ("bericht.md", "bericht.txt"):
        page = read_page(text.encode(), name)
        assert [kind for kind, _ in blocks(page)] == ["title", "body", "crosshead", "body"]
        assert "tegen Nederlandse bedrijven." in page.text


def test_a_damaged_front_matter_costs_only_itself() -> None:
    text = "---\ntitle: [open\n---\n\nHet kabinet heeft donderdag besloten dat twee firma's worden geweerd.\n"
    page = read_page(text.encode(), "bericht.md")
    assert page.title is None
    assert page.text.startswith("Het kabinet")


def test_front_matter_that_is_no_yaml_is_read_by_the_line() -> None:
    text = (
        "---\ntitle: Lek: leverancier ontkent\noutlet: 'De Krant'  # papier\n"
        "tags: [5g\ndate: 2019-05-14 # dinsdag\n---\n\n"
        "Het kabinet heeft donderdag besloten dat twee firma's worden geweerd.\n"
    )
    page = read_page(text.encode(), "bericht.md")
    assert page.title == "Lek: leverancier ontkent"
    assert page.original_span(0, 3) == (page.original.index("Lek"), page.original.index("Lek") + 3)
    assert page.outlet == "De Krant"
    assert page.published is not None
    assert page.published.value == "2019-05-14"
    assert "geweerd." in page.text


def test_text_wrapped_by_hand_is_unwrapped() -> None:
    paragraph = (
        "The judge found that contracting with the government is a privilege,\n"
        "not a right, and that Congress may choose its suppliers as it likes.\n"
        "Huawei said that it would study the ruling with its lawyers before it\n"
        "decides on an appeal.\n"
    )
    page = read_page(f"{paragraph}\n{paragraph}".encode(), "page.txt")
    assert len(page.blocks) == 2
    assert "privilege, not a right" in page.text


def test_the_outlet_is_the_page_s_own_before_what_the_caller_says() -> None:
    assert read_page(HTML.encode(), "a.html", outlet="folder").outlet == "The Daily Example"
    text = b"The operator will take the equipment of the supplier out of its network, it said."
    assert read_page(text, "a.txt", outlet="folder").outlet == "folder"
    assert read_page(text, "https://www.example.org/a").outlet == "example.org"
    assert read_page(text, "a.txt").outlet is None
