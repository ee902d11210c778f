"""Statements by their public ids: found in the columns, so that the database keeps no index of them.

Public ids are digests, so that in such an index each statement that was written fell on a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from onrecord.ledger._columns import Array
from onrecord.ledger._ids import id_of, number_of, numbers_beginning

_LOW = 0xFFFF
"""The digits by which nearly all statements that are not asked for are left out at once."""


def beginning(said: Mapping[str, Array], prefix: str) -> Array:
    """Where in a table those statements stand whose ids begin so."""
    asked, public = numbers_beginning(prefix), said["public"]
    return np.flatnonzero((public >= asked.start) & (public < asked.stop))


def among(said: Mapping[str, Array], ids: Iterable[str]) -> Array:
    """Where in a table the statements with these whole ids stand; an id may stand there more than once."""
    asked = np.array([number for number in map(number_of, ids) if number is not None], dtype=np.int64)
    public = said["public"]
    low = np.zeros(_LOW + 1, dtype=bool)
    low[asked & _LOW] = True
    maybe = np.flatnonzero(low[public & _LOW])
    return maybe[np.isin(public[maybe], asked)]


def ids(said: Mapping[str, Array], at: Array) -> list[str]:
    """The ids of the statements that stand there."""
    return list(map(id_of, said["public"][at].tolist()))
