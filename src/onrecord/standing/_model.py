"""What a dossier holds: everything on record about one supplier, in order, each line with its quotes.

All of it is data; how it looks is the business of the room `present`. Entities appear by their keys; the
dossier's `entities` say what each key is. What the rules mean is explained in docs/dossier.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from onrecord.entities import Entity, EntityKind
from onrecord.ledger import Judgement
from onrecord.statements import Scope, StatementType, Status, Topic

Basis = Literal["when", "published", "judged"]
"""Where a date comes from: the statement's own `when`, the day on which its page was published, or a person
who set a position.
"""

Nearness = Literal["party", "said", "kin", "around"]
"""Why a statement is in the dossier: the supplier is a party to it; the supplier says it of others; it is
about a company that bears the supplier's name (counted apart, never merged); it stands on a page about the
supplier.
"""

Ground = Literal["chain", "credit", "copy", "outlet", "page"]
"""Why a publisher is the origin of a statement: its chain names it; the page credits its text to it; the page
is a near-copy of one of its pages; it is the page's own outlet; or nobody is known, and the page stands for
itself.
"""

Side = Literal["against", "for", "open"]
Force = Literal["decided", "announced", "weighing", "reported"]
Granularity = Literal["month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date (ISO 8601, cut to its precision) and where it comes from."""

    value: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Citation:
    """One statement on one page. `source` is the page's number in `Dossier.sources`; `sentence` encloses
    `quote`. `origin` is the publisher from whom it descends and `ground` why; `copy_of` the number of the
    earlier page of which this one is a near-copy and that said it first. `accepted`: a person accepted or
    corrected it.
    """

    statement_id: str
    source: int
    quote: str
    sentence: str
    language: str | None
    published: str | None
    origin: str
    ground: Ground
    copy_of: int | None
    confidence: float
    accepted: bool


@dataclass(frozen=True, slots=True)
class Line:
    """All statements that say the same thing by the same source: one line of the dossier.

    The fields are those of `Statement`. `id` is made from them, the same on any machine. `citations` are the
    statements that are laid out; `statements` and `pages` count all, and the pages on which they stand.
    `origins` holds the distinct publishers from which all of them descend.
    """

    id: str
    type: StatementType
    actor: str | None
    target: str | None
    status: Status
    topic: Topic | None
    scope: Scope | None
    source: tuple[str, ...]
    when: str | None
    nearness: Nearness
    moment: Moment | None
    citations: tuple[Citation, ...]
    origins: tuple[str, ...]
    statements: int
    pages: int

    @property
    def more(self) -> int:
        """On how many pages it stands that are not laid out."""
        return self.pages - len(self.numbers)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the pages on which it stands, each once, in order."""
        return tuple(sorted({citation.source for citation in self.citations}))


def _whole(line: Line | None, other: Line) -> Line:
    """A line that stands in two places, in each as some pages have it, as all of these have it."""
    if line is None or line.citations == other.citations:
        return other
    cited = {one.statement_id: one for one in (*line.citations, *other.citations)}
    if len(cited) in (len(line.citations), len(other.citations)):
        return max(line, other, key=lambda one: len(one.citations))
    return replace(
        line,
        citations=tuple(sorted(cited.values(), key=lambda one: one.source)),
        origins=tuple(sorted({*line.origins, *other.origins})),
        statements=len(cited),
        pages=len({one.source for one in cited.values()}),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Lines about the same two parties. `nearness` is the nearest of its lines'."""

    actor: str | None
    target: str | None
    nearness: Nearness
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A position taken at a moment (None: on an undated page), as a line tells, or as a person set it."""

    code: str
    moment: Moment | None
    line: Line | None
    set_by: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """Where an actor stands in one field (`scope`, see data/positions.yaml).

    `code` names the present position; `since` is the beginning of the unbroken time for which it is on
    record. The stance's lines fall into four: `support` says the present position, `weighing` what is under
    consideration, `dissent` says otherwise of the same time, `earlier` is what was superseded. `course` holds
    the code at the end of each of the calendar's periods, None before the first.

    `set_by` is the judgement by which a person set the present position, None where it was read; then
    `as_read` is the stance that the statements alone give, None where there are none. `whole` is the scope of
    which this one is part and whose restriction is the present position here too (that one's lines support
    it), None where the position is of this scope.
    """

    scope: str
    code: str
    side: Side
    force: Force
    since: Moment | None
    support: tuple[Line, ...]
    weighing: tuple[Line, ...]
    dissent: tuple[Line, ...]
    earlier: tuple[Line, ...]
    changes: tuple[Change, ...]
    course: tuple[str | None, ...]
    set_by: Judgement | None = None
    as_read: Stance | None = None
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a state, body or operator stands. `stances` has one for each scope, the one that counts first.

    `actor` is None for statements that do not say who restricts or permits. `voices` are those who say the
    present position (`""` stands for the outlet's own word), `origins` the publishers it descends from.
    """

    actor: str | None
    kind: EntityKind | None
    stances: tuple[Stance, ...]
    voices: tuple[str, ...]
    origins: tuple[str, ...]
    course: tuple[str | None, ...]

    @property
    def present(self) -> Stance:
        """The stance that stands for the whole: the strictest of the decided ones."""
        return self.stances[0]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line that went into it."""
        return tuple(
            line
            for stance in self.stances
            for part in (stance.support, stance.weighing, stance.dissent, stance.earlier)
            for line in part
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A column of the matrix: `start` to `end` (days, both included). `start` None: everything before
    `end`.
    """

    start: str | None
    end: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The columns of the matrix, all of one size but for a first that may gather what came before."""

    granularity: Granularity
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A matter of which somebody says that it is so: who affirms it, who denies it, what examinations
    found. `contested`: both sides are on record; an examination that found nothing is on the side of denial.
    """

    type: StatementType
    matter: str
    actor: str | None
    target: str | None
    nearness: Nearness
    affirmed: tuple[Line, ...]
    denied: tuple[Line, ...]
    examined: tuple[Line, ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that a case came to (data/cases.yaml), since when it is on record, and the lines that say
    so.
    """

    stage: str
    moment: Moment | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Something that moves in stages: a licence, an evaluation, a commitment, a threat, a matter in court.
    `holder` is whose it is, `other` towards whom (None where nobody is named); `steps` its course.
    """

    kind: str
    holder: str
    other: str | None
    steps: tuple[Step, ...]

    @property
    def stage(self) -> str:
        """The stage in which it is."""
        return self.steps[-1].stage


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is to happen, at a moment. `to_come`: after the date that the dossier is as
    of, else after today (with `known_at`, the day of that moment).
    """

    moment: Moment
    lane: str
    to_come: bool
    line: Line


@dataclass(frozen=True, slots=True)
class Source:
    """A page that the dossier leads back to. `statements` and `unread` count what the dossier takes
    from it; `learned` is when the ledger took in what was read of it (UTC).
    """

    number: int
    page_id: str
    outlet: str | None
    published: str | None
    title: str | None
    locator: str
    language: str | None
    statements: int
    unread: int
    learned: datetime = field(compare=False)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two pages, by their numbers, whose texts are near-copies, and the share (0 to 1) of them that both
    have.
    """

    page: int
    other: int
    share: float


@dataclass(frozen=True, slots=True)
class UnreadSentence:
    """A sentence that names the supplier and from which nothing was read."""

    source: int
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Relative:
    """A company that bears the supplier's name, and in how many of the dossier's statements it is a party."""

    entity: str
    statements: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What the dossier rests on. `statements` = `party` + those said by it, of its kin, and around it.

    `undated` counts pages without a date of publication, `discounted` the statements that a person rejected
    or whose page was withdrawn, which are not among the others. Of very many statements and unread sentences
    only `laid_out` and `unread_laid_out` stand in the dossier, and the positions of `actors_left` are left
    out; everything else is counted from all of them.
    """

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


@dataclass(frozen=True, slots=True)
class ReaderUsed:
    """A reader, and how many of the dossier's statements it read."""

    name: str
    version: str
    statements: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything on record about one supplier, as of a date, by what the ledger knew at a moment (None:
    everything). `waiting` are the keys of those of its `entities` that nobody has recognised yet.
    """

    supplier: Entity
    as_of: str | None
    known_at: datetime | None
    counts: Counts
    readers: tuple[ReaderUsed, ...]
    relatives: tuple[Relative, ...]
    calendar: Calendar | None
    positions: tuple[Position, ...]
    measures: tuple[Group, ...]
    disputes: tuple[Dispute, ...]
    cases: tuple[Case, ...]
    promised: tuple[Group, ...]
    asked: tuple[Group, ...]
    examined: tuple[Group, ...]
    court: tuple[Group, ...]
    supplies: tuple[Group, ...]
    ties: tuple[Group, ...]
    timeline: tuple[Event, ...]
    sources: tuple[Source, ...]
    unread: tuple[UnreadSentence, ...]
    entities: tuple[Entity, ...]
    alike: tuple[Alike, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the dossier, each once, by its id."""
        groups = (
            self.measures,
            self.promised,
            self.asked,
            self.examined,
            self.court,
            self.supplies,
            self.ties,
        )
        found = {line.id: line for section in groups for group in section for line in group.lines}
        for position in self.positions:
            found.update({line.id: line for line in position.lines})
        for dispute in self.disputes:
            for part in (dispute.affirmed, dispute.denied, dispute.examined):
                found.update({line.id: _whole(found.get(line.id), line) for line in part})
        return tuple(found[key] for key in sorted(found))
