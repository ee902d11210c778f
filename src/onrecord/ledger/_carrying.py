"""What a person judged outlives the next reading: it is carried over to what that reads in the same words.

A reading that says the same of the same words gives the same id, and the judgement holds of it as it is.
Where it says something else of them, what was rejected stays rejected, and what was accepted or corrected is
corrected to what the person said; each is a judgement of its own in the log, which names the one that it
carries. Where it is not plain which of several statements is meant, nothing is carried, and the judgement is
told by `unplaced`.

Where a publisher corrected a page, what stands in it as it stood before, and is read as it was, is judged as
it was (`carry_to`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from onrecord.ledger import _by_id, _judgements, _statements
from onrecord.ledger._bulk import asked, chunks
from onrecord.ledger._columns import Columns
from onrecord.ledger._current import scope
from onrecord.ledger._ids import page_id, statement_id
from onrecord.ledger._passed import judgements
from onrecord.ledger._records import CARRIED, CARRIED_FROM, Judgement, StoredStatement
from onrecord.ledger._schema import PageRow
from onrecord.pages import Page
from onrecord.statements import Reading, Statement

_HELD = select(PageRow.id).where(asked(PageRow.digest))

JudgedOn = tuple[Judgement, StoredStatement]
"""A judgement that holds, and the statement of which it does, as it was read."""


def judged_on(
    connection: Connection, columns: Callable[[], Columns], pages: Iterable[Page]
) -> list[JudgedOn]:
    """What is judged by now of statements on these pages, whichever reading gave them."""
    held = _judgements.held(connection).statements
    digests = sorted({page.digest for page in pages}) if held else []
    known = [id for some in chunks(digests) for id in connection.scalars(_HELD, {"asked": some})]
    if not known:
        return []
    tables = columns().tables
    at = _by_id.among(tables["statements"], held)
    page = np.repeat(tables["reading"]["page"], tables["reading"]["statements"])[at]
    rows = tables["statements"]["id"][at[np.isin(page, known)]]
    stored = {one.id: one for one in _statements.of_rows(connection, rows.tolist()).values()}
    return [(held[id], one) for id, one in stored.items()]


def carry(connection: Connection, judged: Sequence[JudgedOn], read: Iterable[tuple[Page, Reading]]) -> None:
    """Carry what was judged over to new readings of its pages, the last judgement first."""
    by_page: dict[str, list[JudgedOn]] = {}
    for one in sorted(judged, key=lambda one: -one[0].id):
        by_page.setdefault(one[1].page_id, []).append(one)
    done = {one.carried for one in judgements(connection)} if by_page else set()
    for page, reading in read:
        here = by_page.get(page_id(page.digest), [])
        given = {statement_id(page.digest, one): one for one in reading.statements} if here else {}
        known = {stored.id for _, stored in here}
        left = {id: one for id, one in given.items() if id not in known}
        for judgement, stored in here:
            if stored.id in given or (judgement.id, stored.id) in done:
                continue
            id = _same_words(stored.statement, left, judgement)
            if id is None:
                continue
            _note(connection, judgement, stored.id, id, _as_said(judgement, stored.statement, left.pop(id)))


def carry_to(connection: Connection, old: str, new: str) -> None:
    """Carry what is judged of a page over to the corrected one, both by their digests: of what that says in
    the very same words, once, and of which the very same was read."""
    held = _judgements.held(connection).statements
    before, after = (_read(connection, digest) if held else [] for digest in (old, new))
    for stored in before:
        same = [one for one in after if _alike(one.statement, stored.statement)]
        if stored.id in held and len(same) == 1 and same[0].id not in held:
            judgement = held[stored.id]
            _note(connection, judgement, stored.id, same[0].id, judgement.changes)


def _read(connection: Connection, digest: str) -> list[StoredStatement]:
    """What the newest reading took from a page."""
    return _statements.statements(connection, scope(page=page_id(digest)), _judgements.Judged())


def _alike(one: Statement, other: Statement) -> bool:
    return (one.quote, _fields(one)) == (other.quote, _fields(other))


def _note(
    connection: Connection, judgement: Judgement, carried_from: str, id: str, changes: Mapping[str, Any]
) -> None:
    _judgements.noted(
        connection,
        "reject" if judgement.kind == "reject" else "correct" if changes else "accept",
        id,
        who=judgement.who,
        why=judgement.why,
        payload={**changes, CARRIED: judgement.id, CARRIED_FROM: carried_from},
    )


def _same_words(said: Statement, given: Mapping[str, Statement], judgement: Judgement) -> str | None:
    """The one statement of the same words, by its id; of several, and of what was rejected, the one of the
    same type."""
    here = [id for id, one in given.items() if (one.start, one.end) == (said.start, said.end)]
    if len(here) > 1 or judgement.kind == "reject":
        here = [id for id in here if given[id].type == said.type]
    return here[0] if len(here) == 1 else None


def _as_said(judgement: Judgement, said: Statement, read: Statement) -> dict[str, Any]:
    """The fields in which what is read now differs from what the person said is right."""
    if judgement.kind == "reject":
        return {}
    right = _fields(said) | judgement.changes
    now = _fields(read)
    return {name: value for name, value in right.items() if value != now[name]}


def _fields(statement: Statement) -> dict[str, Any]:
    """What of a statement can be corrected, as a correction has it."""
    told = {name: getattr(statement, name) for name in _judgements.CORRECTABLE}
    return {**told, "source": list(statement.source)}
