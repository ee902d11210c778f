"""From whom a statement descends: the farthest-upstream publisher that can be named.

A page's chain of sources names it, or the page credits an agency, or the page is a near-copy of an earlier
one that says the same; else it is the page's own outlet. Ten outlets that repeat one leak are one origin;
what a copy adds of its own is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from onrecord.entities import Entity
from onrecord.ledger import Copy, StoredStatement
from onrecord.standing._dates import first_day
from onrecord.standing._model import Ground
from onrecord.statements import Statement

Key = tuple[str, str | None, str | None, str, str | None, tuple[str, ...], str | None]


class Names(Protocol):
    """Entities by key or name."""

    def get(self, name: str) -> Entity | None: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """From whom a statement on a page descends, and why; `page` is the id of the earlier page that said it
    first, where this one is a copy of that."""

    publisher: str
    ground: Ground
    page: str | None = None


def key_of(statement: Statement) -> Key:
    """What a statement says, whatever the page."""
    s = statement
    return s.type, s.actor, s.target, s.status, s.topic, s.source, s.when


class Origins:
    """The origins of statements, given all of them and the near-copies among their pages."""

    def __init__(self, statements: Iterable[StoredStatement], copies: Iterable[Copy], names: Names) -> None:
        self._names = names
        self._first: dict[str, StoredStatement] = {}
        self._said: defaultdict[str, set[Key]] = defaultdict(set)
        for stored in statements:
            self._first.setdefault(stored.page_id, stored)
            self._said[stored.page_id].add(key_of(stored.statement))
        self._group = self._groups(copies)

    def of(self, stored: StoredStatement) -> Origin:
        """The origin of a statement."""
        for key in stored.statement.source:
            entity = self._names.get(key)
            if entity is not None and entity.kind == "outlet":
                return Origin(key, "chain")
        if stored.credit is not None:
            return Origin(self._called(stored.credit), "credit")
        said = key_of(stored.statement)
        for page in self._group.get(stored.page_id, ()):
            if page == stored.page_id:
                break
            if said in self._said[page]:
                first = self._first[page]
                publisher = first.credit or first.outlet
                return Origin(self._called(publisher) if publisher else f"page {page}", "copy", page)
        if stored.outlet is None:
            return Origin(f"page {stored.page_id}", "page")
        return Origin(self._called(stored.outlet), "outlet")

    def _called(self, name: str) -> str:
        entity = self._names.get(name)
        return entity.key if entity is not None else name

    def _groups(self, copies: Iterable[Copy]) -> Mapping[str, tuple[str, ...]]:
        """For each page that has near-copies, all of them and itself, the earliest first (undated last)."""
        group: dict[str, set[str]] = {}
        for copy in copies:
            together = group.get(copy.page_id, {copy.page_id}) | group.get(copy.other_id, {copy.other_id})
            for page in together:
                group[page] = together

        def place(page: str) -> tuple[date, bool, str, str]:
            stored = self._first.get(page)
            if stored is None or stored.published is None:
                return date.max, True, "", page
            # Of one day, the page that credits an agency is the nearer to where the text came from.
            return first_day(stored.published.value), stored.credit is None, stored.outlet or "", page

        return {page: tuple(sorted(together, key=place)) for page, together in group.items()}
