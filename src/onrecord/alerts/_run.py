"""One pass over all that is followed: what moved since the last one is found, kept, and sent.

Every change is told once. What moved is kept together with the moment up to which it was looked for, in one
transaction (`onrecord.team.Outbox`); so a pass that breaks off, or two at once, find nothing twice and leave
nothing out. A message is sent before it is noted as sent (at least once): where a program dies between the
two, it is sent again under the same key, which is the Message-ID of a mail and the `webhook-id` of a webhook.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onrecord.alerts._compose import Composed, compose, compose_test
from onrecord.alerts._email import send_email
from onrecord.alerts._failed import SendFailed
from onrecord.alerts._moved import moved, touched
from onrecord.alerts._schedule import MENDING, due_at, is_quiet, retry_at
from onrecord.alerts._settings import Settings
from onrecord.alerts._webhook import send_webhook
from onrecord.alerts._wishes import may_be_private
from onrecord.ledger import Ledger
from onrecord.standing import UnknownEntity
from onrecord.team import Channel, Channels, Follow, Message, News, Outbox, Team, Watching

LEASE = timedelta(minutes=5)
"""For so long a message that is being sent is left alone by other passes: longer than any try takes."""

LONG = timedelta(days=1)
"""A channel by which nothing got through for so long is shown to its owner on every look at their watch."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A try at a message: to which channel, what, and why it failed (None: it went well)."""

    message: Message
    channel: Channel
    composed: Composed
    error: str | None = None
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass did: how many `follows` it looked at, how many of them had `moved`, what it `sent` or would
    have (`dry`), and how many messages still wait."""

    follows: int
    moved: int
    sent: tuple[Sent, ...]
    waiting: int
    dry: bool = False

    @property
    def failed(self) -> int:
        """How many tries failed."""
        return sum(one.error is not None for one in self.sent)


def run(
    ledger: Ledger,
    team: Team,
    settings: Settings,
    *,
    now: datetime | None = None,
    dry: bool = False,
    told: Callable[[Sent], None] = lambda _: None,
) -> Pass:
    """Make one pass. `dry`: nothing is sent or kept; what would be sent is given. `told` hears of each try as
    it ends."""
    moment = now or datetime.now(UTC)
    news = _news(ledger, Watching(team).all())
    outbox, channels = Outbox(team), Channels(team)
    made = outbox.take(news, lambda channel: due_at(channel.wish, moment), now=moment, dry=dry)
    known = {channel.id: channel for channel in channels.all()}
    waiting = [*outbox.waiting(now=moment), *(made if dry else ())]
    sent = []
    for message in waiting:
        channel = known.get(message.channel)
        if channel is None or (not dry and is_quiet(channel.wish, moment)):
            # What is tried again heeds the quiet hours, too.
            continue
        composed = compose(message.notices, channel, settings.public_url, made_at=message.made_at)
        one = Sent(message, channel, composed)
        if not dry:
            tried = _try(team, settings, one, now)
            if tried is None:
                continue
            one = tried
        sent.append(one)
        told(one)
    left = len(outbox.waiting())
    return Pass(len(news), sum(one.data is not None for one in news), tuple(sent), left, dry)


def send_test(team: Team, settings: Settings, channel: Channel, *, now: datetime | None = None) -> str | None:
    """Send a test by a channel; why it failed, None where it went well."""
    moment = now or datetime.now(UTC)
    composed = compose_test(channel, settings.public_url, made_at=moment)
    key = f"msg_test_{int(moment.timestamp() * 1e6):x}_{channel.id}"
    error, stopped = None, False
    try:
        _send(composed, channel, key, settings, moment)
    except SendFailed as failed:
        error, stopped = str(failed), failed.gone
    Channels(team).note(channel.id, error=error, now=moment, stopped=stopped)
    return error


def _news(ledger: Ledger, follows: tuple[Follow, ...]) -> list[News]:
    """What moved since each follow was last told, up to what the ledger knows now."""
    until = ledger.latest()
    if until is None:
        return []
    found: list[News] = []
    made: dict[tuple[str, datetime], News] = {}
    for since in sorted({follow.told for follow in follows}):
        some = [follow for follow in follows if follow.told == since]
        may = touched(ledger, {follow.supplier: since for follow in some}, until=until)
        for follow in some:
            key = follow.supplier, since
            if key not in made:
                data = _moved(ledger, follow.supplier, since, until) if follow.supplier in may else None
                made[key] = News(follow, until, data)
            found.append(News(follow, max(until, since), made[key].data))
    return found


def _moved(ledger: Ledger, supplier: str, since: datetime, until: datetime) -> dict[str, object] | None:
    try:
        return moved(ledger, supplier, since=since, until=until)
    except UnknownEntity:
        # It is on record no longer: nothing can be said of it.
        return None


def _try(team: Team, settings: Settings, one: Sent, now: datetime | None) -> Sent | None:
    """Send a message and note how it went; None where another pass has taken it."""
    outbox, moment = Outbox(team), now or datetime.now(UTC)
    if one.channel.stopped or not outbox.claim(one.message, until=moment + LEASE):
        return None
    error, final, gone, ours = None, False, False, False
    try:
        _send(one.composed, one.channel, one.message.key, settings, moment)
    except SendFailed as failed:
        error, final, gone, ours = str(failed), failed.final, failed.gone, failed.ours
    done = now or datetime.now(UTC)
    again = done + MENDING if ours else None if final else retry_at(one.message.tries + 1, done)
    outbox.note(one.message, now=done, error=error, next_at=again, counted=not ours)
    Channels(team).note(one.channel.id, error=error, now=done, stopped=gone)
    return Sent(one.message, one.channel, one.composed, error, error is not None and again is None)


def _send(composed: Composed, channel: Channel, key: str, settings: Settings, now: datetime) -> None:
    if channel.wish.kind == "email":
        send_email(composed, channel.wish.address, key, settings, now=now)
    else:
        private = may_be_private(settings, channel.account)
        send_webhook(composed.json, channel.wish.address, channel.secret, key, private=private, now=now)
