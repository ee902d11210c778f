"""Checks that are kept, so that the next one can tell what is new and what is gone.

A check is a deposit of kind "check" under the register's name: what was found once, what many lines have in
common as bundles of it, and of each line which bundles it has. Ten findings on each of 100,000 lines are a
few MB.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from onrecord.exposure._findings import Findings, Row
from onrecord.exposure._model import BadLine, Finding, Looked, Note, Step
from onrecord.exposure._touch import Label, Touch, statements_of, steps_of, whole
from onrecord.ledger import Ledger

KIND = "check"
"""The kind under which the ledger keeps checks."""
_FORM = 2


@dataclass(frozen=True, slots=True)
class Laid:
    """A line of a register with what touches it: its row, the key under which checks are compared, and the
    numbers of the bundles of findings that are on it."""

    line: int
    key: str
    bundles: tuple[int, ...]


@dataclass(frozen=True)
class Laying:
    """What was found, each thing once (`touches`); `bundles` of it by their places; the lines; and what it
    takes to tell them: names by keys of entities, ids of statements by rows."""

    touches: Sequence[Touch]
    bundles: Sequence[tuple[int, ...]]
    lines: Sequence[Laid]
    labels: Mapping[str, str]
    ids: Mapping[int, str]

    def label(self, key: str) -> str:
        """The name by which a reader is shown an entity."""
        return self.labels.get(key, key)

    def whole(self, place: int) -> Finding:
        """What was found at a place, on no line yet."""
        return whole(self.touches[place], self.label, self.ids)


@dataclass(frozen=True)
class Told:
    """What a check tells beside its findings (see `Check`), and whether others are compared with it."""

    lines: int
    looked: tuple[Looked, ...]
    notes: Sequence[tuple[str, Note]]
    bad: tuple[BadLine, ...]
    compared: bool


def keep(
    ledger: Ledger,
    name: str,
    *,
    as_of: str,
    found: Laying,
    rules: Sequence[Finding],
    beside: Told,
    about: Mapping[str, Any],
    who: str,
) -> int:
    """Keep a check as the newest of the register of that name; the number of its deposit. `about` is what
    is kept with it as it is."""
    ruled: dict[tuple[Any, ...], int] = {}
    on_lines = [
        [one.id, one.line, ruled.setdefault(tuple(getattr(one, name) for name in _RULED), len(ruled))]
        for one in rules
    ]
    told = {
        "form": _FORM,
        "labels": dict(found.labels),
        "found": [_told(touch, found.ids) for touch in found.touches],
        "bundles": found.bundles,
        "lines": [[one.line, one.key, one.bundles] for one in found.lines if one.bundles],
        "rules": list(ruled),
        "ruled": on_lines,
        "size": beside.lines,
        "looked": [asdict(one) for one in beside.looked],
        "unseen": [[text, note.code, note.values] for text, note in beside.notes],
        "bad": [asdict(one) for one in beside.bad],
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    sizes = [len(bundle) for bundle in found.bundles]
    many = sum(sizes[bundle] for one in found.lines for bundle in one.bundles) + len(rules)
    detail = {**about, "as_of": as_of, "lines": beside.lines, "findings": many}
    if not beside.compared:
        detail["aside"] = True
    return ledger.deposit(KIND, name, data, detail=detail, who=who).id


class LastCheck:
    """The last check of a register that was kept: when it was made, by each line's key what was on it (as
    digests), and the ids of what rules said."""

    def __init__(self, at: str, told: dict[str, Any]) -> None:
        self.at = at
        self._told = told
        self._digests: list[str] = [one["mark"] for one in told["found"]]
        self._bundles = [frozenset(self._digests[place] for place in one) for one in told["bundles"]]
        self._lines: dict[str, tuple[int, list[int]]] = {
            key: (line, bundles) for line, key, bundles in told["lines"]
        }
        self.rules = frozenset(id for id, *_ in told["ruled"])

    def on(self, key: str) -> frozenset[str]:
        """The digests of what was on the line of a key."""
        bundles = self._lines[key][1] if key in self._lines else ()
        return frozenset().union(*(self._bundles[bundle] for bundle in bundles))

    def gone(self, gone: Mapping[str, Collection[str]], rules: Collection[str]) -> Findings:
        """Its findings that are no more, on the rows on which they were: by keys of lines the digests of what
        is gone from them, of lines that are not among these keys everything; and what rules said that do not
        say `rules` any more."""
        brief = [(one["kind"], len(one.get("steps", ()))) for one in self._told["found"]]
        rows = []
        for key, (line, bundles) in self._lines.items():
            if key in gone and not gone[key]:
                continue
            places = (place for bundle in bundles for place in self._told["bundles"][bundle])
            if key in gone:
                places = (place for place in places if self._digests[place] in gone[key])
            rows.append(Row(line, key, (tuple(places),)))
        for id, line, rule in self._told["ruled"]:
            if id not in rules:
                rows.append(Row(line, "", (), own=(_ruled(id, line, self._told["rules"][rule]),)))
        return Findings(rows, self._whole, brief, self._digests)

    def _whole(self, place: int) -> Finding:
        label: Label = lambda key: str(self._told["labels"].get(key, key))  # noqa: E731
        return whole(_touch(self._told["found"][place]), label, {})


def last_check(
    ledger: Ledger, name: str, *, as_of: str, known_at: datetime | None = None, before: int | None = None
) -> LastCheck | None:
    """The last check of the register of that name that was kept to be compared with, of that day or an
    earlier one, and made before the one whose deposit is `before`; None where there is none."""
    held = [
        d
        for d in ledger.deposits(KIND, name, known_at=known_at)
        if str(d.detail.get("as_of", "")) <= as_of
        and not d.detail.get("aside")
        and (before is None or d.id < before)
    ]
    if not held:
        return None
    told = loaded(ledger, held[-1].id)
    if told.get("form") != _FORM:
        return None
    return LastCheck(held[-1].learned_at.isoformat(timespec="seconds"), told)


def loaded(ledger: Ledger, number: int) -> dict[str, Any]:
    """What a deposit of a check holds."""
    told: dict[str, Any] = json.loads(ledger.deposited(number).decode("utf-8", "surrogatepass"))
    return told


def laid_of(told: Mapping[str, Any]) -> tuple[Laying, list[Finding]] | None:
    """What was found by a check that was kept, and what rules said, as they were when it was made; None of
    one that was kept by an earlier version, which did not keep all of it."""
    if told.get("form") != _FORM or "looked" not in told:
        return None
    ruled = [_ruled(id, line, told["rules"][rule]) for id, line, rule in told["ruled"]]
    laid = {line: Laid(line, key, tuple(bundles)) for line, key, bundles in told["lines"]}
    # Lines on which there is nothing but a rule are kept by the rule alone.
    for one in ruled:
        laid.setdefault(one.line, Laid(one.line, "", ()))
    laying = Laying(
        [_touch(one) for one in told["found"]],
        [tuple(bundle) for bundle in told["bundles"]],
        [laid[line] for line in sorted(laid)],
        told["labels"],
        {},
    )
    return laying, ruled


def beside_of(told: Mapping[str, Any]) -> Told:
    """What such a check tells beside its findings."""
    return Told(
        told["size"],
        tuple(Looked(**one) for one in told["looked"]),
        [(text, Note(code, tuple((n, v) for n, v in values))) for text, code, values in told["unseen"]],
        tuple(BadLine(**one) for one in told["bad"]),
        compared=True,
    )


_RULED = ("about", "what", "since", "source", "citation", "code", "values")
"""The fields that what a rule says has. Checks of earlier versions were kept without the last."""


def _ruled(id: str, line: int, said: Sequence[Any]) -> Finding:
    """What a rule says of a line."""
    fields = dict(zip(_RULED, said, strict=False))
    fields["values"] = tuple((name, value) for name, value in fields.get("values", ()))
    return Finding(id=id, line=line, kind="rule", **fields)


_SKIPPED = {"mark", "rows", "step_rows", "steps", "statements"}
_DEFAULTS = [(field.name, field.default) for field in fields(Touch) if field.name not in _SKIPPED]


def _told(touch: Touch, ids: Mapping[int, str]) -> dict[str, Any]:
    """The fields of a touch that are not as they are by default, and its digest for its mark."""
    found: dict[str, Any] = {"mark": touch.digest}
    for name, default in _DEFAULTS:
        if (value := getattr(touch, name)) != default:
            found[name] = value
    if touch.steps:
        found["steps"] = [[getattr(step, name) for name in _STEP] for step in steps_of(touch, ids)]
    if statements := statements_of(touch, ids):
        found["statements"] = statements
    return found


_STEP = [field.name for field in fields(Step)]


def _touch(told: dict[str, Any]) -> Touch:
    values = {**told, "mark": (told["mark"],)}
    values["values"] = tuple((name, value) for name, value in told["values"])
    values["steps"] = tuple(_step(*step) for step in told.get("steps", ()))
    for name in ("statements", "words_of"):
        values[name] = tuple(told.get(name, ()))
    touch = Touch(**values)
    # Of the mark the digest alone is kept.
    vars(touch)["digest"] = told["mark"]
    return touch


def _step(actor: str, by: str, target: str, statements: Iterable[str], *rest: Any) -> Step:
    return Step(actor, by, target, tuple(statements), *rest)
