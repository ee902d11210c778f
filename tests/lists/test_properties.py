"""What holds of every file: reading raises nothing but `ListError`, and a cut never makes up a party."""

from __future__ import annotations

import gzip
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lists import small

from onrecord.lists import ListError, ReadList, read_list, read_list_files

FILES = {name: text.encode() for name, text in small.ALL.items()}
NAMES = st.sampled_from(sorted(FILES))


@cache
def whole(name: str) -> ReadList:
    return read_list(FILES[name], name=name)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_told_to_be_none(data: bytes) -> None:
    with suppress(ListError):
        read_list(data, name="list")


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [b"<sdnList>", b"<Sanctions>", b"<export>", b"<Designations>", b"name,since\n", b"PK\x03\x04"]
    )
    | st.sampled_from([b"\x1f\x8b\x08\x00", b'{"results": [', b"\xff\xfe", b"name;kind;country\n"]),
    st.binary(max_size=200),
)
def test_any_bytes_behind_a_good_beginning(start: bytes, data: bytes) -> None:
    with suppress(ListError):
        read_list(start + data, name="list")


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_cut_anywhere_makes_up_no_party(name: str) -> None:
    data = FILES[name]
    known = {party.id: party for party in whole(name).parties}
    names = {listed.text for party in whole(name).parties for listed in party.names}
    for at in range(0, len(data), 7 if len(data) > 2000 else 1):
        try:
            found = read_list(data[:at], name=name)
        except ListError:
            continue
        for party in found.parties:
            assert party.id in known
            assert {listed.text for listed in party.names} <= names
            assert set(party.identifiers) <= set(known[party.id].identifiers)
            assert set(party.countries) <= set(known[party.id].countries)
        if len(found.parties) < len(known):
            # Nothing tells a file that is cut between two rows from one that ends there.
            between = data[at - 1 : at] in (b"\n", b'"') or data[at : at + 1] == b"\n"
            # A remark of a user's own may lack its end, for editors leave out the last line's.
            assert not found.whole or between or name == "own.csv"


@settings(max_examples=400, deadline=None)
@given(NAMES, st.data())
def test_bytes_changed_anywhere_raise_nothing_else(name: str, data: st.DataObject) -> None:
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(["change", "drop", "insert", "repeat"]))
        if kind == "change":
            content[at] = data.draw(st.integers(0, 255))
        elif kind == "drop":
            del content[at : at + data.draw(st.integers(1, 50))]
            content = content or bytearray(b"x")
        elif kind == "insert":
            content[at:at] = data.draw(st.binary(max_size=20))
        else:
            content[at:at] = content[at : at + 200]
    with suppress(ListError):
        read_list(bytes(content), name=name)


@settings(max_examples=100, deadline=None)
@given(NAMES, st.integers(0, 5000), st.integers(0, 255))
def test_packed_lists_that_are_damaged(name: str, at: int, value: int) -> None:
    packed = bytearray(gzip.compress(FILES[name]))
    packed[at % len(packed)] = value
    with suppress(ListError):
        read_list(bytes(packed), name=name)
    with suppress(ListError):
        read_list_files({"a.gz": bytes(packed), "alt.csv": small.OFAC_ALIASES.encode()})


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=8, unique_by=lambda text: " ".join(text.split())))
def test_every_line_of_a_list_of_one_s_own_is_a_party_or_a_problem(names: list[str]) -> None:
    rows = ['"{}",{}'.format(name.replace('"', '""'), at) for at, name in enumerate(names)]
    text = "name,id\n" + "\n".join(rows) + "\n"
    try:
        found = read_list(text.encode(), name="own.csv")
    except ListError:
        return
    assert found.whole
    assert {party.id for party in found.parties} | {problem.id for problem in found.problems} == {
        str(at) for at in range(len(names))
    }
