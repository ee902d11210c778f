"""Where somebody wants to be told of what moves, and when."""

from __future__ import annotations

import base64
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from onrecord.team._account_errors import AccountError
from onrecord.team._moments import Instant
from onrecord.team._store import Base, Team
from onrecord.team._watching import account_of, kept

ChannelKind = Literal["email", "webhook"]
Pace = Literal["at-once", "daily", "weekly"]
"""Each change as it is found; or all of a day or a week together."""
CHANNEL_KINDS: tuple[ChannelKind, ...] = get_args(ChannelKind)
PACES: tuple[Pace, ...] = get_args(Pace)

_SECRET_BYTES = 32
"""Of a webhook's secret; Standard Webhooks 1.0.0 asks for 24 at least and 64 at most."""


class ChannelRow(Base):
    """A channel of an account. `failing` is since when nothing could be sent, `error` why."""

    __tablename__ = "watch_channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str]
    address: Mapped[str]
    secret: Mapped[str]
    language: Mapped[str]
    pace: Mapped[str]
    hour: Mapped[int]
    weekday: Mapped[int]
    zone: Mapped[str]
    quiet_from: Mapped[str | None]
    quiet_to: Mapped[str | None]
    failing: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str | None]
    stopped: Mapped[bool]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wishes of a channel: an e-mail address or the URL of a webhook, in which `language`, at
    which `pace`; digests at an `hour` (0 to 23) of a `zone` (IANA), weekly ones on a `weekday` (0 is Monday).
    Nothing is sent between `quiet_from` and `quiet_to` (`22:00`), which may be a night."""

    kind: ChannelKind
    address: str
    language: str = "en"
    pace: Pace = "at-once"
    hour: int = 8
    weekday: int = 0
    zone: str = "UTC"
    quiet_from: str | None = None
    quiet_to: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A wish as it is kept. `secret` signs what is sent to a webhook (`whsec_…`). `failing` is since when
    nothing gets through, and `error` what was last said to that; `stopped`: its receiver wants no more."""

    id: int
    account: int | None
    made_at: datetime
    wish: Wish
    secret: str = field(repr=False)
    failing: datetime | None = None
    error: str | None = None
    stopped: bool = False


_CHANNELS = select(ChannelRow.__table__).order_by(ChannelRow.id)


class Channels:
    """The channels of the people at a ledger."""

    def __init__(self, team: Team) -> None:
        self.team = team

    def add(self, account: int | None, wish: Wish, *, now: datetime | None = None) -> Channel:
        """Keep a wish that was checked before (`onrecord.alerts.check_wish`); a webhook gets a secret.
        `AccountError` where the account is told of what moves there already: it would be told of it twice.
        """
        secret = new_secret() if wish.kind == "webhook" else ""
        row = {"account": kept(account), "made_at": now or datetime.now(UTC), "secret": secret}

        def work(connection: Connection) -> Channel:
            held = map(channel_of, connection.execute(_CHANNELS.where(ChannelRow.account == kept(account))))
            if any(_receiver(one.wish) == _receiver(wish) for one in held):
                raise AccountError(
                    f"What moves is sent to {wish.address} already. Take that channel away to have it sent "
                    "there otherwise.",
                    "address",
                )
            values = {**row, **asdict(wish), "stopped": False}
            made = connection.execute(insert(ChannelRow).values(**values).returning(ChannelRow.id))
            return _one(connection, made.scalar_one())

        return self.team.write(work)

    def of(self, account: int | None) -> tuple[Channel, ...]:
        """The channels of an account, in the order in which they were made."""
        asked = _CHANNELS.where(ChannelRow.account == kept(account))
        return self.team.read(lambda connection: tuple(map(channel_of, connection.execute(asked))))

    def all(self) -> tuple[Channel, ...]:
        """All channels."""
        return self.team.read(all_channels)

    def remove(self, account: int | None, number: int) -> bool:
        """Take a channel away, with what waits to be sent there; False where the account has none of that
        number."""
        from onrecord.team._outbox import forget

        def work(connection: Connection) -> bool:
            here = ChannelRow.id == number, ChannelRow.account == kept(account)
            if connection.execute(select(ChannelRow.id).where(*here)).first() is None:
                return False
            forget(connection, number)
            connection.execute(delete(ChannelRow).where(*here))
            return True

        return self.team.write(work)

    def note(self, number: int, *, error: str | None, now: datetime, stopped: bool = False) -> None:
        """Note how sending went: well (`error` is None), or not, and why."""

        def work(connection: Connection) -> None:
            was = connection.execute(select(ChannelRow.failing).where(ChannelRow.id == number)).scalar()
            failing = None if error is None else was or now
            noted = {"failing": failing, "error": error, "stopped": stopped}
            connection.execute(update(ChannelRow).where(ChannelRow.id == number).values(**noted))

        self.team.write(work)


def _receiver(wish: Wish) -> tuple[str, str]:
    """Who gets what is sent: mail goes to the same place in upper and lower case."""
    return wish.kind, wish.address.casefold() if wish.kind == "email" else wish.address


def new_secret() -> str:
    """A secret for signing, as Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def channel_of(row: Any) -> Channel:
    """A channel from its row."""
    names = Wish.__dataclass_fields__
    wish = Wish(**{name: getattr(row, name) for name in names})
    return Channel(
        row.id, account_of(row.account), row.made_at, wish, row.secret, row.failing, row.error, row.stopped
    )


def all_channels(connection: Connection) -> tuple[Channel, ...]:
    """All channels, in the order in which they were made."""
    return tuple(map(channel_of, connection.execute(_CHANNELS)))


def _one(connection: Connection, number: int) -> Channel:
    return channel_of(connection.execute(_CHANNELS.where(ChannelRow.id == number)).one())
