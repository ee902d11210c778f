"""What the ledger held at a time, in columns: the current readings as they were read.

This is where questions about any number of statements are counted; the statements themselves are fetched by
the ids of their rows, as many as are to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import Any

import numpy as np

from onrecord.entities import Entity
from onrecord.ledger._brought import brought
from onrecord.ledger._columns import PARTS, Array, Columns, Cut
from onrecord.ledger._confidences import Confidences
from onrecord.ledger._errors import Damaged
from onrecord.ledger._judgements import Judged
from onrecord.ledger._numbers import Numbers

Table = dict[str, Array]


_FEW = 8
"""Keys that are counted one by one."""


@dataclass
class View:
    """The readings that were current and published by a day, as tables of columns.

    `pages` has a row for each page: `reading`, `page` (ids of rows), `first_day` and `last_day` (ordinals of
    the first day that the date of publication may mean, and of the last; 0 for none), `outlet`, `credit`
    (words of kind `key`), `reader` (a kind), `learned` (microseconds since 1970). `row` in the other tables
    is the row of the page.

    `statements`: `id`, `public` (its public id as a number), `actor`, `target` (kind `key`), `when`, `chain`,
    `type`, `status`, `topic`, `scope` (each a kind), `counts`, which is false for what was rejected or
    withdrawn, and `judged`. `unread`: `position`, `key`. `titled`: `key`, of those whom the title names.
    `mentions`, of all current readings, whenever published: `key`, `read` (the key before it was merged),
    `description`, `kind`, `names`. `copies`: `other`, the row of a page of which this one is a near-copy (-1
    where that is not among these), and `share`, in thousandths. `links`: `chain`, `position`, `key`, the keys
    in each chain of sources (also of such as no statement here has). 0 stands for nothing. `kept` is what
    views of the same readings share.
    `read` are the statements as they were read, whatever was judged; `confident` knows how sure the reader
    was of each.
    """

    numbers: Numbers
    judged: Judged
    pages: Table
    statements: Table
    unread: Table
    titled: Table
    mentions: Table
    copies: Table
    links: Table
    kept: dict[Hashable, Any]
    read: Table
    confident: Confidences

    def among(self, kind: str, numbers: Array) -> Array:
        """For each number that a word of that kind may have, whether it is one of these."""
        found = np.zeros(self.numbers.last(kind) + 1, dtype=bool)
        found[numbers] = True
        return found

    def among_words(self, kind: str, words: Iterable[str]) -> Array:
        """The same for words."""
        return self.among(kind, np.array(list(self.numbers.find(kind, words).values()), dtype=np.int64))

    @cached_property
    def described(self) -> Table:
        """By the number of each description: `key`, `read`, `kind`, and `pages`, of how many it is."""
        return self._mentioned("description", ("key", "read", "kind"))

    @cached_property
    def brought(self) -> dict[str, Entity]:
        """By their keys those whom persons name, and no page."""
        found = brought(self.judged)
        numbers = self.numbers.find("key", found)
        all_ = self.described
        own = self.among("key", all_["key"][(all_["pages"] > 0) & (all_["key"] == all_["read"])])
        return {key: one for key, one in found.items() if key not in numbers or not own[numbers[key]]}

    @cached_property
    def named_so(self) -> Table:
        """By the number of each set of names of an entity: `key`, and `pages`, of how many it is."""
        return self._mentioned("names", ("key",))

    def _mentioned(self, kind: str, columns: tuple[str, ...]) -> Table:
        """Columns of the mentions, and their pages, by the number of each word of a kind that they hold."""
        if self.judged.merged:
            return self._count(kind, columns)
        # It goes by all that is current, as of whatever day.
        found: Table | None = self.kept.get(kind)
        if found is None or len(found["pages"]) <= self.numbers.last(kind):
            found = self.kept[kind] = self._count(kind, columns)
        return found

    def _count(self, kind: str, columns: tuple[str, ...]) -> Table:
        of = self.mentions[kind]
        size = self.numbers.last(kind) + 1
        found: Table = {"pages": np.bincount(of, minlength=size)}
        if len(found["pages"]) > size:
            raise Damaged(f"words that the columns tell of ({kind}) are gone")
        for name in columns:
            found[name] = np.zeros(size, dtype=np.int32)
            found[name][of] = self.mentions[name]
        return found

    def statements_naming(self, keys: Array) -> dict[int, int]:
        """How many statements each of these keys is actor, target or source of."""
        among = self.among("key", keys)
        said = self.statements
        actor, target = said["actor"], said["target"]
        counts = np.bincount(actor[among[actor]], minlength=len(among))
        counts += np.bincount(target[among[target] & (target != actor)], minlength=len(among))
        chained = np.bincount(said["chain"], minlength=self.numbers.last("chain") + 1)
        chains, sources = self.links["chain"], self.links["key"]
        for key in keys.tolist() if len(keys) < _FEW else ():
            held = np.zeros(len(chained), dtype=bool)
            held[chains[sources == key]] = True
            counts[key] += np.count_nonzero(held[said["chain"]] & (actor != key) & (target != key))
        if len(keys) >= _FEW:
            counts += self._sourced(among)
        return {int(key): int(counts[key]) for key in keys}

    def _sourced(self, among: Array) -> Array:
        """Of how many statements each key is a source without being actor or target."""
        links = np.unique(np.stack((self.links["chain"], self.links["key"])), axis=1)
        links = links[:, among[links[1]]]
        said = self.statements
        order = np.argsort(said["chain"], kind="stable")
        chain = said["chain"][order]
        start, end = np.searchsorted(chain, links[0]), np.searchsorted(chain, links[0], "right")
        times = end - start
        key = np.repeat(links[1], times)
        # The statements of each link's chain stand together; count up within each.
        at = np.arange(len(key)) - np.repeat(np.cumsum(times) - times, times) + np.repeat(start, times)
        which = order[at]
        alone = (said["actor"][which] != key) & (said["target"][which] != key)
        return np.bincount(key[alone], minlength=len(among))


TABLES = ("pages", "statements", "unread", "titled", "mentions", "copies", "links", "read")


def of_all(numbers: Numbers, judged: Judged, now: Columns, confident: Confidences) -> View:
    """What was current, whenever published, as it was read."""
    tables: dict[str, Table] = {
        name: Cut(table, made={"row": partial(now.rows, name)} if name in PARTS else None)
        for name, table in now.tables.items()
    }
    pages, statements, mentions, copies = (
        tables[name] for name in ("reading", "statements", "mentions", "copies")
    )
    made: dict[str, Callable[[], Array]] = {
        "counts": lambda: np.ones(len(statements["id"]), dtype=bool),
        "judged": lambda: np.zeros(len(statements["id"]), dtype=bool),
    }
    return View(
        numbers=numbers,
        judged=judged,
        pages=pages,
        statements=Cut(statements, made=made),
        unread=tables["unread"],
        titled=tables["titled"],
        mentions=_made(mentions, "read", lambda: mentions["key"]),
        copies=_made(copies, "other", lambda: rows_of(pages["page"], copies["other"])),
        links=distinct_links(tables["links"]),
        kept=now.kept,
        read=Cut(statements),
        confident=confident,
    )


def _made(table: Table, name: str, make: Callable[[], Array]) -> Table:
    """A table with a column that is made when it is first used."""
    return Cut(table, made={name: make})


def published_by(whole: View, day: int | None) -> View:
    """What of a view of all was published by the end of a day (an ordinal; None: all of it), as another view,
    whose columns can be changed."""
    wanted = None if day is None else whole.pages["last_day"] <= day
    if wanted is None or bool(wanted.all()):
        same: dict[str, Any] = {name: Cut(getattr(whole, name)) for name in TABLES}
        return replace(whole, **same)
    place = np.cumsum(wanted, dtype=np.int32) - 1
    tables: dict[str, Any] = {"pages": Cut(whole.pages, partial(_itself, wanted))}
    for part in ("statements", "unread", "titled", "copies", "read"):
        table: Table = getattr(whole, part)
        mask = cache(partial(_of_rows, wanted, table))
        made = {"row": partial(_rows_cut, place, table, mask)}
        if part == "copies":
            made["other"] = partial(_others_cut, wanted, place, table, mask)
        tables[part] = Cut(table, mask, made)
    return replace(whole, **tables)


def _itself(array: Array) -> Array:
    return array


def _of_rows(wanted: Array, table: Table) -> Array:
    found: Array = wanted[table["row"]]
    return found


def _rows_cut(place: Array, table: Table, mask: Callable[[], Array]) -> Array:
    found: Array = place[table["row"][mask()]]
    return found


def _others_cut(wanted: Array, place: Array, table: Table, mask: Callable[[], Array]) -> Array:
    other = table["other"][mask()]
    return np.where((other >= 0) & wanted[other], place[other], -1)


def distinct_links(links: Table) -> Table:
    """Each link of each chain once, in order."""
    if not len(links["chain"]):
        return Cut(links)
    width = int(links["position"].max()) + 1
    places = links["chain"].astype(np.int64) * width + links["position"]
    keys = np.zeros(int(places.max()) + 1, dtype=np.int32)
    keys[places] = links["key"]
    found = np.flatnonzero(keys)
    return {"chain": found // width, "position": found % width, "key": keys[found]}


def rows_of(pages: Array, wanted: Array) -> Array:
    """The rows of pages by their ids; -1 for those that are not there."""
    order = np.argsort(pages)
    at = np.minimum(np.searchsorted(pages[order], wanted), max(len(pages) - 1, 0))
    if not len(pages):
        return np.full(len(wanted), -1)
    return np.where(pages[order][at] == wanted, order[at], -1)
