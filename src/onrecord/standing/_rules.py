"""The rules of data/: positions.yaml and sections.yaml, read once and typed; `load` reads the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from onrecord.standing._model import Force, Side
from onrecord.statements import Scope, StatementType, Status, Topic


def load(name: str) -> dict[str, Any]:
    """What a file of data/ holds."""
    text = (files("onrecord.standing") / "data" / name).read_text("utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each
class Code:
    """What a position is: its side, its force, and its rank in strictness (0 is the strictest)."""

    name: str
    side: Side
    force: Force
    rank: int


@cache
def codes() -> dict[str, Code]:
    """The positions by name, the strictest first."""
    listed = load("positions.yaml")["codes"]
    return {
        name: Code(name, row["side"], row["force"], rank) for rank, (name, row) in enumerate(listed.items())
    }


@cache
def _positions() -> dict[str, dict[str, str]]:
    return cast(dict[str, dict[str, str]], load("positions.yaml")["position"])


@cache
def _listed_scopes() -> dict[str, dict[str, Any]]:
    return cast(dict[str, dict[str, Any]], load("positions.yaml")["scopes"])


@cache
def _scope_by_topic() -> dict[str, str]:
    return {topic: scope for scope, row in _listed_scopes().items() for topic in row.get("topics", ())}


@cache
def scopes() -> tuple[str, ...]:
    """The fields in which a measure may hold."""
    return tuple(_listed_scopes())


def is_narrow(scope: str) -> bool:
    """Whether a position in that field is never told without it."""
    return bool(_listed_scopes()[scope].get("narrow"))


@cache
def own_word() -> frozenset[Force]:
    """The forces with which an actor's own word weighs over that of others."""
    return frozenset(load("positions.yaml")["own_word"])


@cache
def _sections() -> dict[str, Any]:
    return load("sections.yaml")


def side_of(code: str) -> Side:
    """The side of the position of that name."""
    return codes()[code].side


def code_of(type_: StatementType, status: Status) -> Code | None:
    """The position that a restriction or permission of that status tells of; None for other types."""
    row = _positions().get(type_)
    return codes()[row[status]] if row else None


def scope_of(scope: Scope | None, topic: Topic | None) -> str:
    """The field in which a measure holds: its own scope, or that of its topic."""
    return scope or _scope_by_topic().get(topic or "", "networks")


@cache
def wholes() -> dict[str, str]:
    """Of each scope that is part of another that one."""
    return {scope: row["within"] for scope, row in _listed_scopes().items() if "within" in row}


def section_of(type_: StatementType) -> str:
    """The section of the dossier to which statements of that type go."""
    return next(str(name) for name, types in _sections()["sections"].items() if type_ in types)


def measure_types() -> tuple[StatementType, ...]:
    """The types of statements that make positions."""
    return cast(tuple[StatementType, ...], tuple(_positions()))


def is_measure(type_: StatementType) -> bool:
    """Whether statements of that type make positions."""
    return type_ in _positions()


def matter_of(type_: StatementType, topic: Topic | None) -> str:
    """The name of the matter in dispute: the first topic of its family, `""` where it has none."""
    rule = _sections()["matters"][type_]
    if rule.get("all") or topic is None:
        return ""
    return next((str(family[0]) for family in rule.get("together", ()) if topic in family), topic)


def matter_has_target(type_: StatementType) -> bool:
    """Whether the target is part of the matter in dispute."""
    return bool(_sections()["matters"][type_].get("by_target"))


def denies_the_page(type_: StatementType) -> bool:
    """Whether a denial of that type that has no topic denies what its page tells of the same actor."""
    return bool(_sections()["matters"][type_].get("denied_on_page"))


def examines(matter_type: StatementType, matter: str, topic: Topic | None) -> bool:
    """Whether an examination on `topic` bears on that matter."""
    if topic is None or matter_type == "ties":
        return False
    if matter_type == "wrongdoing":
        return matter_of(matter_type, topic) == matter
    return topic in _sections()["matters"][matter_type].get("examined", ())


def matter_needs_doubt(type_: StatementType) -> bool:
    """Whether statements of that type are a matter of dispute only where one of them is not asserted."""
    return "unless_all" in _sections()["matters"][type_]


def clears(stage: str | None) -> bool:
    """Whether an examination that leads to that stage is on the side of denial."""
    return stage in _sections()["cleared_by"]


def denies(status: Status) -> bool:
    """Whether a statement of that status denies its matter."""
    return status in _sections()["denied_by"]


def is_act(type_: StatementType) -> bool:
    """Whether statements of that type happen on a day, so that the day of publication can stand in for it."""
    return type_ in _sections()["timeline"]["acts"]


def lane_of(type_: StatementType) -> str:
    """The lane of the timeline in which statements of that type are drawn."""
    return next(str(lane) for lane, types in _sections()["timeline"]["lanes"].items() if type_ in types)


def calendar_rule() -> tuple[int, float]:
    """How many columns the matrix may have, and what share of the dated they must hold."""
    rule = _sections()["calendar"]
    return int(rule["columns"]), float(rule["share"])
