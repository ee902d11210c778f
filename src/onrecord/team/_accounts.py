"""Accounts: who may sign in, and as what. Nothing is deleted, and of all that is done with one it is kept who
did it and when."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update

from onrecord.ledger import NotThere, Part
from onrecord.team._account_errors import AccountError, UnknownAccount
from onrecord.team._account_tables import AccountLogRow, AccountRow, SessionRow, take_turn
from onrecord.team._passwords import check_password, hashed
from onrecord.team._person import ROLES, Person, Role
from onrecord.team._store import Team

Clock = Callable[[], float]
"""Tells the time, as `time.time` does."""

_NAME = re.compile(r"\w[\w.@'+ -]{0,62}\w|\w")
_NUMBER = re.compile(r"[0-9]{1,9}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,250}")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `password` says whether there is one; who is only known by an OpenID provider
    has none. `disabled` is since when they may not."""

    id: int
    name: str
    role: Role
    email: str | None
    password: bool
    made: datetime
    disabled: datetime | None

    @property
    def person(self) -> Person:
        """As whom they ask and judge."""
        return Person(self.name, self.role, self.id)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done with an account: `what` is made, role, email, password, disabled, enabled, token or
    revoked. `id` grows with each."""

    id: int
    at: datetime
    who: str
    account: str
    what: str
    detail: str


class Accounts:
    """The accounts of a team. `by` is always the name of who asks for it."""

    def __init__(self, team: Team, *, now: Clock = time.time) -> None:
        self._team = team
        self._now = now

    def any(self) -> bool:
        """Whether there are accounts, be it disabled ones. Where there are none, one works alone."""
        return self._team.read(lambda c: c.scalar(select(AccountRow.id).limit(1))) is not None

    def all(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        return self._team.read(lambda c: found_accounts(c))

    def get(self, name: str) -> Account:
        """The account of that name, however it is written large or small. `UnknownAccount` without one."""
        return self._team.read(lambda c: account_named(c, name))

    def add(self, name: str, role: Role, *, password: str, by: str, email: str | None = None) -> Account:
        """Make an account. `AccountError` where the name is taken or none, the password is not one
        (`PasswordRefused`), or the first of all is no administrator's."""
        name = unicodedata.normalize("NFKC", name.strip())
        if email is not None and not _EMAIL.fullmatch(email):
            raise AccountError(f"'{email}' is no address for e-mail.", "email")
        check_password(password, name)
        kept = hashed(password)

        def work(connection: Connection) -> Account:
            take_turn(connection)
            first = connection.scalar(select(func.count()).select_from(AccountRow)) == 0
            if first and role != "administrator":
                raise AccountError(
                    "The first account must be an administrator's, who can then make the others: "
                    "--role administrator.",
                    "role",
                )
            return made_account(connection, self.now(), name, role, kept, email, by)

        return self._team.write(work)

    def set_role(self, name: str, role: Role, *, by: str) -> Account:
        """Give an account another role, from its next request on. `AccountError` for the last
        administrator."""

        def work(connection: Connection) -> Account:
            take_turn(connection)
            account = account_named(connection, name)
            if account.role == role:
                return account
            if role != "administrator":
                _not_the_last(connection, account)
            return self._changed(connection, account, by, "role", f"{account.role} to {role}", role=role)

        return self._team.write(work)

    def set_email(self, name: str, email: str | None, *, by: str) -> Account:
        """Give an account another address, or none."""
        if email is not None and not _EMAIL.fullmatch(email):
            raise AccountError(f"'{email}' is no address for e-mail.", "email")

        def work(connection: Connection) -> Account:
            account = account_named(connection, name)
            return self._changed(connection, account, by, "email", "", email=email)

        return self._team.write(work)

    def set_password(self, name: str, password: str, *, by: str) -> Account:
        """Give an account another password, and end its sessions. `PasswordRefused` where it is not one."""
        account = self.get(name)
        check_password(password, account.name)
        kept = hashed(password)

        def work(connection: Connection) -> Account:
            self._end_sessions(connection, account)
            return self._changed(connection, account, by, "password", "", hash=kept)

        return self._team.write(work)

    def disable(self, name: str, *, by: str) -> Account:
        """Let nobody in under that name any more, with a session or a token. `AccountError` for the last
        administrator."""

        def work(connection: Connection) -> Account:
            take_turn(connection)
            account = account_named(connection, name)
            if account.disabled:
                return account
            _not_the_last(connection, account)
            self._end_sessions(connection, account)
            return self._changed(connection, account, by, "disabled", "", disabled=self.now())

        return self._team.write(work)

    def enable(self, name: str, *, by: str) -> Account:
        """Let them in again; tokens that were not revoked hold again."""

        def work(connection: Connection) -> Account:
            account = account_named(connection, name)
            if not account.disabled:
                return account
            return self._changed(connection, account, by, "enabled", "", disabled=None)

        return self._team.write(work)

    def log(self, limit: int = 200) -> tuple[Deed, ...]:
        """What was done with accounts, the last first."""
        return self.some_log(limit).items

    def some_log(self, limit: int, after: str | None = None) -> Part[Deed]:
        """Of what was done with accounts, the last first, at most `limit`, behind that whose number `after`
        is, and how much there is in all. `NotThere`."""

        def read(connection: Connection) -> Part[Deed]:
            query, begin = select(AccountLogRow).order_by(AccountLogRow.id.desc()), 0
            count = select(func.count(AccountLogRow.id))
            total = connection.scalar(count) or 0
            if after is not None:
                number = int(after) if _NUMBER.fullmatch(after) else -1
                if connection.scalar(select(AccountLogRow.id).where(AccountLogRow.id == number)) is None:
                    raise NotThere(after)
                query = query.where(AccountLogRow.id < number)
                begin = total - (connection.scalar(count.where(AccountLogRow.id < number)) or 0)
            items = tuple(
                Deed(row.id, moment(row.at), row.who, row.account, row.what, row.detail)
                for row in connection.execute(query.limit(limit))
            )
            more = begin + len(items) < total
            return Part(items, total, str(items[-1].id) if items and more else None, begin)

        return self._team.read(read)

    def now(self) -> int:
        """The moment, in seconds since 1970."""
        return int(self._now())

    def _end_sessions(self, connection: Connection, account: Account) -> None:
        asked = update(SessionRow).where(SessionRow.account == account.id, SessionRow.ended.is_(None))
        connection.execute(asked.values(ended=self.now()))

    def _changed(
        self, connection: Connection, account: Account, by: str, what: str, detail: str, **values: object
    ) -> Account:
        connection.execute(update(AccountRow).where(AccountRow.id == account.id).values(**values))
        log(connection, self.now(), by, account.name, what, detail)
        return account_named(connection, account.name)


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def folded(name: str) -> str:
    """What no two accounts may have in common."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def log(connection: Connection, at: int, who: str, account: str, what: str, detail: str = "") -> None:
    """Keep what was done with an account, and who did it."""
    told = {"at": at, "who": who, "account": account, "what": what, "detail": detail}
    connection.execute(insert(AccountLogRow).values(**told))


def made_account(
    connection: Connection, now: int, name: str, role: Role, kept: str | None, email: str | None, by: str
) -> Account:
    """Make an account in a transaction that has its turn; `kept` is the hash of its password."""
    if not _NAME.fullmatch(name):
        raise AccountError(
            f"'{name}' is no name for an account. It has up to 64 letters, digits, spaces, or . _ - + @ '.",
            "name",
        )
    if connection.scalar(select(AccountRow.id).where(AccountRow.folded == folded(name))) is not None:
        raise AccountError(
            f"There is an account '{name}' already. Names of accounts are never given twice.", "name"
        )
    told = {"name": name, "folded": folded(name), "role": role, "email": email, "hash": kept, "made": now}
    connection.execute(insert(AccountRow).values(**told))
    log(connection, now, by, name, "made", role)
    return account_named(connection, name)


def account_named(connection: Connection, name: str) -> Account:
    """The account of that name. `UnknownAccount` without one."""
    found = found_accounts(connection, AccountRow.folded == folded(name))
    if not found:
        raise UnknownAccount(f"There is no account '{name}'.")
    return found[0]


def found_accounts(connection: Connection, *where: object) -> tuple[Account, ...]:
    """Accounts for which something holds, by name."""
    asked = select(
        AccountRow.id,
        AccountRow.name,
        AccountRow.role,
        AccountRow.email,
        AccountRow.hash,
        AccountRow.made,
        AccountRow.disabled,
    )
    rows = connection.execute(asked.where(*where).order_by(AccountRow.folded))  # type: ignore[arg-type]
    return tuple(
        Account(
            id,
            name,
            role_of(role),
            email,
            kept is not None,
            moment(made),
            None if disabled is None else moment(disabled),
        )
        for id, name, role, email, kept, made, disabled in rows
    )


def role_of(word: str) -> Role:
    """The role of that name; of one that this version has not, the least."""
    return next((role for role in ROLES if role == word), "reader")


def _not_the_last(connection: Connection, account: Account) -> None:
    others = select(AccountRow.id).where(
        AccountRow.role == "administrator", AccountRow.disabled.is_(None), AccountRow.id != account.id
    )
    if account.role == "administrator" and not account.disabled and not connection.scalars(others).first():
        raise AccountError(
            f"'{account.name}' is the last administrator. Make another first: somebody must let people in.",
            "role",
        )
