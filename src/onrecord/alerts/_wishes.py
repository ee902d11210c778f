"""What somebody wishes of a channel, checked before it is kept."""

from __future__ import annotations

from datetime import time
from zoneinfo import available_timezones

from onrecord.alerts._failed import SendFailed
from onrecord.alerts._settings import Settings, is_address
from onrecord.alerts._webhook import addresses, check_url
from onrecord.present import languages, plain
from onrecord.team import CHANNEL_KINDS, PACES, Wish

MOST_ADDRESS = 1000
"""Characters of an address or URL."""


class WishRefused(ValueError):
    """A channel that cannot be as it is wished: which part (`field`), and what to write instead."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_wish(wish: Wish, settings: Settings, *, account: int | None) -> Wish:
    """A wish as it can be kept; `WishRefused` where it cannot. Who works alone (`account` is None) may name
    a webhook anywhere; of a team's accounts only public ones, unless the settings say otherwise."""
    if wish.kind not in CHANNEL_KINDS:
        raise WishRefused("kind", f"'{plain(wish.kind)}' is no kind of channel: {_or(CHANNEL_KINDS)}.")
    if wish.pace not in PACES:
        raise WishRefused("pace", f"'{plain(wish.pace)}' is no pace: {_or(PACES)}.")
    if wish.language not in languages():
        raise WishRefused("language", f"There is no language '{plain(wish.language)}': {_or(languages())}.")
    if not 0 <= wish.hour < 24:
        raise WishRefused("hour", f"{wish.hour} is no hour. Write a number from 0 to 23.")
    if not 0 <= wish.weekday < 7:
        raise WishRefused("weekday", f"{wish.weekday} is no day of the week: 0 (Monday) to 6 (Sunday).")
    if wish.zone not in available_timezones():
        raise WishRefused(
            "zone", f"'{plain(wish.zone)}' is no time zone. Write one such as Europe/Copenhagen, or UTC."
        )
    if (wish.quiet_from is None) != (wish.quiet_to is None):
        raise WishRefused("quiet", "Quiet hours have a beginning and an end, such as 22:00 and 07:00.")
    for at in (wish.quiet_from, wish.quiet_to):
        _check_time(at)
    address = wish.address.strip()
    if len(address) > MOST_ADDRESS:
        raise WishRefused("address", f"The address is longer than {MOST_ADDRESS} characters.")
    if wish.kind == "email":
        if not is_address(address):
            raise WishRefused("address", f"'{plain(address)}' is no e-mail address.")
    else:
        _check_webhook(address, private=may_be_private(settings, account))
    return Wish(**{**{name: getattr(wish, name) for name in wish.__slots__}, "address": address})


def may_be_private(settings: Settings, account: int | None) -> bool:
    """Whether an account may have messages sent into the private network."""
    return account is None or settings.private_webhooks


def _check_webhook(url: str, *, private: bool) -> None:
    try:
        host, port = check_url(url)
        if not private:
            addresses(host, port, private=False)
    except (ValueError, SendFailed) as error:
        raise WishRefused("address", str(error)) from error


def _check_time(at: str | None) -> None:
    if at is None:
        return
    try:
        found = time.fromisoformat(at)
    except ValueError:
        found = None
    if found is None or len(at) != len("22:00") or found.tzinfo is not None:
        raise WishRefused("quiet", f"'{plain(at)}' is no time of day. Write it as 22:00.")


def _or(words: tuple[str, ...]) -> str:
    return f"it is one of {', '.join(words)}"
