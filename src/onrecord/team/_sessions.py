"""Sessions: a browser that is signed in shows a random token, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from onrecord.ledger import LedgerError
from onrecord.team._account_errors import UnknownAccount
from onrecord.team._account_tables import AccountRow, SessionRow
from onrecord.team._accounts import Account, Clock, moment, role_of
from onrecord.team._person import Person
from onrecord.team._store import Team

IDLE = 12 * 3600
"""Seconds without a request after which a session ends."""
LONGEST = 14 * 86_400
"""Seconds after which it ends in any case; NIST SP 800-63B (rev. 4, 2.1.3) wants it within 30 days."""
SELDOM = 3600
"""Seconds between two times that the use of a session is written down."""
_AGENT = 200


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `used` is right to the hour, `agent` what the browser calls itself."""

    id: int
    person: Person
    digest: str
    begun: datetime
    used: datetime
    agent: str


class Sessions:
    """The sessions of a team's accounts."""

    def __init__(self, team: Team, *, now: Clock = time.time) -> None:
        self._team = team
        self._now = now

    def begin(self, account: Account, agent: str = "") -> str:
        """Sign an account in: a new token of 256 random bits, which is told this once."""
        token = secrets.token_urlsafe(32)
        now = int(self._now())
        told = {"account": account.id, "digest": digest_of(token), "agent": agent[:_AGENT]}
        self._team.write(lambda c: c.execute(insert(SessionRow).values(**told, begun=now, used=now)))
        return token

    def find(self, token: str) -> Session | None:
        """The session of that token; None where there is none, it has ended, or its account is disabled."""
        now = int(self._now())
        found = self._team.read(lambda c: _live(c, now, SessionRow.digest == digest_of(token)))
        if not found:
            return None
        (session,) = found
        if now - session.used.timestamp() >= SELDOM:
            asked = update(SessionRow).where(SessionRow.id == session.id).values(used=now)
            with suppress(LedgerError):  # a disk that has filled up keeps nobody from reading
                self._team.write(lambda c: c.execute(asked))
        return session

    def of(self, account: int) -> tuple[Session, ...]:
        """The sessions of an account that have not ended, the last used first."""
        now = int(self._now())
        return self._team.read(lambda c: _live(c, now, SessionRow.account == account))

    def end(self, account: int, id: int) -> None:
        """End a session of an account. `UnknownAccount` where it has none of that number."""
        here = (SessionRow.id == id, SessionRow.account == account, SessionRow.ended.is_(None))
        asked = update(SessionRow).where(*here).values(ended=int(self._now()))
        if not self._team.write(lambda c: c.execute(asked).rowcount):
            raise UnknownAccount("That session is not one of yours, or has ended.")


def digest_of(token: str) -> str:
    """What is kept of a token: of 256 random bits a plain hash tells nothing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _live(connection: Connection, now: int, where: object) -> tuple[Session, ...]:
    asked = (
        select(
            SessionRow.id,
            AccountRow.name,
            AccountRow.role,
            AccountRow.id,
            SessionRow.digest,
            SessionRow.begun,
            SessionRow.used,
            SessionRow.agent,
        )
        .join(AccountRow, AccountRow.id == SessionRow.account)
        .where(
            where,  # type: ignore[arg-type]
            AccountRow.disabled.is_(None),
            SessionRow.ended.is_(None),
            SessionRow.used > now - IDLE,
            SessionRow.begun > now - LONGEST,
        )
        .order_by(SessionRow.used.desc(), SessionRow.id.desc())
    )
    return tuple(
        Session(id, Person(name, role_of(role), account), digest, moment(begun), moment(used), agent)
        for id, name, role, account, digest, begun, used, agent in connection.execute(asked)
    )
