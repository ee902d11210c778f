"""A check of a register: each of its lines with what touches it, and what was not looked at."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from babel import Locale

from onrecord.exposure import _kept
from onrecord.exposure._chains import Chains
from onrecord.exposure._data import unions_of
from onrecord.exposure._findings import Findings, Row
from onrecord.exposure._looked import Record, looked_at, record_on, unseen_of
from onrecord.exposure._model import Check, Finding, Register, RegisterLine
from onrecord.exposure._parties import Known, parties_on
from onrecord.exposure._screening import Screening
from onrecord.exposure._spread import Spread
from onrecord.exposure._standing_findings import Standing
from onrecord.exposure.rules import packs, rule_findings
from onrecord.ledger import Deposit, Ledger, Snapshot, begun
from onrecord.standing import Evidence

Told = Callable[[float], None]
"""Hears which share of the work is done, 0 to 1."""
_LINES_AT_ONCE = 5_000
_NONE: frozenset[str] = frozenset()


def check(
    ledger: Ledger,
    register: Register,
    *,
    as_of: str | None = None,
    known_at: datetime | None = None,
    who: str,
    progress: Callable[[int, int], None] | None = None,
    home: str | None = None,
    name: str = "register",
    keep: bool | None = None,
    about: Mapping[str, Any] | None = None,
) -> Check:
    """What touches each line of a register, as of a date (ISO 8601, cut or whole; None: today), by what the
    ledger knew at a moment: lists by the version that held then, the record and rules as of then.

    `home` is the user's own state (ISO 3166-1 alpha-2): its positions concern every line. `progress` hears
    how many lines of how many are done. The check is kept under the register's `name`, by `who`, so that the
    next one of that name can say what is new and what is gone; unless `keep` is False, or it is None and the
    check asks for another day or moment than now. `about` has it kept in any case, together with what it
    holds (as JSON has it), to be found again by `kept_checks`; one of another day or moment is then kept
    aside, and no later check is compared with it. `BadDate` where a date is none, `CannotBe` where it
    is to come, and any other `LedgerError`.
    """
    day = begun(as_of, "as_of") if as_of is not None else (known_at or datetime.now(UTC)).date().isoformat()

    def told(share: float) -> None:
        if progress is not None:
            progress(int(share * len(register.lines)), len(register.lines))

    told(0.0)
    screening = Screening(ledger, day, as_of=as_of, known_at=known_at)
    told(0.05)
    work = _Work(register.lines, screening, home, told)
    with _unwatched():
        found = ledger.snapshot(work.ask, as_of=as_of, known_at=known_at)
    ruled = rule_findings(
        register.lines, as_of=day, key_of=found.key_of, listed=lambda party: _listed(screening, party)
    )
    told(0.8)
    with _unwatched():
        last = _kept.last_check(ledger, name, as_of=day, known_at=known_at)
        told(0.85)
        findings, gone = _findings(found.laying, ruled, last)
    told(0.9)
    unreadable = [one for one in ledger.unreadable() if known_at is None or one.learned_at <= known_at]
    unseen = unseen_of(
        register, found.parties, screening, found.record, unreadable,
        as_of=as_of, home=home,
    )  # fmt: skip
    looked = looked_at(screening, found.record, packs())
    of_now = as_of is None and known_at is None
    if keep or about is not None or (keep is None and of_now):
        beside = _kept.Told(len(register.lines), looked, unseen, register.bad, compared=bool(keep) or of_now)
        with _unwatched():
            _kept.keep(
                ledger, name,
                as_of=day, found=found.laying, rules=ruled, beside=beside, about=about or {}, who=who,
            )  # fmt: skip
    told(1.0)
    return Check(
        as_of=day,
        lines=len(register.lines),
        findings=findings,
        looked=looked,
        unseen=tuple(text for text, _ in unseen),
        bad=register.bad,
        gone=gone,
        last=last.at if last is not None else None,
        notes=tuple(note for _, note in unseen),
    )


def kept_checks(ledger: Ledger, name: str | None = None) -> tuple[Deposit, ...]:
    """The checks that are kept of the register of a name, or of all, in the order in which they were made:
    the `detail` of each has `as_of`, `lines`, `findings`, and what it was kept with (`about`)."""
    return ledger.deposits(_kept.KIND, name)


def kept_check(ledger: Ledger, kept: Deposit) -> Check | None:
    """A check that is kept, as it was when it was made: compared with the one before it of the same
    register. None for one that an earlier version kept, or that has other than this version reads."""
    told = _kept.loaded(ledger, kept.id)
    as_of = str(kept.detail["as_of"])
    with _unwatched():
        if (laid := _kept.laid_of(told)) is None:
            return None
        last = _kept.last_check(ledger, kept.name, as_of=as_of, before=kept.id)
        findings, gone = _findings(*laid, last)
    beside = _kept.beside_of(told)
    return Check(
        as_of=as_of,
        lines=beside.lines,
        findings=findings,
        looked=beside.looked,
        unseen=tuple(text for text, _ in beside.notes),
        bad=beside.bad,
        gone=gone,
        last=last.at if last is not None else None,
        notes=tuple(note for _, note in beside.notes),
    )


@dataclass(frozen=True)
class _Found:
    """What touches the lines of a register, and what else is to be told of the record."""

    laying: _kept.Laying
    parties: list[Known]
    known: dict[str, Known]
    record: Record

    def key_of(self, name: str) -> str | None:
        """The key of the entity that a party's name means."""
        return self.known[name].key if name in self.known else None


class _Work:
    """What is asked of a snapshot for a check."""

    def __init__(
        self, lines: Sequence[RegisterLine], screening: Screening, home: str | None, told: Told
    ) -> None:
        self._lines, self._screening, self._home, self._told = lines, screening, home, told
        self._states: dict[str | None, tuple[str, ...]] = {}

    def ask(self, snapshot: Snapshot) -> _Found:
        """Everything that touches the lines; parties are looked up, and screened, once each."""
        screening, told = self._screening, self._told
        parties = list(dict.fromkeys(line.party for line in self._lines))
        operators = dict.fromkeys(line.operator for line in self._lines if line.operator)
        known = parties_on(snapshot, [*parties, *operators])
        told(0.15)
        meant = {one.key: one.on_record for one in map(known.__getitem__, parties) if one.key}
        keys = {key for key, on_record in meant.items() if on_record}
        evidence = Evidence(snapshot)
        told(0.2)
        chains = Chains(evidence, meant, screening.day)
        told(0.25)
        standing = Standing(evidence, keys, chains.reached, lambda share: told(0.25 + 0.15 * share))
        names = _Names(snapshot)
        names.learn(chains.reached)
        asked = [
            *parties,
            *(k.label for k in known.values()),
            *(n for key in chains.reached for n in names.of(key)),
        ]
        size, done = len(dict.fromkeys(asked)), 0

        def screened(number: int) -> None:
            nonlocal done
            done += number
            told(0.4 + 0.2 * done / size)

        screening.learn(asked, screened)
        ways = chains.walk(screening, names.of, standing)
        told(0.65)
        spread = Spread(known, screening, standing, chains, ways)
        laid = self._lay(spread)
        touches = spread.touches
        names.learn(dict.fromkeys(key for touch in touches for key in touch.named()))
        ids = snapshot.statement_ids({row for touch in touches for row in touch.all_rows()})
        laying = _kept.Laying(touches, spread.bundles, laid, names.found, ids)
        return _Found(laying, [known[name] for name in parties], known, record_on(snapshot, keys))

    def _lay(self, spread: Spread) -> list[_kept.Laid]:
        laid, seen = [], dict[str, int]()
        for number, line in enumerate(self._lines):
            times = seen[line.id] = seen.get(line.id, 0) + 1
            key = line.id if times == 1 else f"{line.id}#{times}"
            laid.append(_kept.Laid(line.line, key, spread.on(line, self._concerned(line.state))))
            if number % _LINES_AT_ONCE == 0:
                self._told(0.65 + 0.1 * number / len(self._lines))
        return laid

    def _concerned(self, state: str | None) -> tuple[str, ...]:
        """The states whose positions concern a line: its own, the user's, and unions of which they are."""
        if state not in self._states:
            own = [code for code in (state, self._home) if code]
            unions = [union for code in own for union in unions_of(code, self._screening.day)]
            self._states[state] = tuple(dict.fromkeys([*own, *unions]))
        return self._states[state]


class _Names:
    """The names by which entities are shown and screened."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.found: dict[str, str] = {}
        self._states = Locale("en").territories

    def learn(self, keys: Iterable[str]) -> None:
        """Look up the names of many at once."""
        wanted = {key for key in keys if key not in self.found}
        self.found.update((key, str(self._states.get(key, key)) if len(key) == 2 else key) for key in wanted)
        for one in self._snapshot.entities(wanted, counted=False) if wanted else ():
            if one.entity.kind != "state":
                self.found[one.entity.key] = one.entity.name

    def label(self, key: str) -> str:
        """The name by which a reader is shown an entity."""
        return self.found.get(key, key)

    def of(self, key: str) -> tuple[str, ...]:
        """The names under which an entity is looked for on lists."""
        return tuple(dict.fromkeys((self.label(key), key)))


@contextmanager
def _unwatched() -> Iterator[None]:
    """Without the collector of cycles, which would look through the millions of parts of findings again and
    again while they are made: all of them stay, and none is in a cycle."""
    watched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if watched:
            gc.enable()


def _listed(screening: Screening, party: str) -> tuple[str, ...]:
    """The lists, and parts of lists, on which a party's name stands."""
    found = screening.hits([party])
    hits = [hit for hit in found if hit.relation == "same" and not hit.likeness.wanting]
    return tuple(
        dict.fromkeys(name for hit in hits for name in (hit.party.source, hit.version.title) if name)
    )


def _findings(
    laying: _kept.Laying, ruled: Sequence[Finding], last: _kept.LastCheck | None
) -> tuple[Findings, Sequence[Finding]]:
    """The findings of all lines, in their order, and those of the last check that are no more."""
    said: dict[int, list[Finding]] = {}
    for rule in ruled:
        fresh = last is not None and rule.id not in last.rules
        said.setdefault(rule.line, []).append(replace(rule, new=True) if fresh else rule)
    digests = [touch.digest for touch in laying.touches]
    marks = [frozenset(digests[place] for place in bundle) for bundle in laying.bundles]
    rows: list[Row] = []
    gone: dict[str, frozenset[str]] = {}
    for one in laying.lines:
        new = _NONE
        if last is not None:
            now, before = _NONE.union(*(marks[bundle] for bundle in one.bundles)), last.on(one.key)
            new, gone[one.key] = now - before, before - now
        bundles = tuple(laying.bundles[bundle] for bundle in one.bundles)
        rows.append(Row(one.line, one.key, bundles, new, tuple(said.pop(one.line, ()))))
    found = Findings(
        rows, laying.whole, [(touch.kind, len(touch.steps)) for touch in laying.touches], digests
    )
    return found, last.gone(gone, {rule.id for rule in ruled}) if last is not None else ()
