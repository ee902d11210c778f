"""What only the servers of one store know: the key of the marks by which our own forms and cookies are
known again. It is kept, so that a form that somebody is filling survives a restart."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, insert, select

from onrecord.team._account_tables import SecretRow, take_turn
from onrecord.team._store import Team

_NAME = "marks"


class Marks:
    """Makes marks that nobody else can make."""

    def __init__(self, team: Team) -> None:
        kept = team.read(_kept) or team.write(_made)
        self._key = bytes.fromhex(kept)

    def of(self, purpose: str, value: str = "") -> str:
        """The mark of a value for a purpose: 64 hexadecimal digits (HMAC-SHA-256)."""
        return hmac.new(
            self._key, f"{purpose}\0{value}".encode("utf-8", "replace"), hashlib.sha256
        ).hexdigest()


def _kept(connection: Connection) -> str | None:
    return connection.scalar(select(SecretRow.value).where(SecretRow.name == _NAME))


def _made(connection: Connection) -> str:
    take_turn(connection)  # another server on the same store may have been first
    kept = _kept(connection)
    if kept is None:
        kept = secrets.token_hex(32)
        connection.execute(insert(SecretRow).values(name=_NAME, value=kept))
    return kept
