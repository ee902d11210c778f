"""Very large dossiers: only a part is laid out, everything is counted, and the reader is told so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from markdown_it import MarkdownIt
from tests.conftest import fill_ledger

from onrecord.ledger import Ledger
from onrecord.present import FORMATS, Format, languages, render, render_origins, render_standing
from onrecord.present._view import View
from onrecord.standing import Dossier, _layout, standing_of

PAGES, ACTORS, UNREAD = 420, 155, 130


def _page(number: int) -> dict[str, Any]:
    """Denmark's ban and Telia's custom are on every page, all of one paper; on each second a firm's plan."""
    says: list[list[Any]] = [
        ["restriction", "DK", "Huawei", "asserted", "network", [], "2019-03-04"],
        ["supply", "Huawei", "Telia", "asserted", "network", ["BBC"] if number % 2 else [], None],
    ]
    if number % 2 and number // 2 < ACTORS:
        says.append(["restriction", f"Netfirma {number // 2}", "Huawei", "planned", "network", [], None])
    sentences: list[dict[str, Any]] = [
        {"text": f"Sentence {n} of page {number}.", "says": [said]} for n, said in enumerate(says)
    ]
    if number < UNREAD:
        sentences.append({"text": f"Huawei stood on page {number}.", "names": ["Huawei"]})
    return {
        "locator": f"p{number}.txt", "outlet": "Avisen", "title": f"Page {number}",
        "published": (date(2019, 1, 1) + timedelta(days=number)).isoformat(),
        "language": "en", "sentences": sentences,
    }  # fmt: skip


@pytest.fixture(scope="module")
def large(huawei_record: dict[str, Any], new_place: Callable[[], str]) -> Iterator[Dossier]:
    """A dossier of which only a part is laid out."""
    with Ledger(new_place()) as ledger:
        fill_ledger(ledger, huawei_record, [_page(number) for number in range(PAGES)])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_layout, "WHOLE", 600)
            patch.setattr(_layout, "WHOLE_UNREAD", 100)
            yield standing_of(ledger, "Huawei")


def _bare(text: str) -> str:
    """What a reader sees of a rendering, on one line."""
    return re.sub(r"\s+", " ", text.replace("\\", "").replace("&#39;", "'").replace("&#34;", '"'))


STATEMENTS = PAGES * 2 + ACTORS
SOME = {"en": "of 995 statements", "da": "af 995 udsagn", "nl": "van 995 uitspraken"}
LEFT = {"en": "50 of 130 unread", "da": "50 af 130 ulæste", "nl": "50 van 130 ongelezen"}
MORE = {"en": "more actors are not shown.", "da": "aktører mere er ikke vist.", "nl": "partijen worden niet"}


@pytest.mark.parametrize("language", languages())
def test_the_head_tells_how_much_is_laid_out(large: Dossier, language: str) -> None:
    assert large.counts.statements == STATEMENTS > large.counts.laid_out
    assert large.counts.actors_left > 0
    for form in FORMATS[:3]:
        for text in (render(large, form, language=language), render_standing(large, form, language=language)):
            told = _bare(text)
            assert f"{large.counts.laid_out} {SOME[language]}" in told, form
            assert LEFT[language] in told
            assert f"{large.counts.actors_left} {MORE[language]}" in told, form
            assert form != "terminal" or max(map(len, text.splitlines())) <= 80
    told = _bare(render_origins(large, "terminal", language=language))
    assert SOME[language] in told


def test_json_counts_what_is_not_laid_out(large: Dossier) -> None:
    for text in (render(large, "json"), render_standing(large, "json"), render_origins(large, "json")):
        counts = json.loads(text)["counts"]
        assert counts["statements"] == STATEMENTS
        assert counts["laid_out"] == large.counts.laid_out < STATEMENTS
        assert (counts["unread"], counts["unread_laid_out"]) == (UNREAD, 50)
    lines = json.loads(render(large, "json"))["lines"]
    ban = next(line for line in lines if line["actor"] == "DK")
    assert (ban["statements"], ban["pages"]) == (PAGES, PAGES)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_said_of_it_where_everything_is_laid_out(huawei: Ledger, form: Format) -> None:
    dossier = standing_of(huawei, "Huawei")
    for text in (render(dossier, form), render_standing(dossier, form)):
        assert "laid out" not in text
        assert "not shown" not in text
        assert "at least" not in text
    assert "≥" not in render_origins(dossier, "terminal")


def test_a_line_counts_all_its_pages_origins_and_quotes(large: Dossier) -> None:
    ban = next(line for line in large.lines if line.actor == "DK")
    assert len(ban.citations) < PAGES
    assert View(large).spread([ban]) == "420 pages, one origin: Avisen"
    terminal = _bare(render(large, "terminal"))
    assert "(420 pages, one origin: Avisen)" in terminal
    assert "and 419 more quotes" in terminal
    rest = PAGES - len(ban.citations)
    assert f"and {rest} more quotes" in _bare(render(large, "markdown"))
    html = _bare(render(large, "html"))
    assert "420 quotes" in html
    assert f"and {rest} more quotes" in html
    # The rest of the quotes stand after those of the line, not as part of the last of them.
    marked = MarkdownIt("gfm-like", {"linkify": False}).render(render(large, "markdown"))
    assert f"</blockquote>\n<p>and {rest} more quotes</p>" in marked


def test_of_several_lines_the_pages_are_told_from_below(large: Dossier) -> None:
    supplies = [line for line in large.lines if line.type == "supply"]
    assert len(supplies) == 2
    # 210 pages each; on which of them both stand is not known once they are not laid out.
    assert View(large).spread(supplies) == "at least 210 pages, 2 origins"


def test_the_most_told_lines_and_origins_count_what_is_not_laid_out(large: Dossier) -> None:
    data = json.loads(render_origins(large, "json", most=2))
    assert [line["pages"] for line in data["lines"]] == [PAGES, PAGES // 2]
    assert data["origins"][0]["origin"] == "Avisen"
    assert data["origins"][0]["pages"] == PAGES
    text = _bare(render_origins(large, "terminal", most=2))
    assert "2 of at least 3" in text
    assert "2 origins in at least 1 outlet" in text
    assert re.search(r"Avisen ≥ \d+ ≥ 420 ≥ 1", text)


def test_a_section_says_of_how_many_it_shows_some(large: Dossier) -> None:
    html = _bare(render(large, "html"))
    assert "50 of 130" in html
    assert f"{len(large.positions)} of {len(large.positions) + large.counts.actors_left}" in html
    assert f"{len(large.sources)} of {PAGES}" in html


def test_the_origins_of_a_position_are_told_from_below(large: Dossier, huawei: Ledger) -> None:
    assert "at least 1 origin" in _bare(render_standing(large, "html"))
    assert "| at least 1 |" in _bare(render_standing(large, "markdown"))
    assert "at least" not in render_standing(standing_of(huawei, "Huawei"), "html")


def test_one_more_is_told_in_the_singular(large: Dossier) -> None:
    one = replace(large, counts=replace(large.counts, actors_left=1))
    assert "1 more actor is not shown." in _bare(render_standing(one, "terminal"))
