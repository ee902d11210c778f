"""Words and their numbers, as one question needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from onrecord.ledger import _codes


class Numbers:
    """Words and their numbers, also such as the ledger has no number for (a correction may bring them).

    `known` are those that the process knows already. A writer may have taught it words that this transaction
    does not see: their numbers are above the last one here, and no column has room for them.
    """

    def __init__(self, connection: Connection, known: _codes.Known) -> None:
        self.connection = connection
        self._known = known
        self._own: dict[_codes.Word, int] = {}
        self._texts: dict[tuple[str, int], str] = {}
        self._given: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self.invented: dict[_codes.Word, int] = {}
        """The words that have a number here alone."""

    def of(self, kind: str, text: str | None) -> int:
        """A word's number, 0 for none."""
        if text is None:
            return 0
        found = self.find(kind, [text]).get(text)
        if found is None:
            found = self.last(kind) + 1
            self.take({(kind, text): found})
        return found

    def take(self, invented: Mapping[_codes.Word, int]) -> None:
        """Know words by numbers that the ledger has not given them."""
        for (kind, text), number in invented.items():
            self._last[kind] = max(self.last(kind), number)
            self._own[kind, text] = number
            self._texts[kind, number] = text
        self.invented.update(invented)

    def last(self, kind: str) -> int:
        """The highest number of a word of that kind."""
        return self._last.get(kind) or self._last_given(kind)

    def _last_given(self, kind: str) -> int:
        """The highest number that the ledger gave a word of that kind, as this transaction sees it."""
        if kind not in self._given:
            self._given[kind] = _codes.last_number(self.connection, kind)
        return self._given[kind]

    def find_one(self, kind: str, text: str) -> int:
        """A word's number; -1, which stands in no column, where it has none."""
        return self.find(kind, [text]).get(text, -1)

    def find(self, kind: str, texts: Iterable[str]) -> dict[str, int]:
        """The numbers of those words that have one, in the order in which they are asked for."""
        told: dict[str, int] = {}
        missing, words = [], self._known.words
        asked = dict.fromkeys(texts)
        for text in asked:
            own, known = self._own.get((kind, text)), words.get((kind, text))
            if own is not None:
                told[text] = own
            elif known is None:
                missing.append(text)
            elif known <= self._last_given(kind):
                told[text] = known
        if missing:
            found = _codes.numbers(self.connection, kind, missing)
            self._known.learn({(kind, text): number for text, number in found.items()})
            self._own.update(((kind, text), number) for text, number in found.items())
            told.update(found)
        return {text: told[text] for text in asked if text in told}

    def texts(self, kind: str, numbers: Iterable[int]) -> dict[int, str]:
        """The words with these numbers."""
        wanted = {int(number) for number in numbers} - {0}
        known = self._known.texts
        found = {n: self._texts.get((kind, n)) or known.get((kind, n)) for n in wanted}
        missing = [number for number, text in found.items() if text is None]
        if missing:
            fetched = _codes.texts(self.connection, kind, missing)
            self._known.learn({(kind, text): number for number, text in fetched.items()})
            found.update(fetched)
        return {number: text for number, text in found.items() if text is not None}
