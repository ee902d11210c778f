"""The channels by which somebody is told of what moves, for their page and for the API alike."""

from __future__ import annotations

from onrecord.alerts import Settings, SettingsError, settings_of
from onrecord.team import Channel, ChannelKind, Channels, Person
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem, not_found


def kind_of(address: str) -> ChannelKind:
    """Whether an address is a webhook's or one for e-mail."""
    return "webhook" if "://" in address else "email"


def alert_settings() -> tuple[Settings, str | None]:
    """The settings, and what is wrong with them; then those without any."""
    try:
        return settings_of(), None
    except SettingsError as error:
        return Settings(), str(error)


def channel_asked(bench: Bench, person: Person, number: int) -> Channel:
    """A person's channel of that number. `Problem` where they have none."""
    found = next((one for one in Channels(bench.team).of(person.account) if one.id == number), None)
    if found is None:
        raise _none(number)
    return found


def removed(bench: Bench, person: Person, number: int) -> None:
    """Take a person's channel away. `Problem` where they have none of that number."""
    if not Channels(bench.team).remove(person.account, number):
        raise _none(number)


def _none(number: int) -> Problem:
    return not_found(f"You have no channel {number}.")
