"""What is no page gets a reason and a hint, soon, whatever it is."""

from __future__ import annotations

import contextlib
import gzip
import random
import time

import pytest

from onrecord.pages import MAX_PAGE_BYTES, UnreadablePage, read_page

PAGE = b"The operator will take the equipment of the supplier out of its network, it said on Monday."
NOISE = random.Random(7).randbytes(5000)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n ", "empty"),
        ("a.txt.gz", gzip.compress(b""), "empty"),
        ("a.txt", NOISE, "binary"),
        ("a.html", b"%PDF-1.7\n" + PAGE, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        ("a.txt", PAGE + b"\0" * 10, "binary"),
        ("a.txt", b"a" * (MAX_PAGE_BYTES + 1), "too-large"),
        ("a.txt.gz", gzip.compress(b"a" * 200_000_000), "too-large"),
        ("a.txt", b"word " * 300_000, "too-large"),
        ("a.txt.gz", gzip.compress(NOISE)[:-20], "truncated-gzip"),
        ("a.txt.gz", gzip.compress(NOISE)[:40] + NOISE, "corrupt-gzip"),
        ("a.html", b"<html><body>" + b"<div>" * 100_000 + PAGE + b"</div>" * 100_000, "too-deep"),
        ("a.md", b"<div>" * 100_000 + PAGE, "too-deep"),
        ("a.html", b"<html><body>" + b"<b>" * 300_000 + PAGE, "too-large"),
        (
            "a.html",
            b"<html><body><nav><a href='/'>Home</a> <a href='/x'>News</a></nav></body></html>",
            "no-article",
        ),
        ("a.txt", b"Home\nNews\nSport\nLog in\n", "no-article"),
        ("a.txt", b"1 2 3 4 5", "no-article"),
    ],
)
def test_reason_and_hint(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePage) as caught:
        read_page(data, name)
    assert caught.value.reason_code == reason
    assert name in caught.value.message
    assert str(caught.value) == caught.value.message


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<" * 1_000_000,
        b"<html>" + b"<a " * 300_000,
        b"<html>" + b'<a ="' * 150_000 + b">",
        b"<html>" + b"<!--" * 200_000,
        b"---\na: " + b"[" * 60_000 + b"\n---\n" + PAGE,
        b"[" * 200_000,
        b"| " * 200_000,
    ],
    ids=["brackets", "open-tags", "open-quotes", "comments", "yaml", "links", "bars"],
)
def test_hostile_input_ends_soon(data: bytes) -> None:
    started = time.process_time()  # not the clock: other work on the machine is no fault of the reader
    for name in ("hostile.html", "hostile.md"):
        with contextlib.suppress(UnreadablePage):
            read_page(data, name)
    assert time.process_time() - started < 30


def test_a_packed_page_in_several_members_is_one_page() -> None:
    packed = gzip.compress(PAGE + b"\n\n") + gzip.compress(PAGE)
    assert len(read_page(packed, "a.txt.gz").blocks) == 2
