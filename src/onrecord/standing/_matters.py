"""What many parties are accused of, and who denies it: the disputes of all of them at once, from columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.standing._arrays import Array
from onrecord.standing._cases import stage_examined
from onrecord.standing._evidence import Evidence, Ground, together
from onrecord.standing._rules import (
    clears,
    denies,
    denies_the_page,
    examines,
    matter_has_target,
    matter_needs_doubt,
    matter_of,
)
from onrecord.standing._told_lines import lines_of, told_rows
from onrecord.statements import StatementType, Topic

_TYPES: tuple[StatementType, ...] = ("wrongdoing", "risk", "ties")


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
    types = {number: text for text, number in numbers.find("type", (*_TYPES, "evaluation")).items()}
    accusing = snapshot.among("type", np.array([n for n, t in types.items() if t in _TYPES], dtype=np.int64))
    rows = np.flatnonzero(accusing[said["type"]] & party[said["actor"]] & said["counts"])
    rows = evidence.in_order(rows)
    topics = numbers.texts("topic", np.unique(said["topic"][rows]).tolist())
    statuses = numbers.texts("status", np.unique(said["status"]).tolist())
    words: dict[str, int] = {}
    told = {
        (n, topic): words.setdefault(matter_of(text, topics.get(topic)), len(words))  # type: ignore[arg-type]
        for n, text in types.items()
        if text in _TYPES
        for topic in np.unique(said["topic"][rows]).tolist()
    }
    pairs = zip(said["type"][rows].tolist(), said["topic"][rows].tolist(), strict=True)
    matter = np.array([told[pair] for pair in pairs], dtype=np.int64)
    by_target = [n for n, text in types.items() if text in _TYPES and matter_has_target(text)]
    target = np.where(np.isin(said["type"][rows], by_target), said["target"][rows], 0)
    order, begins = together(said["actor"][rows], said["type"][rows], matter, target)
    examined = _examinations(evidence, party, types, statuses)
    targets = numbers.texts("key", np.unique(target).tolist())
    called = list(words)
    against = snapshot.among(
        "status",
        np.array([n for n, text in statuses.items() if denies(text)], dtype=np.int64),  # type: ignore[arg-type]
    )
    bare = _Bare(
        evidence,
        rows,
        matter,
        called,
        against,
        [n for n, t in types.items() if t in _TYPES and denies_the_page(t)],
    )
    asserted = next((n for n, text in statuses.items() if text == "asserted"), -1)
    found: defaultdict[str, list[Matter]] = defaultdict(list)
    for start, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        group = rows[order[start:end]]
        first = int(order[start])
        type_: StatementType = types[int(said["type"][group[0]])]  # type: ignore[assignment]
        status = said["status"][group]
        denied = against[status]
        denying = bare.denying(group, denied, called[int(matter[first])])
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
                evidence.ground(denying),
                sum(count for _, _, count in bearing),
                any(nothing for _, nothing, _ in bearing),
            )
        )
    return {key: tuple(matters) for key, matters in found.items()}


class _Bare:
    """Denials that do not say what they deny: they deny what their pages tell of the same actor, and stand
    for themselves where those tell of nothing (`_disputes._place_denials`)."""

    def __init__(
        self,
        evidence: Evidence,
        rows: Array,
        matter: Array,
        called: list[str],
        against: Array,
        types: list[int],
    ) -> None:
        said = evidence.snapshot.statements
        self.evidence, self.said, self.types = evidence, said, types
        concerned = np.isin(said["type"][rows], types)
        denied = against[said["status"][rows]]
        unnamed = matter == (called.index("") if "" in called else -1)
        self.rows = rows[concerned & denied & unnamed]
        accusing = rows[concerned & ~denied]
        self.answering = self.rows[np.isin(self._place(self.rows), self._place(accusing))]

    def denying(self, group: Array, denied: Array, name: str) -> Array:
        """The rows, in order, that deny the matter of that name of which a group of rows tells."""
        if self.said["type"][group[0]] not in self.types:
            return group[denied]
        here = self.answering[np.isin(self._place(self.answering), self._place(group[~denied]))]
        own = group[denied] if name else np.setdiff1d(group[denied], self.answering)
        return self.evidence.in_order(np.union1d(own, here))

    def _place(self, rows: Array) -> Array:
        """The type, actor and page of rows, as a number."""
        said = self.said
        actors, pages = (
            self.evidence.snapshot.numbers.last("key") + 1,
            len(self.evidence.snapshot.pages["page"]),
        )
        found: Array = (said["type"][rows].astype(np.int64) * actors + said["actor"][rows]) * pages + said[
            "row"
        ][rows]
        return found


def _examinations(
    evidence: Evidence, party: Array, types: dict[int, str], statuses: dict[int, str]
) -> dict[str, list[tuple[str | None, bool, int]]]:
    """Of each party the examinations: the topic, whether nothing was found, and how many say so."""
    snapshot = evidence.snapshot
    said = snapshot.statements
    kind = next((n for n, text in types.items() if text == "evaluation"), -1)
    rows = np.flatnonzero((said["type"] == kind) & party[said["target"]] & said["counts"])
    order, begins = together(*(said[name][rows] for name in ("target", "topic", "status")))
    at = rows[order[begins[:-1]]] if len(rows) else rows
    names = snapshot.numbers.texts("key", np.unique(said["target"][at]).tolist())
    topics = snapshot.numbers.texts("topic", np.unique(said["topic"][at]).tolist())
    negated = next((number for number, text in statuses.items() if text == "negated"), -1)
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
