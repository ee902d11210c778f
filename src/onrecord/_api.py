"""The ledger as the package shows it: the room's own, that also answers with dossiers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from onrecord.ledger import Ledger as _Ledger

if TYPE_CHECKING:
    from onrecord.standing import Dossier


class Ledger(_Ledger):
    """The record of what was read (see `onrecord.ledger.Ledger`), with the dossiers made from it."""

    def dossier(
        self, supplier: str, *, as_of: str | None = None, known_at: datetime | None = None
    ) -> Dossier:
        """Everything on record about a supplier, by key or name, as of a date, by what the ledger knew at a
        moment (see `standing_of`).
        """
        from onrecord.standing import standing_of

        return standing_of(self, supplier, as_of=as_of, known_at=known_at)
