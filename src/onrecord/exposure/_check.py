"""A check of a register: each of its lines with what touches it, and what was not looked at."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from babel import Locale

from onrecord.exposure import _kept
from onrecord.exposure._chains import Chain, Chains
from onrecord.exposure._data import unions_of
from onrecord.exposure._list_findings import list_touches
from onrecord.exposure._looked import Record, looked_at, record_on, unseen_of
from onrecord.exposure._model import Check, Finding, Register, RegisterLine
from onrecord.exposure._parties import Known, parties_on
from onrecord.exposure._screening import Screening
from onrecord.exposure._standing_findings import (
    Standing,
    case_touches,
    dispute_touches,
    position_touches,
)
from onrecord.exposure._touch import Touch, finding_id, told_in_full
from onrecord.exposure.rules import packs, rule_findings
from onrecord.ledger import Ledger, Snapshot, last_day
from onrecord.standing import Evidence

Told = Callable[[float], None]
"""Hears which share of the work is done, 0 to 1."""
_LINES_AT_ONCE = 5_000


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
) -> Check:
    """What touches each line of a register, as of a date (ISO 8601, cut or whole; None: today), by what the
    ledger knew at a moment: lists by the version that held then, the record and rules as of then.

    `home` is the user's own state (ISO 3166-1 alpha-2): its positions concern every line. `progress` hears
    how many lines of how many are done. The check is kept under the register's `name`, by `who`, so that the
    next one of that name can say what is new and what is gone; unless `keep` is False, or it is None and the
    check asks for another day or moment than now. `BadDate` where a date is none, and any other
    `LedgerError`.
    """
    day = last_day(as_of) if as_of is not None else (known_at or datetime.now(UTC)).date().isoformat()

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
    with _unwatched():
        last = _kept.last_check(ledger, name, as_of=day, known_at=known_at)
        findings, ids = _findings(found, ruled, last, told)
        gone = last.gone(ids) if last is not None else ()
    unreadable = [one for one in ledger.unreadable() if known_at is None or one.learned_at <= known_at]
    unseen = unseen_of(
        register, found.parties, screening, found.record, unreadable,
        as_of=as_of, home=home,
    )  # fmt: skip
    if keep or (keep is None and as_of is None and known_at is None):
        with _unwatched():
            _kept.keep(ledger, name, as_of=day, touches=found.touches, laid=found.laid, rules=ruled, who=who)
    told(1.0)
    return Check(
        as_of=day,
        lines=len(register.lines),
        findings=tuple(findings),
        looked=looked_at(screening, found.record, packs()),
        unseen=tuple(text for text, _ in unseen),
        bad=register.bad,
        gone=gone,
        last=last.at if last is not None else None,
        notes=tuple(note for _, note in unseen),
    )


@dataclass(frozen=True)
class _Found:
    """What touches the lines of a register: each finding once, and by each line which are on it."""

    touches: list[Touch]
    laid: list[_kept.Laid]
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
        keys = {one.key for one in (known[name] for name in parties) if one.key and one.on_record}
        evidence = Evidence(snapshot)
        chains = Chains(evidence, keys, screening.day)
        standing = Standing(evidence, keys, chains.reached)
        told(0.4)
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
            told(0.4 + 0.3 * done / size)

        screening.learn(asked, screened)
        ways = chains.walk(screening, names.of, standing)
        told(0.75)
        laying = _Laying(known, screening, standing, chains, ways)
        laid = self._lay(laying)
        used = laying.touches
        names.learn(key for touch in used for key in _keys(touch))
        rows = {row for touch in used for rows in (touch.rows, *touch.step_rows) for row in rows}
        ids = {row: quote.id for row, quote in snapshot.quoted(rows).items()}
        touches = told_in_full(used, names.label, ids)
        return _Found(
            touches, laid, [known[name] for name in parties], known, record_on(snapshot, keys)
        )  # fmt: skip

    def _lay(self, laying: _Laying) -> list[_kept.Laid]:
        laid, seen = [], dict[str, int]()
        for line in self._lines:
            times = seen[line.id] = seen.get(line.id, 0) + 1
            key = line.id if times == 1 else f"{line.id}#{times}"
            laid.append(_kept.Laid(line.line, key, laying.on(line, self._concerned(line.state))))
        return laid

    def _concerned(self, state: str | None) -> tuple[str, ...]:
        """The states whose positions concern a line: its own, the user's, and unions of which they are."""
        if state not in self._states:
            own = [code for code in (state, self._home) if code]
            unions = [union for code in own for union in unions_of(code, self._screening.day)]
            self._states[state] = tuple(dict.fromkeys([*own, *unions]))
        return self._states[state]


class _Laying:
    """Lays what touches parties on the lines that name them. Lines of one party, operator and state have the
    same findings."""

    def __init__(
        self,
        known: dict[str, Known],
        screening: Screening,
        standing: Standing,
        chains: Chains,
        ways: dict[str, tuple[Chain, ...]],
    ) -> None:
        self.touches: list[Touch] = []
        self._known, self._screening, self._standing = known, screening, standing
        self._chains, self._ways = chains, ways
        self._place: dict[int, int] = {}
        self._of_party: dict[str, tuple[list[Touch], list[Touch]]] = {}
        self._on: dict[tuple[str, tuple[str, ...], str | None], tuple[int, ...]] = {}
        self._tied: dict[tuple[str, tuple[str, ...]], list[Touch]] = {}

    def on(self, line: RegisterLine, states: tuple[str, ...]) -> tuple[int, ...]:
        """The places, among `touches`, of what touches a line that these states concern."""
        operator = self._known[line.operator].key if line.operator else None
        asked = line.party, states, operator
        if asked not in self._on:
            found = self._touching(self._known[line.party], states, operator)
            self._on[asked] = tuple(map(self._placed, found))
        return self._on[asked]

    def _placed(self, touch: Touch) -> int:
        # A touch is made once and kept, so that it is known by its identity.
        place = self._place.setdefault(id(touch), len(self.touches))
        if place == len(self.touches):
            self.touches.append(touch)
        return place

    def _touching(self, party: Known, states: tuple[str, ...], operator: str | None) -> list[Touch]:
        listed, rest = self._party(party)
        if party.key is None or not party.on_record:
            return listed
        if (party.key, states) not in self._tied:
            ways = self._ways.get(party.key, ())
            self._tied[party.key, states] = self._chains.touches(party.key, ways, self._standing, states)
        positions = position_touches(self._standing, party.key, states, operator)
        return [*listed, *positions, *self._tied[party.key, states], *rest]

    def _party(self, party: Known) -> tuple[list[Touch], list[Touch]]:
        if party.name not in self._of_party:
            hits = self._screening.hits(dict.fromkeys((party.name, party.label)))
            rest: list[Touch] = []
            if party.key is not None and party.on_record:
                rest += case_touches(party.key, self._standing.cases)
                rest += dispute_touches(party.key, self._standing.matters)
            self._of_party[party.name] = list_touches(party, hits), rest
        return self._of_party[party.name]


class _Names:
    """The names by which entities are shown and screened."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._found: dict[str, str] = {}
        self._states = Locale("en").territories

    def learn(self, keys: Iterable[str]) -> None:
        """Look up the names of many at once."""
        wanted = {key for key in keys if key not in self._found}
        self._found.update((key, str(self._states.get(key, key)) if len(key) == 2 else key) for key in wanted)
        for one in self._snapshot.entities(wanted, counted=False) if wanted else ():
            if one.entity.kind != "state":
                self._found[one.entity.key] = one.entity.name

    def label(self, key: str) -> str:
        """The name by which a reader is shown an entity."""
        return self._found.get(key, key)

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


def _keys(touch: Touch) -> Iterable[str]:
    yield touch.about
    yield from (value for _, value in touch.values)
    yield from (key for step in touch.steps for key in (step.actor, step.target))


def _listed(screening: Screening, party: str) -> tuple[str, ...]:
    """The lists, and parts of lists, on which a party's name stands."""
    found = screening.hits([party])
    hits = [hit for hit in found if hit.relation == "same" and not hit.likeness.wanting]
    return tuple(
        dict.fromkeys(name for hit in hits for name in (hit.party.source, hit.version.title) if name)
    )


def _findings(
    found: _Found, ruled: Sequence[Finding], last: _kept.LastCheck | None, told: Told
) -> tuple[list[Finding], set[str]]:
    """The findings of all lines, in their order, and their ids."""
    before = last.ids if last is not None else None
    by_line: dict[int, list[Finding]] = {}
    for one in ruled:
        by_line.setdefault(one.line, []).append(one)
    findings: list[Finding] = []
    ids: set[str] = set()
    for number, laid in enumerate(found.laid):
        for place in laid.found:
            touch = found.touches[place]
            id = finding_id(laid.key, touch.digest)
            ids.add(id)
            findings.append(touch.on(laid.line, id, new=before is not None and id not in before))
        for one in by_line.pop(laid.line, ()):
            ids.add(one.id)
            new = before is not None and one.id not in before
            findings.append(replace(one, new=True) if new else one)
        if number % _LINES_AT_ONCE == 0:
            told(0.75 + 0.2 * number / len(found.laid))
    return findings, ids
