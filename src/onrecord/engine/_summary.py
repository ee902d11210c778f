"""What a run of reading did, page by page and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.ledger import Outcome

Done = Outcome | Literal["unreadable"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What was done with one item, what came of it, and how many items and statements there were so far."""

    locator: str
    done: Done
    seen: int
    statements: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. Every item that was seen is counted once.

    `read` counts pages that were new, `unchanged` those held already, `superseded` those read again by a
    newer reader, `unreadable` the rest by the code of the reason; `statements` what the first and third gave.
    """

    read: int
    unchanged: int
    superseded: int
    unreadable: Mapping[str, int]
    statements: int

    @property
    def seen(self) -> int:
        """All items."""
        return self.read + self.unchanged + self.superseded + sum(self.unreadable.values())


class Tally:
    """Counts as a run goes on."""

    def __init__(self) -> None:
        self._done: Counter[Done] = Counter()
        self._reasons: Counter[str] = Counter()
        self._statements = 0

    def count(self, locator: str, done: Done, *, statements: int = 0, reason: str | None = None) -> Progress:
        """Count one item, with the statements it gave or the code of why it could not be read."""
        self._done[done] += 1
        self._statements += statements
        if reason is not None:
            self._reasons[reason] += 1
        return Progress(locator, done, self._done.total(), self._statements)

    def summary(self) -> Summary:
        """The counts so far."""
        return Summary(
            read=self._done["added"],
            unchanged=self._done["unchanged"],
            superseded=self._done["superseded"],
            unreadable=dict(sorted(self._reasons.items())),
            statements=self._statements,
        )
