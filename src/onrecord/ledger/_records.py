"""What the ledger gives back: small frozen records, each with what is needed to lead back to its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar, get_args

from onrecord.entities import Entity
from onrecord.pages import Published
from onrecord.statements import Statement, Unread

T = TypeVar("T")

JudgementKind = Literal[
    "accept", "reject", "correct", "merge", "split", "withdraw", "position", "recognise", "dismiss", "add",
    "undo",
]  # fmt: skip
KINDS: tuple[JudgementKind, ...] = get_args(JudgementKind)

Recognition = Literal["listed", "recognised", "waiting", "dismissed"]
"""How far a name is known to be an entity: the catalogue, or a language's list of states, knows it; a person
recognised it; it waits for that; a person found that it is none."""

Outcome = Literal["added", "unchanged", "superseded"]
"""What `Ledger.add` did: a page that was new; nothing, since it was held; a newer reading of a page held."""


FaultKind = Literal["entry", "reading", "judgement", "deposit", "page", "statement", "name"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a ledger that is not as its log says: what kind of thing, which, and what is wrong."""

    kind: FaultKind
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class LogEnd:
    """How far the log goes: the number of its entries and the digest of the last one, None where there is
    none; and how many judgements it tells of. Who keeps the digest can ask later whether the log still holds
    it (`Ledger.audit`)."""

    entries: int
    digest: str | None
    judgements: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two pages, by their ids, whose texts are near-copies, and the share of them that both have."""

    page_id: str
    other_id: str
    likeness: float


MANY = "several"
"""The subject of a judgement of several statements at once, whose ids its payload holds."""
CARRIED, CARRIED_FROM = "carried", "carried_from"
"""What the payload of a judgement holds that was carried over to a later reading: the number of the one that
it carries, and the id of the statement that this was of."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person judged. `subject` is the id of a statement or page, or the key of an entity; `payload`
    what a correction, merge, split, withdrawal, position, recognition or added statement says; `undone_by`
    the id of the judgement that undid it, and `undoes` of an undo the id of the one that it took back. Of
    several statements accepted or rejected as one the subject is `several`, and the payload's `statements`
    are their ids; `of` gives these, else the subject.
    """

    id: int
    kind: JudgementKind
    subject: str
    payload: dict[str, Any]
    who: str
    why: str
    at: datetime
    undone_by: int | None = None
    undoes: int | None = None

    @property
    def of(self) -> tuple[str, ...]:
        """All that it is of."""
        told = self.payload.get("statements") if self.subject == MANY else None
        return (self.subject,) if told is None else tuple(told)

    @property
    def changes(self) -> dict[str, Any]:
        """Of a correction the fields with their right values."""
        if self.kind != "correct":
            return {}
        return {name: told for name, told in self.payload.items() if name not in (CARRIED, CARRIED_FROM)}

    @property
    def carried(self) -> tuple[int, str] | None:
        """The judgement that it carries over to a later reading, by its number, and the statement that this
        was of; None where a person passed it."""
        number = self.payload.get(CARRIED)
        return None if number is None else (number, self.payload[CARRIED_FROM])


@dataclass(frozen=True, slots=True)
class JudgementFilter:
    """Which judgements are wanted, as far as given: those of a `subject` (a statement's are also those in
    which it was judged together with others), of one kind, by one person (the name as it was signed), and
    passed from `since` until `until`, both moments included; not those with the numbers in `but`."""

    subject: str | None = None
    kind: JudgementKind | None = None
    who: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    but: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Deposit:
    """Bytes that another room handed over to be kept: a version of what has this kind and name. `digest` is
    their SHA-256, `size` how many they are; `detail` is what that room says of them; `learned_at` is when the
    ledger took them in (UTC), and `who` had it done. `Ledger.deposited` gives the bytes.
    """

    id: int
    kind: str
    name: str
    digest: str
    size: int
    learned_at: datetime
    who: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SetPosition:
    """Where an actor stands on a supplier, set by a person. Both are keys, merged as judged; `scope` and
    `code` are the words of the room `standing`; `since` is an ISO 8601 date cut to its precision.
    """

    actor: str
    supplier: str
    scope: str
    code: str
    since: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as its current reading shows it, without its text (`Ledger.content` gives that).

    `id` is the first 12 hexadecimal digits of `digest`. `locators` holds every place where these bytes were
    found, sorted. `published` is None where the page's date is not known. `statements` and `unread` are the
    counts of the reading; `learned_at` is when the ledger took that reading in (UTC).
    """

    id: str
    digest: str
    locators: tuple[str, ...]
    encoding: str
    outlet: str | None
    title: str | None
    published: Published | None
    language: str | None
    language_confidence: float
    reader: str
    version: str
    learned_at: datetime
    statements: int
    unread: int

    @property
    def locator(self) -> str:
        """The first of the places by the alphabet: the same in whatever order they were read."""
        return self.locators[0]


Discounted = Literal["rejected", "taken back", "withdrawn"]
"""Why a statement does not count."""


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement with the page it stands on. `sentence` is the text of its sentence in the original.

    `id` is made from the page's digest and the statement's fields, so that it is the same on any machine.
    `credit` is the news agency to which its page credits its text. `judgement` is what a person last judged
    of it; where that was a correction, `statement` is the corrected one and `as_read` the one that was read.
    `withdrawn` is the judgement by which its page was withdrawn. `said` is the one by which a person said it,
    where no reader did; `reader` is then who, and `version` is empty.
    """

    id: str
    page_id: str
    locator: str
    outlet: str | None
    title: str | None
    published: Published | None
    language: str | None
    reader: str
    version: str
    sentence: str
    statement: Statement
    credit: str | None = None
    judgement: Judgement | None = None
    as_read: Statement | None = None
    withdrawn: Judgement | None = None
    said: Judgement | None = None

    @property
    def discounted(self) -> Discounted | None:
        """Why it does not: a person rejected it, who said it took it back, or its page was withdrawn."""
        if self.judgement is not None and self.judgement.kind == "reject":
            return "rejected"
        if self.said is not None and self.said.undone_by is not None:
            return "taken back"
        return "withdrawn" if self.withdrawn is not None else None

    @property
    def counts(self) -> bool:
        """Whether it stands: neither rejected, nor on a page that was withdrawn, nor said and taken back."""
        return self.discounted is None


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement's public id, its quote and the language of its page: all that a count of very many needs
    of it."""

    id: str
    quote: str
    language: str | None


@dataclass(frozen=True, slots=True)
class StoredUnread:
    """A sentence that names somebody and from which nothing was read, with the page it stands on."""

    page_id: str
    locator: str
    outlet: str | None
    title: str | None
    published: Published | None
    language: str | None
    reader: str
    version: str
    sentence: str
    unread: Unread


@dataclass(frozen=True, slots=True)
class StoredEntity:
    """An entity under all names that the current readings give it.

    `statements` counts those in which it is actor, target or source, `pages` the pages that name it.
    """

    entity: Entity
    statements: int
    pages: int
    recognition: Recognition = "listed"


@dataclass(frozen=True, slots=True)
class Called:
    """A name under which pages in one language (None where it is not known) speak of an entity, and on how
    many of them."""

    name: str
    language: str | None
    pages: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What could not be read: where it was, the digest of its bytes (None where none were had), and why."""

    locator: str
    digest: str | None
    code: str
    message: str
    learned_at: datetime


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A place where the words that were asked for stand.

    `statement_id` is None where the hit is in the page's text, not in a statement's quote. `snippet` is a
    piece of the page's own words; `marks` are its spans that match. `score` is higher for the better.
    """

    page_id: str
    statement_id: str | None
    locator: str
    outlet: str | None
    title: str | None
    published: Published | None
    language: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """To what a search is narrowed, as far as given: a language (ISO 639), places in a `page`'s text or in a
    `statement`'s quote, an outlet by its name, a year of publication, and a type of statement."""

    language: str | None = None
    kind: Literal["page", "statement"] | None = None
    outlet: str | None = None
    year: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """How the places of a search fall apart: by the name of each field of `SearchFilter` its values with how
    many places have it, most first. `counted` places were told apart; there are `more` where they were too
    many."""

    counted: int
    more: bool
    by: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the current readings hold. `readings` counts the superseded ones too."""

    pages: int
    readings: int
    statements: int
    unread: int
    unreadable: int
    entities: int


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some of `total` items, the first of them at place `begin`, counted from 0. `next` is what `after` asks
    for those behind by: the id of the last; None where there are none."""

    items: tuple[T, ...]
    total: int
    next: str | None
    begin: int
