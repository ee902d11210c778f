"""Pages, statements, entities and judgements."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict


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


class Totals(TypedDict):
    """How much a ledger holds, and where it is: `unread` sentences name somebody and were not understood,
    `unreadable` pages could not be read, `waiting` names were not recognised yet."""

    ledger: str
    pages: int
    statements: int
    entities: int
    suppliers: int
    unread: int
    unreadable: int
    waiting: int
    lists: int


class Called(TypedDict):
    """A name under which pages in a language (null where it is not known) speak of an entity, and on how many
    of them."""

    name: str
    language: str | None
    pages: int


class Family(TypedDict):
    """An entity above or below another, so many steps away; since when, and where that stands: a `source`, or
    the name of the person by whose judgement it is so (`who`)."""

    key: str
    steps: int
    part_of: str
    since: str | None
    source: str | None
    who: str | None


class EntityRead(Supplier):
    """An entity with its names by language, and what it is part of and consists of, the nearest first."""

    called: list[Called]
    above: list[Family]
    below: list[Family]


class Likeness(TypedDict):
    """How alike two names are, from 0 to 1, by which rule, why, and what is `wanting` to be the same."""

    score: float
    relation: str
    rule: str
    reason: str
    wanting: str


class Side(TypedDict):
    """One of two entities side by side: its names, the outlets that name it, and some of its statements."""

    entity: Supplier
    called: list[Called]
    outlets: list[str]
    statements: list[Statement]


class SideBySide(TypedDict):
    """Two entities side by side, to say whether they are one: how alike their names are, on how many pages
    both stand, and whether they are `one` already."""

    a: Side
    b: Side
    one: bool
    likeness: Likeness
    pages_in_common: int


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
    """What a person judged; `undone_by` is the judgement that undid it, `undoes` the one that an undo
    took back."""

    id: int
    kind: str
    subject: str
    payload: dict[str, Any]
    who: str
    why: str
    at: str
    undone_by: int | None
    undoes: int | None


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
    scope: str | None
    source: list[str]
    when: str | None
    confidence: float
    rule: str
    reader: str
    version: str
    judgement: Judgement | None
    counts: bool


class SaidStatement(Statement):
    """A statement that a person said, with the judgement by which it can be undone."""

    said: Judgement


class PageFields(TypedDict):
    """What a page and a page with its text have in common; `unread` counts sentences."""

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
    unread: int


class Page(PageFields):
    """A page without its text, and how many statements were read from it."""

    statements: int


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


class PageRead(PageFields):
    """A page with its text, its statements, what was not read, and what was dropped; and the judgement that
    notes that its publisher withdrew it, where one holds."""

    text: str
    statements: list[Statement]
    unread_sentences: list[Unread]
    dropped: list[Dropped]
    withdrawn: Judgement | None


class MarkedPiece(TypedDict):
    """A stretch of a page's text from the offset `at`: the statements of whose quotes it is part, and whether
    it is part of a sentence from which nothing was read."""

    at: int
    text: str
    said: list[str]
    unread: bool


class MarkedBlock(TypedDict):
    """A paragraph of a page's text, in pieces."""

    kind: str
    pieces: list[MarkedPiece]


class Marked(TypedDict):
    """A page's text with its statements marked, and what was dropped of its original."""

    page: str
    title: str | None
    blocks: list[MarkedBlock]
    dropped: list[Dropped]


class Run(TypedDict):
    """A stretch of an original, whether it was kept, and by which rule."""

    start: int
    end: int
    kept: bool
    reason: str


class Original(TypedDict):
    """A page's original as it was decoded, and which stretches of it were kept or dropped."""

    page: str
    encoding: str
    original: str
    runs: list[Run]


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


class Fault(TypedDict):
    """Something in a ledger that is not as its log says."""

    kind: str
    subject: str
    message: str


class LogEnd(TypedDict):
    """How far the log goes: how many entries it has, the digest of the last, null where there is none, and
    how many judgements it tells of."""

    entries: int
    last: str | None
    judgements: int


class Audit(LogEnd):
    """Whether the ledger is as its log says, and where it is not."""

    whole: bool
    faults: list[Fault]
