"""Checks that are kept, so that the next one can tell what is new and what is gone.

A check is a deposit of kind "check" under the register's name: each finding once, and by each line which of
them are on it. Ten findings on each of 100,000 lines are a few MB.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from onrecord.exposure._model import Finding, Step
from onrecord.exposure._touch import Touch, finding_id
from onrecord.ledger import Ledger

KIND = "check"
"""The kind under which the ledger keeps checks."""
_FORM = 1
_SKIPPED = {"id", "line", "new"}


@dataclass(frozen=True, slots=True)
class Laid:
    """A line of a register with what touches it: its row, the key under which checks are compared, and the
    places of its findings among all that were found."""

    line: int
    key: str
    found: tuple[int, ...]


def keep(
    ledger: Ledger,
    name: str,
    *,
    as_of: str,
    touches: list[Touch],
    laid: list[Laid],
    rules: list[Finding],
    who: str,
) -> None:
    """Keep a check as the newest of the register of that name."""
    told = {
        "form": _FORM,
        "found": [_told(touch) for touch in touches],
        "lines": [[one.line, one.key, list(one.found)] for one in laid if one.found],
        "rules": [{"id": one.id, "line": one.line, **_fields(one)} for one in rules],
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    detail = {"as_of": as_of, "lines": len(laid), "findings": sum(len(o.found) for o in laid) + len(rules)}
    ledger.deposit(KIND, name, data, detail=detail, who=who)


@dataclass(frozen=True)
class LastCheck:
    """The last check of a register that was kept: when, the ids of its findings, and the findings."""

    at: str
    ids: frozenset[str]
    _told: dict[str, Any]

    def gone(self, ids: Collection[str]) -> tuple[Finding, ...]:
        """Its findings that are not among these, on the rows on which they were."""
        found: list[Finding] = []
        held: dict[int, Finding] = {}
        for id, line, place in _all(self._told):
            if id in ids:
                continue
            if place not in held:
                held[place] = _finding(self._one(place))
            found.append(replace(held[place], id=id, line=line))
        return tuple(found)

    def _one(self, place: int) -> dict[str, Any]:
        found: dict[str, Any] = self._told["found"][place] if place >= 0 else self._told["rules"][-1 - place]
        return found


def last_check(
    ledger: Ledger, name: str, *, as_of: str, known_at: datetime | None = None
) -> LastCheck | None:
    """The last check of the register of that name that was kept, of that day or an earlier one; None where
    there is none."""
    held = [
        d for d in ledger.deposits(KIND, name, known_at=known_at) if str(d.detail.get("as_of", "")) <= as_of
    ]
    if not held:
        return None
    told = json.loads(ledger.deposited(held[-1].id).decode("utf-8", "surrogatepass"))
    if told.get("form") != _FORM:
        return None
    at = held[-1].learned_at.isoformat(timespec="seconds")
    return LastCheck(at, frozenset(id for id, *_ in _all(told)), told)


def _all(told: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """The id and row of each finding, and its place among those found, below 0 among those of rules."""
    marks = [one["mark"] for one in told["found"]]
    for line, key, places in told["lines"]:
        for place in places:
            yield finding_id(key, marks[place]), line, place
    for at, one in enumerate(told["rules"]):
        yield one["id"], one["line"], -1 - at


def _told(touch: Touch) -> dict[str, Any]:
    return {"mark": touch.digest, **_fields(touch.on(0, "", new=False))}


_DEFAULTS = {field.name: field.default for field in fields(Finding) if field.name not in _SKIPPED}


def _fields(finding: Finding) -> dict[str, Any]:
    """The fields of a finding that are not as they are by default."""
    found = {
        name: value for name, default in _DEFAULTS.items() if (value := getattr(finding, name)) != default
    }
    if finding.steps:
        found["steps"] = [_step(step) for step in finding.steps]
    return found


def _step(step: Step) -> list[Any]:
    return [getattr(step, field.name) for field in fields(Step)]


def _step_of(actor: str, by: str, target: str, statements: list[str], *rest: Any) -> Step:
    return Step(actor, by, target, tuple(statements), *rest)


def _finding(told: dict[str, Any]) -> Finding:
    values = {name: value for name, value in told.items() if name not in ("mark", *_SKIPPED)}
    values["steps"] = tuple(_step_of(*step) for step in told.get("steps", ()))
    for name in ("statements", "words_of"):
        values[name] = tuple(told.get(name, ()))
    values["values"] = tuple((name, value) for name, value in told.get("values", ()))
    return Finding(id="", line=0, **values)
