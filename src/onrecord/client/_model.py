"""What the API gives, as it gives it. Days and moments are ISO 8601; ids are those of the ledger."""

from __future__ import annotations

from typing import Any, TypedDict


class Entity(TypedDict):
    """One thing under its many names; `pages` name it."""

    key: str
    kind: str
    name: str
    names: list[str]
    country: str | None
    pages: int


class Supplier(Entity):
    """An entity with how much is told of it, and how far it is known to be one."""

    statements: int
    recognition: str


class Near(TypedDict):
    """The known entity whose name comes nearest to a mention's."""

    key: str
    name: str
    score: float
    relation: str
    rule: str
    wanting: str


class Mention(Entity):
    """A name that waits to be recognised."""

    nearest: Near | None


class Judgement(TypedDict):
    """What a person judged; `undone_by` is the judgement that undid it."""

    id: int
    kind: str
    subject: str
    payload: dict[str, Any]
    who: str
    why: str
    at: str
    undone_by: int | None


class Statement(TypedDict):
    """A statement with its page. `reads` is its sentence in the language that was asked for; `start` and
    `end` are offsets into the page's original; it `counts` unless it was rejected or withdrawn."""

    id: str
    page: str
    locator: str
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    reads: str
    quote: str
    start: int
    end: int
    sentence: str
    type: str
    actor: str | None
    target: str | None
    status: str
    topic: str | None
    source: list[str]
    when: str | None
    confidence: float
    rule: str
    reader: str
    version: str
    judgement: Judgement | None
    counts: bool


class Page(TypedDict):
    """A page without its text."""

    id: str
    digest: str
    locators: list[str]
    outlet: str | None
    title: str | None
    published: str | None
    published_evidence: str | None
    published_confidence: float | None
    language: str | None
    language_confidence: float
    encoding: str
    reader: str
    version: str
    learned_at: str
    statements: int
    unread: int


class Unread(TypedDict):
    """A sentence that names somebody and from which nothing was read."""

    sentence: str
    names: list[str]


class Dropped(TypedDict):
    """A stretch of the original that was dropped, and why."""

    start: int
    end: int
    reason: str
    text: str


# `statements` is their number on a page, and the statements themselves on one that was asked for.
class PageRead(TypedDict):
    """A page with its text, what was read from it, and what was dropped."""

    id: str
    digest: str
    locators: list[str]
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    text: str
    statements: list[Statement]
    unread_sentences: list[Unread]
    dropped: list[Dropped]


class Hit(TypedDict):
    """A place that a search found; `marks` are the spans of `snippet` that match."""

    page: str
    statement: str | None
    locator: str
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    snippet: str
    marks: list[list[int]]
    score: float


class Thing(TypedDict):
    """An `entity`, an `entry` of a list, a party of a `register` or a `judgement` that a search found;
    `marks` are the spans of `text` that match. `of` is the entity's kind, the list, the register or the kind
    of judgement; `rows` are the first of those of the register, `rows_total` how many there are; `who`
    judged; `address` is that in the workbench."""

    kind: str
    id: str
    of: str
    name: str
    text: str
    marks: list[list[int]]
    rows: list[int]
    rows_total: int
    who: str | None
    address: str


class Things(TypedDict):
    """The first of the things of a kind that a search found, and how many there are."""

    items: list[Thing]
    total: int


class Searched(TypedDict):
    """What a search found: places, and `things` by their kinds; and to what it can be narrowed, by field its
    values with how many there are. Registers that cannot be read any more were not looked through."""

    items: list[Hit]
    next: int | None
    things: dict[str, Things]
    unread_registers: list[str]
    facets: dict[str, dict[str, int]]
    counted: int
    counted_all: bool


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


class Candidate(TypedDict):
    """A listed party that a name may mean. The API tells more of it than stands here."""

    relation: str
    score: float
    party: str
    listed_name: str
    list: str
    source: str
    issued: str
    programs: list[str]
    explanation: str


class Screened(TypedDict):
    """A name with all its candidates."""

    name: str
    candidates: list[Candidate]


class Queued(TypedDict):
    """A statement that waits for review: what is at stake with it, and why, each from 0 to 1; whether it
    needs you as the `second`; and the last judgement of it to be given as `seen`."""

    statement: Statement
    stakes: float
    doubt: float
    reasons: list[str]
    second: bool
    seen: int | None


class Weeks(TypedDict):
    """How many statements there were in each week of a year, from the first."""

    first: str
    counts: list[int]


class Watched(TypedDict):
    """A supplier that you follow, and what moved since your last visit (docs/watch.md)."""

    supplier: str
    since: str
    seen: str
    statements: int
    origins: int
    disputes: int
    listed: int
    weeks: Weeks | None
    moves: list[dict[str, Any]]


class Job(TypedDict):
    """Work that takes long: how far it is, and where its result is asked (docs/workbench-register.md)."""

    job: str
    what: str
    subject: str
    who: str
    state: str
    done: int
    of: int | None
    asked: str
    ended: str | None
    result: str | None
    message: str | None
