"""The face of the ledger that a dossier needs, and what is raised where it does not know the supplier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from onrecord.ledger import Snapshot

T = TypeVar("T")


class Record(Protocol):
    """What `standing_of` asks of a ledger. All dates are ISO 8601, cut or whole; `as_of` is by
    publication, `known_at` by what the ledger had taken in.
    """

    def snapshot(
        self, ask: Callable[[Snapshot], T], /, *, as_of: str | None = None, known_at: datetime | None = None
    ) -> T:
        """What `ask` makes of what the ledger held, in columns."""
        ...


class UnknownEntity(LookupError):
    """The ledger has nothing of that name. `nearest` holds names that it does have."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else " Read pages that name it first."
        super().__init__(f"Nothing is on record about '{name}'.{hint}")
        self.name = name
        self.nearest = nearest
