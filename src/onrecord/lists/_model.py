"""What a restriction list holds: its version, its parties under all their names, and since when they
stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartyKind = Literal["company", "person", "vessel", "aircraft", "other"]
"""`company` stands for every organisation; `other` where the list does not say."""

NameQuality = Literal["primary", "strong", "weak", "former"]
"""A list's own word for a name: the one it leads with, an alias, a weak (low-quality) alias, a former
name."""

Format = Literal[
    "ofac-csv",
    "ofac-xml",
    "ofac-advanced-xml",
    "csl-csv",
    "csl-json",
    "un-xml",
    "eu-xml",
    "eu-csv",
    "ofsi-xml",
    "ofsi-csv",
    "opensanctions-ftm",
    "opensanctions-simple",
    "own-csv",
]


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of a party as the list writes it, in whatever script."""

    text: str
    quality: NameQuality = "strong"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone or something that stands on a list.

    `id` is the list's own, one of a kind within a version. `names` begin with the primary one. `source`
    is the part of the list where several are published as one ("Entity List"), else "". `since` and
    `until` are ISO dates cut to their precision, None where the list does not say. `countries` are ISO
    3166-1 alpha-2 codes. `citations` are what the list gives as its law ("79 FR 44683", "Regulation (EU)
    2022/328"). `affiliate_of` is the id of the party whose entry names this one in its free text as one
    of its affiliates. `line` is where the entry begins in the file.
    """

    id: str
    kind: PartyKind
    names: tuple[ListedName, ...]
    source: str = ""
    programs: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    affiliate_of: str | None = None
    remarks: str = ""
    url: str | None = None
    line: int = 0

    @property
    def name(self) -> str:
        """The name that the list leads with."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry that could not be used: where it begins in the file, its id where it has one, and why."""

    line: int
    id: str | None
    message: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as a file gives it. `list` is the short name under which its versions are kept ("us-csl"),
    `title` and `publisher` its own; `issued` the day that the file says it was published, None where it
    does not. `whole` is False where the file ends in the middle. `digest` is the SHA-256 of what was read, ""
    where that was no file."""

    list: str
    title: str
    publisher: str
    format: Format
    issued: str | None
    parties: tuple[Party, ...]
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    digest: str = ""


class ListError(Exception):
    """A list that cannot be read or taken: what is wrong with it, and what to do."""
