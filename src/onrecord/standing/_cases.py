"""Cases: what moves in stages, and which lines moved it, by the rules of data/cases.yaml and stages.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import takewhile
from typing import Literal

from onrecord.standing._concern import NEARNESS
from onrecord.standing._dates import first_day
from onrecord.standing._lines import nearest, order
from onrecord.standing._model import Case, Citation, Line, Moment, Step
from onrecord.standing._rules import load
from onrecord.standing._stage_words import told_by
from onrecord.statements import Topic

_NEW = "new"
Key = tuple[str, str, str | None]
"""Of a case: its kind, its holder and the other party."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of data/cases.yaml. `words`: the stages that the quote's words may tell of, which go before
    `to`; that is None where nothing but words moves the case. `same_matter`: whether it moves a case only by
    what is about the matter that brought it where it is.
    """

    kind: str
    type: str
    statuses: tuple[str, ...]
    topics: tuple[str, ...] | None
    holder: Literal["actor", "target"]
    other: Literal["actor", "target"]
    same_matter: bool
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

    def bears(self, line: Line, told: Sequence[Step]) -> bool:
        """Whether a line that fits is about the matter of the case that came through these steps."""
        if not self.same_matter:
            return True
        matter = _matter(line.topic)
        if matter is None or getattr(line, self.other) is None:
            return False
        last = takewhile(lambda step: self.takes(step.stage), reversed(told))
        return any(_matter(earlier.topic) == matter for step in last for earlier in step.lines)

    def leads(self, line: Line) -> str | None:
        """The stage to which it moves a case by a line that fits; None where the words do not tell."""
        told = (self.tells(citation) for citation in line.citations)
        return next((stage for stage in told if stage), None) or self.to

    def tells(self, citation: Citation) -> str | None:
        """The stage of which the words of a quote tell, where words move a case so."""
        if not self.words:
            return None
        return told_by(self.kind, self.words, citation.quote, citation.language or "")


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
            row["other"],
            row.get("matter") == "same",
            tuple(row["from"]) if "from" in row else None,
            tuple(row.get("words", ())),
            row.get("to"),
        )
        for kind, case in load("cases.yaml")["cases"].items()
        for row in case["moves"]
    )


@cache
def _matter(topic: Topic | None) -> Topic | None:
    """The matter that a topic is: the first of those that stand together; None where there is no topic."""
    return next((family[0] for family in load("cases.yaml")["together"] if topic in family), topic)


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
    steps: dict[Key, list[Step]] = {}
    told = (
        (part, moves)
        for line in lines
        for moves in _moves_of(line.type).values()
        for part in _parts(line, moves)
    )
    for line, moves in sorted(told, key=lambda one: (_day(one[0]), order(one[0]))):
        moved = _moved(moves, line, steps)
        if moved is None:
            continue
        key, stage = moved
        course = steps.setdefault(key, [])
        if not course or course[-1].stage != stage:
            course.append(Step(stage, line.moment, (line,)))
        else:
            course[-1] = Step(stage, course[-1].moment, (*course[-1].lines, line))
    cases = [Case(kind, holder, other, tuple(course)) for (kind, holder, other), course in steps.items()]

    def place(case: Case) -> tuple[int, int, str, str, str]:
        last = case.steps[-1].lines[0]
        near = nearest(line.nearness for step in case.steps for line in step.lines)
        return NEARNESS.index(near), -_day(last).toordinal(), case.kind, case.holder, case.other or "~"

    return tuple(sorted(cases, key=place))


def _parts(line: Line, moves: Sequence[Rule]) -> list[Line]:
    """A line for each stage of which its quotes tell, since those that say the same may tell of several:
    "charged" and, three years on, "dropped the charges". Each has the quotes that tell of its stage, and that
    of the first stage those too that tell of none.
    """
    telling = [move for move in moves if move.words and move.fits(line)]
    words = [stage for move in telling for stage in move.words]
    stages: dict[str, list[Citation]] = {}
    for citation in line.citations if telling else ():
        stage = next((told for move in telling if (told := move.tells(citation))), None)
        if stage is not None:
            stages.setdefault(stage, []).append(citation)
    if len(stages) < 2:
        return [line]
    # Of one day what stands first among the words, the farthest in court, is told last.
    ordered = sorted(stages, key=lambda stage: (_published(stages[stage][0]), -words.index(stage)))
    of_none = [one for one in line.citations if not any(one in cited for cited in stages.values())]
    return [
        _part(line, [*stages[stage], *(of_none if stage == ordered[0] else ())], stage == ordered[0])
        for stage in ordered
    ]


def _part(line: Line, cited: Sequence[Citation], first: bool) -> Line:
    """A line with some of its quotes alone, and the moment of the first of them, or its own."""
    moment = line.moment
    if moment is not None and moment.basis == "published" and not first:
        moment = Moment(cited[0].published, "published") if cited[0].published else None
    return replace(
        line,
        moment=moment,
        citations=tuple(sorted(cited, key=line.citations.index)),
        origins=tuple(sorted({one.origin for one in cited})) if line.origins else (),
        statements=len(cited),
        pages=len({one.source for one in cited}) if line.pages else 0,
    )


def _published(citation: Citation) -> date:
    return first_day(citation.published) if citation.published else date.max


def _moved(moves: Iterable[Rule], line: Line, steps: Mapping[Key, Sequence[Step]]) -> tuple[Key, str] | None:
    """The case of a kind, by its rules, that a line moves, with the stage that it comes to."""
    for move in moves:
        if not move.fits(line):
            continue
        key = (move.kind, str(getattr(line, move.holder)), getattr(line, move.other))
        told = steps.get(key, ())
        if not move.takes(_stage(told)) or not move.bears(line, told):
            continue
        stage = move.leads(line)
        if stage is not None:
            return key, stage
    return None


def _stage(steps: Sequence[Step]) -> str:
    return steps[-1].stage if steps else _NEW


def _day(line: Line) -> date:
    return first_day(line.moment.value) if line.moment else date.min
