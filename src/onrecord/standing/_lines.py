"""From statements to lines: what the same source says in the same words of the specification is one line."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from onrecord.ledger import StoredStatement, StoredUnread
from onrecord.standing._concern import NEARNESS, Concern
from onrecord.standing._dates import first_day
from onrecord.standing._model import Citation, Group, Line, Moment, Nearness, Source
from onrecord.standing._origins import Key, Origin, Origins, key_of
from onrecord.statements import STATUSES, TYPES


def number_sources(concern: Concern) -> tuple[tuple[Source, ...], dict[str, int]]:
    """The pages of a dossier, numbered by date of publication (undated last), outlet and title; and id →
    number.
    """
    statements: dict[str, int] = defaultdict(int)
    unread: dict[str, int] = defaultdict(int)
    pages: dict[str, StoredStatement | StoredUnread] = {}
    for stored in concern.statements.values():
        pages[stored.page_id] = stored
        statements[stored.page_id] += 1
    for left in concern.unread:
        pages.setdefault(left.page_id, left)
        unread[left.page_id] += 1

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
            statements=statements[page.page_id],
            unread=unread[page.page_id],
        )
        for page in ordered
    )
    return sources, numbers


def _id(key: Key) -> str:
    return hashlib.sha256(json.dumps(key, separators=(",", ":")).encode()).hexdigest()[:10]


def make_lines(concern: Concern, numbers: Mapping[str, int], origins: Origins) -> tuple[Line, ...]:
    """The statements as lines, in the order in which lines stand (`order`)."""
    gathered: dict[Key, list[StoredStatement]] = defaultdict(list)
    for stored in concern.statements.values():
        gathered[key_of(stored.statement)].append(stored)
    lines = []
    for key, found in gathered.items():
        found.sort(key=lambda stored: (numbers[stored.page_id], stored.statement.start, stored.id))
        lines.append(_line(key, found, concern, numbers, origins))
    return tuple(sorted(lines, key=order))


def _line(
    key: Key,
    found: list[StoredStatement],
    concern: Concern,
    numbers: Mapping[str, int],
    origins: Origins,
) -> Line:
    statement = found[0].statement
    citations = tuple(_citation(stored, origins.of(stored), numbers) for stored in found)
    return Line(
        id=_id(key),
        type=statement.type,
        actor=statement.actor,
        target=statement.target,
        status=statement.status,
        topic=statement.topic,
        source=statement.source,
        when=statement.when,
        nearness=nearest(concern.nearness[stored.id] for stored in found),
        moment=_moment(statement.when, (citation.published for citation in citations)),
        citations=citations,
        origins=tuple(sorted({citation.origin for citation in citations})),
    )


def _citation(stored: StoredStatement, origin: Origin, numbers: Mapping[str, int]) -> Citation:
    return Citation(
        statement_id=stored.id,
        source=numbers[stored.page_id],
        quote=stored.statement.quote,
        sentence=stored.sentence,
        language=stored.language,
        published=stored.published.value if stored.published else None,
        origin=origin.publisher,
        ground=origin.ground,
        copy_of=numbers.get(origin.page) if origin.page else None,
        confidence=stored.statement.confidence,
        accepted=stored.judgement is not None,
    )


def _moment(when: str | None, published: Iterable[str | None]) -> Moment | None:
    if when is not None:
        return Moment(when, "when")
    days = sorted((day for day in published if day is not None), key=lambda day: (first_day(day), -len(day)))
    return Moment(days[0], "published") if days else None


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
        weight = sum(len(line.citations) for line in group.lines)
        return NEARNESS.index(group.nearness), -weight, group.actor or "~", group.target or "~"

    return tuple(sorted(groups, key=place))
