"""Putting a page together: the text that is kept, its blocks, and the runs that cover the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from onrecord.pages._model import Block, BlockKind, Page, Run
from onrecord.pages._residue import KEPT
from onrecord.pages._traced import Traced

_PARTING = "\n\n"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A piece of the page's text, and the kind of block that it is or the reason why it is dropped."""

    text: Traced
    reason: str


def assemble(verdicts: Sequence[Verdict], title: Traced | None, page: Page, *, head_end: int) -> Page:
    """`page` with its text, blocks, runs and title. `title` is one that stands in the front matter,
    which ends at `head_end`."""
    placed = [*verdicts, *([Verdict(title, "title")] if title else [])]
    kept = [verdict for verdict in placed if verdict.reason in KEPT and verdict.text.text]
    kept.sort(key=lambda verdict: verdict.reason != "title")
    pieces: list[Traced] = []
    blocks: list[Block] = []
    at = 0
    for verdict in kept:
        if pieces:
            end = pieces[-1].end
            pieces.append(Traced.made(_PARTING, end, end))
            at += len(_PARTING)
        pieces.append(verdict.text)
        blocks.append(Block(at, at + len(verdict.text), cast(BlockKind, verdict.reason)))
        at += len(verdict.text)
    text = Traced.join(pieces)
    return replace(
        page,
        text=text.text,
        offsets=tuple(text.starts),
        ends=tuple(text.ends),
        blocks=tuple(blocks),
        runs=_runs(page.original, placed, head_end),
        title=next((verdict.text.text for verdict in kept if verdict.reason == "title"), None),
    )


def _runs(original: str, verdicts: Sequence[Verdict], head_end: int) -> tuple[Run, ...]:
    """Runs that cover the whole original, in its order.

    White space belongs to the run before it; what stands between pieces of text otherwise is front matter
    or mark-up. Neighbours dropped for one reason are one run.
    """
    runs: list[Run] = []

    def add(start: int, end: int, reason: str) -> None:
        kept = reason in KEPT
        if runs and not kept and runs[-1].reason == reason:
            runs[-1] = replace(runs[-1], end=end)
        elif start < end:
            runs.append(Run(start, end, kept, reason))

    def fill(start: int, end: int) -> None:
        if start >= end:
            return
        if original[start:end].isspace() and runs:
            runs[-1] = replace(runs[-1], end=end)
        elif start < head_end < end:
            fill(start, head_end)
            fill(head_end, end)
        else:
            add(start, end, "front-matter" if start < head_end else "markup")

    at = 0
    # White space before the first piece belongs to it.
    lead = len(original) - len(original.lstrip())
    for verdict in sorted((v for v in verdicts if v.text.text), key=lambda v: v.text.start):
        start, end = max(at, verdict.text.start), verdict.text.end
        start = at if at == 0 and start == lead else start
        fill(at, start)
        add(start, end, verdict.reason)
        at = max(at, end)
    fill(at, len(original))
    return tuple(runs)
