"""A first look at a register's file: its headings and a few of its rows, before it is said what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from onrecord.exposure._cells import Odd
from onrecord.exposure._lines import Lines, fields_of
from onrecord.exposure._model import Column, Register, RegisterError

_MOST = 200
"""Columns of a register that are looked at: far more than anybody maps by hand."""
_LENGTH = 80
"""Characters of a sample."""


class _Enough(Exception):
    """Ends the reading of a file whose first rows were seen."""


class _Peeked(Lines):
    """Takes rows until there are enough of them."""

    def __init__(self, name: str, headings: Sequence[str], *, samples: int) -> None:
        self.headings = [str(cell).strip() for cell in headings]
        while self.headings and not self.headings[-1]:
            self.headings.pop()
        if len(self.headings) > _MOST:
            raise RegisterError(f"{name}: it has {len(self.headings):,} columns; {_MOST} are read at most.")
        self.rows: list[list[str]] = []
        self._fields = fields_of(name, self.headings, {})
        self._samples = samples

    def __len__(self) -> int:
        return len(self.rows)

    def refuse(self, line: int, message: str, column: str | None = None) -> None:
        """A row that cannot be used is none to show."""

    def add(self, line: int, cells: Sequence[str]) -> None:  # noqa: ARG002
        """Keep a row, if it says anything; `_Enough` where no more are wanted."""
        if any(map(str.strip, cells)):
            # What is wrong with a cell is no sample of its column: it is told of the line.
            self.rows.append(["" if isinstance(cell, Odd) else cell.strip()[:_LENGTH] for cell in cells])
        if len(self.rows) >= self._samples:
            raise _Enough

    def numbers(self, first: int, last: int) -> list[int]:  # noqa: ARG002
        """No rows are taken, so none is merged with others."""
        return []

    def register(self, name: str, remarks: Sequence[str] = ()) -> Register:  # noqa: ARG002
        """Nothing: it is only looked at."""
        return Register(())

    def columns(self) -> tuple[Column, ...]:
        """The columns with what is seen of them."""
        return tuple(
            Column(
                place + 1,
                heading,
                self._fields[place],
                tuple(row[place] for row in self.rows if place < len(row) and row[place]),
            )
            for place, heading in enumerate(self.headings)
        )


class Peek:
    """Begins to look at a file when its headings are known (a `Making`)."""

    def __init__(self, samples: int) -> None:
        self._samples = samples
        self._peeked: _Peeked | None = None

    def __call__(self, name: str, headings: Sequence[str], *, text_only: bool) -> Lines:  # noqa: ARG002
        """Begin."""
        self._peeked = _Peeked(name, headings, samples=self._samples)
        return self._peeked

    def columns(self) -> tuple[Column, ...]:
        """What was seen."""
        return self._peeked.columns() if self._peeked is not None else ()


@contextmanager
def peeking(samples: int) -> Iterator[Peek]:
    """A look that ends the reading of a file when it has seen enough."""
    with suppress(_Enough):
        yield Peek(max(samples, 1))
