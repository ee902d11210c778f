"""Where readings name somebody: found in the columns, so that the database keeps no index of keys.

With such indexes each statement and mention that was written fell on pages all over the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from sqlalchemy import Connection

from onrecord.ledger import _by_id, _codes
from onrecord.ledger._columns import Array, Columns
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
    chains = np.unique(links["chain"][np.isin(links["key"], keys)])
    found: Array = (
        np.isin(said["actor"], keys) | np.isin(said["target"], keys) | np.isin(said["chain"], chains)
    )
    return found


def unread(connection: Connection, columns: Columns, judged: Judged, entity: str) -> list[tuple[int, int]]:
    """The places of the unread sentences that name the entity: each a reading's id and a position."""
    left = columns.tables["unread"]
    named = np.isin(left["key"], _numbers(connection, judged.meaning(entity)))
    readings = columns.tables["reading"]["reading"][columns.rows("unread")[named]]
    return sorted(set(zip(readings.tolist(), left["position"][named].tolist(), strict=True)))


def readings(connection: Connection, columns: Columns, keys: Iterable[str]) -> list[int]:
    """The ids of the readings that mention one of the keys."""
    named = np.isin(columns.tables["mentions"]["key"], _numbers(connection, keys))
    found: list[int] = np.unique(
        columns.tables["reading"]["reading"][columns.rows("mentions")[named]]
    ).tolist()
    return found


def _numbers(connection: Connection, keys: Iterable[str]) -> Array:
    return np.array(sorted(_codes.numbers(connection, "key", keys).values()), dtype=np.int64)
