"""From whom a statement descends: the farthest-upstream publisher that can be named.

A page's chain of sources names it, or the page credits an agency, or the page is a near-copy of an earlier
one that says the same; else it is the page's own outlet. Ten outlets that repeat one leak are one origin;
what a copy adds of its own is its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from onrecord.standing._arrays import Array, alike, distinct
from onrecord.standing._concern import Concern
from onrecord.standing._model import Ground

GROUNDS: tuple[Ground, ...] = get_args(Ground)


@dataclass(frozen=True)
class Origins:
    """Of each statement that concerns a supplier: its `publisher` (the number of a key; for a page that
    stands for itself -1 less its row), the place of its `ground` in `GROUNDS`, and the row of the page that
    said it `first` where this one is a copy of that (else -1)."""

    publisher: Array
    ground: Array
    first: Array


def make_origins(concern: Concern, lines: Array) -> Origins:
    """The origins of what concerns a supplier; `lines` has the number of each statement's line."""
    pages = concern.snapshot.pages
    row = concern.of("row")
    outlet, credit = _called(concern)
    chain = _upstream(concern)[concern.of("chain")]
    copied = _first_to_say(concern, lines)
    source = np.maximum(copied, 0)
    by_copy = np.where(
        credit[source] > 0, credit[source], np.where(outlet[source] > 0, outlet[source], -1 - source)
    )
    choices = [chain > 0, credit[row] > 0, copied >= 0, outlet[row] > 0]
    publisher = np.select(choices, [chain, credit[row], by_copy, outlet[row]], -1 - row)
    ground = np.select(choices, [0, 1, 2, 3], 4)
    assert GROUNDS == ("chain", "credit", "copy", "outlet", "page")
    assert len(pages["page"]) == len(outlet)
    return Origins(publisher, ground, np.where(ground == 2, copied, -1))


def _called(concern: Concern) -> tuple[Array, Array]:
    """For each page the number of the key of its outlet, and of the agency that it credits; 0 for none."""
    numbers, pages = concern.snapshot.numbers, concern.snapshot.pages
    rows, size = distinct(concern.of("row"), len(pages["page"])), numbers.last("key") + 1
    used = distinct(np.concatenate((pages["outlet"][rows], pages["credit"][rows])), size)
    texts = numbers.texts("key", used.tolist())
    concern.names.learn(texts.values())
    keys = {}
    for number, text in texts.items():
        entity = concern.names.get(text)
        keys[number] = numbers.of("key", entity.key) if entity is not None else number
    known = np.arange(numbers.last("key") + 1)
    known[list(keys)] = list(keys.values())
    return known[pages["outlet"]], known[pages["credit"]]


def _upstream(concern: Concern) -> Array:
    """For each chain of sources the outlet in it that is nearest to the fact, 0 for none."""
    links = concern.snapshot.links
    outlets = np.flatnonzero(concern.kinds[links["key"]] == concern.kind("outlet"))[::-1]
    found = np.zeros(concern.snapshot.numbers.last("chain") + 1, dtype=np.int64)
    # Links stand in order; the last that is written, the nearest to the fact, remains.
    found[links["chain"][outlets]] = links["key"][outlets]
    return found


def _first_to_say(concern: Concern, lines: Array) -> Array:
    """For each statement on a near-copy the row of the earliest page of its group that says the same, where
    that is another one; else -1."""
    row = concern.of("row")
    found = np.full(len(row), -1, dtype=np.int64)
    here = np.zeros(len(concern.snapshot.pages["page"]), dtype=bool)
    here[row] = True
    here[concern.snapshot.unread["row"][concern.unread]] = True
    one, other, _ = concern.snapshot.copied
    both = here[one] & here[other]
    group = _groups(one[both], other[both], len(here))
    at = np.flatnonzero(group[row] >= 0)
    if not len(at):
        return found
    place = _places(concern, np.unique(row[at]))
    # Pages first in the order of their group, then by line: the lines of one group stand together.
    first_of, line = alike(lines[at])
    order = at[np.argsort((group[row[at]] * len(first_of) + line) * len(here) + place[row[at]])]
    begins = np.ones(len(order), dtype=bool)
    same = (lines[order][1:] == lines[order][:-1]) & (group[row[order]][1:] == group[row[order]][:-1])
    begins[1:] = ~same
    first = row[order][np.flatnonzero(begins)[np.cumsum(begins) - 1]]
    found[order] = np.where(first == row[order], -1, first)
    return found


def _groups(one: Array, other: Array, pages: int) -> Array:
    """The number of the group of near-copies to which each page belongs, -1 for none."""
    group = np.full(pages, -1, dtype=np.int64)
    together = np.unique(np.concatenate((one, other)))
    group[together] = together
    while True:
        least = np.minimum(group[one], group[other])
        before = group.copy()
        np.minimum.at(group, one, least)
        np.minimum.at(group, other, least)
        group[together] = group[group[together]]
        if bool((group == before).all()):
            return group


def _places(concern: Concern, rows: Array) -> Array:
    """The order of pages in a group: the earliest first (undated last); of one day the one that credits an
    agency, which is nearer to where the text came from; then by outlet, and by the page's digest."""
    snapshot = concern.snapshot
    pages = {name: snapshot.pages[name][rows] for name in ("first_day", "credit", "outlet", "page")}
    texts = snapshot.numbers.texts("key", np.unique(pages["outlet"]).tolist())
    ranks = {number: rank for rank, number in enumerate(sorted(texts, key=lambda n: texts[n]), 1)}
    outlet = np.array([ranks.get(number, 0) for number in pages["outlet"].tolist()], dtype=np.int64)
    undated = pages["first_day"] == 0
    keys = (outlet, pages["credit"] == 0, pages["first_day"], undated)
    order = np.lexsort(keys)
    told = np.stack([key[order] for key in keys])
    same = (told[:, 1:] == told[:, :-1]).all(axis=0)
    tied = np.append(same, False) | np.insert(same, 0, False)
    digest = np.full(len(rows), "", dtype="U64")
    digests = snapshot.digests(pages["page"][order[tied]].tolist())
    digest[order[tied]] = [digests[page] for page in pages["page"][order[tied]].tolist()]
    order = np.lexsort((digest, *keys))
    found = np.zeros(len(snapshot.pages["page"]), dtype=np.int64)
    found[rows[order]] = np.arange(len(rows))
    return found
