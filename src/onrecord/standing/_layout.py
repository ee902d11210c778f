"""What of very much is laid out in a dossier: all, up to a number; else what positions rest on, the lines
that are told most, and of many matters the first and the last word. All is counted, laid out or not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.ledger import page_id
from onrecord.standing._acts import Acts
from onrecord.standing._arrays import Array, buckets, fullest, in_order, line_numbers, numbered
from onrecord.standing._concern import Concern
from onrecord.standing._lines import Laid
from onrecord.standing._rules import codes

WHOLE, MOST = 400, 200
"""Statements up to which all are laid out, and how many are of more: what a person can scroll through, what
is put together in a blink, and what goes over the wire as less than 100 kB with all charts."""
WHOLE_UNREAD, MOST_UNREAD = 200, 50
"""Unread sentences up to which all are laid out, and how many are of more: those published last."""
MOST_ACTORS = 50
"""Actors whose positions are shown where not all statements are: states first."""
_LINES, _EACH = 25, 5
"""Lines that are told most, and how many of the statements that tell each are laid out."""
_MATTERS = 60
"""Matters that are told most, of which the first and the last word are laid out."""
_FACTOR = 0x9E3779B97F4A7C15
"""The odd number by which matters are mixed (2^64 over the golden ratio: Knuth's multiplicative hashing)."""


@dataclass(frozen=True)
class Layout:
    """What is laid out, the acts of those whose positions are shown, and of how many actors they are not."""

    laid: Laid
    acts: Acts
    actors_left: int


def lay_out(concern: Concern, lines: Array, measures: Array, acts: Acts) -> Layout:
    """Choose what is laid out. `lines` has the number of each picked statement's line; `measures` are the
    places of those that make positions.
    """
    at, left = np.arange(len(concern.picked)), 0
    if len(at) > WHOLE:
        acts, left = _of_actors(concern, acts)
        # Who has no row has no line in it either.
        hidden = measures[~concern.snapshot.among("key", acts.actor)[concern.of("actor")[measures]]]
        chosen = _chosen(concern, lines, acts)
        shown = np.ones(len(lines), dtype=bool)
        shown[hidden] = False
        at = chosen[shown[chosen]]
    unread = _last_unread(concern)
    snapshot, page = concern.snapshot, concern.snapshot.pages["page"]
    ids = snapshot.statements["id"][concern.picked[at]]
    stored = snapshot.said(ids.tolist())
    told = tuple(stored[row] for row in ids.tolist())
    rows = dict(zip((one.page_id for one in told), concern.of("row")[at].tolist(), strict=True))
    silent = np.unique(snapshot.unread["row"][unread])
    digests = snapshot.digests(page[silent].tolist())
    rows.update((page_id(digests[int(page[row])]), row) for row in silent.tolist())
    readings = snapshot.pages["reading"][snapshot.unread["row"][unread]]
    places = zip(readings.tolist(), snapshot.unread["position"][unread].tolist(), strict=True)
    laid = Laid(
        at,
        told,
        snapshot.left(list(places)),
        rows,
        lines,
    )
    return Layout(laid, acts, left)


def _of_actors(concern: Concern, acts: Acts) -> tuple[Acts, int]:
    """The acts of the actors that are shown, states first, then those with the most acts; how many others
    there are."""
    actors, counts = np.unique(acts.actor, return_counts=True)
    other = concern.kinds[actors] != concern.kind("state")
    shown = actors[np.lexsort((-counts, other))][:MOST_ACTORS]
    return acts.of(np.isin(acts.actor, shown)), len(actors) - len(shown)


def _chosen(concern: Concern, lines: Array, acts: Acts) -> Array:
    """The places of the statements that are laid out, `MOST` at most."""
    day = concern.cut("published", lambda whole: whole.snapshot.pages["first_day"][whole.of("row")])
    # Of each position the last word, and then the last that says each thing.
    by_code = _last(acts.group * len(codes()) + acts.rank, acts.first)
    parts = [acts.statement[_last(acts.group, acts.first)], acts.statement[by_code][: MOST // 2]]
    told = _told_most(concern, lines)
    told = told[np.lexsort((day[told], lines[told]))]
    starts = np.flatnonzero(np.append(True, lines[told][1:] != lines[told][:-1])[: len(told)])
    within = np.arange(len(told)) - np.repeat(starts, np.diff(np.append(starts, len(told))))
    parts.append(told[within < _EACH])
    parts.append(_first_and_last(concern, day))
    # The first parts matter most; each place once, in that order.
    places = np.concatenate(parts)
    _, first = np.unique(places, return_index=True)
    return np.sort(places[np.sort(first)][:MOST])


def _told_most(concern: Concern, lines: Array) -> Array:
    """The places of the statements of the lines that are told most."""

    def bucket(whole: Concern) -> Array:
        return buckets(line_numbers(whole.snapshot.statements, whole.picked))

    at = fullest(concern.cut("bucket", bucket), _LINES)
    _, of = numbered(lines[at], int(lines.max(initial=-1)) + 1)
    rank = _ranks(of)
    return at[rank[of] < _LINES]


def _first_and_last(concern: Concern, day: Array) -> Array:
    """Of the matters (a type about two parties, of one status) that are told most the last word and the
    first, those first that are told most."""
    matter = concern.cut("matter", _matters)
    wanted = fullest(matter, _MATTERS)
    _, of = numbered(matter[wanted], 1 << 16)
    rank = _ranks(of)
    last, first = _last(of, day[wanted]), _last(of, -day[wanted])
    both = np.column_stack((wanted[last], wanted[first]))[np.argsort(rank[of[last]], kind="stable")]
    return both.ravel()


def _matters(whole: Concern) -> Array:
    """The number of each statement's matter."""
    actor, target, type_, status = (
        whole.of(name).astype(np.uint64) for name in ("actor", "target", "type", "status")
    )
    parties, told = actor << np.uint64(32) | target, type_ << np.uint64(8) | status
    # Two matters that come to one number share a first and a last word: there are many others.
    matter = parties * np.uint64(_FACTOR) + told * np.uint64(_FACTOR) >> np.uint64(48)
    return matter.astype(np.int64)


def _ranks(numbers: Array) -> Array:
    """The rank of each number by how often it stands there: 0 for the one that does most often."""
    counts = np.bincount(numbers)
    rank = np.empty(len(counts), dtype=np.int64)
    rank[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
    return rank


def _last(group: Array, day: Array) -> Array:
    """The row of the last day in each group, in the order of groups."""
    order = in_order(day)
    last = np.full(int(group.max(initial=-1)) + 1, -1, dtype=np.int64)
    last[group[order]] = order  # what is written last remains
    found: Array = last[last >= 0]
    return found


def _last_unread(concern: Concern) -> Array:
    """The unread sentences that are laid out."""
    if len(concern.unread) <= WHOLE_UNREAD:
        return concern.unread
    rows = concern.snapshot.unread["row"][concern.unread]
    day = concern.snapshot.pages["first_day"][rows]
    return concern.unread[np.argsort(-day, kind="stable")[:MOST_UNREAD]]
