"""A supplier's dossier, and where all stand on all (docs/dossier.md). Lines stand once; sections name them by
their ids."""

from __future__ import annotations

from typing_extensions import TypedDict

from onrecord.shapes._lines import Line, Moment, SetBy
from onrecord.shapes._record import Judgement


class Named(TypedDict):
    """An entity as the record knows it."""

    key: str
    kind: str
    name: str
    names: list[str]
    country: str | None


class Listed(TypedDict):
    """An entry of a restriction list that means an entity, as of the dossier's day. The first page that names
    the entity, and its day, stand beside."""

    list: str
    title: str
    version: int
    issued: str | None
    id: str
    name: str
    relation: str
    affiliate_of: str | None
    since: str | None
    first_page: int | None
    first_published: str | None
    source: str
    programs: list[str]
    citations: list[str]
    until: str | None
    url: str | None


class DossierEntity(Named):
    """An entity of a dossier, and the entries of lists that mean it."""

    listed: list[Listed]


class ReaderUsed(TypedDict):
    """A reader, and how many of the statements it read."""

    name: str
    version: str
    statements: int


class Counts(TypedDict):
    """What a dossier rests on (docs/dossier.md)."""

    pages: int
    statements: int
    party: int
    unread: int
    origins: int
    discounted: int
    undated: int
    laid_out: int
    unread_laid_out: int
    actors_left: int


class Relative(TypedDict):
    """A company that bears the supplier's name."""

    entity: str
    statements: int


class Period(TypedDict):
    """A column of the matrix; `start` is null for everything before its end."""

    start: str | None
    end: str


class Calendar(TypedDict):
    """The columns of the matrix."""

    granularity: str
    periods: list[Period]


class PositionChange(TypedDict):
    """A position taken at a moment, as a line tells it or a person set it."""

    position: str
    moment: Moment | None
    line: str | None
    set_by: SetBy | None


class Stance(TypedDict):
    """Where an actor stands in one field, with the lines that say so, weigh it, and say otherwise. `whole` is
    the field of which it is part and whose restriction holds here too; that one's lines say so then."""

    scope: str
    whole: str | None
    position: str
    label: str
    side: str
    force: str
    since: Moment | None
    support: list[str]
    weighing: list[str]
    dissent: list[str]
    earlier: list[str]
    changes: list[PositionChange]
    course: list[str | None]
    set_by: SetBy | None
    as_read: Stance | None


class Position(TypedDict):
    """Where an actor stands: in the field that counts first, and in each."""

    actor: str | None
    kind: str | None
    position: str
    since: Moment | None
    set_by: SetBy | None
    voices: list[str]
    origins: list[str]
    course: list[str | None]
    stances: list[Stance]


class Group(TypedDict):
    """Lines about the same two parties."""

    actor: str | None
    target: str | None
    nearness: str
    lines: list[str]


class Dispute(TypedDict):
    """A matter that somebody affirms: by which lines, and which deny it or examined it."""

    type: str
    matter: str | None
    label: str
    actor: str | None
    target: str | None
    nearness: str
    contested: bool
    affirmed: list[str]
    denied: list[str]
    examined: list[str]


class CaseStep(TypedDict):
    """A stage that a case came to."""

    stage: str
    moment: Moment | None
    lines: list[str]


class Case(TypedDict):
    """Something that moves in stages."""

    kind: str
    holder: str
    other: str | None
    stage: str
    steps: list[CaseStep]


class Event(TypedDict):
    """Something that happened, or is to happen."""

    moment: Moment | None
    lane: str
    to_come: bool
    line: str


class Source(TypedDict):
    """A page that the dossier leads back to."""

    number: int
    page_id: str
    outlet: str | None
    published: str | None
    title: str | None
    locator: str
    language: str | None
    statements: int
    unread: int


class UnreadSentence(TypedDict):
    """A sentence that names the supplier and from which nothing was read."""

    source: int
    text: str
    language: str | None


class Dossier(TypedDict):
    """Everything on record about a supplier: the shape `onrecord.dossier/1`."""

    shape: str
    supplier: Named
    as_of: str | None
    known_at: str | None
    language: str
    machine_reading: bool
    readers: list[ReaderUsed]
    counts: Counts
    relatives: list[Relative]
    calendar: Calendar | None
    positions: list[Position]
    disputes: list[Dispute]
    cases: list[Case]
    measures: list[Group]
    promised: list[Group]
    asked: list[Group]
    examined: list[Group]
    court: list[Group]
    supplies: list[Group]
    ties: list[Group]
    timeline: list[Event]
    sources: list[Source]
    unread: list[UnreadSentence]
    entities: list[DossierEntity]
    waiting: list[str]
    lines: list[Line]


class Labelled(Named):
    """An entity, and its name in the language that was asked for."""

    label: str


class Held(TypedDict):
    """A position that an actor holds on a supplier; `present` is that of the field that counts first.
    `whole` is the field of which it is part and whose restriction holds here too."""

    actor: str
    supplier: str
    scope: str
    whole: str | None
    position: str
    label: str
    side: str
    force: str
    since: Moment | None
    set_by: SetBy | None
    present: bool


class Stands(TypedDict):
    """Where an actor stands on a supplier in each field: as it holds, and as the statements alone give it;
    and what persons set in one field (`scope`), with the last judgement of it to be given as `seen`."""

    supplier: str
    actor: str
    scope: str
    held: list[Held]
    as_read: list[Held]
    judgements: list[Judgement]
    seen: int | None


class Standings(TypedDict):
    """Where all actors of some kinds stand on many suppliers: the shape `onrecord.standings/1`."""

    shape: str
    as_of: str | None
    known_at: str | None
    language: str
    machine_reading: bool
    kinds: list[str]
    suppliers: list[Labelled]
    actors: list[Labelled]
    held: list[Held]
