"""The log of all that was done to a ledger, each entry bound to the one before it by a hash.

An entry's digest is the SHA-256 of the digest before it and of what the entry says; an entry for a reading
holds the digest of all that the reading took (its seal). So who changes a row, takes one out or puts one in
between afterwards is found out by `verify`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.ledger import _kept, _unsealed
from onrecord.ledger._bulk import chunks, insert_all
from onrecord.ledger._canonical import canonical, sha256, value_of
from onrecord.ledger._errors import Damaged
from onrecord.ledger._kept import Kept
from onrecord.ledger._records import KINDS, Fault, LogEnd
from onrecord.ledger._schema import EntryRow, JudgementRow, PageRow, ReadingRow, SightingRow

_FIRST = "0" * 64
"""What stands before the first entry's digest."""

DIGEST = "[0-9a-f]{12,64}"
"""What may be asked for as the digest of an entry (`lost`): at least so much of its beginning that no other
has the same by chance."""

_OF_NAMES = ("begin", "read", "correct", "merge", "split", "recognise", "dismiss", "position", "undo")
"""What is done, by its action in the log, that entities and their counts may change with."""


def now(connection: Connection) -> datetime:
    """The moment at which a transaction learns what it writes: never before that of the last entry or
    sighting, also where the clock was set back."""
    last = [
        select(row.learned_at).order_by(row.id.desc()).limit(1).scalar_subquery()
        for row in (EntryRow, SightingRow)
    ]
    moments = [datetime.now(UTC)]
    moments += [moment for moment in connection.execute(select(*last)).one() if moment is not None]
    return max(moments)


def latest(connection: Connection) -> datetime | None:
    """When the last entry was noted; None before the first. Writers come one after another, each with a
    moment of its own that is not before the last one's (`now`): what is yet to come is learned no earlier."""
    return connection.execute(
        select(EntryRow.learned_at).order_by(EntryRow.id.desc()).limit(1)
    ).scalar_one_or_none()


def mark(connection: Connection) -> str:
    """A mark that changes with whatever is noted: the last entry's digest, and the last sighting."""
    entry = select(EntryRow.digest).order_by(EntryRow.id.desc()).limit(1).scalar_subquery()
    sighting = select(func.max(SightingRow.id)).scalar_subquery()
    digest, number = connection.execute(select(entry, sighting)).one()
    return f"{digest or _FIRST}.{number or 0}"


def mark_of_names(connection: Connection) -> str:
    """A mark that changes with whatever may change who is named, and how often: readings, and judgements of
    names; not with one of a statement that leaves its fields as they are."""
    query = select(EntryRow.digest).where(EntryRow.action.in_(_OF_NAMES)).order_by(EntryRow.id.desc())
    return connection.scalar(query.limit(1)) or _FIRST


def note(
    connection: Connection, at: datetime, entries: Iterable[tuple[str, str, str, dict[str, Any]]]
) -> list[int]:
    """Add entries: of each who did what to which subject, and the details; their ids. For writers only."""
    last = connection.execute(
        select(EntryRow.id, EntryRow.digest).order_by(EntryRow.id.desc()).limit(1)
    ).first()
    number, before = (last.id, last.digest) if last is not None else (0, _FIRST)
    rows: list[dict[str, Any]] = []
    for who, action, subject, detail in entries:
        told = canonical(detail)
        number, before = number + 1, _digest(before, at, who, action, subject, told)
        rows.append(
            {
                "id": number,
                "learned_at": at,
                "who": who,
                "action": action,
                "subject": subject,
                "detail": told,
                "digest": before,
            }
        )
    insert_all(connection, EntryRow, rows)
    return [row["id"] for row in rows]


def _digest(before: str, at: datetime, who: str, action: str, subject: str, detail: str) -> str:
    moment = at.astimezone(UTC).isoformat()
    return sha256([before, moment, who, action, subject, detail])


def verify(connection: Connection) -> Iterator[Fault]:
    """Everything in the ledger that is not as its log says."""
    before, sealed, older = _FIRST, _Sealed(), 0
    for entry in connection.execute(select(EntryRow).order_by(EntryRow.id)):
        told = _digest(before, entry.learned_at, entry.who, entry.action, entry.subject, entry.detail)
        if told != entry.digest:
            yield Fault("entry", str(entry.id), "does not follow from the entry before it")
        try:
            if entry.action == "begin" and before == _FIRST:
                older = int(value_of(entry.detail)["readings"])
            if entry.action == "read":
                detail = value_of(entry.detail)
                sealed[entry.subject, detail["reader"], detail["version"]] = detail["seal"], entry.learned_at
        except (Damaged, KeyError, TypeError, ValueError):
            yield Fault("entry", str(entry.id), "cannot be read: entry.detail is damaged")
        before = entry.digest
    yield from _unlike(connection, sealed, older)
    yield from _unsealed.other_moments(connection)
    yield from _unlike_judgements(connection)


def end(connection: Connection) -> LogEnd:
    """How far the log goes."""
    last = select(EntryRow.digest).order_by(EntryRow.id.desc()).limit(1).scalar_subquery()
    judged = select(func.count(JudgementRow.id)).scalar_subquery()
    return LogEnd(*connection.execute(select(func.count(EntryRow.id), last, judged)).one())


def lost(connection: Connection, digest: str) -> Iterator[Fault]:
    """That no entry has a digest that begins so: it was cut off with all behind it, or all was rewritten."""
    beginning = EntryRow.digest.startswith(digest, autoescape=True)
    if connection.scalar(select(EntryRow.id).where(beginning).limit(1)) is None:
        yield Fault("entry", digest, "is not in the log: its end was cut off, or all of it was rewritten")


def judged(payload: str, why: str, undoes: int | None) -> dict[str, Any]:
    """What the entry of a judgement holds of it."""
    return {"payload": payload, "why": why, "undoes": undoes}


def deposited(kind: str, digest: str, size: int, detail: str) -> dict[str, Any]:
    """What the entry of a deposit holds of it."""
    return {"kind": kind, "digest": digest, "size": size, "detail": detail}


def _unlike_judgements(connection: Connection) -> Iterator[Fault]:
    """Judgements that are not what their entry tells, or that no entry tells of but that of another; and
    entries whose judgement is gone. They were passed in the order of the log."""
    query = (
        select(JudgementRow, EntryRow.action, EntryRow.subject.label("told"), EntryRow.detail)
        .outerjoin(EntryRow, EntryRow.id == JudgementRow.entry_id)
        .order_by(JudgementRow.id)
    )
    known: set[int] = set()
    last = 0
    for row in connection.execute(query):
        detail = canonical(judged(row.payload, row.why, row.undoes))
        if (row.kind, row.subject, detail) != (row.action, row.told, row.detail):
            yield Fault("judgement", str(row.id), "was changed since it was passed")
        elif row.entry_id in known:
            yield Fault("judgement", str(row.id), "is in no entry of its own")
        elif row.entry_id < last:
            yield Fault("judgement", str(row.id), "does not come in the order of the log")
        known.add(row.entry_id)
        last = row.entry_id
    for entry in connection.scalars(select(EntryRow.id).where(EntryRow.action.in_(KINDS))):
        if entry not in known:
            yield Fault("entry", str(entry), "tells of a judgement that is gone")


_Sealed = dict[tuple[str, str, str], tuple[str, datetime]]
"""By a page's digest, a reader and its version the seal of the reading, and when it was taken in."""


def _unlike(connection: Connection, sealed: _Sealed, older: int) -> Iterator[Fault]:
    """Readings that are not what their entry sealed, or told from that, and entries whose reading is gone.
    Those with an id up to `older` were there before the log, and have no seal."""
    known = {
        row.id: row
        for row in connection.execute(
            select(ReadingRow.id, PageRow.digest, ReadingRow.reader, ReadingRow.version).join(
                PageRow, PageRow.id == ReadingRow.page_id
            )
        )
    }
    rendered: set[int] = set()
    for some in chunks(sorted(known)):
        digests = {number: known[number].digest for number in some}
        first: list[Kept] = []
        lost = set(some)
        for kept in _kept.readings(connection, some):
            lost.discard(kept.id)
            row = known[kept.id]
            told = sealed.pop((row.digest, row.reader, row.version), None)
            if told is None and kept.id > older:
                yield Fault("reading", row.digest, "is in no entry")
            elif told is not None and told[0] != kept.seal():
                yield Fault("reading", row.digest, "was changed since it was taken in")
            if told is not None and told[1] != kept.learned:
                yield Fault("reading", row.digest, "was taken in at another time than its entry says")
            yield from _unsealed.other_words(kept, row.digest)
            if kept.rendering["id"] not in rendered and kept.id > older:
                first.append(kept)
            rendered.add(kept.rendering["id"])
        for number in sorted(lost):
            sealed.pop((digests[number], known[number].reader, known[number].version), None)
            yield Fault("reading", digests[number], "has lost the text of its page")
        yield from _unsealed.other_renderings(connection, first, digests)
    for digest, reader, version in sealed:
        yield Fault("reading", digest, f"by {reader} {version} is gone")
