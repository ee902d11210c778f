"""How sure the reader was of each statement, which the columns leave out: few questions ask for it."""

from __future__ import annotations

from threading import Lock

import numpy as np
from sqlalchemy import Connection, select

from onrecord.ledger._columns import Array
from onrecord.ledger._schema import StatementRow

_ROWS = 50_000
"""Rows that are fetched at once."""


class Confidences:
    """The confidences of statements by the ids of their rows, kept in mind: a row never changes, so only
    newer ones are fetched."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held = np.zeros(1, dtype=np.float32)

    def get(self, connection: Connection, upto: int) -> Array:
        """Those of all rows up to an id, which the transaction sees."""
        with self._lock:
            if upto >= len(self._held):
                fresh = np.zeros(upto + 1, dtype=np.float32)
                fresh[: len(self._held)] = self._held
                query = (
                    select(StatementRow.id, StatementRow.confidence)
                    .where(StatementRow.id >= len(self._held), StatementRow.id <= upto)
                    .execution_options(yield_per=_ROWS)
                )
                for rows in connection.execute(query).partitions():
                    ids, confidences = zip(*rows, strict=True)
                    fresh[np.array(ids)] = confidences
                self._held = fresh
            return self._held
