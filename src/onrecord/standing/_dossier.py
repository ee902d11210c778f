"""The dossier: what concerns a supplier, put in its sections."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

import numpy as np

from onrecord.entities import Entity
from onrecord.ledger import Snapshot
from onrecord.standing._acts import make_acts
from onrecord.standing._arrays import Array, distinct
from onrecord.standing._by_hand import actors_set
from onrecord.standing._cases import make_cases
from onrecord.standing._concern import NEARNESS, Concern, entity_called, gather
from onrecord.standing._dates import first_day, last_day
from onrecord.standing._disputes import make_disputes
from onrecord.standing._layout import Layout, lay_out
from onrecord.standing._lines import Laid, make_groups, make_lines, number_sources, order
from onrecord.standing._model import (
    Counts,
    Dossier,
    Event,
    Group,
    Line,
    ReaderUsed,
    Relative,
    UnreadSentence,
)
from onrecord.standing._origins import Origins, make_origins
from onrecord.standing._positions import Measures, make_matrix, make_positions
from onrecord.standing._record import Record, UnknownEntity
from onrecord.standing._rules import is_act, is_measure, lane_of, measure_types, section_of
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

    def ask(snapshot: Snapshot) -> Dossier:
        return about(snapshot, entity_called(snapshot, supplier))

    def about(snapshot: Snapshot, entity: Entity) -> Dossier:
        return _dossier(gather(snapshot, entity), as_of, known_at)

    try:
        return ledger.snapshot(ask, as_of=as_of, known_at=known_at)
    except UnknownEntity:
        if known_at is None:
            raise
    # The ledger did not know it then. It is told as it is known now: nothing was on record about it.
    known = ledger.snapshot(lambda snapshot: entity_called(snapshot, supplier))
    return ledger.snapshot(lambda snapshot: about(snapshot, known), as_of=as_of, known_at=known_at)


def _dossier(concern: Concern, as_of: str | None, known_at: datetime | None) -> Dossier:
    snapshot, key = concern.snapshot, concern.supplier.key
    by_hand = snapshot.positions_by_hand(key)
    number = concern.lines()
    origins = make_origins(concern)
    until = _until(concern, as_of)
    measures = _measures(concern)
    acts = make_acts(concern, measures, origins.publisher)
    layout = lay_out(concern, number, measures, acts)
    laid = layout.laid
    sources, numbers = number_sources(concern, laid)
    by_number = make_lines(concern, laid, numbers, origins)
    lines = sorted(by_number.values(), key=order)
    concern.names.learn(_keys(concern, lines))
    on_it = {n: line for n, line in by_number.items() if is_measure(line.type) and line.target == key}
    calendar = make_matrix(acts, by_hand, until)
    actors = snapshot.numbers.texts("key", np.unique(layout.acts.actor).tolist())
    positions = make_positions(Measures(on_it, layout.acts, actors), by_hand, calendar, concern.names)

    def section(name: str) -> tuple[Group, ...]:
        around = (line for line in lines if not (is_measure(line.type) and line.target == key))
        return make_groups(line for line in around if section_of(line.type) == name)

    entities = _entities(concern, lines, actors_set(by_hand) | {p.actor for p in positions if p.actor})
    return Dossier(
        supplier=concern.supplier,
        as_of=as_of,
        known_at=known_at,
        counts=_counts(concern, origins, layout),
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
        timeline=_timeline(lines, _day(as_of, known_at)),
        sources=sources,
        unread=_unread(laid, numbers),
        entities=entities,
        alike=alike_pages(snapshot, laid.row_of, numbers),
        waiting=tuple(one.key for one in entities if snapshot.recognition(one) == "waiting"),
    )


def _measures(concern: Concern) -> Array:
    """The places, among the picked, of restrictions and permissions on the supplier."""

    def measures(whole: Concern) -> Array:
        of_type = whole.snapshot.among_words("type", measure_types())
        found: Array = of_type[whole.of("type")] & (whole.of("target") == whole.key)
        return found

    return np.flatnonzero(concern.cut("measure", measures))


def _rows(concern: Concern) -> Array:
    """The rows of the pages that the dossier takes anything from."""
    unread = concern.snapshot.unread["row"][concern.unread]
    return distinct(np.concatenate((concern.of("row"), unread)), len(concern.snapshot.pages["page"]))


def _day(as_of: str | None, known_at: datetime | None) -> date:
    """The day of the dossier, after which all is to come: that asked for, else today, or the day on which
    the ledger knew that much."""
    if as_of is not None:
        return last_day(as_of)
    today = datetime.now(UTC)
    return (today if known_at is None else min(known_at.astimezone(UTC), today)).date()


def _until(concern: Concern, as_of: str | None) -> date | None:
    """The day up to which the record reaches: that asked for, else the last on which one of its pages
    appeared.
    """
    if as_of is not None:
        return last_day(as_of)
    days = concern.snapshot.pages["last_day"][_rows(concern)]
    last = int(days.max(initial=0))
    return date.fromordinal(last) if last else None


def _counts(concern: Concern, origins: Origins, layout: Layout) -> Counts:
    rows = _rows(concern)
    return Counts(
        pages=len(rows),
        statements=len(concern.picked),
        party=int(np.count_nonzero(concern.near == NEARNESS.index("party"))),
        unread=len(concern.unread),
        origins=_publishers(concern, origins),
        discounted=len(concern.discounted),
        undated=int(np.count_nonzero(concern.snapshot.pages["first_day"][rows] == 0)),
        laid_out=len(layout.laid.stored),
        unread_laid_out=len(layout.laid.unread),
        actors_left=layout.actors_left,
    )


def _publishers(concern: Concern, origins: Origins) -> int:
    """How many publishers all descends from; pages that stand for themselves have numbers below 0."""
    pages = len(concern.snapshot.pages["page"])
    return len(distinct(origins.publisher + pages, pages + concern.snapshot.numbers.last("key") + 1))


def _readers(concern: Concern) -> tuple[ReaderUsed, ...]:
    pages, numbers = concern.snapshot.pages, concern.snapshot.numbers
    readers = pages["reader"][concern.of("row")]
    used = dict.fromkeys(
        np.unique(pages["reader"][concern.snapshot.unread["row"][concern.unread]]).tolist(), 0
    )
    found, counts = np.unique(readers, return_counts=True)
    used.update(zip(found.tolist(), counts.tolist(), strict=True))
    texts = numbers.texts("reader", used)
    told = sorted((*json.loads(texts[reader]), count) for reader, count in used.items())
    return tuple(ReaderUsed(name, version, count) for name, version, count in told)


def _relatives(concern: Concern) -> tuple[Relative, ...]:
    actor, target = concern.of("actor"), concern.of("target")
    counts = {key: int(np.count_nonzero((actor == n) | (target == n))) for key, n in concern.kin.items()}
    return tuple(Relative(key, count) for key, count in sorted(counts.items()) if count)


def _timeline(lines: Iterable[Line], day: date) -> tuple[Event, ...]:
    events = [
        Event(
            moment=line.moment,
            lane=lane_of(line.type),
            to_come=first_day(line.moment.value) > day,
            line=line,
        )
        for line in lines
        if line.moment is not None and (line.moment.basis == "when" or is_act(line.type))
    ]
    return tuple(sorted(events, key=lambda event: (first_day(event.moment.value), order(event.line))))


def _unread(laid: Laid, numbers: dict[str, int]) -> tuple[UnreadSentence, ...]:
    left = sorted(laid.unread, key=lambda item: (numbers[item.page_id], item.unread.start))
    return tuple(UnreadSentence(numbers[item.page_id], item.sentence, item.language) for item in left)


def _keys(concern: Concern, lines: Iterable[Line]) -> set[str]:
    """The keys of all whom lines name."""
    keys = {concern.supplier.key}
    for line in lines:
        keys.update(key for key in (line.actor, line.target, *line.source) if key)
        keys.update(line.origins)
    return keys


def _entities(concern: Concern, lines: Iterable[Line], actors: set[str]) -> tuple[Entity, ...]:
    keys = _keys(concern, lines) | actors
    concern.names.learn(keys)
    found = {entity.key: entity for key in keys if (entity := concern.names.get(key)) is not None}
    found.setdefault(concern.supplier.key, concern.supplier)
    return tuple(found[key] for key in sorted(found))
