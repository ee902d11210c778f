"""Text that remembers where each of its characters came from in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Traced:
    """`text`, and for each of its characters where it starts and ends in the original.

    Untouched text holds its places as ranges, which cost nothing; text put together from pieces holds lists.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def verbatim(cls, original: str, start: int, end: int) -> Traced:
        """The stretch `original[start:end]` as it stands."""
        return cls(original[start:end], range(start, end), range(start + 1, end + 1))

    @classmethod
    def made(cls, text: str, start: int, end: int) -> Traced:
        """`text`, each of whose characters was made from the stretch `start` to `end` as a whole."""
        return cls(text, (start,) * len(text), (end,) * len(text))

    @classmethod
    def join(cls, pieces: Iterable[Traced]) -> Traced:
        """One text out of `pieces`, in their order."""
        pieces = [piece for piece in pieces if piece.text]
        if len(pieces) == 1:
            return pieces[0]
        return cls(
            "".join(piece.text for piece in pieces),
            [place for piece in pieces for place in piece.starts],
            [place for piece in pieces for place in piece.ends],
        )

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.starts[part], self.ends[part])

    @property
    def start(self) -> int:
        """Where the text begins in the original. The text must not be empty."""
        return self.starts[0]

    @property
    def end(self) -> int:
        """Where the text ends in the original. The text must not be empty."""
        return self.ends[-1]

    def strip(self) -> Traced:
        """Without the white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : len(self.text.rstrip())] if left < len(self.text) else self[:0]

    def split(self, at: re.Pattern[str]) -> Iterator[Traced]:
        """The pieces between the matches of `at`."""
        last = 0
        for match in at.finditer(self.text):
            yield self[last : match.start()]
            last = match.end()
        yield self[last:]

    def replace(self, changes: Iterable[tuple[int, int, str]]) -> Traced:
        """With each stretch `(start, end, text)` replaced; stretches in order, none overlapping another.

        The characters of a replacement of the same length keep their own places; of another length, the
        replacement is made from the stretch as a whole.
        """
        pieces, last = [], 0
        for start, end, text in changes:
            pieces.append(self[last:start])
            if len(text) == end - start:
                pieces.append(Traced(text, self.starts[start:end], self.ends[start:end]))
            elif text:
                pieces.append(Traced.made(text, self.starts[start], self.ends[end - 1]))
            last = end
        return Traced.join([*pieces, self[last:]]) if pieces else self

    def squeezed(self) -> Traced:
        """With every run of white space made one space, and none at the ends."""
        text = self.strip()
        return text.replace(
            (found.start(), found.end(), " ") for found in _SPACES.finditer(text.text) if found.group() != " "
        )
