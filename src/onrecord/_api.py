"""The ledger as the package shows it: the room's own, that also answers with dossiers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from onrecord.ledger import Ledger as _Ledger

if TYPE_CHECKING:
    from onrecord.ledger import Judgement, Seen
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

    def set_position(
        self,
        actor: str,
        supplier: str,
        *,
        scope: str,
        code: str,
        since: str,
        who: str,
        why: str = "",
        seen: Seen = ...,
    ) -> Judgement:
        """Say where an actor stands on a supplier, both given by key, since a day, month or year. It holds
        over what was read, until the next one that is set.

        `NoSuchPosition` for a `scope` or `code` that `standing/data/positions.yaml` does not list.
        """
        from onrecord.standing import check_position

        check_position(scope, code)
        return super().set_position(
            actor, supplier, scope=scope, code=code, since=since, who=who, why=why, seen=seen
        )
