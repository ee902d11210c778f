"""What a statement is; the meaning of each field is laid down in docs/statements.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from onrecord.entities import Entity
from onrecord.language import Analysis

StatementType = Literal[
    "wrongdoing", "risk", "restriction", "permission", "request", "evaluation", "commitment",
    "threat", "legal", "supply", "partnership", "ties", "dependency",
]  # fmt: skip
Status = Literal["asserted", "alleged", "negated", "planned", "possible"]
Topic = Literal[
    "espionage", "sanctions", "theft", "fraud", "backdoor", "security", "network", "software",
    "components", "ownership", "law", "market",
]  # fmt: skip

Scope = Literal["networks", "core", "radio", "devices", "apps", "trade"]

TYPES: tuple[StatementType, ...] = get_args(StatementType)
STATUSES: tuple[Status, ...] = get_args(Status)
TOPICS: tuple[Topic, ...] = get_args(Topic)
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a page says is, was, may be or is not the case, and who says so.

    `start` and `end` are offsets in `Page.original`, and `quote` is exactly what stands there;
    `sentence_start` and `sentence_end` enclose the sentence (or sentences) around it. `actor`, `target` and
    `source` hold entity keys (`Entity.key`): a state's ISO 3166-1 alpha-2 code or an English name.
    `source` is nearest to the fact first; empty means that the outlet says it itself. `when` is ISO 8601
    cut to its precision. `rule` names what in the reader's lexicon read it; `confidence` is 0 to 1. `scope`
    is the part of the supplier's business in which a restriction or permission holds, where words of its
    clause name one; it is no part of the statement's id.
    """

    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    type: StatementType
    actor: str | None
    target: str | None
    status: Status
    topic: Topic | None
    source: tuple[str, ...]
    when: str | None
    confidence: float
    rule: str
    scope: Scope | None = None


BY_HAND = "by-hand"
"""The rule of a statement that a person said, where no reader gave it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that names an organisation or person and from which no statement was read.

    Offsets are in `Page.original`; `names` holds the keys of the entities that it names.
    """

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader took from one page. `entities` holds every entity that the statements or the
    unread sentences name."""

    reader: str
    version: str
    statements: tuple[Statement, ...]
    unread: tuple[Unread, ...]
    entities: tuple[Entity, ...]


class Reader(Protocol):
    """Something that takes an analysed page and gives statements; several can stand side by side."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def read(self, analysis: Analysis) -> Reading: ...
