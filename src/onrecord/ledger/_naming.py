"""Where readings name somebody: found in the columns, so that the database keeps no index of keys.

With such indexes each statement and mention that was written fell on pages all over the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from sqlalchemy import Connection

from onrecord.ledger import _by_id, _codes
from onrecord.ledger._canonical import value_of
from onrecord.ledger._columns import Array, Columns, one_of
from onrecord.ledger._judgements import Judged


def statements(connection: Connection, columns: Columns, judged: Judged, entity: str) -> list[int]:
    """The ids of the rows of all statements in which the entity is, or by a judgement may be, actor, target
    or source."""
    keys = _numbers(connection, judged.meaning(entity))
    said, links = columns.tables["statements"], columns.tables["links"]
    found = set(said["id"][among(said, links, keys)].tolist())
    corrected = [subject for subject, j in judged.statements.items() if j.kind == "correct"]
    found.update(said["id"][_by_id.among(said, corrected)].tolist())
    return sorted(found)


def among(said: Mapping[str, Array], links: Mapping[str, Array], keys: Array) -> Array:
    """Of each statement, whether one of the keys, given by number, is its actor, target or one of its
    sources."""
    chains = links["chain"][one_of(links["key"], keys)]
    sourced = np.zeros(int(max(said["chain"].max(initial=0), chains.max(initial=0))) + 1, dtype=bool)
    sourced[chains] = True
    return one_of(said["actor"], keys) | one_of(said["target"], keys) | sourced[said["chain"]]


def unread(connection: Connection, columns: Columns, judged: Judged, entity: str) -> list[tuple[int, int]]:
    """The places of the unread sentences that name the entity: each a reading's id and a position."""
    left = columns.tables["unread"]
    named = one_of(left["key"], _numbers(connection, judged.meaning(entity)))
    readings = columns.tables["reading"]["reading"][columns.rows("unread")[named]]
    return sorted(set(zip(readings.tolist(), left["position"][named].tolist(), strict=True)))


def names(connection: Connection, columns: Columns, keys: Iterable[str]) -> dict[str, Array]:
    """By each name under which readings speak of somebody who has one of the keys the rows of those
    readings."""
    held = columns.tables["mentions"]
    named = np.flatnonzero(one_of(held["key"], _numbers(connection, keys)))
    row, word = columns.rows("mentions")[named], held["names"][named]
    order = np.argsort(word, kind="stable")
    words, starts = np.unique(word[order], return_index=True)
    rows = dict(zip(words.tolist(), np.split(row[order], starts[1:]), strict=True)) if len(words) else {}
    found: dict[str, list[Array]] = defaultdict(list)
    for number, text in _codes.texts(connection, "names", rows).items():
        for name in value_of(text)[1:]:
            found[name].append(rows[number])
    return {name: np.unique(np.concatenate(several)) for name, several in found.items()}


def _numbers(connection: Connection, keys: Iterable[str]) -> Array:
    return np.array(sorted(_codes.numbers(connection, "key", keys).values()), dtype=np.int64)
