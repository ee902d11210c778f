"""Cases: what moves in stages, and which lines moved it, by the rules of data/cases.yaml and stages.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from onrecord.standing._concern import NEARNESS
from onrecord.standing._dates import first_day
from onrecord.standing._lines import nearest, order
from onrecord.standing._model import Case, Line, Step

_NEW = "new"
_BY_WORDS = "by words"


@dataclass(frozen=True, slots=True)
class _Move:
    """A rule of data/cases.yaml. `open`: it moves every open case of the holder."""

    kind: str
    type: str
    statuses: tuple[str, ...]
    topics: tuple[str, ...] | None
    holder: Literal["actor", "target"]
    other: Literal["actor", "target"] | None
    stages: tuple[str, ...] | None
    to: str
    otherwise: str

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


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("onrecord.standing") / "data" / name).read_text("utf-8"))
    return loaded


@cache
def _moves() -> tuple[_Move, ...]:
    return tuple(
        _Move(
            kind,
            row["type"],
            tuple(row["status"]),
            tuple(row["topics"]) if "topics" in row else None,
            row["holder"],
            None if row["other"] == "any" else row["other"],
            tuple(row["from"]) if "from" in row else None,
            row["to"],
            row.get("else", ""),
        )
        for kind, case in _load("cases.yaml").items()
        for row in case["moves"]
    )


@cache
def _moves_of(type_: str) -> dict[str, list[_Move]]:
    """The rules for lines of a type, by the kind of case."""
    found: dict[str, list[_Move]] = {}
    for move in _moves():
        if move.type == type_:
            found.setdefault(move.kind, []).append(move)
    return found


@cache
def _stages() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        language: {
            stage: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
            for stage, words in stages.items()
        }
        for language, stages in _load("stages.yaml").items()
    }


def moved_by(kinds: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The types of statements that move cases of some kinds, each with the field that names the holder."""
    wanted = set(kinds)
    return frozenset((move.type, move.holder) for move in _moves() if move.kind in wanted)


def stages_of(kind: str) -> tuple[str, ...]:
    """The stages that a kind of case may come to."""
    told = [move for move in _moves() if move.kind == kind]
    stages = [move.to for move in told if move.to != _BY_WORDS] + [m.otherwise for m in told if m.otherwise]
    if any(move.to == _BY_WORDS for move in told):
        stages += next(iter(_stages().values()))
    return tuple(dict.fromkeys(stages))


def kinds() -> tuple[str, ...]:
    """The kinds of cases."""
    return tuple(dict.fromkeys(move.kind for move in _moves()))


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
    moves: Iterable[_Move], line: Line, steps: dict[tuple[str, str, str | None], list[Step]]
) -> Iterator[tuple[tuple[str, str, str | None], str]]:
    """The cases of a kind, by its rules, that a line moves, each with the stage that it comes to."""
    for move in moves:
        if not move.fits(line):
            continue
        kind = move.kind
        holder = str(getattr(line, move.holder))
        if move.other is None:
            keys = [key for key in steps if key[:2] == (kind, holder)]
        else:
            keys = [(kind, holder, getattr(line, move.other))]
        found = [(key, _to(move, line)) for key in keys if move.takes(_stage(steps.get(key)))]
        if found:
            yield from found
            return


def _stage(steps: list[Step] | None) -> str:
    return steps[-1].stage if steps else _NEW


def _to(move: _Move, line: Line) -> str:
    if move.to != _BY_WORDS:
        return move.to
    for citation in line.citations:
        for stage, words in _stages().get(citation.language or "", {}).items():
            if words.search(citation.quote):
                return stage
    return move.otherwise


def _day(line: Line) -> date:
    return first_day(line.moment.value) if line.moment else date.min
