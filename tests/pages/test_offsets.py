"""Every character of the clean text leads back to the original, whatever the page looks like."""

from __future__ import annotations

import contextlib
import html

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.pages import Page, UnreadablePage, read_page

SENTENCE = "The regulator told the operator to remove the équipment from its network by June."
PIECES = st.sampled_from(
    [
        SENTENCE,
        "Huawei has denied that it spies, and said so again on “Monday”.",
        "The cliÃ«nts of the firm â€“ and there are many â€“ were not told of the flaw.",
        "A soft­hyphen and a zero​width space were left in this sentence by an editor.",
        "Cafe\u0301 owners were among those who signed the letter to the ministry last week.",
        "Read also: Ten phones for the summer",
        "Way out",
        "Advertisement",
        "   An indented line stands here, and it is a whole sentence of the article.",
        "2019-03-28",
        "Photo: archive",
    ]
)
PARTINGS = st.sampled_from(["\n", "\n\n", "\r\n\r\n", "\n \t\n"])


def assert_traced(page: Page) -> None:
    assert len(page.offsets) == len(page.ends) == len(page.text)
    for character, start, end in zip(page.text, page.offsets, page.ends, strict=True):
        source = page.original[start:end]
        if source and character != " ":
            assert character == source or not source.isascii() or "&" in source
    assert "".join(page.original[run.start : run.end] for run in page.runs) == page.original
    kept = {place for run in page.runs if run.kept for place in range(run.start, run.end)}
    for number, block in enumerate(page.blocks):
        assert page.text[block.start : block.end].strip()
        assert set(page.offsets[block.start : block.end]) <= kept
        if number:
            assert page.text[page.blocks[number - 1].end : block.start] == "\n\n"
    start, end = page.original_span(page.blocks[0].start, page.blocks[0].end)
    assert 0 <= start < end <= len(page.original)


def read_and_check(text: str, name: str) -> None:
    """Read a page, which may hold no article once it is garbled, and check where its text came from."""
    with contextlib.suppress(UnreadablePage):
        assert_traced(read_page(text.encode(), name))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(PIECES, PARTINGS), min_size=1, max_size=12))
def test_text_leads_back(pieces: list[tuple[str, str]]) -> None:
    text = f"{SENTENCE}\n\n" + "".join(piece + parting for piece, parting in pieces)
    assert_traced(read_page(text.encode(), "page.txt"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["p", "h2", "li", "div"])), min_size=1, max_size=8))
def test_html_leads_back(pieces: list[tuple[str, str]]) -> None:
    inner = "".join(f"<{tag}>{html.escape(piece)}</{tag}>\n" for piece, tag in pieces)
    article = f"<p>{SENTENCE}</p><p>{SENTENCE} It said so twice &amp; in <b>bold</b> words.</p>{inner}"
    document = f"<!doctype html><html><body><article><h1>A headline</h1>{article}</article></body></html>"
    read_and_check(document, "page.html")


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.sampled_from("<>&/=\"'!-pbdiv#;x \n[]()*_`\\é"), max_size=300))
def test_no_markup_breaks_reading(noise: str) -> None:
    for name in ("page.html", "page.md", "page.txt"):
        read_and_check(f"<p>{SENTENCE}</p>\n\n{noise}\n\n<p>{SENTENCE}</p>", name)


def test_the_same_bytes_give_the_same_page() -> None:
    data = f"date 2019-05 {SENTENCE}\n\nRead also: More phones\n\n{SENTENCE}".encode()
    assert read_page(data, "page.txt") == read_page(data, "page.txt")
