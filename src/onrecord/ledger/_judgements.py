"""What persons judged: passed on, undone, and laid over what was read. Nothing read is ever changed.

Of several judgements of one statement the last that was not undone holds. A judgement is of a statement's
id, which a later reading gives to the same words that say the same; where a reading says something else of
them by now, it is carried over (`_carrying`), and where it cannot be, it has no place and is flagged
(`unplaced`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import EllipsisType
from typing import Any

from sqlalchemy import Connection, select

from onrecord.ledger import _by_id, _log
from onrecord.ledger._canonical import canonical
from onrecord.ledger._columns import Columns
from onrecord.ledger._current import joined, scope
from onrecord.ledger._dates import begun, first_day, last_day
from onrecord.ledger._errors import CannotBe, JudgedMeanwhile, NoSuchJudgement, NotJudged
from onrecord.ledger._passed import judgements
from onrecord.ledger._records import MANY, Judgement, JudgementKind
from onrecord.ledger._schema import JudgementRow, ReadingRow, RenderingRow, insert_row
from onrecord.statements import SCOPES, STATUSES, TOPICS, TYPES, Statement

OF_STATEMENTS = ("accept", "reject", "correct")
_OF_NAMES = ("recognise", "dismiss")
_OF_A_DAY = ("withdraw", "position")
CORRECTABLE = ("type", "actor", "target", "status", "topic", "scope", "source", "when")
"""The fields of a statement that a person may correct: not its words, which stand on the page."""
_CHOICES: dict[str, tuple[str, ...]] = {"type": TYPES, "status": STATUSES, "topic": TOPICS, "scope": SCOPES}
_MAY_BE_NONE = ("topic", "scope")
_ABOUT: dict[JudgementKind, tuple[str, ...]] = {
    "split": ("page",),
    "position": ("supplier", "scope", "since"),
}
"""What two judgements of one kind and subject must have in common for the later to take the place of the
earlier."""

Seen = int | EllipsisType | None
"""The number of the last judgement that whoever judges saw of the same, None for none; `...`: whatever came
since, theirs is noted."""


def passed(
    connection: Connection,
    kind: JudgementKind,
    subject: str,
    *,
    who: str,
    why: str,
    payload: dict[str, Any] | None = None,
    undoes: int | None = None,
    meanwhile: Judgement | None = None,
) -> Judgement:
    """Note a judgement, unless the very same was passed last and holds; then that one. Where another came
    `meanwhile`, nothing is noted (`JudgedMeanwhile`)."""
    told = canonical(payload or {})
    last = next(
        (j for j in reversed(judgements(connection, subject=subject)) if _rivals(j, kind, payload)), None
    )
    if last is not None and (last.kind, canonical(last.payload), last.who, last.why) == (
        kind,
        told,
        who,
        why,
    ):
        return last
    if meanwhile is not None:
        raise JudgedMeanwhile(meanwhile)
    return noted(connection, kind, subject, who=who, why=why, payload=payload, undoes=undoes)


def noted(
    connection: Connection,
    kind: JudgementKind,
    subject: str,
    *,
    who: str,
    why: str,
    payload: dict[str, Any] | None = None,
    undoes: int | None = None,
) -> Judgement:
    """Note a judgement, whatever was passed before."""
    if not who.strip():
        raise NotJudged("A judgement needs the name of whoever passes it.")
    told = canonical(payload or {})
    at = _log.now(connection)
    (entry,) = _log.note(connection, at, [(who, kind, subject, _log.judged(told, why, undoes))])
    row = insert_row(
        connection,
        JudgementRow,
        entry_id=entry,
        kind=kind,
        subject=subject,
        payload=told,
        why=why,
        undoes=undoes,
    )
    return Judgement(row, kind, subject, payload or {}, who, why, at, undoes=undoes)


def _rivals(judgement: Judgement, kind: JudgementKind, payload: dict[str, Any] | None) -> bool:
    """Whether a judgement of the same subject holds, and one of this kind would take its place."""
    if judgement.undone_by is not None:
        return False
    for kinds in (OF_STATEMENTS, _OF_NAMES):
        if kind in kinds:
            return judgement.kind in kinds
    told = payload or {}
    same = all(judgement.payload.get(name) == told.get(name) for name in _ABOUT.get(kind, ()))
    return judgement.kind == kind and kind != "undo" and same


def undo(connection: Connection, number: int, *, who: str, why: str) -> Judgement:
    """Undo a judgement, and what was carried over from it to later readings. An undo can be undone by judging
    anew, not by another undo."""
    found = next((j for j in judgements(connection) if j.id == number), None)
    if found is None:
        raise NoSuchJudgement(f"There is no judgement {number}. `onrecord judgements` lists them.")
    if found.kind == "undo":
        raise NotJudged(f"Judgement {number} is an undo. Judge anew instead.")
    if found.undone_by is not None:
        raise NotJudged(f"Judgement {number} was undone already, by judgement {found.undone_by}.")
    done = passed(connection, "undo", found.subject, who=who, why=why, undoes=number)
    for one in judgements(connection):
        if one.undone_by is None and one.carried is not None and one.carried[0] == number:
            undo(connection, one.id, who=who, why=why)
    return done


@dataclass(slots=True)
class Judged:
    """The judgements that hold at a time, ready to be laid over what was read."""

    statements: dict[str, Judgement] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    split: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    withdrawn: dict[str, Judgement] = field(default_factory=dict)
    positions: list[Judgement] = field(default_factory=list)
    recognised: dict[str, Judgement] = field(default_factory=dict)
    mark: tuple[int, ...] = ()
    """The ids of those that hold on any day: all but withdrawals and positions. They tell what they say,
    since a judgement is never changed."""
    _own: set[tuple[str, str]] = field(default_factory=set)
    """Pages, and the keys that were split there under their own name."""
    said: dict[str, Judgement] = field(default_factory=dict)
    """By the ids of statements that persons said the judgement by which; also where that was undone."""

    def key(self, key: str | None, page: str) -> str | None:
        """The entity that a key means on a page: split there, and then merged."""
        if key is None:
            return None
        return self._merged_into(self.split[page].get(key, key) if page in self.split else key)

    def _merged_into(self, key: str) -> str:
        seen = {key}
        while (other := self.merged.get(key)) is not None and other not in seen:
            key = other
            seen.add(key)
        return key

    def split_on(self, page: str, key: str, into: str) -> None:
        """Let a key mean another on a page, and with it those that are one with it by the merges so far: what
        the page says may have been read under any of them."""
        self._own.add((page, key))
        self.split[page][key] = into
        for old in self.merged:
            if self._merged_into(old) == key and (page, old) not in self._own:
                self.split[page][old] = into

    def meaning(self, key: str) -> set[str]:
        """All keys that may have come to mean an entity, itself among them."""
        found = {key}
        changed = True
        while changed:
            into = {old for old, new in self.merged.items() if new in found}
            into |= {old for page in self.split.values() for old, new in page.items() if new in found}
            changed = not into <= found
            found |= into
        return found

    def over(self, statement: Statement, public_id: str, page: str) -> tuple[Statement, Judgement | None]:
        """A statement as it was read with what was judged of it."""
        judged = self.statements.get(public_id)
        if judged is not None and judged.kind == "correct":
            statement = replace(statement, **_fields(judged.changes))
        if not self.merged and page not in self.split:
            return statement, judged
        return (
            replace(
                statement,
                actor=self.key(statement.actor, page),
                target=self.key(statement.target, page),
                source=tuple(key for s in statement.source if (key := self.key(s, page)) is not None),
            ),
            judged,
        )


def held(connection: Connection, *, known_at: datetime | None = None, as_of: str | None = None) -> Judged:
    """The judgements that hold: passed by `known_at` and not undone by then. A page that was withdrawn
    counts until the day on which it was, where `as_of` is before that; a position that was set counts from
    the first day that its date may mean."""
    found = Judged()
    end = None if as_of is None else last_day(as_of)
    for j in judgements(connection, known_at=known_at):
        if j.kind == "add":
            found.said[j.subject] = j
        if j.undone_by is not None:
            continue
        if j.kind in OF_STATEMENTS:
            found.statements.update(dict.fromkeys(j.of, j))
        elif j.kind == "merge":
            found.merged[j.subject] = j.payload["into"]
        elif j.kind == "split":
            found.split_on(j.payload["page"], j.subject, j.payload["into"])
        elif j.kind == "withdraw" and (end is None or j.payload["on"] <= end):
            found.withdrawn[j.subject] = j
        elif j.kind == "position" and (end is None or first_day(j.payload["since"]) <= end):
            found.positions.append(j)
        elif j.kind in _OF_NAMES:
            found.recognised[j.subject] = j
        if j.kind not in _OF_A_DAY:
            found.mark += (j.id,)
    return found


def unplaced(connection: Connection, columns: Columns) -> tuple[Judgement, ...]:
    """Judgements that hold of statements which the newest reading of their page does not give, and which were
    not carried over to others (`_carrying`)."""
    judged = held(connection)
    standing = {id: j for id, j in judged.said.items() if j.undone_by is None} | judged.statements
    given = _known(columns.current, standing)
    everything = {j.id: j for j in judgements(connection)}
    carried = {j.carried for j in everything.values()}

    def first(place: tuple[int, str]) -> tuple[int, str]:
        """What was carried over to a judgement in the end, of one statement."""
        before = everything[place[0]].carried
        return place if before is None else first(before)

    placed = {first((j.id, subject)) for subject, j in standing.items() if subject in given}
    left = {
        j.id: j
        for subject, j in standing.items()
        if subject not in given and (j.id, subject) not in carried and first((j.id, subject)) not in placed
    }
    return tuple(left[number] for number in sorted(left))


def seen_since(connection: Connection, statements: Collection[str], seen: int | None) -> Judgement | None:
    """The last judgement of any of these statements that was passed, or undone, after the one numbered `seen`
    (None: after none)."""
    (only,) = statements if len(statements) == 1 else (None,)
    asked = set(statements)
    held = judgements(connection, subject=only)
    return later([j for j in held if j.kind in OF_STATEMENTS and not asked.isdisjoint(j.of)], seen)


def later(of_it: Sequence[Judgement], seen: Seen) -> Judgement | None:
    """Of the judgements of something, in the order in which they were passed, the last that was passed, or
    undone, after what was `seen`; None where that is not asked."""
    if isinstance(seen, EllipsisType):
        return None
    return next((j for j in reversed(of_it) if max(j.id, j.undone_by or 0) > (seen or 0)), None)


def withdraw(connection: Connection, page: str, on: str, *, who: str, why: str, seen: Seen) -> Judgement:
    """Note that a page was withdrawn on a day. `BadDate`; `CannotBe` where that is to come, or was before the
    page appeared; `JudgedMeanwhile` where somebody noted it, or took it back, after what was `seen`."""
    payload = {"on": begun(on, "on")}
    query = joined(select(RenderingRow.published_value).select_from(ReadingRow), scope(page=page))
    published = connection.scalar(query)
    if published is not None and last_day(on) < first_day(published):
        raise CannotBe(f"The page appeared on {published}, after {on.strip()}. Write a later day.", "on")
    of_it = [j for j in judgements(connection, subject=page) if j.kind == "withdraw"]
    meanwhile = later(of_it, seen)
    return passed(connection, "withdraw", page, who=who, why=why, payload=payload, meanwhile=meanwhile)


def judge(
    connection: Connection,
    columns: Columns,
    kind: JudgementKind,
    statements: Collection[str],
    *,
    who: str,
    why: str,
    payload: dict[str, Any],
    seen: Seen,
) -> Judgement:
    """Judge one statement, or accept or reject several as one. `NotJudged` where one is not known;
    `JudgedMeanwhile` where one was judged after what was `seen`. The very same again gives what was passed.
    """
    ids = sorted(set(statements))
    if not ids:
        raise NotJudged("Name a statement to judge.")
    unknown = set(ids) - _known(columns, ids)
    if unknown:
        raise NotJudged(f"There is no statement {min(unknown)}.")
    if len(ids) > 1:
        payload = {**payload, "statements": ids}
    now = held(connection).statements if len(ids) > 1 else _held_of(connection, ids[0])
    last = {j.id: j for j in (now.get(id) for id in ids) if j is not None}
    if len(last) == 1 and all(id in now for id in ids):
        (same,) = last.values()
        if (same.kind, canonical(same.payload), same.who, same.why) == (kind, canonical(payload), who, why):
            return same
    if not isinstance(seen, EllipsisType):
        meanwhile = seen_since(connection, ids, seen)
        if meanwhile is not None:
            raise JudgedMeanwhile(meanwhile)
    if len(ids) == 1:
        return passed(connection, kind, ids[0], who=who, why=why, payload=payload)
    return noted(connection, kind, MANY, who=who, why=why, payload=payload)


def _held_of(connection: Connection, statement: str) -> dict[str, Judgement]:
    """The judgement that holds of one statement, by its id."""
    found: dict[str, Judgement] = {}
    for j in judgements(connection, subject=statement):
        if j.undone_by is None and j.kind in OF_STATEMENTS:
            found[statement] = j
    return found


def correction(changes: dict[str, Any]) -> dict[str, Any]:
    """A correction's payload; `NotJudged` where a field can't be corrected, or not so, `BadDate` where its
    `when` is no date."""
    if not changes:
        raise NotJudged(f"Say what to correct: {', '.join(CORRECTABLE)}.")
    for name, value in changes.items():
        if name not in CORRECTABLE:
            raise NotJudged(f"'{name}' is nothing to correct. Name one of: {', '.join(CORRECTABLE)}.")
        choices = _CHOICES.get(name)
        if choices is not None and value not in choices and not (value is None and name in _MAY_BE_NONE):
            raise NotJudged(f"There is no {name} '{value}'. Name one of: {', '.join(choices)}.")
        if name == "when" and isinstance(value, str):
            first_day(value)
        keys = value if name == "source" else [value] if value is not None else []
        if not isinstance(keys, list | tuple) or not all(isinstance(k, str) and k.strip() for k in keys):
            raise NotJudged(f"'{value}' is no {name}: give a name, several only of sources, or none.")
    return {name: list(value) if name == "source" else value for name, value in changes.items()}


def _fields(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if name == "source" else value for name, value in payload.items()}


def _known(columns: Columns, public_ids: Iterable[str]) -> set[str]:
    """Which of these statements any of the readings gives."""
    said = columns.tables["statements"]
    return set(_by_id.ids(said, _by_id.among(said, public_ids)))


def merges_round(judged: Judged, key: str, into: str) -> bool:
    """Whether merging one entity into another would make it part of itself."""
    return key == into or key in _chain(judged, into)


def _chain(judged: Judged, key: str) -> Iterable[str]:
    while (other := judged.merged.get(key)) is not None:
        yield other
        key = other
