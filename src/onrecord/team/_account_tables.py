"""The tables of accounts. Nothing in them is deleted but what counts failed sign-ins: an account is disabled,
a session ended, a token revoked.

Moments are whole seconds since 1970 (UTC), days are ISO dates.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from onrecord.team._store import Base


class AccountRow(Base):
    """An account. `folded` is what no two names may have in common. Without `hash` it has no password."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    email: Mapped[str | None]
    hash: Mapped[str | None]
    made: Mapped[int] = mapped_column(BigInteger)
    disabled: Mapped[int | None] = mapped_column(BigInteger)


class SessionRow(Base):
    """A browser that is signed in. Of its token only the SHA-256 is kept; `agent` is what the browser calls
    itself."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    agent: Mapped[str]
    begun: Mapped[int] = mapped_column(BigInteger)
    used: Mapped[int] = mapped_column(BigInteger)
    ended: Mapped[int | None] = mapped_column(BigInteger)


class TokenRow(Base):
    """A token with which a program asks the API in the name of an account."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    made: Mapped[int] = mapped_column(BigInteger)
    expires: Mapped[int | None] = mapped_column(BigInteger)
    used: Mapped[str | None]
    revoked: Mapped[int | None] = mapped_column(BigInteger)


class AttemptRow(Base):
    """Failed sign-ins under one name, or from one address: `key` is a keyed hash of it, since people type
    their passwords where the name belongs."""

    __tablename__ = "sign_in_attempt"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last: Mapped[int] = mapped_column(BigInteger, index=True)
    until: Mapped[int] = mapped_column(BigInteger)


class SecretRow(Base):
    """What only this store's servers know, in hexadecimal."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SubjectRow(Base):
    """The account of somebody whom an OpenID provider knows: `subject` is the provider's own mark, which it
    gives to nobody else."""

    __tablename__ = "openid_subject"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    account: Mapped[int] = mapped_column(ForeignKey("account.id"))


class AccountLogRow(Base):
    """What was done with an account, by whom."""

    __tablename__ = "account_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    who: Mapped[str]
    account: Mapped[str]
    what: Mapped[str]
    detail: Mapped[str]


_LOCK = 0x4F6E4163
"""The number of the lock under which accounts are changed: "OnAc"."""


def take_turn(connection: Connection) -> None:
    """Have whoever changes accounts wait for who does already, so that two don't each disable the other's
    last administrator. In a file a writer is alone from the start."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
