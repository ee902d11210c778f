"""What the record says of the parties of a register: positions, cases, disputes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from onrecord.exposure._data import load
from onrecord.exposure._model import FindingKind
from onrecord.exposure._touch import Touch, few, valued
from onrecord.ledger import Snapshot
from onrecord.standing import (
    Case,
    Evidence,
    Ground,
    Held,
    Matter,
    Support,
    cases_of,
    first_and_last,
    held_in,
    matters_of,
)

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who holds a position: its kind, and the state it belongs to."""

    kind: str
    country: str | None


class Standing:
    """Where everybody stands on the parties of a register, and what of theirs is open."""

    def __init__(
        self,
        evidence: Evidence,
        keys: Collection[str],
        ends: Collection[str],
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        """`keys` are the parties of the register, `ends` those to whom chains may lead; `progress` hears
        which share of the counting is done."""
        snapshot, wanted = evidence.snapshot, sorted(keys)
        held = held_in(snapshot, sorted({*keys, *ends}), kinds=("state", "body", "company"))
        self._actors = _actors(snapshot, {one.actor for one in held})
        self._of: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
        self._authorities: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._restricting: defaultdict[str, set[str]] = defaultdict(set)
        forces = load("chains")["restricted_by"]
        for one in held:
            actor = self._actors[one.actor]
            if one.whole is not None:
                continue  # the whole tells it
            self._of[one.supplier, one.actor].append(one)
            if actor.kind == "body" and actor.country:
                self._authorities[one.supplier, actor.country].add(one.actor)
            if actor.kind == "state" and one.side == "against" and one.force in forces:
                self._restricting[one.supplier].add(one.actor)
        progress(0.2)
        self.cases = cases_of(evidence, wanted, tuple(load("checking")["cases"]))
        progress(0.7)
        self.matters = matters_of(evidence, wanted)
        progress(1.0)
        self._support = Support(evidence)
        self._told: dict[tuple[str, str], list[Touch]] = {}
        self._all: dict[str, Touch] = {}
        self._restricted: dict[frozenset[str], frozenset[str]] = {}

    def restricting(self, key: str) -> list[str]:
        """The states that restrict a party."""
        return sorted(self._restricting.get(key, ()))

    def restricted_in(self, states: Collection[str]) -> frozenset[str]:
        """Whom one of these states restricts, or where none are given any."""
        asked = frozenset(states)
        if asked not in self._restricted:
            self._restricted[asked] = frozenset(
                key for key, by in self._restricting.items() if not asked or by & asked
            )
        return self._restricted[asked]

    def has(self, key: str, actor: str | None) -> bool:
        """Whether an actor has a position on a party."""
        return actor is not None and (key, actor) in self._of

    def concerned(self, key: str, states: Collection[str], operator: str | None) -> list[str]:
        """Whose positions on a party concern a line: those of its states, of authorities there, and of the
        operator that runs the equipment."""
        found = set(states) | ({operator} if operator else set())
        for state in states:
            found |= self._authorities.get((key, state), set())
        return sorted(actor for actor in found if (key, actor) in self._of)

    def positions(self, key: str, actor: str) -> list[Touch]:
        """The positions of an actor on a party."""
        if (key, actor) not in self._told:
            several = self._of[key, actor]
            self._told[key, actor] = [_position(held, self._support.ground(held)) for held in several]
        return self._told[key, actor]

    def touching(self, key: str, states: Collection[str], operator: str | None) -> list[Touch]:
        """The positions that concern a line of a party. Where other states restrict it too, all that do are
        one finding more: of a supplier that thirty states restrict, nobody reads thirty lines."""
        actors = self.concerned(key, states, operator)
        found = [touch for actor in actors for touch in self.positions(key, actor)]
        if not self._restricting.get(key, _NOBODY) <= set(actors):
            found.append(self.all_restricting(key))
        return found

    def all_restricting(self, key: str) -> Touch:
        """All states that restrict a party, as one finding."""
        if key not in self._all:
            forces = load("chains")["restricted_by"]
            held = [
                one
                for actor in self.restricting(key)
                for one in self._of[key, actor]
                if one.side == "against" and one.force in forces
            ]
            self._all[key] = _all_restricting(key, self.restricting(key), self._support.ground(*held))
        return self._all[key]


def _actors(snapshot: Snapshot, keys: set[str]) -> dict[str, Actor]:
    found = {
        one.entity.key: Actor(one.entity.kind, one.entity.country)
        for one in snapshot.entities(keys, counted=False)
    }
    return {key: found.get(key, Actor("role", None)) for key in keys}


def _position(held: Held, ground: Ground) -> Touch:
    restricts = held.side == "against" or held.code == "weighs-restricting"
    kind: FindingKind = "restriction" if restricts else "permission"
    since = held.since.value if held.since else None
    set_by = held.set_by.who if held.set_by else None
    return Touch(
        mark=(kind, held.supplier, held.actor, held.scope, held.code),
        kind=kind,
        code="position",
        values=valued(
            actor=held.actor, position=held.code, party=held.supplier, scope=held.scope, since=since,
            set_by=set_by,
        ),
        about=held.supplier,
        since=since,
        rows=ground.rows,
        origins=ground.origins,
        told=ground.told,
        words_of=(set_by,) if set_by else ground.voices,
    )  # fmt: skip


def _all_restricting(key: str, states: list[str], ground: Ground) -> Touch:
    since = ground.since.value if ground.since else None
    named, more = few(states, int(load("checking")["named_states"]))
    return Touch(
        mark=("restriction", key, "all", *states),
        kind="restriction",
        code="states-restrict",
        values=valued(count=len(states), party=key, actor=named, more=more, since=since),
        about=key,
        since=since,
        rows=ground.rows,
        origins=ground.origins,
        told=ground.told,
        words_of=ground.voices,
    )


def case_touches(key: str, cases: Mapping[str, Iterable[Case]]) -> list[Touch]:
    """The cases of a party that are open, those that moved last first."""
    over = load("checking")["cases"]
    most = int(load("checking")["most_cases"])
    open_ = [case for case in cases.get(key, ()) if case.stage not in over[case.kind]]
    open_.sort(key=lambda case: (_moved(case) or "", case.kind, case.other or ""), reverse=True)
    found = [_case(case) for case in open_[:most]]
    rest = open_[most:]
    if rest:
        last = _moved(rest[0])
        found.append(
            Touch(
                mark=("case", key, "more"),
                kind="case",
                code="cases-more" if last else "cases-more-undated",
                values=valued(party=key, count=len(rest), since=last),
                about=key,
                since=last,
            )
        )
    return found


def _moved(case: Case) -> str | None:
    moment = case.steps[-1].moment
    return moment.value if moment else None


def _case(case: Case) -> Touch:
    step = case.steps[-1]
    statements = tuple(citation.statement_id for line in step.lines for citation in line.citations)
    voices = dict.fromkeys(line.source[0] for line in step.lines if line.source)
    return Touch(
        mark=("case", case.holder, case.kind, case.other or "", case.stage),
        kind="case",
        code="case",
        values=valued(
            party=case.holder, case=case.kind, other=case.other, stage=case.stage, since=_moved(case)
        ),
        about=case.holder,
        since=_moved(case),
        statements=first_and_last(statements),
        told=len(statements),
        words_of=tuple(voices)[:5],
    )


def dispute_touches(key: str, matters: Mapping[str, Iterable[Matter]]) -> list[Touch]:
    """What a party is accused of, the contested first, then what comes from the most origins."""
    several = sorted(
        matters.get(key, ()),
        key=lambda m: (not m.contested, -m.affirmed.origins, m.type, m.matter, m.target or ""),
    )
    return [_dispute(matter) for matter in several]


def _dispute(matter: Matter) -> Touch:
    code = "dispute-contested" if matter.contested else "dispute-said"
    affirmed, denied = matter.affirmed, matter.denied
    since = affirmed.since.value if affirmed.since else None
    return Touch(
        mark=("dispute", matter.actor, matter.type, matter.matter, matter.target or "", code),
        kind="dispute",
        code=code,
        values=valued(
            party=matter.actor, matter=matter.type, topic=matter.matter, other=matter.target, since=since,
            denier=denied.voices[:3], examined=matter.examined or None,
        ),
        about=matter.actor,
        since=since,
        rows=(*affirmed.rows, *denied.rows),
        origins=affirmed.origins,
        told=affirmed.told + denied.told,
        words_of=affirmed.voices,
    )  # fmt: skip
