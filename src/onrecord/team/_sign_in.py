"""Signing in: by a password, or as who an OpenID provider says somebody is."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from onrecord.team import _throttle
from onrecord.team._account_errors import AccountError
from onrecord.team._account_tables import AccountRow, SubjectRow, take_turn
from onrecord.team._accounts import Account, Accounts, Clock, folded, found_accounts, made_account
from onrecord.team._passwords import hashed, outgrown, verified
from onrecord.team._person import Role
from onrecord.team._secret import Marks
from onrecord.team._store import Team

_BY_PROVIDER = "OpenID"
"""Who made or changed an account, in the log, where the provider said so."""


@dataclass(frozen=True, slots=True)
class Wait:
    """That nothing is tried for so many seconds, as too much failed before."""

    seconds: int


class SignIn:
    """Finds out whose account it is that somebody wants to use."""

    def __init__(self, team: Team, marks: Marks, *, now: Clock = time.time) -> None:
        self._team = team
        self._marks = marks
        self._accounts = Accounts(team, now=now)

    def by_password(self, name: str, password: str, address: str) -> Account | Wait | None:
        """The account of that name and password; None where there is none such, for whatever reason, after
        the same time; a `Wait` where it must not be tried, be it right. `address` is where they ask from."""
        keys = (
            _throttle.name_key(self._marks, folded(name)),
            _throttle.address_key(self._marks, address),
        )
        now = self._accounts.now()
        seconds = self._team.write(lambda c: _throttle.begin(c, keys, now))
        if seconds:
            return Wait(seconds)
        asked = select(AccountRow.hash).where(AccountRow.folded == folded(name))
        kept = self._team.read(lambda c: c.scalar(asked))
        if not verified(kept, password):
            return None
        fresh = hashed(password) if kept is not None and outgrown(kept) else None

        def work(connection: Connection) -> Account | None:
            found = found_accounts(connection, AccountRow.folded == folded(name), AccountRow.hash == kept)
            if not found or found[0].disabled:
                return None
            _throttle.succeeded(connection, keys)
            if fresh:
                connection.execute(update(AccountRow).where(AccountRow.id == found[0].id).values(hash=fresh))
            return found[0]

        return self._team.write(work)

    def by_provider(self, issuer: str, subject: str, name: str, role: Role, email: str | None) -> Account:
        """The account of somebody whom a provider vouches for: made at the first time, and of the role that
        the provider's groups give each time. `AccountError` where the name is another's, or the account is
        disabled."""

        def work(connection: Connection) -> Account:
            take_turn(connection)
            here = (SubjectRow.issuer == issuer, SubjectRow.subject == subject)
            id = connection.scalar(select(SubjectRow.account).where(*here))
            if id is not None:
                (account,) = found_accounts(connection, AccountRow.id == id)
                return account
            account = made_account(connection, self._accounts.now(), name, role, None, email, _BY_PROVIDER)
            told = {"issuer": issuer, "subject": subject, "account": account.id}
            connection.execute(insert(SubjectRow).values(**told))
            return account

        account = self._team.write(work)
        if account.disabled:
            raise AccountError(f"The account '{account.name}' is disabled. Ask an administrator.")
        if account.role == role:
            return account
        try:
            return self._accounts.set_role(account.name, role, by=_BY_PROVIDER)
        except AccountError:
            return account  # the last administrator stays one
