"""Offsets are packed for keeping and come out the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger._offsets import pack, unpack


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 4))))
def test_any_spans_come_back(spans: list[tuple[int, int]]) -> None:
    offsets = tuple(start for start, _ in spans)
    ends = tuple(start + width for start, width in spans)
    assert unpack(pack(offsets, ends)) == (offsets, ends)


def test_a_text_taken_over_whole_takes_little_room() -> None:
    assert len(pack(range(7, 100_007), range(8, 100_008))) < 30
