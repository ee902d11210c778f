"""Bytes that other rooms hand the ledger to keep, in versions by kind and name.

The ledger knows nothing of what they are. A deposit's entry in the log holds the digest of its bytes, so that
who changes them afterwards is found out. In the database they are compressed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from onrecord.ledger import _log
from onrecord.ledger._canonical import canonical, value_of
from onrecord.ledger._errors import LedgerCorrupt, NoSuchDeposit
from onrecord.ledger._records import Deposit, Fault
from onrecord.ledger._schema import DepositRow, EntryRow, insert_row

_LEVEL = 6
"""How hard zlib tries: its own default, at which a list of 20 MB takes well below a second."""


class Bytes:
    """Bytes ready to be deposited: made before a transaction begins, since to compress takes a while."""

    def __init__(self, data: bytes) -> None:
        self.digest = hashlib.sha256(data).hexdigest()
        self.size = len(data)
        self.packed = zlib.compress(data, _LEVEL)


def deposit(
    connection: Connection, kind: str, name: str, data: Bytes, detail: dict[str, Any], *, who: str
) -> Deposit:
    """Keep bytes as the newest deposit of that kind and name, and note it in the log. Where the newest one
    holds the same bytes and detail, nothing is done, and it is given."""
    told = canonical(detail)
    newest = connection.execute(
        _asked(kind, name).order_by(None).order_by(DepositRow.id.desc()).limit(1)
    ).first()
    if newest is not None and (newest.digest, newest.detail) == (data.digest, told):
        return _deposit(newest)
    at = _log.now(connection)
    entry = _log.deposited(kind, data.digest, data.size, told)
    (entry_id,) = _log.note(connection, at, [(who, "deposit", name, entry)])
    number = insert_row(
        connection,
        DepositRow,
        entry_id=entry_id,
        kind=kind,
        name=name,
        digest=data.digest,
        size=data.size,
        detail=told,
        data=data.packed,
    )
    return Deposit(number, kind, name, data.digest, data.size, at, who, value_of(told))


def deposits(
    connection: Connection, kind: str, name: str | None, *, known_at: datetime | None
) -> tuple[Deposit, ...]:
    """The deposits of a kind, or of one name, in the order in which they were made; those known at a time."""
    query = _asked(kind, name)
    if known_at is not None:
        query = query.where(EntryRow.learned_at <= known_at)
    return tuple(_deposit(row) for row in connection.execute(query))


def deposited(connection: Connection, number: int) -> bytes:
    """The bytes of a deposit. `NoSuchDeposit`; `LedgerCorrupt` where they are not those of its digest."""
    row = connection.execute(
        select(DepositRow.name, DepositRow.digest, DepositRow.size, DepositRow.data).where(
            DepositRow.id == number
        )
    ).first()
    if row is None:
        raise NoSuchDeposit(f"There is no deposit {number} in the ledger.")
    data = _unpacked(row.data, row.size)
    if data is None or hashlib.sha256(data).hexdigest() != row.digest:
        raise LedgerCorrupt(
            f"Deposit {number} ('{row.name}') of the ledger is damaged. Put back a copy of the ledger."
        )
    return data


def faults(connection: Connection) -> Iterator[Fault]:
    """Deposits that are not what their entry tells, and entries whose deposit is gone."""
    known = set()
    query = (
        select(DepositRow, EntryRow.action, EntryRow.subject, EntryRow.detail.label("told"))
        .outerjoin(EntryRow, EntryRow.id == DepositRow.entry_id)
        .order_by(DepositRow.id)
        .execution_options(yield_per=1)
    )
    for row in connection.execute(query):
        known.add(row.entry_id)
        data = _unpacked(row.data, row.size)
        held = None if data is None else hashlib.sha256(data).hexdigest()
        told = canonical(_log.deposited(row.kind, row.digest, row.size, row.detail))
        if (row.action, row.subject, row.told, held) != ("deposit", row.name, told, row.digest):
            yield Fault("deposit", str(row.id), "was changed since it was made")
    for entry in connection.scalars(select(EntryRow.id).where(EntryRow.action == "deposit")):
        if entry not in known:
            yield Fault("entry", str(entry), "tells of a deposit that is gone")


def _asked(kind: str, name: str | None) -> Select[*tuple[Any, ...]]:
    """Deposits of a kind, or of one name, without their bytes."""
    query = (
        select(
            DepositRow.id,
            DepositRow.kind,
            DepositRow.name,
            DepositRow.digest,
            DepositRow.size,
            DepositRow.detail,
            EntryRow.who,
            EntryRow.learned_at,
        )
        .join(EntryRow, EntryRow.id == DepositRow.entry_id)
        .where(DepositRow.kind == kind)
        .order_by(DepositRow.id)
    )
    return query if name is None else query.where(DepositRow.name == name)


def _deposit(row: Any) -> Deposit:
    return Deposit(
        row.id, row.kind, row.name, row.digest, row.size, row.learned_at, row.who, value_of(row.detail)
    )


def _unpacked(packed: bytes, size: int) -> bytes | None:
    """What was packed; None where it is not just that many bytes. No more than them is ever unpacked."""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(packed, max(size, 0) + 1)
    except zlib.error:
        return None
    return data if unpacking.eof and len(data) == size else None
