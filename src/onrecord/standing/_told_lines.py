"""Lines of many parties at once: picked from columns, and told without their pages and origins."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from onrecord.standing._arrays import Array, line_numbers
from onrecord.standing._concern import NEARNESS
from onrecord.standing._dates import shown
from onrecord.standing._evidence import Evidence, first_and_last, together
from onrecord.standing._lines import line_id
from onrecord.standing._model import Citation, Line, Moment

WHOLE = 400
"""Lines of a party up to which all are taken: as many as a large dossier lays out. Of more, each type
about two parties has on each topic and in each status its first word and its last; of those the latest so
many are taken."""
QUOTES = 5
"""Of a line that many pages tell so many quotes, the first and as many of the last, are looked through for
the stages that it tells of."""
_FIELDS = (
    ("type", "type"), ("actor", "key"), ("target", "key"), ("status", "status"), ("topic", "topic"),
    ("scope", "scope"), ("when", "when"), ("chain", "chain"),
)  # fmt: skip


def told_rows(evidence: Evidence, rows: Array) -> list[Array]:
    """The lines of a party's rows in order, each as the first rows that tell it; of very many some."""
    rows = rows[np.sort(np.unique(rows, return_index=True)[1])]
    _, first, line = np.unique(
        line_numbers(evidence.snapshot.statements, rows), return_index=True, return_inverse=True
    )
    chosen = _most(evidence, rows, np.sort(first))
    of = np.argsort(line, kind="stable")
    start = np.searchsorted(line[of], np.arange(len(first)))
    end = np.append(start[1:], len(of))
    places = (of[start[line[at]] : end[line[at]]] for at in chosen.tolist())
    return [rows[first_and_last(several, 2 * QUOTES)] for several in places]


def _most(evidence: Evidence, rows: Array, first: Array) -> Array:
    """Of the places among a party's rows at which its lines begin those that are taken."""
    if len(first) <= WHOLE:
        return first
    said, own = evidence.snapshot.statements, rows[first]
    order, begins = together(*(said[name][own] for name in ("actor", "target", "type", "status", "topic")))
    ends = np.unique(np.concatenate((order[begins[:-1]], order[begins[1:] - 1])))
    found: Array = first[ends][-WHOLE:]
    return found


def lines_of(evidence: Evidence, several: Sequence[Array]) -> list[Line]:
    """A line for each group of rows, which say the same, with their quotes."""
    snapshot = evidence.snapshot
    said = snapshot.statements
    if not several:
        return []
    quotes = snapshot.quoted(said["id"][np.concatenate(several)].tolist())
    at = np.array([rows[0] for rows in several], dtype=np.int64)
    told = []
    for name, kind in _FIELDS:
        texts = snapshot.numbers.texts(kind, np.unique(said[name][at]).tolist())
        told.append([texts.get(number) for number in said[name][at].tolist()])
    found = []
    for rows, type_, actor, target, status, topic, scope, when, chain in zip(several, *told, strict=True):
        source = tuple(json.loads(chain)) if chain else ()
        cited = zip(
            (quotes[number] for number in said["id"][rows].tolist()), _published(evidence, rows), strict=True
        )
        found.append(
            Line(
                id=line_id(type_, actor, target, status, topic, source, when, scope),
                type=type_,
                actor=actor,
                target=target,
                status=status,
                topic=topic,
                scope=scope,
                source=source,
                when=when,
                nearness=NEARNESS[0],
                moment=_moment(evidence, int(rows[0])),
                citations=tuple(
                    Citation(q.id, 0, q.quote, q.quote, q.language, day, "", "page", None, 0.0, False)
                    for q, day in cited
                ),
                origins=(),
                statements=len(rows),
                pages=0,
            )
        )
    return found


def _published(evidence: Evidence, rows: Array) -> list[str | None]:
    """The days on which the pages of rows appeared."""
    pages, at = evidence.snapshot.pages, evidence.snapshot.statements["row"][rows]
    return list(map(shown, pages["first_day"][at].tolist(), pages["last_day"][at].tolist()))


def _moment(evidence: Evidence, row: int) -> Moment | None:
    day = shown(int(evidence.first[row]), int(evidence.last[row]))
    if day is None:
        return None
    return Moment(day, "when" if evidence.by_when[row] else "published")
