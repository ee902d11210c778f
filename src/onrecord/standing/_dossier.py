"""The dossier: what concerns a supplier, put in its sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from onrecord.entities import Entity
from onrecord.standing._by_hand import actors_set
from onrecord.standing._cases import make_cases
from onrecord.standing._concern import Concern, gather
from onrecord.standing._dates import first_day, last_day
from onrecord.standing._disputes import make_disputes
from onrecord.standing._lines import make_groups, make_lines, number_sources, order
from onrecord.standing._model import (
    Counts,
    Dossier,
    Event,
    Group,
    Line,
    ReaderUsed,
    Relative,
    Source,
    UnreadSentence,
)
from onrecord.standing._origins import Origins
from onrecord.standing._positions import make_positions
from onrecord.standing._record import Record
from onrecord.standing._rules import is_act, lane_of, section_of
from onrecord.standing._tree import alike_pages


def standing_of(
    ledger: Record, supplier: str, *, as_of: str | None = None, known_at: datetime | None = None
) -> Dossier:
    """Everything that a ledger holds about a supplier, in the order of a dossier.

    `supplier` is a key or name that the ledger knows, else `UnknownEntity` is raised, with the nearest names.
    `as_of` is an ISO 8601 date: only pages published by then count; `known_at` a moment: only what the ledger
    held by then. What a person rejected, or whoever published it withdrew, does not count; a position that a
    person set holds over what was read (`NoSuchPosition` where this version does not know it). The same
    statements give the same dossier, in whatever order they were read.
    """
    concern = gather(ledger, supplier, as_of, known_at)
    sources, numbers = number_sources(concern)
    copies = ledger.copies(sorted(numbers), known_at=known_at)
    lines = make_lines(concern, numbers, Origins(concern.statements.values(), copies, concern.names))
    key = concern.supplier.key
    on_it = [line for line in lines if section_of(line.type) == "measures" and line.target == key]
    until = _until(as_of, sources)
    by_hand = ledger.positions_by_hand(key, as_of=as_of, known_at=known_at)
    calendar, positions = make_positions(on_it, by_hand, until, concern.names)

    def section(name: str) -> tuple[Group, ...]:
        return make_groups(line for line in lines if section_of(line.type) == name and line not in on_it)

    return Dossier(
        supplier=concern.supplier,
        as_of=as_of,
        known_at=known_at,
        counts=_counts(concern, lines, sources),
        readers=_readers(concern),
        relatives=_relatives(concern),
        calendar=calendar,
        positions=positions,
        measures=section("measures"),
        disputes=make_disputes(lines),
        cases=make_cases(lines),
        promised=section("promised"),
        asked=section("asked"),
        examined=section("examined"),
        court=section("court"),
        supplies=section("supplies"),
        ties=section("ties"),
        timeline=_timeline(lines, until),
        sources=sources,
        unread=_unread(concern, numbers),
        entities=_entities(concern, lines, actors_set(by_hand)),
        alike=alike_pages(copies, numbers),
    )


def _until(as_of: str | None, sources: Iterable[Source]) -> date | None:
    """The day up to which the record reaches: that asked for, else the last on which one of its pages
    appeared.
    """
    if as_of is not None:
        return last_day(as_of)
    return max((last_day(source.published) for source in sources if source.published), default=None)


def _counts(concern: Concern, lines: Iterable[Line], sources: tuple[Source, ...]) -> Counts:
    return Counts(
        pages=len(sources),
        statements=len(concern.statements),
        party=sum(near == "party" for near in concern.nearness.values()),
        unread=len(concern.unread),
        origins=len({origin for line in lines for origin in line.origins}),
        discounted=len(concern.discounted),
        undated=sum(source.published is None for source in sources),
    )


def _readers(concern: Concern) -> tuple[ReaderUsed, ...]:
    used = Counter((stored.reader, stored.version) for stored in concern.statements.values())
    used.update({(left.reader, left.version): 0 for left in concern.unread})
    return tuple(ReaderUsed(name, version, count) for (name, version), count in sorted(used.items()))


def _relatives(concern: Concern) -> tuple[Relative, ...]:
    parties = Counter(
        party
        for stored in concern.statements.values()
        for party in {stored.statement.actor, stored.statement.target}
        if party
    )
    return tuple(Relative(key, parties[key]) for key in concern.relatives)


def _timeline(lines: Iterable[Line], until: date | None) -> tuple[Event, ...]:
    events = [
        Event(
            moment=line.moment,
            lane=lane_of(line.type),
            to_come=until is not None and first_day(line.moment.value) > until,
            line=line,
        )
        for line in lines
        if line.moment is not None and (line.moment.basis == "when" or is_act(line.type))
    ]
    return tuple(sorted(events, key=lambda event: (first_day(event.moment.value), order(event.line))))


def _unread(concern: Concern, numbers: dict[str, int]) -> tuple[UnreadSentence, ...]:
    left = sorted(concern.unread, key=lambda item: (numbers[item.page_id], item.unread.start))
    return tuple(UnreadSentence(numbers[item.page_id], item.sentence, item.language) for item in left)


def _entities(concern: Concern, lines: Iterable[Line], actors: set[str]) -> tuple[Entity, ...]:
    keys = {concern.supplier.key, *actors}
    for line in lines:
        keys.update(key for key in (line.actor, line.target, *line.source) if key)
        keys.update(line.origins)
    found = {entity.key: entity for key in keys if (entity := concern.names.get(key)) is not None}
    return tuple(found[key] for key in sorted(found))
