"""From whom a statement descends: the farthest-upstream publisher that can be named.

A page's chain of sources names it, or the page credits an agency, or the page is a near-copy of an earlier
one that says the same; else it is the page's own outlet. Ten outlets that repeat one leak are one origin;
what a copy adds of its own is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from onrecord.entities import key_of_new, outlet_named
from onrecord.standing._arrays import Array, distinct
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


def make_origins(concern: Concern) -> Origins:
    """The origins of what concerns a supplier."""
    assert GROUNDS == ("chain", "credit", "copy", "outlet", "page")
    row = concern.of("row")
    outlet, credit = _called(concern)
    by_page = np.where(credit > 0, credit, np.where(outlet > 0, outlet, -1 - np.arange(len(outlet))))
    of_page = np.where(credit > 0, 1, np.where(outlet > 0, 3, 4)).astype(np.int8)
    chain = concern.cut("upstream", lambda whole: _upstream(whole)[whole.of("chain")])
    publisher = np.where(chain > 0, chain, by_page[row])
    ground = np.where(chain > 0, np.int8(0), of_page[row])
    first = np.full(len(row), -1, dtype=np.int64)
    at, copied = _first_to_say(concern)
    taken = ground[at] >= 3
    at, copied = at[taken], copied[taken]
    publisher[at], ground[at], first[at] = by_page[copied], 2, copied
    return Origins(publisher, ground, first)


def _called(concern: Concern) -> tuple[Array, Array]:
    """For each page the number of the key of its outlet, and of the agency that it credits; 0 for none."""
    numbers, pages = concern.snapshot.numbers, concern.snapshot.pages
    rows, size = distinct(concern.of("row"), len(pages["page"])), numbers.last("key") + 1
    used = distinct(np.concatenate((pages["outlet"][rows], pages["credit"][rows])), size)
    keys = {}
    for number, text in _publishers(concern, numbers.texts("key", used.tolist())).items():
        keys[number] = numbers.of("key", text)
    known = np.arange(numbers.last("key") + 1)
    known[list(keys)] = list(keys.values())
    return known[pages["outlet"]], known[pages["credit"]]


def _publishers(concern: Concern, texts: Mapping[int, str]) -> dict[int, str]:
    """By the same numbers the keys of whom outlets and credits name: of who is on record under the name, else
    of the catalogue's outlet of that name, else the name itself; never of a state ("VG" is no island)."""
    listed = {text: key for text in texts.values() if (key := outlet_named(text)) is not None}
    concern.names.learn((*texts.values(), *listed.values(), *map(key_of_new, texts.values())))

    def known(name: str) -> str | None:
        entity = concern.names.get(name)
        return entity.key if entity is not None and entity.kind != "state" else None

    found = {}
    for number, text in texts.items():
        name = listed.get(text, text)
        found[number] = known(text) or known(name) or known(key_of_new(text)) or name
    return found


def _upstream(concern: Concern) -> Array:
    """For each chain of sources the outlet in it that is nearest to the fact, 0 for none."""
    links = concern.snapshot.links
    outlets = np.flatnonzero(concern.kinds[links["key"]] == concern.kind("outlet"))[::-1]
    found = np.zeros(concern.snapshot.numbers.last("chain") + 1, dtype=np.int64)
    # Links stand in order; the last that is written, the nearest to the fact, remains.
    found[links["chain"][outlets]] = links["key"][outlets]
    return found


def _first_to_say(concern: Concern) -> tuple[Array, Array]:
    """The places of the statements on near-copies of which an earlier page of their group says the same, and
    the row of the earliest such page."""
    row, none = concern.of("row"), np.empty(0, dtype=np.int64)
    here = np.zeros(len(concern.snapshot.pages["page"]), dtype=bool)
    here[row] = True
    here[concern.snapshot.unread["row"][concern.unread]] = True
    one, other, _ = concern.snapshot.copied
    both = here[one] & here[other]
    group = _groups(one[both], other[both], len(here))
    at = np.flatnonzero(group[row] >= 0)
    if not len(at):
        return none, none
    place = concern.of_whole("place", _places)
    row, line = row[at], concern.lines()[at]
    # The lines of one group stand together, and of each the page that comes first in its group stands first.
    told = group[row] * (int(line.max()) + 1) + line
    order = np.argsort(told * len(here) + place[row])
    told, row = told[order], row[order]
    begins = np.append(True, told[1:] != told[:-1])
    first = row[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
    later = first != row
    return at[order[later]], first[later]


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


def _places(concern: Concern) -> Array:
    """The order of pages in a group: the earliest first (undated last); of one day the one that credits an
    agency, which is nearer to where the text came from; then by outlet, and by the page's digest."""
    snapshot = concern.snapshot
    one, other, _ = snapshot.copied
    copies = np.zeros(len(snapshot.pages["page"]), dtype=bool)
    copies[one] = copies[other] = True
    rows = distinct(concern.of("row"), len(copies))
    rows = rows[copies[rows]]
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
