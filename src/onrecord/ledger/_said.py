"""Statements that a person says where no reader gave them.

Each is a judgement (`add`). What persons said of a page's words stands in a reading of its own: all that the
newest reader took from the page, with those statements beside it, and without the unread sentences that they
cover. It is the page's current reading, so that such a statement is counted, searched and shown as any other.
A reader's own reading stays as it was; when a newer one comes, what persons said is laid beside that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Connection, exists, select
from sqlalchemy.orm import aliased

from onrecord.entities import Entity, EntityKind, listed, listed_called
from onrecord.ledger import _judgements, _kept, _pages
from onrecord.ledger._canonical import canonical, value_of
from onrecord.ledger._dates import last_day
from onrecord.ledger._errors import BadDate, NotJudged
from onrecord.ledger._ids import BESIDE, beside, page_id, statement_id
from onrecord.ledger._judgements import CORRECTABLE
from onrecord.ledger._records import Judgement, StoredEntity
from onrecord.ledger._schema import JudgementRow, PageRow, ReadingRow
from onrecord.pages import Page
from onrecord.statements import BY_HAND, Reading, Statement, Unread

MOST = 200
"""Characters of a name: longer than any of the lists' and the catalogue's."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0]")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_BREAK = re.compile(r"[.!?…]+[\"”»’')\]]*\s+")
NEW_KINDS: tuple[EntityKind, ...] = ("company", "person", "body", "outlet", "role")
"""What a new name may be: states are listed whole."""


class _Known(Protocol):
    """Where names that are on record are looked up: a snapshot."""

    def entity(self, name: str, *, counted: bool = True) -> StoredEntity | None:
        """The entity with that key or of that name."""
        ...

    def entities(
        self, keys: Iterable[str] | None = None, *, counted: bool = True
    ) -> tuple[StoredEntity, ...]:
        """The entities with these keys."""
        ...


def meant(name: str, known: _Known) -> Entity | None:
    """Whom a key or name means: whose key it is, on record or listed; else who is on record under it; else
    whom the catalogue and the languages list under it. None where nobody is."""
    there = listed(name)
    # The code of a state is its key, also where that is not on record yet and another is called so (FI).
    exact = known.entities([name], counted=False)
    stored = exact[0] if exact else known.entity(name, counted=False) if there is None else None
    if stored is not None:
        return stored.entity
    return there or next((listed(key) for key in listed_called(name)), None)


def entity_called(name: str, known: _Known, kind: EntityKind = "company") -> tuple[Entity, bool]:
    """Whom a person means by a key or name, and whether it is on record or listed: else it is a new name, of
    that kind. `NotJudged` where it can be nobody's name."""
    name = " ".join(name.split())
    if not name or len(name) > MOST or _CONTROL.search(name):
        raise NotJudged(f"A name has 1 to {MOST} characters, and none that cannot be seen.")
    found = meant(name, known)
    if found is not None:
        return found, True
    if kind not in NEW_KINDS:
        raise NotJudged(f"'{kind}' is no kind of a new name. Name one of: {', '.join(NEW_KINDS)}.")
    return Entity(name, kind, name, (name,)), False


def payload_of(
    page: Page,
    span: tuple[int, int],
    fields: Mapping[str, Any],
    kinds: Mapping[str, EntityKind],
    around: Sequence[tuple[int, int]],
    known: _Known,
) -> dict[str, Any]:
    """What the judgement says: the statement, where it stands, and whom it names. `fields` are those that can
    be corrected, with names or keys for entities; `kinds` those of new names; `around` the sentences that are
    known on the page. `NotJudged`, `BadDate`."""
    start, end = span
    if not 0 <= start < end <= len(page.original) or not page.original[start:end].strip():
        raise NotJudged(
            f"Characters {start} to {end} hold no words of the page, which has {len(page.original)}."
        )
    told = _judgements.correction(
        {name: fields.get(name) for name in CORRECTABLE} | {"source": fields["source"]}
    )
    if told["when"] is not None:
        _check_date(told["when"])
    if told["actor"] is None and told["target"] is None:
        raise NotJudged("Name who does it, or to whom it is done.")
    named: dict[str, Entity] = {}

    def key(name: str) -> str:
        entity, _ = entity_called(name, known, kinds.get(name, "company"))
        named[entity.key] = entity
        return entity.key

    told["actor"], told["target"] = (None if told[f] is None else key(told[f]) for f in ("actor", "target"))
    told["source"] = [key(name) for name in told["source"]]
    return {
        "page": page_id(page.digest),
        "start": start,
        "end": end,
        "quote": page.original[start:end],
        "sentence": list(_sentence(page, start, end, around)),
        **{name: value for name, value in told.items() if name != "scope" or value is not None},
        "named": [[e.key, e.kind, e.name, e.country] for _, e in sorted(named.items())],
    }


def _check_date(told: str) -> None:
    if not _DATE.fullmatch(told) or "-00" in told:
        raise BadDate(f"'{told}' is no date. Write 2019, 2019-02 or 2019-02-01.")
    last_day(told)


def _sentence(page: Page, start: int, end: int, around: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence around a span of the original: one that a reader knows, else what stands between two full
    stops of its paragraph; the span itself where it lies in none."""
    fitting = [(a, b) for a, b in around if a <= start and end <= b]
    if fitting:
        return min(fitting, key=lambda span: span[1] - span[0])
    for block in page.blocks:
        if block.start == block.end:
            continue
        first, last = page.original_span(block.start, block.end)
        if first <= start and end <= last:
            text = page.original[first:last]
            stops = [first, *(first + found.end() for found in _BREAK.finditer(text)), last]
            begin = max(at for at in stops if at <= start)
            finish = min(at for at in stops if at >= end)
            stripped = len(page.original[begin:finish].rstrip())
            return begin, max(begin + stripped, end)
    return start, end


def statement_said(payload: Mapping[str, Any]) -> Statement:
    """The statement that such a judgement says."""
    return Statement(
        start=payload["start"],
        end=payload["end"],
        quote=payload["quote"],
        sentence_start=payload["sentence"][0],
        sentence_end=payload["sentence"][1],
        type=payload["type"],
        actor=payload["actor"],
        target=payload["target"],
        status=payload["status"],
        topic=payload["topic"],
        source=tuple(payload["source"]),
        when=payload["when"],
        confidence=1.0,
        rule=BY_HAND,
        # Judgements passed before there were scopes name none.
        scope=payload.get("scope"),
    )


def say(connection: Connection, page: Page, payload: dict[str, Any], *, who: str, why: str) -> Judgement:
    """Note that a person says a statement. `NotJudged` where it is on record already."""
    public_id = statement_id(page.digest, statement_said(payload))
    judged = _judgements.held(connection)
    before = judged.said.get(public_id)
    same = before is not None and before.undone_by is None and (before.who, before.why) == (who, why)
    if before is not None and same and canonical(before.payload) == canonical(payload):
        return before
    if statement_now(connection, page.digest, public_id):
        raise NotJudged(
            f"That is on record already, as statement {public_id}. Accept or correct it, "
            "rather than say it again."
        )
    return _judgements.passed(connection, "add", public_id, who=who, why=why, payload=payload)


def statement_now(connection: Connection, digest: str, public_id: str) -> bool:
    """Whether the current reading of a page gives a statement."""
    reading = _newest(connection, digest, own=False)
    kept = next(_kept.readings(connection, [reading]), None) if reading is not None else None
    return kept is not None and any(said["public_id"] == public_id for said, _ in kept.statements)


def page_of(connection: Connection, undone: Judgement) -> Page | None:
    """The page whose words a statement was said of that is taken back by an undo; None where something else
    is."""
    row = connection.execute(
        select(JudgementRow.payload)
        .join(_UNDO, _UNDO.undoes == JudgementRow.id)
        .where(_UNDO.id == undone.id, JudgementRow.kind == "add")
    ).first()
    if row is None:
        return None
    stored = _pages.page(connection, value_of(row.payload)["page"])
    assert stored is not None, "pages are never taken out"
    return _pages.content(connection, stored)


_UNDO = aliased(JudgementRow)


def said_of(connection: Connection, pages: Iterable[str]) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    """By the ids of pages, of these, what persons said of their words and have not undone: each with the
    number of its judgement."""
    undoing = aliased(JudgementRow)
    wanted = set(pages)
    found: defaultdict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    query = (
        select(JudgementRow.id, JudgementRow.payload)
        .where(JudgementRow.kind == "add", ~exists().where(undoing.undoes == JudgementRow.id))
        .order_by(JudgementRow.id)
    )
    for row in connection.execute(query):
        payload = value_of(row.payload)
        if payload["page"] in wanted:
            found[payload["page"]].append((row.id, payload))
    return found


def with_said(page: Page, reading: Reading, said: Sequence[dict[str, Any]], number: int) -> Reading:
    """A reading with what persons said beside it; `number` is that of the last judgement that is counted in.
    What does not stand on the page as it is rendered by now is left out, and told by `unplaced`."""
    own: list[Statement] = []
    known = {entity.key for entity in reading.entities}
    entities = list(reading.entities)
    for payload in said:
        statement = statement_said(payload)
        if page.original[statement.start : statement.end] != statement.quote:
            continue
        if statement.sentence_end > len(page.original):
            continue
        own.append(statement)
        for key, kind, name, country in payload["named"]:
            if key not in known:
                known.add(key)
                there = listed(key)
                # Under all its names, as a reader gives it: by these the outlets of pages are known.
                entities.append(Entity(key, kind, name, there.names if there is not None else (), country))
    unread = tuple(
        left for left in reading.unread if not any(s.start < left.end and left.start < s.end for s in own)
    )
    version = beside(reading.version, number)
    return Reading(reading.reader, version, (*reading.statements, *own), unread, tuple(entities))


def as_read(connection: Connection, digest: str) -> Reading:
    """What the newest reader took from a page, without what persons said."""
    reading = _newest(connection, digest, own=True)
    assert reading is not None, "every page has a reading"
    kept = next(_kept.readings(connection, [reading]))
    statements = (
        Statement(**{name: row[name] for name in _FIELDS}, source=tuple(source))
        for row, source in kept.statements
    )
    names: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in kept.names:
        names[key].append(name)
    return Reading(
        *kept.reader,
        tuple(statements),
        tuple(Unread(start, end, tuple(keys)) for _, start, end, _, keys in kept.unread),
        tuple(
            Entity(key, cast(EntityKind, kind), name, tuple(names[key]), country)
            for key, kind, name, country in kept.mentions
        ),
    )


_FIELDS = tuple(name for name in Statement.__dataclass_fields__ if name != "source")


def _newest(connection: Connection, digest: str, *, own: bool) -> int | None:
    """The newest reading of a page; where it is to be a reader's `own`, without what persons said."""
    query = (
        select(ReadingRow.id)
        .join(PageRow, PageRow.id == ReadingRow.page_id)
        .where(PageRow.digest == digest)
        .order_by(ReadingRow.id.desc())
        .limit(1)
    )
    if own:
        query = query.where(~ReadingRow.version.contains(BESIDE, autoescape=True))
    return connection.scalar(query)
