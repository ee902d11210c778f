"""What the ledger held at a time, in columns: the current readings with what persons judged laid over them.

This is where questions about any number of statements are counted; the statements themselves are fetched by
the ids of their rows, as many as are to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from onrecord.ledger import _codes
from onrecord.ledger._bulk import ASKED, chunks
from onrecord.ledger._canonical import canonical
from onrecord.ledger._columns import LAYOUT, PARTS, Array, Columns, Cut, micros, ordinal
from onrecord.ledger._dates import last_day
from onrecord.ledger._judgements import Judged
from onrecord.ledger._kept import FIELDS
from onrecord.ledger._schema import PageRow, StatementRow

_IDS = select(StatementRow.public_id, StatementRow.id).where(StatementRow.public_id.in_(ASKED))


class Numbers:
    """Words and their numbers, also such as the ledger has no number for (a correction may bring them).
    `known` are those that the process knows already."""

    def __init__(self, connection: Connection, known: _codes.Known) -> None:
        self.connection = connection
        self._known = known
        self._own: dict[_codes.Word, int] = {}
        self._texts: dict[tuple[str, int], str] = {}
        self._last: dict[str, int] = {}

    def of(self, kind: str, text: str | None) -> int:
        """A word's number, 0 for none."""
        if text is None:
            return 0
        found = self.find(kind, [text]).get(text)
        if found is None:
            found = self._last[kind] = self.last(kind) + 1
            self._own[kind, text] = found
            self._texts[kind, found] = text
        return found

    def last(self, kind: str) -> int:
        """The highest number of a word of that kind."""
        if kind not in self._last:
            self._last[kind] = _codes.last_number(self.connection, kind)
        return self._last[kind]

    def find(self, kind: str, texts: Iterable[str]) -> dict[str, int]:
        """The numbers of those words that have one."""
        wanted = set(texts)
        missing = [t for t in wanted if (kind, t) not in self._own and (kind, t) not in self._known.words]
        if missing:
            found = _codes.numbers(self.connection, kind, missing)
            self._known.learn({(kind, text): number for text, number in found.items()})
            self._own.update(((kind, text), number) for text, number in found.items())
        words = self._known.words
        told = {text: self._own.get((kind, text)) or words.get((kind, text)) for text in wanted}
        return {text: number for text, number in told.items() if number is not None}

    def texts(self, kind: str, numbers: Iterable[int]) -> dict[int, str]:
        """The words with these numbers."""
        wanted = {int(number) for number in numbers} - {0}
        known = self._known.texts
        found = {n: known.get((kind, n)) or self._texts.get((kind, n)) for n in wanted}
        missing = [number for number, text in found.items() if text is None]
        if missing:
            fetched = _codes.texts(self.connection, kind, missing)
            self._known.learn({(kind, text): number for number, text in fetched.items()})
            found.update(fetched)
        return {number: text for number, text in found.items() if text is not None}


Table = dict[str, Array]


_FEW = 8
"""Keys that are counted one by one."""


@dataclass
class View:
    """The readings that were current and published by a day, as tables of columns.

    `pages` has a row for each page: `reading`, `page` (ids of rows), `first_day` and `last_day` (ordinals of
    the first day that the date of publication may mean, and of the last; 0 for none), `outlet`, `credit`
    (words of kind `key`), `reader` (a kind). `row` in the other tables is the row of the page.

    `statements`: `id`, `actor`, `target` (kind `key`), `when`, `chain`, `type`, `status`, `topic` (each a
    kind), and `counts`, which is false for what was rejected or withdrawn. `unread`: `position`, `key`.
    `titled`: `key`, of those whom the title names. `mentions`, of all current readings, whenever published:
    `key`, `read` (the key before it was merged), `description`, `kind`. `copies`: `other`, the row of a page
    of which this one is a near-copy (-1 where that is not among these), and `share`, in thousandths. `links`:
    `chain`, `position`, `key`, the keys in each chain of sources. 0 stands for nothing.
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

    def among(self, kind: str, numbers: Array) -> Array:
        """For each number that a word of that kind may have, whether it is one of these."""
        found = np.zeros(self.numbers.last(kind) + 1, dtype=bool)
        found[numbers] = True
        return found

    @cached_property
    def described(self) -> Table:
        """By the number of each description: `key`, `read`, `kind`, and `pages`, of how many it is."""
        of = self.mentions["description"]
        size = self.numbers.last("description") + 1
        found: Table = {"pages": np.bincount(of, minlength=size)}
        for name in ("key", "read", "kind"):
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


def view(
    connection: Connection,
    columns: Columns,
    judged: Judged,
    known: _codes.Known,
    *,
    as_of: str | None = None,
    known_at: datetime | None = None,
) -> View:
    """What was current of all columns, published by the end of `as_of` and known by `known_at`."""
    current = _current(columns, known_at)
    admitted = columns.of(current)
    if as_of is not None:
        admitted = admitted.of(admitted.tables["reading"]["last_day"] <= ordinal(last_day(as_of)))
    tables: dict[str, Table] = {name: Cut(table) for name, table in admitted.tables.items()}
    for name in PARTS:
        if name != "links":
            tables[name]["row"] = admitted.rows(name)
    statements = tables["statements"]
    statements["counts"] = np.ones(len(statements["id"]), dtype=bool)
    mentions = Cut(columns.of(current).tables["mentions"])
    mentions["read"] = mentions["key"]
    found = View(
        Numbers(connection, known), judged, tables["reading"], statements, tables["unread"], tables["titled"],
        mentions, tables["copies"], _distinct(tables["links"]),
    )  # fmt: skip
    found.copies["other"] = _rows_of(found.pages["page"], found.copies["other"])
    _lay_over(connection, found)
    return found


def _current(columns: Columns, known_at: datetime | None) -> Array:
    """Which readings are the newest of their page."""
    readings = columns.tables["reading"]
    known = np.ones(len(columns), dtype=bool)
    if known_at is not None:
        known = readings["learned"] <= micros(known_at)
    at = np.flatnonzero(known)[::-1]
    _, newest = np.unique(readings["page"][at], return_index=True)
    wanted = np.zeros(len(columns), dtype=bool)
    wanted[at[newest]] = True
    return wanted


def _distinct(links: Table) -> Table:
    """Each link of each chain once, in order."""
    if not len(links["chain"]):
        return Cut(links)
    width = int(links["position"].max()) + 1
    places = links["chain"].astype(np.int64) * width + links["position"]
    keys = np.zeros(int(places.max()) + 1, dtype=np.int32)
    keys[places] = links["key"]
    found = np.flatnonzero(keys)
    return {"chain": found // width, "position": found % width, "key": keys[found]}


def _rows_of(pages: Array, wanted: Array) -> Array:
    """The rows of pages by their ids; -1 for those that are not there."""
    order = np.argsort(pages)
    at = np.minimum(np.searchsorted(pages[order], wanted), max(len(pages) - 1, 0))
    if not len(pages):
        return np.full(len(wanted), -1)
    return np.where(pages[order][at] == wanted, order[at], -1)


def _lay_over(connection: Connection, found: View) -> None:
    """Lay over a view what persons judged: as `Judged.over` does, first corrections, then splits, then
    merges."""
    judged = found.judged
    at = _statement_rows(connection, found, judged.statements)
    rows = _page_rows(connection, found, {*judged.split, *judged.withdrawn})
    if judged.split or any(judged.statements[public_id].kind == "correct" for public_id, _ in at):
        # The columns are shared with other views, until something is changed in them.
        for part in ("statements", "unread", "titled"):
            table = getattr(found, part)
            table.update({name: table[name].copy() for name in LAYOUT[part]})
    for public_id, index in at:
        judgement = judged.statements[public_id]
        if judgement.kind == "reject":
            found.statements["counts"][index] = False
        elif judgement.kind == "correct":
            _correct(found, index, judgement.payload)
    for page, keys in judged.split.items():
        for row in rows[page]:
            _split(found, row, keys)
    for page in judged.withdrawn:
        for row in rows[page]:
            found.statements["counts"][_of_row(found.statements, row)] = False
    if judged.merged:
        _merge(found)


def _of_row(table: Table, row: int) -> slice:
    start, end = np.searchsorted(table["row"], [row, row + 1])
    return slice(int(start), int(end))


def _keys(part: str) -> tuple[str, ...]:
    """The columns of a table that hold keys."""
    return ("actor", "target") if part == "statements" else ("key",)


def _merge(found: View) -> None:
    numbers, judged = found.numbers, found.judged
    into = {numbers.of("key", old): numbers.of("key", judged.key(old, "")) for old in judged.merged}
    known = np.arange(numbers.last("key") + 1, dtype=np.int32)
    known[list(into)] = list(into.values())
    touched = np.isin(found.links["key"], list(into))
    for part in ("statements", "unread", "titled", "mentions", "links"):
        table = getattr(found, part)
        for column in _keys(part):
            table[column] = known[table[column]]
    if touched.any():
        _same_chains(found, np.unique(found.links["chain"][touched]))


def _same_chains(found: View, changed: Array) -> None:
    """Chains whose keys were merged may be the same as others: give them those's number."""
    numbers = found.numbers
    chains = {
        int(chain): [int(key) for key in found.links["key"][found.links["chain"] == chain]]
        for chain in changed
    }
    texts = numbers.texts("key", {key for keys in chains.values() for key in keys})
    told = {chain: canonical([texts[key] for key in keys]) for chain, keys in chains.items()}
    known = numbers.find("chain", told.values())
    first: dict[str, int] = dict(known)
    into = {chain: first.setdefault(text, chain) for chain, text in told.items()}
    mapped = np.arange(numbers.last("chain") + 1, dtype=np.int32)
    mapped[list(into)] = list(into.values())
    found.statements["chain"] = mapped[found.statements["chain"]]
    found.links["chain"] = mapped[found.links["chain"]]
    found.links = _distinct(found.links)


def _page_rows(connection: Connection, found: View, pages: Iterable[str]) -> dict[str, list[int]]:
    """The rows of pages with these ids."""
    rows: dict[str, list[int]] = {}
    for page in pages:
        ids = list(connection.scalars(select(PageRow.id).where(PageRow.digest.startswith(page))))
        rows[page] = [
            int(row) for row in _rows_of(found.pages["page"], np.array(ids, dtype=np.int64)) if row >= 0
        ]
    return rows


def _split(found: View, row: int, keys: Mapping[str, str]) -> None:
    numbers = found.numbers
    into = {numbers.of("key", old): numbers.of("key", new) for old, new in keys.items()}
    for part in ("statements", "unread", "titled"):
        table = getattr(found, part)
        rows = _of_row(table, row)
        for column in _keys(part):
            table[column][rows] = [into.get(int(key), key) for key in table[column][rows]]
    rows = _of_row(found.statements, row)
    for index in range(rows.start, rows.stop):
        chain = int(found.statements["chain"][index])
        if chain:
            held = [int(key) for key in found.links["key"][found.links["chain"] == chain]]
            found.statements["chain"][index] = _chain(found, [into.get(key, key) for key in held])


def _chain(found: View, keys: list[int]) -> int:
    """The number of a chain of these keys, which is made known where it is not."""
    numbers = found.numbers
    texts = numbers.texts("key", keys)
    number = numbers.of("chain", canonical([texts[key] for key in keys]) if keys else None)
    if number and not (found.links["chain"] == number).any():
        links = {"chain": [number] * len(keys), "position": list(range(len(keys))), "key": keys}
        joined = {c: np.append(found.links[c], np.array(v, np.int32)) for c, v in links.items()}
        found.links = _distinct(joined)
    return number


def _statement_rows(connection: Connection, found: View, public_ids: Iterable[str]) -> list[tuple[str, int]]:
    """Where in the columns the statements with these ids stand."""
    rows = [
        (row.public_id, row.id)
        for some in chunks(sorted(public_ids))
        for row in connection.execute(_IDS, {"asked": some})
    ]
    ids = found.statements["id"]
    at = np.searchsorted(ids, [row for _, row in rows])
    return [
        (public_id, int(index))
        for (public_id, row), index in zip(rows, at, strict=True)
        if index < len(ids) and ids[index] == row
    ]


def _correct(found: View, index: int, payload: Mapping[str, Any]) -> None:
    numbers = found.numbers
    for name, value in payload.items():
        if name == "source":
            found.statements["chain"][index] = _chain(found, [numbers.of("key", key) for key in value])
        else:
            found.statements[name][index] = numbers.of(FIELDS[name], value)
