"""Ids: the digest of what a statement says and where, as JSON, so that any program can make them again."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger._ids import id_of, number_of, numbers_beginning, statement_id
from onrecord.statements import Statement

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)


@given(st.tuples(TEXT, st.none() | TEXT, st.none() | TEXT), st.lists(TEXT, max_size=3), st.none() | TEXT)
def test_an_id_is_of_what_is_said_as_json(
    said: tuple[str, str | None, str | None], source: list[str], when: str | None
) -> None:
    digest, (kind, actor, topic) = "ab" * 32, said
    statement = Statement(
        start=3, end=70, quote="words", sentence_start=0, sentence_end=90, type=cast(Any, kind), actor=actor,
        target="Huawei", status="asserted", topic=cast(Any, topic), source=tuple(source), when=when,
        confidence=0.5, rule="a-rule",
    )  # fmt: skip
    parts = [digest, 3, 70, kind, actor, "Huawei", "asserted", source, topic, when]
    told = json.dumps(parts, separators=(",", ":"))
    assert statement_id(digest, statement) == hashlib.sha256(told.encode()).hexdigest()[:12]


IDS = st.text("0123456789abcdef", min_size=12, max_size=12)


@given(IDS, st.text("0123456789abcdefABCDEFg%_ é", max_size=13))
def test_an_id_is_a_number_and_back_and_lies_where_its_beginnings_do(id: str, other: str) -> None:
    number = number_of(id)
    assert number is not None
    assert id_of(number) == id
    for length in range(1, 13):
        assert number in numbers_beginning(id[:length].upper())
    assert (number in numbers_beginning(other)) == (other != "" and id.startswith(other.lower()))


def test_what_can_be_no_id_has_no_number() -> None:
    for text in (
        "",
        "abc",
        "0123456789ab\n",
        "0123456789AB",
        "0123456789abc",
        "0x23456789ab",
        "+12345678901",
    ):
        assert number_of(text) is None
        assert text.startswith("abc") or text == "0123456789AB" or not len(numbers_beginning(text))
