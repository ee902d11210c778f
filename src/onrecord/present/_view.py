"""A dossier in words, ready for any of the formats: nothing here is escaped, and nothing is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized

from onrecord.present import _dates
from onrecord.present._catalogue import ENGLISH, capital, fill, number
from onrecord.present._listed import Marks, sign, told_marks
from onrecord.present._names import call_publisher
from onrecord.present._plain import plain
from onrecord.present._sentence import sentence
from onrecord.present._told import Part, Quote, Told
from onrecord.present._wording import Wording
from onrecord.standing import (
    Case,
    Citation,
    Dispute,
    Dossier,
    Event,
    Group,
    Line,
    Moment,
    Period,
    Position,
    Source,
    Stance,
    Step,
    is_narrow,
)

NEARNESS = ("party", "said", "kin", "around")
_NAMED = 5
"""How many names that wait to be recognised are told; the others are counted."""


class View(Wording):
    """A dossier in words. `marks` are the entries of restriction lists that its entities have."""

    def __init__(self, dossier: Dossier, language: str = ENGLISH, marks: Marks | None = None) -> None:
        super().__init__(dossier.entities, language)
        self.dossier = dossier
        self.marks: Marks = marks or {}
        self.name = self.called(dossier.supplier.key).bare
        # By the identity of the line, which the words hold on to: a hash would be made of all its citations.
        self._told: dict[int, Told] = {}
        self._sources = {source.number: source for source in dossier.sources}
        self._places = {id(position): place for place, position in enumerate(dossier.positions)}

    def told(self, line: Line) -> Told:
        """A line in words; a line stands in several places, and is put in words once."""
        held = self._told.get(id(line))
        if held is None:
            held = self._told[id(line)] = self._in_words(line)
        return held

    def _in_words(self, line: Line) -> Told:
        quotes = tuple(
            Quote(
                number=citation.source,
                statement_id=citation.statement_id,
                text=plain(citation.quote),
                language=citation.language,
                language_name=self.language_name(citation.language),
                where=self._descent(citation),
            )
            for citation in line.citations
        )
        return Told(
            line.id,
            sentence(line, self.names, self.language),
            line.numbers,
            quotes,
            self.spread([line]),
            line,
        )

    def _descent(self, citation: Citation) -> str:
        """Where a citation stands, and from whom its page has the text."""
        where = self.where(self._sources[citation.source])
        if citation.copy_of is not None:
            return f"{where}; {self.words('copied', n=citation.copy_of)}"
        if citation.ground == "credit":
            return f"{where}; {self.words('credited', agency=self.origin(citation.origin))}"
        return where

    def spread(self, lines: Iterable[Line]) -> str:
        """ "5 pages, one origin": how many pages say it, from how many publishers; empty for a single
        page. Pages that are not laid out are counted for each line, but which lines stand on the same of
        them is not known: then it is said of several lines on how many pages they stand at least.
        """
        told = list(lines)
        laid = len({number for line in told for number in line.numbers})
        count = max([laid, *(line.pages for line in told)])
        origins = sorted({origin for line in told for origin in line.origins})
        if count < 2:
            return ""
        pages = number(count, self.language)
        if len(told) > 1 and any(line.more for line in told):
            pages = self.words("at_least", count=pages)
        if len(origins) == 1:
            return f"{self.words('one_origin', pages=pages)}: {self.origin(origins[0])}"
        return self.words("some_origins", n=len(origins), pages=pages)

    def origin(self, origin: str, *, inline: bool = False) -> str:
        """What a publisher is called; `inline` with its article, as it stands in a sentence."""
        if origin.startswith("page "):
            return self.words("no_outlet")
        called = call_publisher(origin, self.names, self.language)
        return called.inline if inline else called.bare

    def where(self, source: Source) -> str:
        """Outlet and date of a page."""
        outlet = plain(source.outlet) if source.outlet else self.words("no_outlet")
        date = self.date(source.published) if source.published else self.words("undated")
        return f"{outlet}, {date}"

    def title(self, section: str) -> str:
        """A section's heading."""
        return str(self.messages["sections"][section]["title"])

    def lede(self, section: str) -> str:
        """What a section holds, in a sentence."""
        return fill(self.messages["sections"][section]["lede"], {"name": self.name})

    def figure_lede(self, figure: str) -> str:
        """What a figure shows, in a sentence."""
        return fill(self.messages["figures"][figure]["lede"], {"name": self.name})

    def heading(self, group: Group) -> str:
        """The two parties of a group; others than the supplier with their signs where they are listed."""
        return " → ".join(
            self.signed(key) for key in (group.actor, group.target) if key is not None
        ) or self.bare(None)

    def signed(self, key: str) -> str:
        """What an entity is called, with a sign where it is listed or an affiliate of one that is."""
        marks = self.marks.get(key, ()) if key != self.dossier.supplier.key else ()
        return " ".join(filter(None, (self.bare(key), sign(marks))))

    def listed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The entities that are listed, each with what the lists say of it."""
        return told_marks(self, self.marks)

    def held(self, section: str) -> Sized:
        """What a section holds."""
        found: Sized = self.marks if section == "listed" else getattr(self.dossier, section)
        return found

    def parts(self, groups: Sequence[Group]) -> tuple[Part, ...]:
        """The groups of a section: first those to which the supplier is a party, then the others, by
        nearness.
        """
        parts = []
        for near in NEARNESS:
            held = tuple(
                (self.heading(group), tuple(self.told(line) for line in group.lines))
                for group in groups
                if group.nearness == near
            )
            if held:
                parts.append(Part("" if near == "party" else self.words(near, name=self.name), held))
        return tuple(parts)

    def matter(self, dispute: Dispute) -> str:
        """What a dispute is about."""
        rows = self.messages["matters"][dispute.type]
        topic = self.messages["topics"].get(dispute.matter)
        target = self.called(dispute.target).inline if dispute.target is not None else None
        message = rows.get(dispute.matter or "none") or rows["else"]
        fields = {"topic": topic, "target": target or self.messages["names"]["somebody"]}
        return capital(fill(message, fields))

    def case_name(self, case: Case) -> str:
        """Whose case it is, towards whom, and of what kind."""
        kind = self.messages["cases"]["kinds"][case.kind]
        other = f" ({self.bare(case.other)})" if case.other is not None else ""
        return f"{self.bare(case.holder)}: {kind}{other}"

    def case(self, case: Case) -> str:
        """Whose case it is, towards whom, of what kind, and its stage."""
        return f"{self.case_name(case)}: {self.stage(case.stage)}"

    def stage(self, stage: str) -> str:
        """What a stage is called."""
        return str(self.messages["cases"]["stages"][stage])

    def step(self, step: Step) -> str:
        """A stage, and since when it is on record."""
        if step.moment is None:
            return capital(self.stage(step.stage))
        return f"{capital(self.stage(step.stage))}, {self.short_date(step.moment.value)}"

    def contested(self, dispute: Dispute) -> str:
        """Whether both sides of a dispute are on record, in words."""
        if dispute.contested:
            return self.words("contested")
        return self.words("uncontested" if dispute.affirmed else "only_denied")

    def voices(self, position: Position) -> str:
        """Who says the present position: the person who set it, the first of each chain, else the outlets
        that say it themselves.
        """
        support = position.present.support
        speakers = {self.called(line.source[0]).bare for line in support if line.source}
        outlets = {self.origin(origin) for line in support if not line.source for origin in line.origins}
        judged = position.present.set_by
        persons = [self.words("set_by", who=plain(judged.who))] if judged is not None else []
        return ", ".join([*persons, *sorted(speakers), *sorted(outlets - speakers)])

    def set_by(self, stance: Stance) -> str:
        """By whom a stance was set, when and why, and what the statements alone give; empty where it was
        read.
        """
        if stance.set_by is None:
            return ""
        return f"{self.judged(stance.set_by)} {self._as_read(stance)}"

    def _as_read(self, stance: Stance) -> str:
        read = stance.as_read
        if read is None:
            return self.words("as_read_none")
        return self.words("as_read", position=self.position_label(read.code), since=self.since(read))

    def stance_label(self, position: Position, stance: Stance) -> str:
        """A stance's position, with its scope where the actor has several, or where it is only part of what
        one may restrict."""
        label = self.position_label(stance.code)
        if len(position.stances) == 1 and not is_narrow(stance.scope):
            return label
        return f"{label} {self.in_scope(stance.scope, stance.whole)}"

    def stance_alone(self, stance: Stance) -> str:
        """The present position where there is room for one, with its scope where that is only part of what
        one may restrict."""
        label = self.position_label(stance.code)
        return f"{label} {self.in_scope(stance.scope)}" if is_narrow(stance.scope) else label

    def place(self, position: Position) -> int:
        """Which of the dossier's positions it is, counted from 0."""
        return self._places[id(position)]

    def stance_parts(self, stance: Stance) -> tuple[tuple[str, str, tuple[Told, ...]], ...]:
        """A stance's lines: what says it, what is weighed, what says otherwise, what came before."""
        parts = []
        for name in ("support", "weighing", "dissent", "earlier"):
            lines: tuple[Line, ...] = getattr(stance, name)
            if lines:
                heading = "" if name == "support" else self.words(name)
                parts.append((name, heading, tuple(self.told(line) for line in lines)))
        return tuple(parts)

    def by_kind(self) -> tuple[tuple[str, tuple[Position, ...]], ...]:
        """The positions under the kinds of their actors."""
        kinds: dict[str, list[Position]] = {}
        for position in self.dossier.positions:
            kinds.setdefault(position.kind or "other", []).append(position)
        return tuple((self.messages["kinds"][kind], tuple(found)) for kind, found in kinds.items())

    def moment(self, moment: Moment) -> str:
        """A moment's date without its year."""
        return _dates.in_year(moment.value, self.language)

    def as_of(self) -> str:
        """The date that the dossier is as of, and the moment that the ledger's knowledge is of, in words."""
        return self.with_moment(self._as_of(), self.dossier.known_at)

    def _as_of(self) -> str:
        asked = self.dossier.as_of
        if asked is not None:
            return self.words("as_of", date=self.date(asked))
        days = [source.published for source in self.dossier.sources if source.published]
        # Which page is the latest is known where all of them are laid out.
        whole = len(self.dossier.sources) == self.dossier.counts.pages
        latest = max(days, default=None) if whole else None
        if latest is None:
            return self.words("as_of_all")
        return f"{self.words('as_of_all')}, {self.words('latest', date=self.date(latest))}"

    def counts(self) -> tuple[str, ...]:
        """What the dossier rests on: pages, statements, origins, unread sentences, pages without a
        date, and what does not count."""
        counts = self.dossier.counts
        told = [
            self.words("n_pages", n=counts.pages),
            self.words("n_origins", n=counts.origins),
            self.words("n_statements", n=counts.statements),
            self.words("n_party", n=counts.party, name=self.name),
            self.words("n_unread", n=counts.unread),
        ]
        if counts.undated:
            told.append(self.words("n_undated", n=counts.undated))
        if counts.discounted:
            told.append(self.words("n_discounted", n=counts.discounted))
        return tuple(told)

    def figures(self) -> tuple[tuple[str, str, str], ...]:
        """The figures of the dossier's head: number, what it counts, and the section that shows it ("" where
        none does): of the statements of the `dossier`, of those with the supplier as a `party`, and of those
        `discounted`, a list that is none of its sections."""
        counts = self.dossier.counts
        told = (
            (counts.pages, self.words("pages"), "sources"),
            (counts.origins, self.words("origins"), "origins" if self.dossier.lines else ""),
            (counts.statements, self.words("statements"), "dossier"),
            (counts.party, self.words("party", name=self.name), "party"),
            (counts.unread, self.words("unread"), "unread" if self.dossier.unread else ""),
        )
        some = (
            (counts.undated, self.words("undated_pages"), "sources"),
            (counts.discounted, self.words("discounted_statements"), "discounted"),
        )
        there = (*told, *(one for one in some if one[0]))
        return tuple((number(value, self.language), name, where) for value, name, where in there)

    def tally(self) -> tuple[tuple[str, str, int], ...]:
        """How many present positions each side has, with a code whose sign stands for the side."""
        signs = {"against": "restricts", "open": "weighs-restricting", "for": "permits"}
        sides = [position.present.side for position in self.dossier.positions]
        return tuple((side, code, sides.count(side)) for side, code in signs.items() if side in sides)

    def years(self) -> tuple[tuple[str, tuple[Event, ...]], ...]:
        """The timeline by year."""
        years: dict[str, list[Event]] = {}
        for event in self.dossier.timeline:
            years.setdefault(event.moment.value[:4], []).append(event)
        return tuple((year, tuple(events)) for year, events in years.items())

    def machine(self) -> str:
        """That a machine read this, and which."""
        readers = [
            self.words("reader", n=used.statements, name=plain(used.name), version=plain(used.version))
            for used in self.dossier.readers
        ]
        judged = sum(s.set_by is not None for p in self.dossier.positions for s in p.stances)
        return " ".join(
            [
                self.words(
                    "machine",
                    n=self.dossier.counts.pages,
                    pages=number(self.dossier.counts.pages, self.language),
                ),
                *readers,
                *([self.words("n_set", n=judged)] if judged else []),
                *([self._waiting()] if self.dossier.waiting else []),
            ]
        )

    def _waiting(self) -> str:
        """How many names here nobody has recognised yet, and the first of them."""
        waiting = self.dossier.waiting
        names = [self.bare(key) for key in waiting[:_NAMED]]
        left = [self.words("and_more", n=len(waiting) - _NAMED)] if len(waiting) > _NAMED else []
        return self.words("n_waiting", n=len(waiting), names=", ".join((*names, *left)))

    def relatives(self) -> str:
        """The companies that bear the supplier's name and are counted apart; empty where there are none."""
        listed = [
            f"{self.bare(kin.entity)} ({self.words('n_statements', n=kin.statements)})"
            for kin in self.dossier.relatives
        ]
        return self.words("relatives", names=", ".join(listed)) if listed else ""

    def known_as(self) -> str:
        """The supplier's other names; empty where it has none."""
        others = sorted({plain(name) for name in self.dossier.supplier.names} - {self.name})
        return self.words("known_as", names=", ".join(others)) if others else ""

    def period(self, period: Period) -> tuple[str, str]:
        """A column of the matrix in two words: the year, and the quarter or month in it."""
        calendar = self.dossier.calendar
        if period.start is None or calendar is None:
            return "", self.words("before")
        year = period.start[:4]
        if calendar.granularity == "year":
            return year, ""
        if calendar.granularity == "quarter":
            return year, self.words("quarter", number=(int(period.start[5:7]) + 2) // 3)
        return year, _dates.month(period.start, self.language)
