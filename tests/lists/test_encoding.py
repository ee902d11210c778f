"""Parties come back from their bytes as they were, whatever stands in them."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from onrecord.lists import ListedName, NameQuality, Party, PartyKind
from onrecord.lists._encoding import decode, encode, find

_text = st.text(max_size=12)
_texts = st.lists(_text, max_size=3).map(tuple)
_names = st.builds(ListedName, _text, st.sampled_from(get_args(NameQuality)))
_parties = st.builds(
    Party,
    id=_text,
    kind=st.sampled_from(get_args(PartyKind)),
    names=st.lists(_names, min_size=1, max_size=3).map(tuple),
    source=_text,
    programs=_texts,
    citations=_texts,
    since=st.none() | st.just("2019-05"),
    until=st.none() | st.just("2020"),
    countries=_texts,
    addresses=_texts,
    identifiers=st.lists(st.tuples(_text, _text), max_size=2).map(tuple),
    affiliate_of=st.none() | _text,
    remarks=_text,
    url=st.none() | _text,
    line=st.integers(0, 10**6),
)


@given(st.lists(_parties, max_size=5))
def test_parties_come_back_and_the_same_ones_give_the_same_bytes(parties: list[Party]) -> None:
    data = encode(parties)
    assert decode(data) == tuple(parties)
    assert encode(decode(data)) == data
    for party in parties:
        assert find(data, party.id) == next(p for p in parties if p.id == party.id)
    assert find(data, "an id that is too long to be one") is None


def test_every_field_of_a_party_is_kept() -> None:
    whole = Party(
        "1\u2028\n2", "vessel", (ListedName("Ю \ud800", "former"),), "Entity List", ("SDGT",),
        ("79 FR 44683",), "2014-08-01", "2020", ("CN",), ("1 Street",), (("IMO", "9187629"),), "7", "words",
        "https://x", 12,
    )  # fmt: skip
    assert all(getattr(whole, f.name) != f.default for f in fields(Party))
    assert decode(encode([whole])) == (whole,)
    assert find(encode([whole]), whole.id) == whole


def test_what_a_newer_version_adds_does_not_stop_this_one() -> None:
    (party,) = decode(b'{"id":"1","kind":"company","names":[["A","primary"]],"height":3}\n')
    assert (party.id, party.name) == ("1", "A")
