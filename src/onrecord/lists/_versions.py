"""What is kept of lists: their versions, what a new one brought, whether a party stood on one on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from onrecord.lists._model import ListError, Party, Problem

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A version of a list, as the ledger keeps it.

    `id` is the number of its deposit. `issued` is the day that the list itself gives, an ISO date cut to its
    precision, None where it gives none; `learned_at` when the ledger took it in (UTC), and `who` had it done.
    `digest` is the SHA-256 of its parties as they are kept, `size` how many there are, `problems` how many
    entries could not be used. `early`: it was asked for as of a day before it was issued, and is given since
    no version from before that day is held.
    """

    id: int
    list: str
    title: str
    publisher: str
    format: str
    issued: str | None
    learned_at: datetime
    digest: str
    size: int
    problems: int
    who: str = ""
    early: bool = False

    @property
    def day(self) -> str:
        """The day that it is of: the one it was issued on, else the one on which the ledger took it in."""
        return self.issued or self.learned_at.date().isoformat()

    def age(self, on: date) -> int:
        """How many days before that day it was issued, or else taken in; from the first day that its date
        may mean."""
        year, month, day = (*map(int, self.day.split("-")), 1, 1)[:3]
        return (on - date(year, month, day)).days


@dataclass(frozen=True, slots=True)
class PartyChange:
    """A party that two versions tell of differently: the `fields` of `Party` that differ."""

    before: Party
    after: Party
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What a version of a list brought against an earlier one. A party is known by the list's own id."""

    list: str
    before: ListVersion
    after: ListVersion
    added: tuple[Party, ...]
    removed: tuple[Party, ...]
    changed: tuple[PartyChange, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether a party stood on a list on a day. `rests` says in plain words what the answer rests on, and
    where it is unknown, what is missing. `party` is the entry that it is told by, None where there is none.
    """

    answer: Answer
    list: str
    id: str
    day: str
    since: str | None
    party: Party | None
    rests: tuple[str, ...]


class ListRefused(ListError):
    """A list that was read but not taken: some of its entries cannot be used (`problems`), or it has lost too
    many. The message says how to take it all the same."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class NoSuchList(ListError):
    """There is no list of that name, no such version of it, or no party of that id on it."""
