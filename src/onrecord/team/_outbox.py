"""What is to be told to whom, and what was: kept so that each change is told once, also after a crash.

What moved is noted in the same transaction that notes up to when it was looked for, and put into messages in
the same one too: a run that breaks off leaves either all of it or nothing. A message has a key of its own. It
is sent first and noted as sent then, so that none is lost; where a program dies in between, it is sent again
under the same key, by which its receiver knows it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, UniqueConstraint, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from onrecord.team._channels import Channel, all_channels
from onrecord.team._moments import Instant
from onrecord.team._store import Base, Team
from onrecord.team._watching import Follow, FollowRow, kept


class NoticeRow(Base):
    """What moved for a supplier that an account follows, as JSON."""

    __tablename__ = "watch_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int]
    supplier: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)
    data: Mapped[str]


class DueRow(Base):
    """That a notice goes out by a channel, not before a moment; `message` is the one that it went into."""

    __tablename__ = "watch_due"
    __table_args__ = (UniqueConstraint("notice", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice: Mapped[int]
    channel: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(Instant)
    message: Mapped[int | None]


class MessageRow(Base):
    """A message: `data` is what it says, as JSON; `next_at` when it is to be tried (again)."""

    __tablename__ = "watch_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int]
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    given_up_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str | None]
    data: Mapped[str]


@dataclass(frozen=True, slots=True)
class Message:
    """A message to a channel. `key` is its own, the same however often it is tried. `notices` hold what
    moved, one for each supplier and run."""

    id: int
    key: str
    channel: int
    made_at: datetime
    next_at: datetime
    tries: int
    notices: tuple[dict[str, Any], ...]
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    error: str | None = None


Due = Callable[[Channel], datetime]
"""When what is found now is to go out by a channel."""


@dataclass(frozen=True, slots=True)
class News:
    """What moved for a supplier that somebody follows, up to `until` (`Ledger.latest`); `data` None: nothing
    did."""

    follow: Follow
    until: datetime
    data: dict[str, Any] | None


class _Undone(Exception):
    """Takes back what a try did, and carries what it made."""

    def __init__(self, made: tuple[Message, ...]) -> None:
        self.made = made


class Outbox:
    """What is to be sent for the people at a ledger."""

    def __init__(self, team: Team) -> None:
        self.team = team

    def take(
        self, news: Iterable[News], due: Due, *, now: datetime, dry: bool = False
    ) -> tuple[Message, ...]:
        """Keep what moved, and make messages of all that is due: of a digest's channel one, of another one
        for each supplier. All or nothing of it is kept; `dry`: nothing. Gives the messages that were made."""
        found = tuple(news)

        def work(connection: Connection) -> tuple[Message, ...]:
            channels = all_channels(connection)
            for one in found:
                _keep(connection, one, channels, due, now)
            going = [channel for channel in channels if not channel.stopped]
            made = tuple(message for channel in going for message in _gather(connection, channel, now))
            if dry:
                raise _Undone(made)
            return made

        try:
            return self.team.write(work)
        except _Undone as undone:
            return undone.made

    def waiting(self, *, now: datetime | None = None) -> tuple[Message, ...]:
        """The messages that were neither sent nor given up: all, or those to be tried by now."""
        asked = _MESSAGES.where(MessageRow.sent_at.is_(None), MessageRow.given_up_at.is_(None))
        if now is not None:
            asked = asked.where(MessageRow.next_at <= now)
        return self.team.read(lambda connection: tuple(map(_message, connection.execute(asked))))

    def given_up(self, limit: int = 20) -> tuple[Message, ...]:
        """The messages that were given up, the last first."""
        asked = (
            select(MessageRow.__table__)
            .where(MessageRow.given_up_at.is_not(None))
            .order_by(MessageRow.id.desc())
            .limit(limit)
        )
        return self.team.read(lambda connection: tuple(map(_message, connection.execute(asked))))

    def sent(self) -> dict[int, tuple[int, datetime]]:
        """By each channel how many messages were sent, and when the last one was."""
        asked = (
            select(
                MessageRow.channel, func.count().label("number"), func.max(MessageRow.sent_at).label("last")
            )
            .where(MessageRow.sent_at.is_not(None))
            .group_by(MessageRow.channel)
        )
        return self.team.read(
            lambda connection: {row.channel: (row.number, row.last) for row in connection.execute(asked)}
        )

    def later(self) -> dict[int, tuple[int, datetime]]:
        """By each channel how much waits for its digest or the end of its quiet hours, and until when."""
        asked = (
            select(DueRow.channel, func.count().label("number"), func.min(DueRow.due_at).label("due"))
            .where(DueRow.message.is_(None))
            .group_by(DueRow.channel)
        )
        return self.team.read(
            lambda connection: {row.channel: (row.number, row.due) for row in connection.execute(asked)}
        )

    def claim(self, message: Message, *, until: datetime) -> bool:
        """Take a message to send it, so that another run leaves it alone `until` a moment; False where
        another has taken it."""
        mine = (
            update(MessageRow)
            .where(
                MessageRow.id == message.id,
                MessageRow.tries == message.tries,
                MessageRow.sent_at.is_(None),
                MessageRow.given_up_at.is_(None),
            )
            .values(tries=message.tries + 1, next_at=until)
        )
        return self.team.write(lambda connection: connection.execute(mine).rowcount == 1)

    def note(
        self,
        message: Message,
        *,
        now: datetime,
        error: str | None = None,
        next_at: datetime | None = None,
        counted: bool = True,
    ) -> None:
        """Note how a try went: sent (no `error`), to be tried again at `next_at`, or given up. One that is
        not `counted` brings the message no nearer to being given up."""
        values: dict[str, Any] = {"error": error} if counted else {"error": error, "tries": message.tries}
        if error is None:
            values["sent_at"] = now
        elif next_at is None:
            values["given_up_at"] = now
        else:
            values["next_at"] = next_at
        noted = update(MessageRow).where(MessageRow.id == message.id).values(**values)
        self.team.write(lambda connection: connection.execute(noted))


_MESSAGES = select(MessageRow.__table__).order_by(MessageRow.id)


def forget(connection: Connection, channel: int) -> None:
    """Take away what waits for a channel, and what was sent by it."""
    connection.execute(delete(DueRow).where(DueRow.channel == channel))
    connection.execute(delete(MessageRow).where(MessageRow.channel == channel))


def _keep(connection: Connection, news: News, channels: Sequence[Channel], due: Due, now: datetime) -> None:
    """Note what moved, unless another run has noted it meanwhile."""
    follow = news.follow
    mine = update(FollowRow).where(FollowRow.id == follow.id, FollowRow.told == follow.told)
    taken = connection.execute(mine.values(told=news.until)).rowcount == 1
    ways = [channel for channel in channels if channel.account == follow.account and not channel.stopped]
    if not taken or news.data is None or not ways:
        return
    row = {"account": kept(follow.account), "supplier": follow.supplier, "made_at": now}
    made = connection.execute(
        insert(NoticeRow).values(**row, data=json.dumps(news.data)).returning(NoticeRow.id)
    )
    notice = made.scalar_one()
    connection.execute(
        insert(DueRow),
        [{"notice": notice, "channel": channel.id, "due_at": due(channel)} for channel in ways],
    )


def _gather(connection: Connection, channel: Channel, now: datetime) -> list[Message]:
    """Messages of what is due by a channel."""
    asked = (
        select(DueRow.id, NoticeRow.supplier, NoticeRow.data)
        .join(NoticeRow, NoticeRow.id == DueRow.notice)
        .where(DueRow.channel == channel.id, DueRow.message.is_(None), DueRow.due_at <= now)
        .order_by(NoticeRow.id)
        # On a server another run waits here, and then finds that they are in a message.
        .with_for_update(of=DueRow)
    )
    together: dict[str, list[Any]] = {}
    for row in connection.execute(asked):
        together.setdefault(row.supplier if channel.wish.pace == "at-once" else "", []).append(row)
    made = []
    for rows in together.values():
        values = {
            "key": f"msg_{secrets.token_hex(16)}",
            "channel": channel.id,
            "made_at": now,
            "next_at": now,
            "tries": 0,
            "data": json.dumps([json.loads(row.data) for row in rows]),
        }
        number = connection.execute(insert(MessageRow).values(**values).returning(MessageRow.id)).scalar_one()
        of = update(DueRow).where(DueRow.id.in_([row.id for row in rows]))
        connection.execute(of.values(message=number))
        made.append(connection.execute(_MESSAGES.where(MessageRow.id == number)).one())
    return [_message(row) for row in made]


def _message(row: Any) -> Message:
    return Message(
        row.id, row.key, row.channel, row.made_at, row.next_at, row.tries, tuple(json.loads(row.data)),
        row.sent_at, row.given_up_at, row.error,
    )  # fmt: skip
