"""From statements to lines: what the same source says in the same words of the specification is one line."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from onrecord.ledger import StoredStatement, StoredUnread, page_id
from onrecord.standing._arrays import Array, in_order
from onrecord.standing._concern import NEARNESS, Concern
from onrecord.standing._dates import first_day, shown
from onrecord.standing._model import Citation, Group, Line, Moment, Nearness, Source
from onrecord.standing._origins import GROUNDS, Origins
from onrecord.statements import STATUSES, TYPES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Laid:
    """What of a dossier is laid out: the statements at the places `at` among the picked, each as `stored`,
    and `unread` sentences. `row_of` has the rows of their pages, by the pages' ids; `lines` the number of
    every picked statement's line.
    """

    at: Array
    stored: tuple[StoredStatement, ...]
    unread: tuple[StoredUnread, ...]
    row_of: Mapping[str, int]
    lines: Array


def number_sources(concern: Concern, laid: Laid) -> tuple[tuple[Source, ...], dict[str, int]]:
    """The pages that are laid out, numbered by date of publication (undated last), outlet and title; and id →
    number.
    """
    rows = len(concern.snapshot.pages["page"])
    statements = np.bincount(concern.of("row"), minlength=rows)
    learned = concern.snapshot.pages["learned"]
    unread = np.bincount(concern.snapshot.unread["row"][concern.unread], minlength=rows)
    pages: dict[str, StoredStatement | StoredUnread] = {left.page_id: left for left in laid.unread}
    pages.update((stored.page_id, stored) for stored in laid.stored)

    def place(page: StoredStatement | StoredUnread) -> tuple[date, str, str, str]:
        day = first_day(page.published.value) if page.published else date.max
        return day, page.outlet or "", page.title or "", page.page_id

    ordered = sorted(pages.values(), key=place)
    numbers = {page.page_id: number for number, page in enumerate(ordered, 1)}
    sources = tuple(
        Source(
            number=numbers[page.page_id],
            page_id=page.page_id,
            outlet=page.outlet,
            published=page.published.value if page.published else None,
            title=page.title,
            locator=page.locator,
            language=page.language,
            statements=int(statements[laid.row_of[page.page_id]]),
            unread=int(unread[laid.row_of[page.page_id]]),
            learned=_EPOCH + timedelta(microseconds=int(learned[laid.row_of[page.page_id]])),
        )
        for page in ordered
    )
    return sources, numbers


def make_lines(concern: Concern, laid: Laid, numbers: Mapping[str, int], origins: Origins) -> dict[int, Line]:
    """The lines that are laid out, each by its number."""
    told = _told(concern, laid, origins)
    names = _publishers(concern, laid, {p for one in told.values() for p in one.publishers}, origins)
    pages = {row: page for page, row in laid.row_of.items()}
    gathered: dict[int, list[tuple[StoredStatement, Citation]]] = defaultdict(list)
    for at, stored in zip(laid.at.tolist(), laid.stored, strict=True):
        first = pages.get(int(origins.first[at]), "")
        citation = Citation(
            statement_id=stored.id,
            source=numbers[stored.page_id],
            quote=stored.statement.quote,
            sentence=stored.sentence,
            language=stored.language,
            published=stored.published.value if stored.published else None,
            origin=names[int(origins.publisher[at])],
            ground=GROUNDS[origins.ground[at]],
            copy_of=numbers.get(first),
            confidence=stored.statement.confidence,
            accepted=stored.judgement is not None,
        )
        gathered[int(laid.lines[at])].append((stored, citation))
    return {number: _line(found, told[number], names) for number, found in gathered.items()}


@dataclass(frozen=True)
class _Tally:
    """What a line rests on, laid out or not."""

    statements: int
    pages: int
    nearness: Nearness
    published: str | None
    publishers: tuple[int, ...]


def _told(concern: Concern, laid: Laid, origins: Origins) -> dict[int, _Tally]:
    """What each line that is laid out rests on."""
    wanted, first = np.unique(laid.lines[laid.at], return_index=True)
    if not len(wanted):
        return {}
    place = np.full(int(laid.lines.max()) + 1, -1, dtype=np.int64)
    place[wanted] = np.arange(len(wanted))
    line = place[laid.lines]
    at = np.flatnonzero(line >= 0)
    line, row = line[at], concern.of("row")[at]
    statements = np.bincount(line, minlength=len(wanted))
    rows = len(concern.snapshot.pages["page"])
    pages = np.bincount(np.unique(line * rows + row) // rows, minlength=len(wanted))
    shift = rows + 1
    span = shift + concern.snapshot.numbers.last("key") + 1
    pairs = np.unique(line * span + origins.publisher[at] + shift)
    publishers: dict[int, list[int]] = defaultdict(list)
    for number, publisher in zip((pairs // span).tolist(), (pairs % span - shift).tolist(), strict=True):
        publishers[number].append(publisher)
    starts, ends = (concern.snapshot.pages[name][row] for name in ("first_day", "last_day"))
    dated = np.flatnonzero(starts > 0)
    # The earliest, of one day the most exact, is written last and remains.
    order = dated[in_order(ends[dated])]
    order = order[in_order(starts[order])][::-1]
    days = np.zeros((len(wanted), 2), dtype=np.int64)
    days[line[order], 0], days[line[order], 1] = starts[order], ends[order]
    near = concern.near[laid.at[first]]
    return {
        int(number): _Tally(
            int(statements[i]),
            int(pages[i]),
            NEARNESS[near[i]],
            shown(int(days[i, 0]), int(days[i, 1])),
            tuple(publishers[i]),
        )
        for i, number in enumerate(wanted.tolist())
    }


def _publishers(concern: Concern, laid: Laid, wanted: set[int], origins: Origins) -> dict[int, str]:
    """The names of publishers by their numbers: the key of an entity, or `page` and the id of one."""
    wanted |= set(origins.publisher[laid.at].tolist())
    names = concern.snapshot.numbers.texts("key", (number for number in wanted if number > 0))
    rows = {-1 - number for number in wanted if number < 0}
    of = {row: int(concern.snapshot.pages["page"][row]) for row in rows}
    digests = concern.snapshot.digests(of.values())
    return names | {-1 - row: f"page {page_id(digests[page])}" for row, page in of.items()}


def _line(found: list[tuple[StoredStatement, Citation]], told: _Tally, names: Mapping[int, str]) -> Line:
    found.sort(key=lambda item: (item[1].source, item[0].statement.start, item[0].id))
    statement = found[0][0].statement
    moment = Moment(statement.when, "when") if statement.when is not None else None
    if moment is None and told.published is not None:
        moment = Moment(told.published, "published")
    return Line(
        id=line_id(
            statement.type,
            statement.actor,
            statement.target,
            statement.status,
            statement.topic,
            statement.source,
            statement.when,
            statement.scope,
        ),
        type=statement.type,
        actor=statement.actor,
        target=statement.target,
        status=statement.status,
        topic=statement.topic,
        scope=statement.scope,
        source=statement.source,
        when=statement.when,
        nearness=told.nearness,
        moment=moment,
        citations=tuple(citation for _, citation in found),
        origins=tuple(sorted(names[publisher] for publisher in told.publishers)),
        statements=told.statements,
        pages=told.pages,
    )


def line_id(
    type_: str,
    actor: str | None,
    target: str | None,
    status: str,
    topic: str | None,
    source: tuple[str, ...],
    when: str | None,
    scope: str | None,
) -> str:
    """The id of a line, from its fields; without a scope the same as before there were any."""
    key = [type_, actor, target, status, topic, source, when, *([scope] if scope is not None else [])]
    return hashlib.sha256(json.dumps(key, separators=(",", ":")).encode()).hexdigest()[:10]


def nearest(found: Iterable[Nearness]) -> Nearness:
    """The nearest of several."""
    return min(found, key=NEARNESS.index)


def order(line: Line) -> tuple[int, date, int, int, str]:
    """How lines stand: the nearest first, then by date (undated last), type and status."""
    day = first_day(line.moment.value) if line.moment else date.max
    return NEARNESS.index(line.nearness), day, TYPES.index(line.type), STATUSES.index(line.status), line.id


def make_groups(lines: Iterable[Line]) -> tuple[Group, ...]:
    """Lines by their two parties; the nearest groups first, then those with the most citations."""
    gathered: dict[tuple[str | None, str | None], list[Line]] = defaultdict(list)
    for line in sorted(lines, key=order):
        gathered[line.actor, line.target].append(line)
    groups = [
        Group(actor, target, nearest(line.nearness for line in found), tuple(found))
        for (actor, target), found in gathered.items()
    ]

    def place(group: Group) -> tuple[int, int, str, str]:
        weight = sum(line.statements for line in group.lines)
        return NEARNESS.index(group.nearness), -weight, group.actor or "~", group.target or "~"

    return tuple(sorted(groups, key=place))
