"""Which statements concern a supplier, and how nearly.

A dossier takes in more than the statements to which the supplier is a party: that the ministry grants
licences to other firms, or that an officer is arrested, is told without its name. Such statements are taken
from the pages that are about the supplier: those whose title names it, or on which no other company is party
to more statements.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

import numpy as np

from onrecord.entities import Entity, listed_alone
from onrecord.ledger import Snapshot
from onrecord.standing._arrays import Array, alike, line_numbers
from onrecord.standing._model import Nearness
from onrecord.standing._record import UnknownEntity

T = TypeVar("T")

Concerning = Literal["party", "dossier", "discounted"]
"""Which statements of a supplier's: all that its dossier counts, of these those to which the supplier is a
`party`, or those that count no longer."""
NEARNESS: tuple[Nearness, ...] = ("party", "said", "kin", "around")
"""The nearest first."""


_KEPT = 8
"""Suppliers of which all that concerns them is kept in mind: 120 bytes for each statement."""


class Names:
    """Entities by key, or by any of their names in upper or lower case; of several the most named."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._found: dict[str, Entity | None] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Look up keys or names, many at once."""
        wanted = {name for name in names if name not in self._found}
        if not wanted:
            return
        # Whom a key means does not depend on the day that is asked for; whom a name means may.
        known: dict[str, Entity] = self._snapshot.remembered("entities", "", dict, most=1)
        self._found.update((name, known.get(name)) for name in wanted)
        for stored in self._snapshot.entities(wanted - known.keys(), counted=False):
            self._found[stored.entity.key] = known[stored.entity.key] = stored.entity
        unknown = {name for name in wanted if self._found[name] is None}
        self._found.update((name, stored.entity) for name, stored in self._snapshot.named(unknown).items())

    def get(self, name: str) -> Entity | None:
        """The entity of that key or name, None where the ledger has none."""
        self.learn([name])
        return self._found[name]


@dataclass
class Concern:
    """What concerns a supplier, whose key has the number `key`.

    `picked` are the rows of `snapshot.statements` that count, `near` the place of each in `NEARNESS`, and
    `discounted` those of the others, which a person rejected, or whose page was withdrawn. `unread` has a row
    of `snapshot.unread` for each unread sentence that names the supplier. `kin` are the companies that bear
    its name, by the numbers of their keys. `whole` is what concerns it whenever published, of which this is
    what stands at the places `within`; None where this is all.
    """

    supplier: Entity
    key: int
    snapshot: Snapshot
    names: Names
    kinds: Array
    picked: Array
    near: Array
    discounted: Array
    unread: Array
    kin: dict[str, int]
    whole: Concern | None = None
    within: Array | None = None
    made: dict[str, Any] = field(default_factory=dict, repr=False)

    def of(self, column: str) -> Array:
        """A column of the statements that are picked."""
        return self.cut(column, lambda whole: whole.snapshot.statements[column][whole.picked])

    def cut(self, name: str, make: Callable[[Concern], Array]) -> Array:
        """For each of the statements that are picked what `make` tells of it by what it says alone: it is
        made of the whole, once for all days."""
        if name not in self.made:
            if self.whole is None:
                self.made[name] = make(self)
            else:
                self.made[name] = self.whole.cut(name, make)[self.within]
        found: Array = self.made[name]
        return found

    def told(self, name: str, make: Callable[[Concern], Array], at: Array) -> Array:
        """As `cut`, of the statements at some places alone."""
        found: Array = self.of_whole(name, make)[at if self.within is None else self.within[at]]
        return found

    def of_whole(self, name: str, make: Callable[[Concern], T]) -> T:
        """What `make` makes of the whole, once for all days."""
        whole = self.whole or self
        if name not in whole.made:
            whole.made[name] = make(whole)
        found: T = whole.made[name]
        return found

    def lines(self) -> Array:
        """The number of each statement's line, counted from 0: what the same source says in the same words
        of the specification is one line."""
        return self.cut("line", lambda whole: alike(line_numbers(whole.snapshot.statements, whole.picked))[1])

    def kind(self, name: str) -> int:
        """The number of a kind of entity."""
        return self.snapshot.numbers.find_one("kind", name)


def entity_called(snapshot: Snapshot, name: str) -> Entity:
    """The entity with that key or of that name; `UnknownEntity`, with the nearest, where there is none."""
    stored = snapshot.entity(name, counted=False)
    if stored is None:
        raise UnknownEntity(name, tuple(near.entity.key for near in snapshot.nearest_entities(name)))
    return stored.entity


def entity_known(snapshot: Snapshot, name: str) -> Entity:
    """The same, or else whom the catalogue or the languages alone list under that name."""
    try:
        return entity_called(snapshot, name)
    except UnknownEntity:
        entity = listed_alone(name)
        if entity is None:
            raise
        return entity


def gather(snapshot: Snapshot, supplier: Entity) -> Concern:
    """All that concerns a supplier. Its rows are those of `snapshot.whole`."""
    found = snapshot.remembered(
        "concern", supplier.key, lambda: _gather(snapshot.whole, supplier), most=_KEPT
    )
    whole = replace(found, supplier=supplier, snapshot=snapshot.whole, names=Names(snapshot))
    here = np.ones(len(snapshot.whole.pages["page"]), dtype=bool)
    if snapshot.day is not None:
        here = snapshot.whole.pages["last_day"] <= snapshot.day
    counts = here.copy()
    counts[snapshot.withdrawn] = False
    row = whole.of("row")
    within = np.flatnonzero(counts[row])
    if len(within) == len(row):
        return whole
    rejected = whole.discounted[here[snapshot.whole.statements["row"][whole.discounted]]]
    return replace(
        whole,
        picked=whole.picked[within],
        near=whole.near[within],
        discounted=np.concatenate((rejected, whole.picked[here[row] & ~counts[row]])),
        unread=whole.unread[here[snapshot.whole.unread["row"][whole.unread]]],
        whole=whole,
        within=within,
        made={},
    )


def concerning(
    supplier: str, which: Concerning = "dossier", but: Collection[str] = ()
) -> Callable[[Snapshot], Array]:
    """What tells of each statement of a snapshot whether it is one of `which` of the supplier, given by key
    or name; those `but` these, by their ids. None is of whom the ledger did not know then."""

    def among(snapshot: Snapshot) -> Array:
        stored = snapshot.entity(supplier, counted=False)
        if stored is None:
            return np.zeros(len(snapshot.statements["id"]), dtype=bool)
        concern = gather(snapshot, stored.entity)
        rows = concern.discounted if which == "discounted" else concern.picked
        if which == "party":
            rows = rows[concern.near == NEARNESS.index("party")]
        ids = snapshot.whole.statements["id"][rows]
        found: Array = np.isin(snapshot.statements["id"], ids)
        found[list(snapshot.places(but).values())] = False
        return found

    return among


def of_nobody(snapshot: Snapshot, rows: Array, kinds: Array) -> Concern:
    """Statements of whomever, by their rows, told as what concerns a supplier is: for what is counted from
    that. `kinds` are `snapshot.kinds()`."""
    none = np.empty(0, dtype=np.int64)
    nobody = Entity("", "role", "", ())
    near = np.zeros(len(rows))
    return Concern(nobody, 0, snapshot, Names(snapshot), kinds, rows, near, none, none, {})


def _gather(snapshot: Snapshot, supplier: Entity) -> Concern:
    """All that concerns a supplier, whenever published."""
    said, numbers = snapshot.statements, snapshot.numbers
    key = numbers.of("key", supplier.key)
    kinds = snapshot.kinds()
    of_company = kinds == numbers.find_one("kind", "company")
    kin = _kin(snapshot, supplier, of_company)
    bearing = snapshot.among("key", np.array(sorted(kin.values()), dtype=np.int64))

    def sourced(keys: Array) -> Array:
        chains = snapshot.among("chain", snapshot.links["chain"][keys[snapshot.links["key"]]])
        found: Array = chains[said["chain"]]
        return found

    party = (said["actor"] == key) | (said["target"] == key)
    speaks = sourced(snapshot.among("key", np.array([key])))
    of_kin = np.zeros(len(party), dtype=bool)
    taken = party | speaks
    if kin:
        of_kin = bearing[said["actor"]] | bearing[said["target"]]
        taken |= of_kin | sourced(bearing)
    taken |= _about(snapshot, key, party | speaks, of_company)[said["row"]]
    picked = np.flatnonzero(taken & said["counts"])
    near = np.full(len(picked), NEARNESS.index("around"), dtype=np.int8)
    for name, holds in (("kin", of_kin), ("said", speaks), ("party", party)):
        near[holds[picked]] = NEARNESS.index(name)
    return Concern(
        supplier,
        key,
        snapshot,
        Names(snapshot),
        kinds,
        picked,
        near,
        np.flatnonzero(taken & ~said["counts"]),
        _unread(snapshot, key),
        kin,
    )


def _kin(snapshot: Snapshot, supplier: Entity, of_company: Array) -> dict[str, int]:
    """The companies whose name begins with the supplier's (`Huawei Denmark`)."""
    found = snapshot.beginning(f"{supplier.key} ")
    return {name: number for name, number in sorted(found.items()) if of_company[number]}


def _about(snapshot: Snapshot, key: int, direct: Array, of_company: Array) -> Array:
    """Which pages, by their rows, are about the supplier (the rule at the head of this module)."""
    said, pages = snapshot.statements, len(snapshot.pages["page"])
    named = np.zeros(pages, dtype=bool)
    named[said["row"][direct]] = True
    titled = np.zeros(pages, dtype=bool)
    titled[snapshot.titled["row"][snapshot.titled["key"] == key]] = True
    open_ = named & ~titled
    within = open_[said["row"]]
    row, actor, target = (said[name][within] for name in ("row", "actor", "target"))
    rows = np.concatenate((row, row[target != actor]))
    parties = np.concatenate((actor, target[target != actor]))
    own = np.bincount(rows[parties == key], minlength=pages)
    other = of_company[parties] & (parties != key)
    pairs, counts = np.unique(
        rows[other].astype(np.int64) * len(of_company) + parties[other], return_counts=True
    )
    most = np.zeros(pages, dtype=np.int64)
    np.maximum.at(most, pairs // len(of_company), counts)
    about: Array = titled | (open_ & (own > 0) & (own >= most))
    return about


def _unread(snapshot: Snapshot, key: int) -> Array:
    """A row for each unread sentence that names the supplier."""
    left = snapshot.unread
    at = np.flatnonzero(left["key"] == key)
    places = left["row"][at].astype(np.int64) << 32 | left["position"][at]
    _, first = np.unique(places, return_index=True)
    return at[first]
