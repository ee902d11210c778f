"""Pages of the workbench: where and when one is told of what moves."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from onrecord.alerts import WishRefused, check_wish, send_test
from onrecord.present import languages
from onrecord.team import PACES, Channels, Outbox, Wish
from onrecord.web._asked import Spoken
from onrecord.web._bench import Here
from onrecord.web._channels import alert_settings, channel_asked, kind_of, removed
from onrecord.web._errors import Problem
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
    outbox, (held, wrong) = Outbox(bench.team), alert_settings()
    signer = held.smtp.signer if held.smtp is not None else None
    return page(
        request,
        "watch_settings.html",
        language,
        channels=Channels(bench.team).of(person.account),
        sent=outbox.sent(),
        later=outbox.later(),
        mail=held.smtp,
        signer=signer,
        signs=signer is not None and signer.wrong(datetime.now(UTC)) is None,
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
        kind_of(address),
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
        checked = check_wish(wish, alert_settings()[0], account=person.account)
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
    removed(bench, person, channel)
    return see_other(_PLACE, "done_channel_gone")


@router.post("/watch/channels/test")
def try_it(bench: Here, person: Who, channel: Number) -> Response:
    """Send a test by a channel; the page then says how it went."""
    error = send_test(bench.team, alert_settings()[0], channel_asked(bench, person, channel))
    return see_other(_PLACE, "done_tested" if error is None else "done_not_tested")
