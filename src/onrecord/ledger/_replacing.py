"""What a publisher corrected: where a page was found there stands a near-copy of it by now. From then on what
the earlier text says does not count, as of the day of the later one, until a person takes that back; it is
noted as a withdrawal. What persons judged of what both say is carried over. A place that holds something else
by now replaces nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from onrecord.ledger import _carrying, _judgements, _log
from onrecord.ledger._ids import page_id
from onrecord.ledger._passed import judgements
from onrecord.ledger._records import Judgement
from onrecord.ledger._schema import CopyRow, PageRow, RenderingRow, SightingRow

PROGRAM = "onrecord"
"""Who notes it, as who reads pages."""
_PUBLISHED = (
    select(RenderingRow.published_until)
    .join(PageRow, PageRow.id == RenderingRow.page_id)
    .where(PageRow.digest == bindparam("digest"))
    .order_by(RenderingRow.id.desc())
    .limit(1)
)
"""The last day on which a page may have been published, as it was rendered last."""


class Replaced(NamedTuple):
    """A page and the one that stands at its place by now, both by their digests."""

    old: str
    new: str
    locator: str


def note(connection: Connection, replaced: Sequence[Replaced]) -> None:
    """Note pages whose places hold others by now, in the order in which they were found."""
    for old, new, locator in replaced:
        if old == new or not _alike(connection, old, new) or _stands(connection, old):
            continue
        for one in _withdrawals(connection, new):
            if one.who == PROGRAM:
                _judgements.undo(connection, one.id, who=PROGRAM, why="it stands there again")
        if not _withdrawals(connection, old):
            today = f"{_log.now(connection):%Y-%m-%d}"
            days = [connection.scalar(_PUBLISHED, {"digest": digest}) for digest in (old, new)]
            # The later one may bear an earlier date than the one before, and neither a day to come.
            on = min(today, max(filter(None, days), default=today))
            why = f"corrected by its publisher: page {page_id(new)} stands at {locator} now"
            _judgements.passed(connection, "withdraw", page_id(old), who=PROGRAM, why=why, payload={"on": on})
        _carrying.carry_to(connection, old, new)


def _withdrawals(connection: Connection, digest: str) -> list[Judgement]:
    """The withdrawals of a page that hold."""
    passed = judgements(connection, subject=page_id(digest))
    return [one for one in passed if one.kind == "withdraw" and one.undone_by is None]


def _alike(connection: Connection, old: str, new: str) -> bool:
    """Whether the text of one page is a near-copy of the other's."""
    one, other = aliased(RenderingRow), aliased(RenderingRow)
    first, second = aliased(PageRow), aliased(PageRow)
    found = (
        select(CopyRow.rendering_id)
        .join(one, one.id == CopyRow.rendering_id)
        .join(other, other.id == CopyRow.of_id)
        .join(first, first.id == one.page_id)
        .join(second, second.id == other.page_id)
        .where(
            or_(
                and_(first.digest == old, second.digest == new),
                and_(first.digest == new, second.digest == old),
            )
        )
        .limit(1)
    )
    return connection.scalar(found) is not None


def _stands(connection: Connection, digest: str) -> bool:
    """Whether a page still stands at any place."""
    places = select(SightingRow.locator).where(SightingRow.digest == digest)
    last = (
        select(func.max(SightingRow.id)).where(SightingRow.locator.in_(places)).group_by(SightingRow.locator)
    )
    now = select(SightingRow.id).where(SightingRow.id.in_(last), SightingRow.digest == digest).limit(1)
    return connection.scalar(now) is not None
