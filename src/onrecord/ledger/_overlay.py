"""What persons judged, laid over the columns: as `Judged.over` lays it over a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from onrecord.ledger import _by_id
from onrecord.ledger._canonical import canonical
from onrecord.ledger._columns import LAYOUT, Array, found_at
from onrecord.ledger._current import begins
from onrecord.ledger._kept import FIELDS
from onrecord.ledger._schema import PageRow
from onrecord.ledger._view import Table, View, distinct_links, rows_of


def lay_over(connection: Connection, found: View) -> None:
    """Lay over a view what persons judged, but for withdrawals: as `Judged.over` does, first corrections,
    then splits, then merges."""
    judged = found.judged
    at = statement_rows(found, judged.statements)
    rows = _page_rows(connection, found, judged.split)
    if judged.split or any(judged.statements[public_id].kind == "correct" for public_id, _ in at):
        # The columns are shared with other views, until something is changed in them.
        for part in ("statements", "unread", "titled"):
            table = getattr(found, part)
            table.update({name: table[name].copy() for name in LAYOUT[part]})
    for public_id, index in at:
        judgement = judged.statements[public_id]
        found.statements["judged"][index] = True
        if judgement.kind == "reject":
            found.statements["counts"][index] = False
        elif judgement.kind == "correct":
            _correct(found, index, judgement.changes)
    for page, keys in judged.split.items():
        for row in rows[page]:
            _split(found, row, keys)
    if judged.merged:
        _merge(found)


def withdrawn(connection: Connection, found: View) -> Array:
    """The rows of the pages that whoever published them withdrew."""
    rows = _page_rows(connection, found, found.judged.withdrawn)
    return np.array([row for several in rows.values() for row in several], dtype=np.int64)


def withdraw(found: View, rows: Array) -> None:
    """Let what is on the pages in these rows count no longer."""
    if len(rows):
        found.statements["counts"] = found.statements["counts"].copy()
    for row in rows.tolist():
        found.statements["counts"][of_row(found.statements, row)] = False


def of_row(table: Table, row: int) -> slice:
    """Where in a table what is of the page in a row stands."""
    start, end = found_at(table["row"], [row, row + 1])
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
    found.links = distinct_links(found.links)


def _page_rows(connection: Connection, found: View, pages: Iterable[str]) -> dict[str, list[int]]:
    """The rows of pages with these ids."""
    rows: dict[str, list[int]] = {}
    for page in pages:
        ids = list(connection.scalars(select(PageRow.id).where(begins(PageRow.digest, page))))
        rows[page] = [
            int(row) for row in rows_of(found.pages["page"], np.array(ids, dtype=np.int64)) if row >= 0
        ]
    return rows


def _split(found: View, row: int, keys: Mapping[str, str]) -> None:
    numbers = found.numbers
    into = {numbers.of("key", old): numbers.of("key", new) for old, new in keys.items()}
    for part in ("statements", "unread", "titled"):
        table = getattr(found, part)
        rows = of_row(table, row)
        for column in _keys(part):
            table[column][rows] = [into.get(int(key), key) for key in table[column][rows]]
    rows = of_row(found.statements, row)
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
        found.links = distinct_links(joined)
    return number


def statement_rows(found: View, public_ids: Iterable[str]) -> list[tuple[str, int]]:
    """Where in the columns the statements with these ids stand."""
    at = _by_id.among(found.statements, public_ids)
    return list(zip(_by_id.ids(found.statements, at), at.tolist(), strict=True))


def _correct(found: View, index: int, payload: Mapping[str, Any]) -> None:
    numbers = found.numbers
    for name, value in payload.items():
        if name == "source":
            found.statements["chain"][index] = _chain(found, [numbers.of("key", key) for key in value])
        else:
            found.statements[name][index] = numbers.of(FIELDS[name], value)
