"""Where everybody stands on everybody: the present positions of many actors on many suppliers at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from onrecord.entities import Entity, EntityKind
from onrecord.ledger import Judgement, SetPosition, Snapshot
from onrecord.standing._acts import Acts, make_acts, present
from onrecord.standing._arrays import Array
from onrecord.standing._by_hand import code_set
from onrecord.standing._concern import entity_called, entity_known, of_nobody
from onrecord.standing._dates import first_day, moment_of
from onrecord.standing._model import Force, Moment, Side
from onrecord.standing._origins import make_origins
from onrecord.standing._positions import place_of
from onrecord.standing._precedence import Ruling, covers
from onrecord.standing._record import Record, UnknownEntity
from onrecord.standing._rules import codes, measure_types, scopes, wholes

MOST = 100
"""Suppliers that are told of where none are named: those on which most restrictions and permissions are."""


@dataclass(frozen=True, slots=True)
class Held:
    """A position that an actor holds on a supplier (keys) in one scope, by its `code` (data/positions.yaml).
    `since` begins the unbroken time for which it is on record; `set_by` is the judgement of whoever set it.
    `whole` is the scope of which this one is part and whose restriction holds here too (`Stance.whole`).
    """

    actor: str
    supplier: str
    scope: str
    code: str
    side: Side
    force: Force
    since: Moment | None
    set_by: Judgement | None = None
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Standings:
    """The positions of actors on suppliers, as of a date, by what the ledger knew at a moment (None:
    everything). `suppliers` stand by how much is told of them, `actors` by their keys; `held` has one for
    each actor, supplier and scope of which anything is told, of each pair the one first that stands for the
    whole. `silent` are those of the suppliers, by their keys, about whom no statement was on record then.
    """

    as_of: str | None
    known_at: datetime | None
    suppliers: tuple[Entity, ...]
    actors: tuple[Entity, ...]
    held: tuple[Held, ...]
    silent: tuple[str, ...] = ()

    @property
    def present(self) -> dict[tuple[str, str], Held]:
        """Of each actor and supplier the position that stands for the whole: the strictest of the decided."""
        found: dict[tuple[str, str], Held] = {}
        for held in self.held:
            found.setdefault((held.actor, held.supplier), held)
        return found


def standings_of(
    ledger: Record,
    suppliers: Iterable[str] = (),
    *,
    kinds: Sequence[EntityKind] = ("state",),
    most: int = MOST,
    as_of: str | None = None,
    known_at: datetime | None = None,
) -> Standings:
    """Where all actors of some kinds stand on some suppliers, given by keys or names that are on record by
    now or listed (`UnknownEntity`); on the `most` companies that are told of most, where none is given. Dates
    are as in `standing_of`.
    """
    named = list(suppliers)

    def ask(snapshot: Snapshot) -> Standings:
        keys = [entity_called(snapshot, name).key for name in named]
        return _standings(snapshot, keys, kinds, most, as_of, known_at)

    try:
        return ledger.snapshot(ask, as_of=as_of, known_at=known_at)
    except UnknownEntity:
        # Not known then, or on no page at all: they are told as they are known by now.
        known = ledger.snapshot(lambda snapshot: [entity_known(snapshot, name) for name in named])
    keys = [one.key for one in known]

    def of_known(snapshot: Snapshot) -> Standings:
        return _standings(snapshot, keys, kinds, most, as_of, known_at, known)

    return ledger.snapshot(of_known, as_of=as_of, known_at=known_at)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where one actor stands on one supplier in each scope: as it holds `now`, and as the statements alone
    give it (`as_read`); each the one first that stands for the whole."""

    now: tuple[Held, ...]
    as_read: tuple[Held, ...]


def stands_of(ledger: Record, actor: str, supplier: str) -> Stands:
    """Where an actor stands on a supplier, both given by key: whoever a person set a position of may be named
    nowhere else."""

    def ask(snapshot: Snapshot) -> Stands:
        numbers, said = snapshot.numbers.find("key", (actor, supplier)), snapshot.statements
        rows = measure_rows(snapshot)
        rows = rows[said["actor"][rows] == numbers.get(actor, -1)]
        read = _held(snapshot, snapshot.kinds(), rows[said["target"][rows] == numbers.get(supplier, -1)])
        by_hand = [_set(one) for one in snapshot.positions_by_hand(supplier) if one.actor == actor]
        now = read | {(actor, supplier, one.scope): one for one in by_hand}
        return Stands(_in_place(now), _in_place(read))

    return ledger.snapshot(ask)


def _in_place(held: dict[tuple[str, str, str], Held]) -> tuple[Held, ...]:
    _cover(held)
    return tuple(sorted(held.values(), key=lambda one: place_of(one.code, one.whole, one.scope)))


def held_in(
    snapshot: Snapshot, suppliers: Iterable[str], *, kinds: Sequence[EntityKind] = ("state",)
) -> tuple[Held, ...]:
    """The present positions of all actors of some kinds on suppliers, given by their keys, as a snapshot has
    them: `Standings.held`, for whoever asks a snapshot for more than that."""
    keys = list(dict.fromkeys(suppliers))
    return _standings(snapshot, keys, kinds, 0, None, None).held if keys else ()


def _standings(
    snapshot: Snapshot,
    keys: Sequence[str],
    kinds: Sequence[EntityKind],
    most: int,
    as_of: str | None,
    known_at: datetime | None,
    known: Iterable[Entity] = (),
) -> Standings:
    numbers = snapshot.numbers
    of_kind = snapshot.kinds()
    rows = measure_rows(snapshot)
    target = snapshot.statements["target"][rows]
    if keys:
        chosen = [numbers.of("key", key) for key in keys]
    else:
        company = numbers.find_one("kind", "company")
        counts = np.bincount(target[of_kind[target] == company], minlength=1)
        names = numbers.texts("key", np.flatnonzero(counts).tolist())
        chosen = sorted(names, key=lambda number: (-counts[number], names[number]))[:most]
    wanted = np.isin(of_kind, list(numbers.find("kind", kinds).values()))
    among = snapshot.among("key", np.array(chosen, dtype=np.int64))
    parties = (snapshot.statements[name] for name in ("actor", "target"))
    spoken_of = {number for party in parties for number in np.unique(party[among[party]]).tolist()}
    rows = rows[among[target]]
    rows = rows[wanted[snapshot.statements["actor"][rows]]]
    held = _held(snapshot, of_kind, rows)
    texts = numbers.texts("key", chosen)
    by_name = [texts[number] for number in chosen]
    for position in snapshot.positions_by_hand():
        if position.supplier in by_name:
            held[position.actor, position.supplier, position.scope] = _set(position)
    _cover(held)
    actors = {actor for actor, _, _ in held}
    found = {one.key: one for one in known}
    found |= {one.entity.key: one.entity for one in snapshot.entities({*by_name, *actors}, counted=False)}
    place = {key: number for number, key in enumerate(by_name)}
    told = sorted(
        (one for one in held.values() if one.actor in found and found[one.actor].kind in kinds),
        key=lambda one: (one.actor, place[one.supplier], place_of(one.code, one.whole, one.scope)),
    )
    return Standings(
        as_of,
        known_at,
        tuple(found[key] for key in by_name if key in found),
        tuple(found[key] for key in sorted({one.actor for one in told})),
        tuple(told),
        tuple(texts[number] for number in chosen if number not in spoken_of),
    )


def measure_rows(snapshot: Snapshot) -> Array:
    """The rows of the restrictions and permissions that count."""
    said = snapshot.statements
    return np.flatnonzero(snapshot.among_words("type", measure_types())[said["type"]] & said["counts"])


def _held(snapshot: Snapshot, kinds: Array, rows: Array) -> dict[tuple[str, str, str], Held]:
    """The present positions that these statements make, by actor, supplier and scope."""
    concern = of_nobody(snapshot, rows, kinds)
    origins = make_origins(concern)
    acts = make_acts(concern, np.arange(len(rows)), origins.publisher)
    begun: Acts = acts.of(present(acts))
    texts = snapshot.numbers.texts("key", {*begun.actor.tolist(), *begun.target.tolist()})
    listed, fields = list(codes().values()), scopes()
    columns = (begun.actor, begun.target, begun.scope, begun.rank, begun.first, begun.last, begun.when)
    found = {}
    for actor, target, scope, rank, first, last, when in zip(*(c.tolist() for c in columns), strict=True):
        code, since = listed[rank], moment_of(first, last, when=when)
        one = Held(texts[actor], texts[target], fields[scope], code.name, code.side, code.force, since)
        found[one.actor, one.supplier, one.scope] = one
    return found


def _cover(held: dict[tuple[str, str, str], Held]) -> None:
    """Let what holds of a whole hold of its parts, as dossiers have it."""
    for (actor, supplier, scope), part in list(held.items()):
        whole = held.get((actor, supplier, wholes().get(scope, "")))
        if whole is None:
            continue
        if covers(_ruling(whole), _ruling(part)):
            held[actor, supplier, scope] = replace(whole, scope=scope, whole=whole.scope)


def _ruling(held: Held) -> Ruling:
    day = first_day(held.since.value) if held.since else date.min
    return Ruling(codes()[held.code], held.set_by is not None, day)


def _set(position: SetPosition) -> Held:
    code = code_set(position)
    since = Moment(position.since, "judged")
    return Held(
        position.actor,
        position.supplier,
        position.scope,
        code.name,
        code.side,
        code.force,
        since,
        position.judgement,
    )
