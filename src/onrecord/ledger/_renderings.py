"""Of which rendering each reading is, and in what language that is: asked for once, since neither changes."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, select

from onrecord.ledger._columns import Array, found_at
from onrecord.ledger._schema import ReadingRow, RenderingRow

_TOLD = (
    select(ReadingRow.id, ReadingRow.rendering_id, RenderingRow.language)
    .join(RenderingRow, RenderingRow.id == ReadingRow.rendering_id)
    .order_by(ReadingRow.id)
)


class Rendered(NamedTuple):
    """The rendering of each of some readings, by its id, and the number of its language, whose code (ISO 639;
    None where nobody knows it) stands at that place."""

    rendering: Array
    language: Array
    codes: tuple[str | None, ...]

    def among(self, language: str) -> Array:
        """Which of the readings are in a language."""
        number = self.codes.index(language) if language in self.codes else -1
        found: Array = self.language == number
        return found


class Renderings:
    """The rendering of each reading, and its language."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers: dict[str | None, int] = {None: 0}
        self._readings: Array = np.empty(0, dtype=np.int64)
        self._renderings: Array = np.empty(0, dtype=np.int64)
        self._languages: Array = np.empty(0, dtype=np.int16)

    def of(self, connection: Connection, readings: Array) -> Rendered:
        """Those of the readings with these ids."""
        with self._lock:
            last = int(self._readings[-1]) if len(self._readings) else 0
            if len(readings) and int(readings.max()) > last:
                rows = connection.execute(_TOLD.where(ReadingRow.id > last)).all()
                numbers = [self._numbers.setdefault(row.language, len(self._numbers)) for row in rows]
                self._readings = np.append(self._readings, np.array([row.id for row in rows], np.int64))
                self._renderings = np.append(
                    self._renderings, np.array([row.rendering_id for row in rows], np.int64)
                )
                self._languages = np.append(self._languages, np.array(numbers, np.int16))
            held = self._readings, self._renderings, self._languages, tuple(self._numbers)
        at = found_at(held[0], readings)
        return Rendered(held[1][at], held[2][at], held[3])
