"""Pages of the workbench: where and when one is told of what moves."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from onrecord.alerts import Settings, SettingsError, WishRefused, check_wish, send_test, settings_of
from onrecord.present import languages
from onrecord.team import PACES, Channels, Outbox, Wish
from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._errors import Problem, not_found
from onrecord.web._forms import see_other
from onrecord.web._html import page
from onrecord.web._person import Who

router = APIRouter(default_response_class=HTMLResponse)

_PLACE = "/watch/settings"
Text = Annotated[str, Form(max_length=2000)]
Number = Annotated[int, Form(ge=0, le=2**31 - 1)]


@router.get(_PLACE)
def settings(request: Request, bench: Here, person: Who, language: Spoken) -> HTMLResponse:
    """One's channels, and how sending by them goes."""
    outbox, (held, wrong) = Outbox(bench.team), _settings()
    return page(
        request,
        "watch_settings.html",
        language,
        channels=Channels(bench.team).of(person.account),
        sent=outbox.sent(),
        later=outbox.later(),
        mail=held.smtp is not None,
        wrong=wrong,
        wish=Wish("email", ""),
        paces=PACES,
        spoken=languages(),
    )


@router.post("/watch/channels")
def add(
    bench: Here,
    person: Who,
    address: Text,
    spoken: Text = "en",
    pace: Text = "at-once",
    hour: Text = "8",
    weekday: Text = "0",
    zone: Text = "UTC",
    quiet_from: Text = "",
    quiet_to: Text = "",
) -> Response:
    """Add a channel."""
    wish = Wish(
        "webhook" if "://" in address else "email",
        address.strip(),
        language=spoken,
        pace=pace,  # type: ignore[arg-type]
        hour=int(hour) if hour.isdecimal() and len(hour) < 4 else -1,
        weekday=int(weekday) if weekday.isdecimal() and len(weekday) < 4 else -1,
        zone=zone.strip(),
        quiet_from=quiet_from or None,
        quiet_to=quiet_to or None,
    )
    try:
        checked = check_wish(wish, _settings()[0], account=person.account)
    except WishRefused as refused:
        field = {"language": "spoken", "quiet": "quiet_from"}.get(refused.field, refused.field)
        raise Problem(HTTPStatus.BAD_REQUEST, str(refused), field=field) from None
    channels = Channels(bench.team)
    if all(one.wish != checked for one in channels.of(person.account)):
        channels.add(person.account, checked)
    return see_other(_PLACE, "done_channel")


@router.post("/watch/channels/remove")
def remove(bench: Here, person: Who, channel: Number) -> Response:
    """Take a channel away."""
    if not Channels(bench.team).remove(person.account, channel):
        raise not_found(f"You have no channel {channel}.")
    return see_other(_PLACE, "done_channel_gone")


@router.post("/watch/channels/test")
def try_it(bench: Here, person: Who, channel: Number) -> Response:
    """Send a test by a channel; the page then says how it went."""
    found = next((one for one in Channels(bench.team).of(person.account) if one.id == channel), None)
    if found is None:
        raise not_found(f"You have no channel {channel}.")
    error = send_test(bench.team, _settings()[0], found)
    return see_other(_PLACE, "done_tested" if error is None else "done_not_tested")


def _settings() -> tuple[Settings, str | None]:
    """The settings, and what is wrong with them; then those without any."""
    try:
        return settings_of(), None
    except SettingsError as error:
        return Settings(), str(error)
