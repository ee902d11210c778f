"""Numbers for the words that statements and mentions share, by which the columns speak of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from threading import Lock

from sqlalchemy import Connection, bindparam, func, select

from onrecord.ledger._bulk import asked, chunks, insert_all
from onrecord.ledger._confidences import Confidences
from onrecord.ledger._schema import CodeRow

Word = tuple[str, str]
"""A kind (`key`, `when`, `chain` …) and a text."""
Name = tuple[str, str]
"""The key of an entity, and a name that it has."""

_KEPT = 500_000
"""Words that a process keeps in mind, and as many names."""
_NUMBERS = select(CodeRow.text, CodeRow.id).where(CodeRow.kind == bindparam("kind"), asked(CodeRow.text))
_TEXTS = select(CodeRow.id, CodeRow.text).where(CodeRow.kind == bindparam("kind"), asked(CodeRow.id))
_LAST = select(func.max(CodeRow.id)).where(CodeRow.kind == bindparam("kind"))


def numbers(connection: Connection, kind: str, texts: Iterable[str]) -> dict[str, int]:
    """The numbers of those words of a kind that have one."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(texts))):
        rows = connection.execute(_NUMBERS, {"kind": kind, "asked": some}).all()
        found.update((row.text, row.id) for row in rows)
    return found


def texts(connection: Connection, kind: str, ids: Iterable[int]) -> dict[int, str]:
    """The words of a kind that have these numbers."""
    found: dict[int, str] = {}
    for some in chunks(sorted(set(ids))):
        rows = connection.execute(_TEXTS, {"kind": kind, "asked": some}).all()
        found.update((row.id, row.text) for row in rows)
    return found


def beginning(connection: Connection, kind: str, prefix: str) -> dict[str, int]:
    """The words of a kind that begin so, with their numbers."""
    query = select(CodeRow.text, CodeRow.id).where(
        CodeRow.kind == kind, CodeRow.text >= prefix, CodeRow.text < prefix[:-1] + chr(ord(prefix[-1]) + 1)
    )
    return {row.text: row.id for row in connection.execute(query)}


def last_number(connection: Connection, kind: str) -> int:
    """The highest number of a word of that kind; 0 where there is none."""
    return connection.scalar(_LAST, {"kind": kind}) or 0


def known_numbers(connection: Connection, words: Iterable[Word]) -> dict[Word, int]:
    """The numbers of those words, of whatever kinds, that have one."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, text in words:
        by_kind[kind].append(text)
    return {
        (kind, text): number
        for kind, asked in by_kind.items()
        for text, number in numbers(connection, kind, asked).items()
    }


def with_numbers(
    connection: Connection, words: Iterable[Word], known: Mapping[Word, int] | None = None
) -> dict[Word, int]:
    """The numbers of words; those that have none yet get one. Only a writer may ask."""
    wanted = set(words)
    found = {word: known[word] for word in wanted if word in known} if known else {}
    found |= known_numbers(connection, wanted - found.keys())
    missing = sorted(wanted - found.keys())
    if missing:
        last: dict[str, int] = {}
        rows = []
        for kind, text in missing:
            if kind not in last:
                last[kind] = last_number(connection, kind)
            number = last[kind] = last[kind] + 1
            found[kind, text] = number
            rows.append({"kind": kind, "id": number, "text": text})
        insert_all(connection, CodeRow, rows)
    return found


class Known:
    """Words whose numbers this process has seen committed, and names that somebody has: they never change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.words: dict[Word, int] = {}
        self.called: set[Name] = set()
        self.texts: dict[tuple[str, int], str] = {}
        self.confidences = Confidences()

    def learn(self, words: Mapping[Word, int], called: Collection[Name] = ()) -> None:
        """Keep in mind what was committed."""
        with self._lock:
            if len(self.called) + len(called) > _KEPT:
                self.called = set()
            self.called.update(called)
            if len(self.words) + len(words) > _KEPT:
                self.words, self.texts = {}, {}
            self.words.update(words)
            self.texts.update(((kind, number), text) for (kind, text), number in words.items())
