"""The sections of a dossier as headings and lines: what the terminal and Markdown show one under the
other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.present._told import Told
from onrecord.present._view import View


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of some depth under its section: 1 for a matter or part, 2 for a side or pair of parties."""

    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark that is no line of the record ("Nobody on record.")."""

    text: str


Item = Heading | Told | Remark

GROUPED_BEFORE = ("measures",)
GROUPED_AFTER = ("promised", "asked", "examined", "court", "supplies", "ties")


def position_lines(view: View) -> Iterator[Item]:
    """The lines behind the positions, under their actors."""
    for position in view.dossier.positions:
        for stance in position.stances:
            yield Heading(f"{view.bare(position.actor)}: {view.stance_label(position, stance)}", 1)
            if told_by := view.set_by(stance):
                yield Remark(told_by)
            for _, heading, told in view.stance_parts(stance):
                if heading:
                    yield Heading(heading, 2)
                yield from told


def set_lines(view: View) -> Iterator[Item]:
    """The positions that persons set, without the lines behind them."""
    for position in view.dossier.positions:
        for stance in position.stances:
            if told_by := view.set_by(stance):
                yield Remark(f"{view.bare(position.actor)}: {view.stance_label(position, stance)}. {told_by}")


def dispute_lines(view: View) -> Iterator[Item]:
    """The lines behind the disputes, under their sides."""
    for dispute in view.dossier.disputes:
        yield Heading(f"{view.bare(dispute.actor)}: {view.matter(dispute)} ({view.contested(dispute)})", 1)
        sides = (
            ("affirmed", "nobody_affirms"),
            ("denied", "nobody_denies"),
            ("examined", "nothing_examined"),
        )
        for side, empty in sides:
            yield Heading(view.words(side), 2)
            lines = getattr(dispute, side)
            yield from (view.told(line) for line in lines)
            if not lines:
                yield Remark(view.words(empty))


def case_lines(view: View) -> Iterator[Item]:
    """The lines behind the cases, under their stages."""
    for case in view.dossier.cases:
        yield Heading(view.case(case), 1)
        for step in case.steps:
            yield Heading(view.step(step), 2)
            yield from (view.told(line) for line in step.lines)


def listed_lines(view: View) -> Iterator[Item]:
    """The entities that stand on a list, with what it says of them."""
    for name, told in view.listed():
        yield Heading(name, 1)
        yield from map(Remark, told)


def group_lines(view: View, section: str) -> Iterator[Item]:
    """The lines of a section of groups, under their parties."""
    for part in view.parts(getattr(view.dossier, section)):
        if part.heading:
            yield Heading(part.heading, 1)
        for heading, told in part.groups:
            yield Heading(heading, 2)
            yield from told
