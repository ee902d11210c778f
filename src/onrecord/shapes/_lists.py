"""Restriction lists, and names screened against them."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict


class ListVersion(TypedDict):
    """A version of a restriction list."""

    list: str
    version: int
    title: str
    publisher: str
    format: str
    issued: str | None
    age_days: int
    entries: int
    problems: int
    learned_at: str
    who: str
    digest: str
    early: bool


class ListedName(TypedDict):
    """A name of a listed party; its quality is strong or weak."""

    text: str
    quality: str


class ListedParty(TypedDict):
    """Someone or something that stands on a list, with all that the list says of it. `identifiers` are pairs
    of what kind and which; `line` is where its entry begins in the file."""

    id: str
    kind: str
    names: list[ListedName]
    source: str
    programs: list[str]
    citations: list[str]
    since: str | None
    until: str | None
    countries: list[str]
    addresses: list[str]
    identifiers: list[list[str]]
    affiliate_of: str | None
    remarks: str
    url: str | None
    line: int


class FieldChange(TypedDict):
    """A field of a party as it was and as it is."""

    before: Any
    after: Any


class ChangedParty(TypedDict):
    """A party of which a version says something else, and the fields that differ."""

    id: str
    name: str
    fields: dict[str, FieldChange]


class Changes(TypedDict):
    """What a version of a list brought against an earlier one."""

    list: str
    before: ListVersion
    after: ListVersion
    added: list[ListedParty]
    removed: list[ListedParty]
    changed: list[ChangedParty]


class Listing(TypedDict):
    """Whether an entry stood on a list on the day `on`: yes, no or unknown, and what that rests on."""

    on: str
    listed: str
    since: str | None
    rests_on: list[str]


class Stood(TypedDict):
    """A version of a list: whether an entry stands in it, and which of its fields differ from the version
    before."""

    version: ListVersion
    stands: bool
    differs: list[str]


class ListEntry(TypedDict):
    """An entry as the newest version that has it tells it; how it stood in the newest versions, the newest
    first, of so many `versions_total` that are kept; and where a day was asked for, whether it stood then."""

    list: str
    party: ListedParty
    versions: list[Stood]
    versions_total: int
    listing: Listing | None


class UnusableEntry(TypedDict):
    """An entry of a list that cannot be used: where it begins in the file, and why."""

    line: int
    id: str | None
    message: str


class AddedList(ListVersion):
    """A version of a list that was added, and its entries that cannot be used."""

    unusable: list[UnusableEntry]


class MatchedPart(TypedDict):
    """A part of a name that was asked for, and the part of a listed name that it matches."""

    asked: str
    listed: str
    how: str | None
    weight: float
    likeness: float


class Candidate(TypedDict):
    """A listed party that a name may mean: how surely, since when, by which law, and why. `relation` says as
    what; `wanting` what it would take to be the same."""

    relation: str
    score: float
    asked_as: str
    party: str
    listed_name: str
    quality: str
    affiliate_of: str
    list: str
    source: str
    issued: str
    programs: list[str]
    since: str
    until: str
    citations: list[str]
    countries: list[str]
    party_id: str
    rule: str
    wanting: str
    explanation: str
    parts: list[MatchedPart]


class Screened(TypedDict):
    """A name with all its candidates."""

    name: str
    candidates: list[Candidate]


class ListPreview(TypedDict):
    """What a list would bring if it were added, against the version `before` it by its day (null where none
    is held). It is not `whole` where its file ends in the middle, and has `shrunk` where it lost more than a
    list may without a word."""

    list: str
    title: str
    publisher: str
    format: str
    issued: str | None
    entries: int
    whole: bool
    unusable: list[UnusableEntry]
    shrunk: bool
    before: ListVersion | None
    added: list[ListedParty]
    removed: list[ListedParty]
    changed: list[ChangedParty]
