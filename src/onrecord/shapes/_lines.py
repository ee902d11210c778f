"""The lines of a dossier, with what they rest on and from whom that descends (docs/dossier.md)."""

from __future__ import annotations

from typing_extensions import TypedDict


class Moment(TypedDict):
    """A date cut to its precision, and where it comes from."""

    value: str
    basis: str


class SetBy(TypedDict):
    """The judgement by which a person set a position."""

    judgement: int
    who: str
    why: str
    at: str
    since: str | None


class Citation(TypedDict):
    """One statement on one page, and the publisher from whom it descends."""

    statement_id: str
    source: int
    quote: str
    sentence: str
    language: str | None
    published: str | None
    origin: str
    ground: str
    copy_of: int | None
    confidence: float
    accepted: bool


class Branch(TypedDict):
    """A page of a tree, and those that took it over from there."""

    source: int
    outlet: str | None
    published: str | None
    statements: list[str]
    ground: str
    own: bool
    copy_of: int | None
    beside: int | None
    added: list[str]
    left_out: list[str]
    taken_by: list[Branch]


class Root(TypedDict):
    """An origin, and the pages that descend from it."""

    origin: str
    elsewhere: list[int]
    pages: list[Branch]


class Tree(TypedDict):
    """From whom the pages of a line descend; `first` is the page that had it first."""

    origins: int
    outlets: int
    pages: int
    more: int
    first: int | None
    roots: list[Root]


class Line(TypedDict):
    """All statements that say the same thing by the same source."""

    id: str
    sentence: str
    type: str
    actor: str | None
    target: str | None
    status: str
    topic: str | None
    scope: str | None
    source: list[str]
    when: str | None
    nearness: str
    moment: Moment | None
    statements: int
    pages: int
    origins: list[str]
    citations: list[Citation]
    tree: Tree | None
