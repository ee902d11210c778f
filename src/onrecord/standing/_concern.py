"""Which statements concern a supplier, and how nearly.

A dossier takes in more than the statements to which the supplier is a party: that the ministry grants
licences to other firms, or that an officer is arrested, is told without its name. Such statements are taken
from the pages that are about the supplier: those whose title names it, or on which no other company is party
to more statements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.entities import Entity
from onrecord.ledger import StoredStatement, StoredUnread
from onrecord.standing._model import Nearness
from onrecord.standing._record import Record, UnknownEntity

NEARNESS: tuple[Nearness, ...] = ("party", "said", "kin", "around")
"""The nearest first."""


class Names:
    """Entities by key, or by any of their names in upper or lower case; of several the most named."""

    def __init__(self, record: Record) -> None:
        self._by_key: dict[str, Entity] = {}
        self._by_name: dict[str, Entity] = {}
        for stored in sorted(record.entities(), key=lambda stored: (-stored.statements, stored.entity.key)):
            entity = stored.entity
            self._by_key[entity.key] = entity
            for name in (entity.key, entity.name, *entity.names):
                self._by_name.setdefault(name.casefold(), entity)

    def get(self, name: str) -> Entity | None:
        """The entity of that key or name, None where the ledger has none."""
        return self._by_key.get(name) or self._by_name.get(name.casefold())

    def is_company(self, key: str | None) -> bool:
        """Whether that is the key of a company."""
        entity = self.get(key) if key else None
        return entity is not None and entity.kind == "company"


@dataclass
class Concern:
    """What concerns a supplier: its statements by id, how near each is, and the sentences left unread.
    `discounted` are the statements that a person rejected, or whose page was withdrawn.
    """

    supplier: Entity
    names: Names
    statements: dict[str, StoredStatement] = field(default_factory=dict)
    discounted: dict[str, StoredStatement] = field(default_factory=dict)
    nearness: dict[str, Nearness] = field(default_factory=dict)
    unread: tuple[StoredUnread, ...] = ()
    relatives: tuple[str, ...] = ()

    def take(self, found: Iterable[StoredStatement]) -> None:
        """Take in statements that count, each as near as its own fields make it."""
        for stored in found:
            if not stored.counts:
                self.discounted[stored.id] = stored
                continue
            self.statements[stored.id] = stored
            self.nearness[stored.id] = self._nearness(stored)

    def bears_name(self, key: str | None) -> bool:
        """Whether that is a company whose name begins with the supplier's (`Huawei Denmark`)."""
        return bool(key) and str(key).startswith(f"{self.supplier.key} ") and self.names.is_company(key)

    def _nearness(self, stored: StoredStatement) -> Nearness:
        parties = (stored.statement.actor, stored.statement.target)
        if self.supplier.key in parties:
            return "party"
        if self.supplier.key in stored.statement.source:
            return "said"
        return "kin" if any(self.bears_name(party) for party in parties) else "around"


def _about(supplier: Entity, on_page: Sequence[StoredStatement], names: Names) -> bool:
    """Whether a page, given by its statements, is about the supplier (the rule at the head of this
    module).
    """
    title = on_page[0].title or ""
    called = {supplier.key, supplier.name, *supplier.names} - {""}
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE) for name in called):
        return True
    parties = Counter(
        party
        for stored in on_page
        for party in {stored.statement.actor, stored.statement.target}
        if party == supplier.key or names.is_company(party)
    )
    return parties[supplier.key] > 0 and parties[supplier.key] == max(parties.values())


def gather(record: Record, name: str, as_of: str | None, known_at: datetime | None) -> Concern:
    """All that concerns the entity of that name as of a date, by what the ledger knew at a moment. Raises
    `UnknownEntity`.
    """
    stored = record.entity(name)
    if stored is None:
        raise UnknownEntity(name, tuple(near.entity.key for near in record.nearest_entities(name)))
    supplier = stored.entity
    names = Names(record)
    concern = Concern(supplier, names)
    direct = record.statements(entity=supplier.key, as_of=as_of, known_at=known_at)
    concern.take(direct)
    for page in sorted({found.page_id for found in direct}):
        on_page = record.statements(page=page, as_of=as_of, known_at=known_at)
        if on_page and _about(supplier, on_page, names):
            concern.take(on_page)
    for near in record.nearest_entities(supplier.key):
        if concern.bears_name(near.entity.key):
            concern.take(record.statements(entity=near.entity.key, as_of=as_of, known_at=known_at))
    concern.unread = tuple(record.unread(entity=supplier.key, as_of=as_of, known_at=known_at))
    concern.relatives = tuple(
        sorted(
            {
                party
                for found in concern.statements.values()
                for party in (found.statement.actor, found.statement.target)
                if party and concern.bears_name(party)
            }
        )
    )
    return concern
