"""Tokens with which programs ask the API in the name of an account. Each is shown once; its hash is kept."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from onrecord.ledger import LedgerError
from onrecord.team._account_errors import AccountError, UnknownAccount
from onrecord.team._account_tables import AccountRow, TokenRow
from onrecord.team._accounts import Account, Clock, log, moment, role_of
from onrecord.team._person import ROLES, Person, Role
from onrecord.team._sessions import digest_of
from onrecord.team._store import Team

PREFIX = "onrecord_"
"""How every token begins, so that one that lies about is known for what it is."""
_NAME = 64
_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was made. `used` is the day on which it was last used; `revoked` since when it no longer
    holds, as does one whose time is over (`expires`)."""

    id: int
    account: str
    name: str
    role: Role
    made: datetime
    expires: datetime | None
    used: str | None
    revoked: datetime | None
    holds: bool


class Tokens:
    """The tokens of a team's accounts."""

    def __init__(self, team: Team, *, now: Clock = time.time) -> None:
        self._team = team
        self._now = now

    def add(
        self, account: Account, name: str, *, role: Role | None = None, days: int | None = None, by: str
    ) -> str:
        """Make a token, which is told this once. Its role is at most the account's, which it is where none is
        named; `days` says how long it holds. `AccountError` where it is not made."""
        name = name.strip()
        role = role or account.role
        if not 1 <= len(name) <= _NAME or not name.isprintable():
            raise AccountError(f"Name the token in up to {_NAME} characters: what it is for.", "name")
        if ROLES.index(role) > ROLES.index(account.role):
            raise AccountError(f"A token of '{account.name}' can't be more than {account.role}.", "role")
        if days is not None and not 1 <= days <= _DAYS:
            raise AccountError(f"A token holds for 1 to {_DAYS} days, or until it is revoked.", "days")
        token = PREFIX + secrets.token_urlsafe(32)
        now = int(self._now())

        def work(connection: Connection) -> None:
            told = {"account": account.id, "digest": digest_of(token), "name": name, "role": role}
            expires = None if days is None else now + days * 86_400
            connection.execute(insert(TokenRow).values(**told, made=now, expires=expires))
            log(connection, now, by, account.name, "token", f"{name}, {role}")

        self._team.write(work)
        return token

    def find(self, token: str) -> Person | None:
        """Who asks with a token: an account, in the lesser of its own role and the token's. None where it
        does not hold. The day of its use is written down once a day."""
        now = int(self._now())
        here = (
            TokenRow.digest == digest_of(token),
            TokenRow.revoked.is_(None),
            AccountRow.disabled.is_(None),
        )
        asked = (
            select(
                TokenRow.id, TokenRow.role, TokenRow.expires, TokenRow.used,
                AccountRow.id, AccountRow.name, AccountRow.role,
            )
            .join(AccountRow, AccountRow.id == TokenRow.account)
            .where(*here)
        )  # fmt: skip
        found = self._team.read(lambda c: c.execute(asked).first())
        if found is None:
            return None
        id, role, expires, used, account, name, most = found
        if expires is not None and expires <= now:
            return None
        today = moment(now).date().isoformat()
        if used != today:
            told = update(TokenRow).where(TokenRow.id == id).values(used=today)
            with suppress(LedgerError):  # a disk that has filled up keeps nobody from reading
                self._team.write(lambda c: c.execute(told))
        return Person(name, min(role_of(role), role_of(most), key=ROLES.index), account)

    def of(self, account: int | None = None) -> tuple[Token, ...]:
        """The tokens of an account, or of all, the last made first."""
        now = int(self._now())
        asked = select(
            TokenRow.id, AccountRow.name, TokenRow.name, TokenRow.role, TokenRow.made, TokenRow.expires,
            TokenRow.used, TokenRow.revoked,
        ).join(AccountRow, AccountRow.id == TokenRow.account)  # fmt: skip
        if account is not None:
            asked = asked.where(TokenRow.account == account)
        rows = self._team.read(lambda c: c.execute(asked.order_by(TokenRow.id.desc())).all())
        return tuple(
            Token(
                id,
                owner,
                name,
                role_of(role),
                moment(made),
                None if expires is None else moment(expires),
                used,
                None if revoked is None else moment(revoked),
                revoked is None and (expires is None or expires > now),
            )
            for id, owner, name, role, made, expires, used, revoked in rows
        )

    def revoke(self, id: int, *, by: str, account: int | None = None) -> None:
        """Have a token hold no longer; where an account is given, only one of its own. `UnknownAccount` where
        there is none of that number, or it was revoked before."""

        def work(connection: Connection) -> None:
            asked = (
                select(AccountRow.id, AccountRow.name, TokenRow.name)
                .join(AccountRow, AccountRow.id == TokenRow.account)
                .where(TokenRow.id == id, TokenRow.revoked.is_(None))
            )
            found = connection.execute(asked).first()
            if found is None or account not in (None, found[0]):
                raise UnknownAccount(f"There is no token {id} that could be revoked.")
            now = int(self._now())
            connection.execute(update(TokenRow).where(TokenRow.id == id).values(revoked=now))
            log(connection, now, by, found[1], "revoked", found[2])

        self._team.write(work)
