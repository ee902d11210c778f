"""What many parties are accused of, and who denies it: the disputes of all of them at once, from columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.ledger import Snapshot
from onrecord.standing._arrays import Array
from onrecord.standing._cases import stage_examined
from onrecord.standing._evidence import Evidence, Ground, together
from onrecord.standing._many_cases import lines_of, told_rows
from onrecord.standing._rules import (
    clears,
    denies,
    examines,
    matter_has_target,
    matter_needs_doubt,
    matter_of,
    matter_types,
)
from onrecord.statements import STATUSES, StatementType, Topic


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of which somebody says that it is so, as `Dispute` has it: whose it is, towards whom (ties
    alone have a target), what affirms and what denies it, how many examinations bear on it and whether one of
    them found nothing."""

    type: StatementType
    matter: str
    actor: str
    target: str | None
    affirmed: Ground
    denied: Ground
    examined: int
    found_nothing: bool

    @property
    def contested(self) -> bool:
        """Whether both sides are on record."""
        return bool(self.denied.told) or self.found_nothing


def matters_of(evidence: Evidence, keys: Sequence[str]) -> dict[str, tuple[Matter, ...]]:
    """By each of these keys of parties the matters that are affirmed of it."""
    snapshot = evidence.snapshot
    said, numbers = snapshot.statements, snapshot.numbers
    number_of = numbers.find("key", keys)
    party = snapshot.among("key", np.array(sorted(number_of.values()), dtype=np.int64))
    names = {number: key for key, number in number_of.items()}
    known = numbers.find("type", matter_types())
    types = {known[type_]: type_ for type_ in matter_types() if type_ in known}
    accusing = snapshot.among("type", np.array(list(types), dtype=np.int64))
    rows = np.flatnonzero(accusing[said["type"]] & party[said["actor"]] & said["counts"])
    rows = evidence.in_order(rows)
    matter, called = _matter_numbers(snapshot, rows, types)
    by_target = [number for number, type_ in types.items() if matter_has_target(type_)]
    target = np.where(np.isin(said["type"][rows], by_target), said["target"][rows], 0)
    order, begins = together(said["actor"][rows], said["type"][rows], matter, target)
    examined = _examinations(evidence, party)
    targets = numbers.texts("key", np.unique(target).tolist())
    against = snapshot.among_words("status", [status for status in STATUSES if denies(status)])
    asserted = numbers.find_one("status", "asserted")
    found: defaultdict[str, list[Matter]] = defaultdict(list)
    for start, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        group = rows[order[start:end]]
        first = int(order[start])
        type_ = types[int(said["type"][group[0]])]
        status = said["status"][group]
        denied = against[status]
        if denied.all() or (matter_needs_doubt(type_) and bool((status == asserted).all())):
            continue
        key, name = names[int(said["actor"][group[0]])], called[int(matter[first])]
        bearing = [e for e in examined.get(key, ()) if examines(type_, name, e[0])]  # type: ignore[arg-type]
        found[key].append(
            Matter(
                type_,
                name,
                key,
                targets.get(int(target[first])),
                evidence.ground(group[~denied]),
                evidence.ground(group[denied]),
                sum(count for _, _, count in bearing),
                any(nothing for _, nothing, _ in bearing),
            )
        )
    return {key: tuple(matters) for key, matters in found.items()}


def _matter_numbers(
    snapshot: Snapshot, rows: Array, types: Mapping[int, StatementType]
) -> tuple[Array, list[str]]:
    """Of each of these statements the number of the name of its matter, and the names by their numbers."""
    said = snapshot.statements
    topics = snapshot.numbers.texts("topic", np.unique(said["topic"][rows]).tolist())
    names: dict[str, int] = {}
    told = {
        (number, topic): names.setdefault(matter_of(type_, topics.get(topic)), len(names))  # type: ignore[arg-type]
        for number, type_ in types.items()
        for topic in np.unique(said["topic"][rows]).tolist()
    }
    pairs = zip(said["type"][rows].tolist(), said["topic"][rows].tolist(), strict=True)
    return np.array([told[pair] for pair in pairs], dtype=np.int64), list(names)


def _examinations(evidence: Evidence, party: Array) -> dict[str, list[tuple[str | None, bool, int]]]:
    """Of each party the examinations: the topic, whether nothing was found, and how many say so."""
    snapshot = evidence.snapshot
    said, numbers = snapshot.statements, snapshot.numbers
    kind, negated = numbers.find_one("type", "evaluation"), numbers.find_one("status", "negated")
    rows = np.flatnonzero((said["type"] == kind) & party[said["target"]] & said["counts"])
    order, begins = together(*(said[name][rows] for name in ("target", "topic", "status")))
    at = rows[order[begins[:-1]]] if len(rows) else rows
    names = numbers.texts("key", np.unique(said["target"][at]).tolist())
    topics = numbers.texts("topic", np.unique(said["topic"][at]).tolist())
    cleared = _cleared(evidence, rows[said["status"][rows] == negated])
    found: defaultdict[str, list[tuple[str | None, bool, int]]] = defaultdict(list)
    for row, count in zip(at.tolist(), np.diff(begins).tolist(), strict=False):
        key, topic = names[int(said["target"][row])], topics.get(int(said["topic"][row]))
        nothing = (key, topic) in cleared and int(said["status"][row]) == negated
        found[key].append((topic, nothing, count))
    return found


def _cleared(evidence: Evidence, rows: Array) -> set[tuple[str | None, Topic | None]]:
    """The parties, each with a topic, of which one of these examinations found nothing, by their quotes."""
    said = evidence.snapshot.statements
    rows = evidence.in_order(rows)
    order, begins = together(said["target"][rows], said["topic"][rows])
    several = [
        line
        for start, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True)
        for line in told_rows(evidence, rows[np.sort(order[start:end])])
    ]
    return {(line.target, line.topic) for line in lines_of(evidence, several) if clears(stage_examined(line))}
