"""The face of the ledger that a dossier needs, and what is raised where it does not know the supplier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from onrecord.ledger import Copy, SetPosition, StoredEntity, StoredStatement, StoredUnread


class Record(Protocol):
    """What `standing_of` asks of a ledger. All dates are ISO 8601, cut or whole; `as_of` is by
    publication, `known_at` by what the ledger had taken in.
    """

    def entity(self, name: str, /) -> StoredEntity | None:
        """The entity of that key or name, None where there is none."""
        ...

    def entities(self) -> Sequence[StoredEntity]:
        """All entities."""
        ...

    def nearest_entities(self, name: str, /) -> Sequence[StoredEntity]:
        """Entities with names like that one, the nearest first."""
        ...

    def statements(
        self,
        *,
        entity: str | None = None,
        page: str | None = None,
        as_of: str | None = None,
        known_at: datetime | None = None,
    ) -> Sequence[StoredStatement]:
        """Statements in which the entity is actor, target or source, or those of one page."""
        ...

    def copies(self, pages: Iterable[str], /, *, known_at: datetime | None = None) -> Sequence[Copy]:
        """The near-copies among pages, given by their ids."""
        ...

    def positions_by_hand(
        self, supplier: str, /, *, as_of: str | None = None, known_at: datetime | None = None
    ) -> Sequence[SetPosition]:
        """The positions on a supplier, given by its key, that persons set."""
        ...

    def unread(
        self, *, entity: str | None = None, as_of: str | None = None, known_at: datetime | None = None
    ) -> Sequence[StoredUnread]:
        """Sentences that name the entity and from which nothing was read."""
        ...


class UnknownEntity(LookupError):
    """The ledger has nothing of that name. `nearest` holds names that it does have."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else " Read pages that name it first."
        super().__init__(f"Nothing is on record about '{name}'.{hint}")
        self.name = name
        self.nearest = nearest
