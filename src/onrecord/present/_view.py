"""A dossier in words, ready for any of the formats: nothing here is escaped, and nothing is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel import Locale

from onrecord.entities import Entity
from onrecord.present import _dates
from onrecord.present._catalogue import capital, catalogue, fill, words
from onrecord.present._names import call
from onrecord.present._plain import plain
from onrecord.present._sentence import sentence
from onrecord.standing import Dispute, Dossier, Event, Group, Line, Moment, Period, Position, Source, Stance

NEARNESS = ("party", "said", "kin", "around")


def language_name(code: str | None) -> str:
    """A language's name in the reader's language; empty where it is not known."""
    if not code:
        return ""
    return str(Locale(catalogue()["language"]).languages.get(code, code))


def position_label(code: str) -> str:
    """What a position is called."""
    return str(catalogue()["positions"][code]["label"])


def position_symbol(code: str) -> str:
    """The sign of a position: squares are against the supplier, circles for it, diamonds undecided."""
    return str(catalogue()["positions"][code]["symbol"])


@dataclass(frozen=True, slots=True)
class Quote:
    """The words on a page, and where they stand."""

    number: int
    statement_id: str
    text: str
    language: str | None
    language_name: str
    where: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line in words. `spread` says from how many pages and origins, where there is more than one page."""

    id: str
    sentence: str
    numbers: tuple[int, ...]
    quotes: tuple[Quote, ...]
    spread: str
    line: Line


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a section's groups, under a heading of their own (empty for the first)."""

    heading: str
    groups: tuple[tuple[str, tuple[Told, ...]], ...]


class View:
    """A dossier in words. Every method gives plain text (`plain`), to be escaped by the format that
    shows it.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.names: dict[str, Entity] = {entity.key: entity for entity in dossier.entities}
        self.name = call(dossier.supplier.key, self.names).bare
        self._sources = {source.number: source for source in dossier.sources}

    def bare(self, key: str | None) -> str:
        """What an entity is called in a heading or table."""
        return capital(call(key, self.names).bare if key is not None else catalogue()["names"]["nobody"])

    def told(self, line: Line) -> Told:
        """A line in words."""
        quotes = tuple(
            Quote(
                number=citation.source,
                statement_id=citation.statement_id,
                text=plain(citation.quote),
                language=citation.language,
                language_name=language_name(citation.language),
                where=self.where(self._sources[citation.source]),
            )
            for citation in line.citations
        )
        return Told(line.id, sentence(line, self.names), line.numbers, quotes, self.spread([line]), line)

    def spread(self, lines: Iterable[Line]) -> str:
        """ "5 pages, one origin": how many pages say it, from how many publishers; empty for a single
        page.
        """
        told = list(lines)
        pages = len({number for line in told for number in line.numbers})
        origins = sorted({origin for line in told for origin in line.origins})
        if pages < 2:
            return ""
        if len(origins) == 1:
            return f"{words('one_origin', pages=pages)}: {self.origin(origins[0])}"
        return words("some_origins", n=len(origins), pages=pages)

    def origin(self, origin: str) -> str:
        """What a publisher is called."""
        if origin.startswith("page "):
            return words("no_outlet")
        return call(origin, self.names).bare

    def where(self, source: Source) -> str:
        """Outlet and date of a page."""
        outlet = plain(source.outlet) if source.outlet else words("no_outlet")
        date = _dates.in_words(source.published) if source.published else words("undated")
        return f"{outlet}, {date}"

    def title(self, section: str) -> str:
        """A section's heading."""
        return str(catalogue()["sections"][section]["title"])

    def lede(self, section: str) -> str:
        """What a section holds, in a sentence."""
        return fill(catalogue()["sections"][section]["lede"], {"name": self.name})

    def heading(self, group: Group) -> str:
        """The two parties of a group."""
        return " → ".join(
            self.bare(key) for key in (group.actor, group.target) if key is not None
        ) or self.bare(None)

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
                parts.append(Part("" if near == "party" else words(near, name=self.name), held))
        return tuple(parts)

    def matter(self, dispute: Dispute) -> str:
        """What a dispute is about."""
        rows = catalogue()["matters"][dispute.type]
        topic = catalogue()["topics"].get(dispute.matter)
        target = call(dispute.target, self.names).inline if dispute.target is not None else None
        message = rows.get(dispute.matter or "none") or rows["else"]
        fields = {"topic": topic, "target": target or catalogue()["names"]["somebody"]}
        return capital(fill(message, fields))

    def contested(self, dispute: Dispute) -> str:
        """Whether both sides of a dispute are on record, in words."""
        if dispute.contested:
            return words("contested")
        return words("uncontested" if dispute.affirmed else "only_denied")

    def since(self, stance: Stance) -> str:
        """Since when a stance is on record; the mark says where only the day of publication is known."""
        if stance.since is None:
            return words("since_unknown")
        key = "since_when" if stance.since.basis == "when" else "since_published"
        return words(key, date=_dates.short(stance.since.value))

    def voices(self, position: Position) -> str:
        """Who says the present position: the first of each chain, else the outlets that say it themselves."""
        support = position.present.support
        speakers = {call(line.source[0], self.names).bare for line in support if line.source}
        outlets = {self.origin(origin) for line in support if not line.source for origin in line.origins}
        return ", ".join([*sorted(speakers), *sorted(outlets - speakers)])

    def stance_label(self, position: Position, stance: Stance) -> str:
        """A stance's position, with its scope where the actor has several."""
        label = position_label(stance.code)
        if len(position.stances) == 1:
            return label
        return f"{label} {words('in_scope', scope=catalogue()['scopes'][stance.scope])}"

    def stance_parts(self, stance: Stance) -> tuple[tuple[str, str, tuple[Told, ...]], ...]:
        """A stance's lines: what says it, what is weighed, what says otherwise, what came before."""
        parts = []
        for name in ("support", "weighing", "dissent", "earlier"):
            lines: tuple[Line, ...] = getattr(stance, name)
            if lines:
                heading = "" if name == "support" else words(name)
                parts.append((name, heading, tuple(self.told(line) for line in lines)))
        return tuple(parts)

    def by_kind(self) -> tuple[tuple[str, tuple[Position, ...]], ...]:
        """The positions under the kinds of their actors."""
        kinds: dict[str, list[Position]] = {}
        for position in self.dossier.positions:
            kinds.setdefault(position.kind or "other", []).append(position)
        return tuple((catalogue()["kinds"][kind], tuple(found)) for kind, found in kinds.items())

    def moment(self, moment: Moment) -> str:
        """A moment's date without its year."""
        return _dates.in_year(moment.value)

    def as_of(self) -> str:
        """The date that the dossier is as of, in words."""
        asked = self.dossier.as_of
        if asked is not None:
            return words("as_of", date=_dates.in_words(asked))
        days = [source.published for source in self.dossier.sources if source.published]
        latest = max(days, default=None)
        if latest is None:
            return words("as_of_all")
        return f"{words('as_of_all')}, {words('latest', date=_dates.in_words(latest))}"

    def counts(self) -> tuple[str, ...]:
        """What the dossier rests on: pages, statements, origins, unread sentences, pages without a date."""
        counts = self.dossier.counts
        told = [
            words("n_pages", n=counts.pages),
            words("n_origins", n=counts.origins),
            words("n_statements", n=counts.statements),
            words("n_party", n=counts.party, name=self.name),
            words("n_unread", n=counts.unread),
        ]
        if counts.undated:
            told.append(words("n_undated", n=counts.undated))
        return tuple(told)

    def figures(self) -> tuple[tuple[str, str], ...]:
        """The figures of the dossier's head: number and what it counts."""
        counts = self.dossier.counts
        told = (
            (counts.pages, words("pages")),
            (counts.origins, words("origins")),
            (counts.statements, words("statements")),
            (counts.party, words("party", name=self.name)),
            (counts.unread, words("unread")),
        )
        undated = ((counts.undated, words("undated_pages")),) if counts.undated else ()
        return tuple((f"{number:,}", name) for number, name in (*told, *undated))

    def contents(self) -> tuple[tuple[str, int], ...]:
        """The sections that hold something, and how much."""
        found = []
        for key in catalogue()["sections"]:
            held = getattr(self.dossier, key)
            grouped = bool(held) and isinstance(held[0], Group)
            count = sum(len(group.lines) for group in held) if grouped else len(held)
            if count:
                found.append((key, count))
        return tuple(found)

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
            words("reader", n=used.statements, name=plain(used.name), version=plain(used.version))
            for used in self.dossier.readers
        ]
        return " ".join(
            [words("machine", n=self.dossier.counts.pages, pages=f"{self.dossier.counts.pages:,}"), *readers]
        )

    def relatives(self) -> str:
        """The companies that bear the supplier's name and are counted apart; empty where there are none."""
        listed = [
            f"{self.bare(kin.entity)} ({words('n_statements', n=kin.statements)})"
            for kin in self.dossier.relatives
        ]
        return words("relatives", names=", ".join(listed)) if listed else ""

    def known_as(self) -> str:
        """The supplier's other names; empty where it has none."""
        others = sorted({plain(name) for name in self.dossier.supplier.names} - {self.name})
        return words("known_as", names=", ".join(others)) if others else ""

    def period(self, period: Period) -> tuple[str, str]:
        """A column of the matrix in two words: the year, and the quarter or month in it."""
        calendar = self.dossier.calendar
        if period.start is None or calendar is None:
            return "", words("before")
        year = period.start[:4]
        if calendar.granularity == "year":
            return year, ""
        if calendar.granularity == "quarter":
            return year, f"Q{(int(period.start[5:7]) + 2) // 3}"
        return year, _dates.month(period.start)
