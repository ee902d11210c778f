"""Registers and their checks, for a page and for the API alike."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus

from onrecord.exposure import (
    Check,
    Finding,
    FindingKind,
    Register,
    RegisterError,
    RegisterVersion,
    check,
    kept_check,
    kept_checks,
    kept_register,
    outlines,
    state_code,
    versions_of_register,
)
from onrecord.ledger import Deposit, begun
from onrecord.present import GRAVITY, SIDES, CheckView
from onrecord.team import Person
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem, not_found
from onrecord.web._jobs import Job, Told
from onrecord.web._words import Words

RELATIONS = ("direct", "reached")
"""How the party of a line comes to what was found: by itself, or by a chain."""


@dataclass(frozen=True)
class Found:
    """A check that is kept, with the register that was checked, where that is kept too, and its findings in
    the order of how grave they are."""

    kept: Deposit
    check: Check
    register: Register | None
    version: RegisterVersion | None
    buckets: dict[tuple[FindingKind, bool, bool], array[int]] = field(default_factory=dict)
    """The places of findings by their kind, whether they are reached by a chain, and whether they are new."""

    def view(self, language: str) -> CheckView:
        """It in words."""
        return CheckView(self.check, self.register, language, Words(language).plainly)

    def places(self, kind: str = "", side: str = "", relation: str = "", new: bool = False) -> Places:
        """The places of the findings asked for, the gravest first."""
        return Places(
            [
                self.buckets[key]
                for key in sorted(self.buckets, key=lambda key: (GRAVITY.index(key[0]), key[1], not key[2]))
                if kind in ("", key[0])
                and side in ("", SIDES[key[0]])
                and relation in ("", RELATIONS[key[1]])
                and (key[2] or not new)
            ]
        )

    def counts(self) -> dict[FindingKind, int]:
        """How many findings there are of each kind that there are some of."""
        found = dict.fromkeys(GRAVITY, 0)
        for (kind, _, _), places in self.buckets.items():
            found[kind] += len(places)
        return {kind: many for kind, many in found.items() if many}


class Places:
    """The places of findings, in parts of one order."""

    def __init__(self, parts: Sequence[array[int]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def some(self, begin: int, many: int) -> Iterator[int]:
        """`many` of them from one on."""
        for part in self._parts:
            if begin < len(part):
                yield from part[begin : begin + many]
                many -= len(part[begin : begin + many])
            begin = max(begin - len(part), 0)
            if many <= 0:
                return


def version_asked(bench: Bench, name: str, number: int | None = None) -> RegisterVersion:
    """The version of a register with a number, or its newest."""
    held = versions_of_register(bench.ledger, name)
    if number is None:
        return held[-1]
    found = next((one for one in held if one.id == number), None)
    if found is None:
        raise not_found(f"The register '{name}' has no version {number}.")
    return found


def check_asked(bench: Bench, number: int) -> Found:
    """The check that is kept under a number."""
    kept = next((one for one in kept_checks(bench.ledger) if one.id == number), None)
    if kept is None:
        raise not_found(f"There is no check {number}.")
    return bench.checks.kept(("check", number), partial(_found, bench, kept))


def _found(bench: Bench, kept: Deposit) -> Found:
    told = kept_check(bench.ledger, kept)
    if told is None:
        raise not_found(
            f"Check {kept.id} was kept by an earlier version of On Record, which kept too little to show it. "
            "Check the register anew."
        )
    version, register = None, None
    if (number := kept.detail.get("register")) is not None:
        version = version_asked(bench, kept.name, int(number))
        try:
            register = kept_register(bench.ledger, version)
        except RegisterError:
            register = None
    buckets: dict[tuple[FindingKind, bool, bool], array[int]] = {}
    for place, one in enumerate(outlines(told.findings)):
        buckets.setdefault((one.kind, one.steps > 0, one.new), array("I")).append(place)
    return Found(kept, told, register, version, buckets)


def begin_check(
    bench: Bench, name: str, person: Person, *, number: int | None, as_of: str | None, home: str | None
) -> Job:
    """Have a version of a register checked in the background. `Problem` for a state or day that is none."""
    version = version_asked(bench, name, number)
    as_of, home = (as_of or "").strip() or None, (home or "").strip() or None
    if as_of is not None:
        begun(as_of, "as_of")
    try:
        state = state_code(home) if home is not None else None
    except RegisterError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, f"home: {error}.", field="home") from None

    def work(told: Told) -> str:
        register = kept_register(bench.ledger, version)
        about = {
            "register": version.id,
            "home": state,
            "asked": as_of,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        check(
            bench.ledger,
            register,
            as_of=as_of,
            who=person.name,
            progress=told,
            home=state,
            name=name,
            about=about,
        )
        made = [one for one in kept_checks(bench.ledger, name) if one.detail.get("at") == about["at"]]
        return f"/checks/{made[-1].id}"

    return bench.jobs.start("job_check", name, work, who=person.name, key=("check", name))


_PAIRED = 20_000
"""Findings, new or gone, that are looked through for what merely changed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between a check and the one before it: findings that are `new`, that are `gone`, and of
    one line, kind and party one that is gone beside one that is new: it `changed`. `whole`: none was left out
    for their number."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]
    whole: bool


def compared(found: Found) -> Compared:
    """What differs, of so many findings at most."""
    places = found.places(new=True)
    whole = max(len(places), len(found.check.gone)) <= _PAIRED
    new = {place: found.check.findings[place] for place in places.some(0, _PAIRED)}
    gone = list(found.check.gone[:_PAIRED])
    by_key: dict[tuple[str, str, str], list[int]] = {}
    for place, one in new.items():
        by_key.setdefault(_of(one), []).append(place)
    changed, left = [], []
    for one in gone:
        if beside := by_key.get(_of(one)):
            changed.append((one, new.pop(beside.pop(0))))
        else:
            left.append(one)
    return Compared(tuple(new.values()), tuple(left), tuple(changed), whole)


def _of(finding: Finding) -> tuple[str, str, str]:
    # The second half of an id says on which line it is, wherever that stands in the file; rules have none.
    line = finding.id[12:] if len(finding.id) == 24 else str(finding.line)
    return line, finding.kind, finding.about
