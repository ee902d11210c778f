"""Who follows which suppliers, what they had seen of each, and up to when they were told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, UniqueConstraint, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from onrecord.team._moments import Instant
from onrecord.team._store import Base, Team

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""What an empty ledger knew: nothing is from before."""

PAUSE = timedelta(minutes=30)
"""Who comes back later than this begins a new visit; within it a reload shows what the visit showed. It is
the pause of those who count visits to web sites (Google Analytics ends a session after 30 minutes)."""

ALONE = 0
"""How the account of who works alone is kept: a database takes two NULLs for different ones."""


class FollowRow(Base):
    """An account follows a supplier. `seen_at` is the clock's moment of the last look, `seen` what the ledger
    knew by then (`Ledger.latest`), `before` what it knew at the last look of the visit before, and `told`
    what it knew when alerts were last made."""

    __tablename__ = "watch_follow"
    __table_args__ = (UniqueConstraint("account", "supplier"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int]
    supplier: Mapped[str]
    since: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    seen: Mapped[datetime] = mapped_column(Instant)
    before: Mapped[datetime] = mapped_column(Instant)
    told: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class Follow:
    """That an account follows a supplier (by its key) `since` a moment. What the ledger learned after
    `before` is new since the last visit; what it learned after `told` nobody was told of."""

    id: int
    account: int | None
    supplier: str
    since: datetime
    before: datetime
    told: datetime


_FOLLOWS = select(FollowRow.__table__).order_by(FollowRow.supplier, FollowRow.account)


def kept(account: int | None) -> int:
    """The number under which an account's things are kept."""
    return ALONE if account is None else account


def account_of(number: int) -> int | None:
    """The account whose things are kept under a number."""
    return None if number == ALONE else number


class Watching:
    """What the people at a ledger follow. `account` is `Person.account`; `knew` is `Ledger.latest()`."""

    def __init__(self, team: Team) -> None:
        self.team = team

    def follows(self, account: int | None) -> tuple[Follow, ...]:
        """What an account follows, by the suppliers' keys."""
        asked = _FOLLOWS.where(FollowRow.account == kept(account))
        return self.team.read(lambda connection: _read(connection, asked))

    def followed(self, account: int | None, supplier: str) -> bool:
        """Whether an account follows a supplier."""
        asked = select(FollowRow.id).where(*_of(account, supplier))
        return self.team.read(lambda connection: connection.execute(asked).first() is not None)

    def all(self) -> tuple[Follow, ...]:
        """What all accounts follow."""
        return self.team.read(lambda connection: _read(connection, _FOLLOWS))

    def follow(
        self, account: int | None, supplier: str, *, knew: datetime | None, now: datetime | None = None
    ) -> bool:
        """Follow a supplier from now on; False where it was followed already."""
        moment, seen = now or datetime.now(UTC), knew or BEGINNING

        def work(connection: Connection) -> bool:
            here = _of(account, supplier)
            if connection.execute(select(FollowRow.id).where(*here)).first() is not None:
                return False
            row = {"account": kept(account), "supplier": supplier, "since": moment, "seen_at": moment}
            connection.execute(insert(FollowRow).values(**row, seen=seen, before=seen, told=seen))
            return True

        return self.team.write(work)

    def unfollow(self, account: int | None, supplier: str) -> bool:
        """Follow it no longer; False where it was not followed. What was made of it is still sent."""
        gone = delete(FollowRow).where(*_of(account, supplier))
        return self.team.write(lambda connection: connection.execute(gone).rowcount > 0)

    def look(
        self,
        account: int | None,
        suppliers: Iterable[str] | None = None,
        *,
        knew: datetime | None,
        now: datetime | None = None,
    ) -> tuple[Follow, ...]:
        """Note that somebody looks at some suppliers, or at all that they follow, and give these follows.

        A look within `PAUSE` of the last one belongs to the same visit, which goes on showing what was new
        when it began. Nothing is written where there is nothing to note.
        """
        moment, known = now or datetime.now(UTC), knew or BEGINNING
        asked = _FOLLOWS.where(FollowRow.account == kept(account))
        if suppliers is not None:
            asked = asked.where(FollowRow.supplier.in_(list(suppliers)))

        def late(connection: Connection) -> list[int]:
            rows = connection.execute(asked).all()
            return [row.id for row in rows if moment - row.seen_at > _FINE or known > row.seen]

        def work(connection: Connection) -> None:
            for row in connection.execute(asked).all():
                before = row.seen if moment - row.seen_at > PAUSE else row.before
                noted = {"seen_at": max(moment, row.seen_at), "seen": max(known, row.seen), "before": before}
                connection.execute(update(FollowRow).where(FollowRow.id == row.id).values(**noted))

        if self.team.read(late):
            self.team.write(work)
        return self.team.read(lambda connection: _read(connection, asked))

    def seen(self, account: int | None, supplier: str | None, *, knew: datetime | None) -> None:
        """Somebody has seen what is new of a supplier, or of all: it is new no longer."""
        known = knew or BEGINNING
        noted = update(FollowRow).where(FollowRow.account == kept(account))
        if supplier is not None:
            noted = noted.where(FollowRow.supplier == supplier)
        self.team.write(
            lambda connection: connection.execute(
                noted.values(seen=known, before=known, seen_at=datetime.now(UTC))
            )
        )


_FINE = timedelta(minutes=1)
"""Looks that come sooner after one another are not all noted: a reload costs no write."""


def _of(account: int | None, supplier: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return FollowRow.account == kept(account), FollowRow.supplier == supplier


def _read(connection: Connection, asked: object) -> tuple[Follow, ...]:
    return tuple(
        Follow(row.id, account_of(row.account), row.supplier, row.since, row.before, row.told)
        for row in connection.execute(asked)  # type: ignore[call-overload]
    )
