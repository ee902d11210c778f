"""What is shown of a supplier that somebody follows, made once for each state of the ledger."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from onrecord.alerts import Weeks, in_words, moved, touched, weeks_of
from onrecord.lists import marks_of
from onrecord.present import today
from onrecord.standing import UnknownEntity, standing_of
from onrecord.team import Follow, Person, Watching
from onrecord.web._bench import Bench

PATIENCE = 0.4
"""Seconds in which a page makes what is not there yet; the suppliers left are asked for one by one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is on record about a supplier, in figures: all `statements` of its dossier, the publishers from
    which they descend, the disputes with both sides on record, and the entries of lists that are its own."""

    statements: int
    origins: int
    disputes: int
    listed: int


@dataclass(frozen=True, slots=True)
class Card:
    """A supplier that is followed. `moves` is what moved since the last visit, in words, as alerts have it;
    `figures` is None where the ledger has nothing about it any more."""

    follow: Follow
    figures: Figures | None
    weeks: Weeks | None
    moves: list[dict[str, Any]]


def looked(bench: Bench, person: Person, supplier: str) -> None:
    """Note that somebody looks at a supplier, if they follow it."""
    Watching(bench.team).look(person.account, [supplier], knew=bench.ledger.latest())


def cards(
    bench: Bench, follows: Sequence[Follow], language: str, *, patience: float | None
) -> list[Card | Follow]:
    """What is shown of these suppliers, in turn; the follow itself where `patience` (seconds) ran out."""
    until = time.monotonic() + patience if patience is not None else None
    kept: dict[Any, Any] = bench.kept(("watch", today()), dict)
    missing = [one.supplier for one in follows if ("weeks", one.supplier) not in kept]
    if missing:
        for supplier, weeks in weeks_of(bench.ledger, missing, today=today()).items():
            kept["weeks", supplier] = weeks
    _still(bench, follows, kept)
    found: list[Card | Follow] = []
    for one in follows:
        moves, figures = ("moves", one.supplier, one.before), ("figures", one.supplier)
        if until is not None and time.monotonic() > until and not (moves in kept and figures in kept):
            found.append(one)
            continue
        if figures not in kept:
            kept[figures] = _figures(bench, one.supplier)
        if moves not in kept:
            kept[moves] = _moved(bench, one.supplier, one.before)
        told = in_words(kept[moves], language)["moves"] if kept[moves] is not None else []
        found.append(Card(one, kept[figures], kept["weeks", one.supplier], told))
    return found


def _still(bench: Bench, follows: Sequence[Follow], kept: dict[Any, Any]) -> None:
    """Of those for which a look at the columns says so: that nothing moved."""
    asked = {one.supplier: one.before for one in follows if ("moves", one.supplier, one.before) not in kept}
    if not asked:
        return
    may = touched(bench.ledger, asked, until=None)
    for supplier, before in asked.items():
        if supplier not in may:
            kept["moves", supplier, before] = None


def _figures(bench: Bench, supplier: str) -> Figures | None:
    try:
        found = standing_of(bench.ledger, supplier)
    except UnknownEntity:
        return None
    alone = replace(found, entities=(found.supplier,))
    marks = marks_of(bench.ledger, alone, most=None).get(found.supplier.key, ())
    disputes = sum(dispute.contested for dispute in found.disputes)
    counts = found.counts
    return Figures(counts.statements, counts.origins, disputes, len(marks))


def _moved(bench: Bench, supplier: str, before: datetime) -> dict[str, Any] | None:
    try:
        return moved(bench.ledger, supplier, since=before, until=None)
    except UnknownEntity:
        return None
