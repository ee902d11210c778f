"""What a page is once it has been read: its clean text, and where every character of it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["title", "standfirst", "crosshead", "body"]
Precision = Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Published:
    """A page's date of publication.

    `value` is ISO 8601 cut to its precision (`2019`, `2019-01`, `2019-01-24`); `evidence` says where it
    was found ("front matter: date", "glued before the first word", "html: meta article:published_time");
    `confidence` is between 0 and 1.
    """

    value: str
    precision: Precision
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the original text, kept or dropped. `start` and `end` are offsets in `Page.original`.

    `reason` names what a kept run is (a `BlockKind`) or why a run was dropped ("read-also", ...).
    """

    start: int
    end: int
    kept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the clean text. `start` and `end` are offsets in `Page.text`."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True)
class Page:
    """A page as read. Offsets in `text` lead to offsets in `original` through `offsets`.

    `original` is the decoded text of the file, untouched; `text` is what was kept of it, mended, its blocks
    parted by one blank line. `offsets` has one entry for each character of `text`: where it begins in
    `original`; a character made from several (mended mojibake) begins at the first of them. `ends`
    holds, likewise, where it ends. `digest` is the SHA-256 of the bytes, in hexadecimal.
    """

    digest: str
    locator: str
    encoding: str
    original: str
    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...]
    title: str | None
    outlet: str | None
    published: Published | None
    language: str | None
    language_confidence: float

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `original` that `text[start:end]` was made from. The span must not be empty."""
        return self.offsets[start], self.ends[end - 1]
