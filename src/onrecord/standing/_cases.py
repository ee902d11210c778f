"""Cases: what moves in stages, and which lines moved it, by the rules of data/cases.yaml and stages.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from onrecord.standing._concern import NEARNESS
from onrecord.standing._dates import first_day
from onrecord.standing._lines import nearest, order
from onrecord.standing._model import Case, Line, Step
from onrecord.standing._rules import load
from onrecord.standing._stage_words import told_by

_NEW = "new"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of data/cases.yaml. `words`: the stages that the quote's words may tell of, which go before
    `to`; that is None where nothing but words moves the case. `other` is None where it moves every
    open case.
    """

    kind: str
    type: str
    statuses: tuple[str, ...]
    topics: tuple[str, ...] | None
    holder: Literal["actor", "target"]
    other: Literal["actor", "target"] | None
    stages: tuple[str, ...] | None
    words: tuple[str, ...]
    to: str | None

    def fits(self, line: Line) -> bool:
        """Whether a line says what moves a case so."""
        return (
            line.type == self.type
            and line.status in self.statuses
            and (self.topics is None or line.topic in self.topics)
            and getattr(line, self.holder) is not None
        )

    def takes(self, stage: str) -> bool:
        """Whether it moves a case that is in that stage."""
        return self.stages is None or stage in self.stages

    def leads(self, line: Line) -> str | None:
        """The stage to which it moves a case by a line that fits; None where the words do not tell."""
        if self.words:
            for citation in line.citations:
                stage = told_by(self.kind, self.words, citation.quote, citation.language or "")
                if stage:
                    return stage
        return self.to


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of data/cases.yaml, in the order in which they are tried."""
    return tuple(
        Rule(
            kind,
            row["type"],
            tuple(row["status"]),
            tuple(row["topics"]) if "topics" in row else None,
            row["holder"],
            None if row["other"] == "any" else row["other"],
            tuple(row["from"]) if "from" in row else None,
            tuple(row.get("words", ())),
            row.get("to"),
        )
        for kind, case in load("cases.yaml").items()
        for row in case["moves"]
    )


@cache
def _moves_of(type_: str) -> dict[str, list[Rule]]:
    """The rules for lines of a type, by the kind of case."""
    found: dict[str, list[Rule]] = {}
    for move in rules():
        if move.type == type_:
            found.setdefault(move.kind, []).append(move)
    return found


def moved_by(kinds: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The types of statements that move cases of some kinds, each with the field that names the holder."""
    wanted = set(kinds)
    return frozenset((move.type, move.holder) for move in rules() if move.kind in wanted)


def stage_examined(line: Line) -> str | None:
    """The stage to which an examination leads the case of whom it examines; None where it leads to none."""
    moves = (move for move in _moves_of(line.type).get(line.type, ()) if move.fits(line))
    return next((stage for move in moves if (stage := move.leads(line)) is not None), None)


def stages_of(kind: str) -> tuple[str, ...]:
    """The stages that a kind of case may come to."""
    stages = [
        stage
        for move in rules()
        if move.kind == kind
        for stage in (*move.words, *([move.to] if move.to else ()))
    ]
    return tuple(dict.fromkeys(stages))


def kinds() -> tuple[str, ...]:
    """The kinds of cases."""
    return tuple(dict.fromkeys(move.kind for move in rules()))


def make_cases(lines: Iterable[Line]) -> tuple[Case, ...]:
    """The cases that lines tell of; the nearest first, of these the ones that moved last."""
    steps: dict[tuple[str, str, str | None], list[Step]] = {}
    for line in sorted(lines, key=lambda line: (_day(line), order(line))):
        for moves in _moves_of(line.type).values():
            for key, stage in _moved(moves, line, steps):
                told = steps.setdefault(key, [])
                if not told or told[-1].stage != stage:
                    told.append(Step(stage, line.moment, (line,)))
                else:
                    told[-1] = Step(stage, told[-1].moment, (*told[-1].lines, line))
    cases = [Case(kind, holder, other, tuple(told)) for (kind, holder, other), told in steps.items()]

    def place(case: Case) -> tuple[int, int, str, str, str]:
        last = case.steps[-1].lines[0]
        near = nearest(line.nearness for step in case.steps for line in step.lines)
        return NEARNESS.index(near), -_day(last).toordinal(), case.kind, case.holder, case.other or "~"

    return tuple(sorted(cases, key=place))


def _moved(
    moves: Iterable[Rule], line: Line, steps: dict[tuple[str, str, str | None], list[Step]]
) -> Iterator[tuple[tuple[str, str, str | None], str]]:
    """The cases of a kind, by its rules, that a line moves, each with the stage that it comes to."""
    for move in moves:
        if not move.fits(line):
            continue
        stage = move.leads(line)
        if stage is None:
            continue
        kind = move.kind
        holder = str(getattr(line, move.holder))
        if move.other is None:
            keys = [key for key in steps if key[:2] == (kind, holder)]
        else:
            keys = [(kind, holder, getattr(line, move.other))]
        found = [(key, stage) for key in keys if move.takes(_stage(steps.get(key)))]
        if found:
            yield from found
            return


def _stage(steps: list[Step] | None) -> str:
    return steps[-1].stage if steps else _NEW


def _day(line: Line) -> date:
    return first_day(line.moment.value) if line.moment else date.min
