"""Gathers the parties and problems of a list while it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.lists._model import Format, ListedName, ListError, Party, PartyKind, Problem, ReadList
from onrecord.lists.readers._dates import DateError, Order, read_date
from onrecord.lists.readers._names import unique

MAX_NAME = 1000
"""Characters of a name; the longest on any list has some 400."""

ENDS_WITHIN = "The file ends within this entry."
"""Why an entry that is cut off cannot be used."""

MAX_PROBLEMS = 10_000
"""Problems that are kept. A file with more is the wrong file; the last one says so."""


@dataclass(slots=True)
class Draft:
    """A party while its entry is read. `since` are the days on which it was listed, of which the first
    them counts."""

    id: str
    line: int
    kind: PartyKind = "other"
    names: list[ListedName] = field(default_factory=list)
    source: str = ""
    programs: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    since: list[str] = field(default_factory=list)
    until: str | None = None
    countries: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    affiliate_of: str | None = None
    remarks: list[str] = field(default_factory=list)
    url: str | None = None
    wrong: str | None = None

    def date(self, text: str, order: Order = "none") -> str | None:
        """A date of the entry; one that cannot be read makes the entry a problem."""
        try:
            return read_date(text, order)
        except DateError as error:
            self.wrong = self.wrong or str(error)
            return None

    def listed(self, text: str, order: Order = "none") -> None:
        """Note a date on which the party was listed."""
        if found := self.date(text, order):
            self.since.append(found)


class Builder:
    """Parties and problems of one list, in the order of its lines."""

    def __init__(self, name: str, expected: str) -> None:
        self.name, self.expected = name, expected
        self.parties: list[Party] = []
        self.problems: list[Problem] = []
        self.whole = True
        self._lines: dict[str, int] = {}

    def problem(self, line: int, id: str | None, message: str) -> None:
        """Note an entry that cannot be used."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(line, id or None, message))
        elif len(self.problems) == MAX_PROBLEMS:
            self.problems.append(Problem(line, None, "There are more problems, which are not listed."))

    def cut(self, line: int, message: str = ENDS_WITHIN, id: str | None = None) -> None:
        """Note that the list ends in the middle."""
        self.whole = False
        self.problem(line, id, message)

    def known(self, id: str) -> bool:
        """Whether an entry of this id was taken."""
        return id in self._lines

    def add(self, draft: Draft) -> Party | None:
        """Take a party, or note why it cannot be."""
        names = unique(draft.names)
        wrong = draft.wrong
        if not draft.id:
            wrong = "The entry has no id."
        elif not names:
            wrong = "The entry has no name."
        elif any(len(name.text) > MAX_NAME for name in names):
            wrong = f"A name of the entry has more than {MAX_NAME} characters."
        elif draft.id in self._lines:
            wrong = (
                f"The id {draft.id} stands already on line {self._lines[draft.id]}; the first entry counts."
            )
        if wrong:
            self.problem(draft.line, draft.id, wrong)
            return None
        self._lines[draft.id] = draft.line
        party = Party(
            draft.id,
            draft.kind,
            names,
            draft.source,
            _once(draft.programs),
            _once(draft.citations),
            min(draft.since, default=None),
            draft.until,
            _once(draft.countries),
            _once(draft.addresses),
            tuple(dict.fromkeys(draft.identifiers)),
            draft.affiliate_of,
            "; ".join(_once(draft.remarks)),
            draft.url or None,
            draft.line,
        )
        self.parties.append(party)
        return party

    def build(self, list: str, title: str, publisher: str, format: Format, issued: str | None) -> ReadList:
        """The list. Raises `ListError` where there is no entry in it."""
        if not self.parties and not self.problems:
            raise ListError(f"{self.name} holds no entries of {self.expected}; fetch the list again.")
        if not self.parties:
            first = self.problems[0]
            raise ListError(
                f"No entry of {self.name} can be used: line {first.line}: {first.message} "
                "Fetch the list again, or mend it."
            )
        problems = tuple(sorted(self.problems, key=lambda problem: problem.line))
        return ReadList(list, title, publisher, format, issued, tuple(self.parties), problems, self.whole)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in map(str.strip, values) if value))


def joined(parts: Sequence[str], between: str = ", ") -> str:
    """Parts that are not empty, joined: an address."""
    return between.join(part.strip() for part in parts if part and part.strip(" ,"))


def split(text: str, between: str = ";") -> list[str]:
    """The values in a cell that holds several."""
    return [part.strip() for part in text.split(between) if part.strip()]
