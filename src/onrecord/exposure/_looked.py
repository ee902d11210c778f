"""What a check went by and how old it is; and what it did not look at, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from onrecord.exposure._data import load
from onrecord.exposure._model import Looked, Note, Register
from onrecord.exposure._parties import Known
from onrecord.exposure._screening import Screening
from onrecord.exposure._touch import few, noted
from onrecord.exposure.rules import Pack
from onrecord.ledger import Snapshot, Unreadable


@dataclass(frozen=True, slots=True)
class Record:
    """The record as a check found it: how many pages, the day of the newest that is dated, the day on which
    a page was last read, and how many unread sentences name a party of the register."""

    pages: int
    newest: str | None
    read: str | None
    unread: int


def record_on(snapshot: Snapshot, keys: Iterable[str]) -> Record:
    """What a snapshot holds, as far as these keys are concerned."""
    pages, unread = snapshot.pages, snapshot.unread
    numbers = snapshot.numbers.find("key", keys).values()
    named = snapshot.among("key", np.array(sorted(numbers), dtype=np.int64))[unread["key"]]
    places = np.unique(unread["row"][named].astype(np.int64) << 32 | unread["position"][named])
    last = int(pages["last_day"].max(initial=0))
    learned = int(pages["learned"].max(initial=0))
    return Record(
        len(pages["page"]),
        date.fromordinal(last).isoformat() if last else None,
        datetime.fromtimestamp(learned / 1_000_000, UTC).date().isoformat() if learned else None,
        len(places),
    )


def looked_at(screening: Screening, record: Record, packs: Iterable[Pack]) -> tuple[Looked, ...]:
    """What was looked at: each list, the record, each pack of rules."""
    day = date.fromisoformat(screening.day)
    lists = [Looked(v.list, "list", v.day, _age(v.day, day), v.size) for v in screening.versions]
    rules = [Looked(p.id, "rules", p.checked, _age(p.checked, day), len(p.rules)) for p in packs]
    own = Looked("record", "record", record.newest, _age(record.newest, day), record.pages)
    return (*lists, own, *rules)


def _age(value: str | None, on: date) -> int | None:
    """How many days before a day a date begins that is cut to its precision."""
    return None if value is None else (on - date.fromisoformat((value + "-01-01")[:10])).days


def unseen_of(
    register: Register,
    parties: Sequence[Known],
    screening: Screening,
    record: Record,
    unreadable: Sequence[Unreadable],
    *,
    as_of: str | None,
    home: str | None,
) -> list[tuple[str, Note]]:
    """What was not looked at, what matters most first."""
    rule, found = load("checking"), []
    named, on = int(rule["named"]), date.fromisoformat(screening.day)
    if register.bad:
        rows = dict.fromkeys(str(bad.line) for bad in register.bad)
        told, more = few(rows, named)
        found.append(noted("lines-left-out", count=len(rows), line=told, more=more))
    found += _lists(screening, on, as_of)
    without = [party.label for party in parties if not party.on_record]
    if not record.pages:
        found.append(noted("nothing-read"))
    elif without:
        told, more = few(without, named)
        found.append(noted("nothing-on-record", count=len(without), of=len(parties), party=told, more=more))
    alike = [f"{one.name} for {one.label}" for one in parties if one.score is not None]
    if alike:
        told, more = few(alike, named)
        found.append(noted("taken-for", count=len(alike), party=told, more=more))
    age = _age(record.read, on)
    if age is not None and age > int(rule["old"]["pages"]):
        found.append(noted("not-read-lately", days=age))
    if unreadable:
        found.append(noted("unreadable", count=len(unreadable)))
    if record.unread:
        found.append(noted("unread", count=record.unread))
    if home is None and any(line.state is None for line in register.lines):
        found.append(noted("no-home"))
    if record.pages:
        found.append(noted("sanctioned-checked", checked=str(load("sanctioned")["checked"])))
    return found


def _lists(screening: Screening, on: date, as_of: str | None) -> list[tuple[str, Note]]:
    if not screening.versions:
        return [noted("no-lists")]
    rule, found = load("checking"), []
    held = {version.list for version in screening.versions}
    for expected in rule["lists"]:
        if not held & set(expected["names"]):
            found.append(noted("list-missing", title=expected["title"]))
    for version in screening.versions:
        age = version.age(on)
        if version.early:
            found.append(
                noted("list-early", list=version.title or version.list, as_of=as_of, day=version.day)
            )
        elif age > int(rule["old"]["list"]):
            found.append(noted("list-old", list=version.title or version.list, days=age))
    return found
