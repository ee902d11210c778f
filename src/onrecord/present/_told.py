"""What a dossier tells, in words: a quote, a line, a part of a section."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.standing import Line


@dataclass(frozen=True, slots=True)
class Quote:
    """The words on a page, and where they stand."""

    number: int
    statement_id: str
    text: str
    language: str | None
    language_name: str
    where: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line in words. `spread` says from how many pages and origins, where there is more than one page."""

    id: str
    sentence: str
    numbers: tuple[int, ...]
    quotes: tuple[Quote, ...]
    spread: str
    line: Line

    @property
    def languages(self) -> tuple[str, ...]:
        """The names of the languages of its quotes, each once."""
        return tuple(dict.fromkeys(quote.language_name for quote in self.quotes if quote.language_name))

    @property
    def more(self) -> int:
        """How many quotes there are that are not laid out."""
        return self.line.statements - len(self.quotes)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a section's groups, under a heading of their own (empty for the first)."""

    heading: str
    groups: tuple[tuple[str, tuple[Told, ...]], ...]
