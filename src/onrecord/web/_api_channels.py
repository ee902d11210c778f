"""The API: where and when one is told of what moves."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Path as PathParameter
from pydantic import BaseModel, ConfigDict, Field

from onrecord import shapes
from onrecord.alerts import WishRefused, check_wish, send_test
from onrecord.team import Channel, Channels, Outbox, Pace, Wish, channel_fields
from onrecord.web._asked import Some
from onrecord.web._bench import Bench, Here
from onrecord.web._channels import alert_settings, channel_asked, kind_of, removed
from onrecord.web._errors import Problem, conflict
from onrecord.web._json import Json, listed
from onrecord.web._person import Who

router = APIRouter(tags=["watch"])

Number = Annotated[int, PathParameter(ge=1, lt=2**31, description="The channel's number.")]


class NewChannel(BaseModel):
    """A channel to be made."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(max_length=2000, description="An e-mail address, or the URL of a webhook.")
    language: str = Field("en", max_length=10, description="In which language: en, da or nl.")
    pace: Pace = Field("at-once", description="Each change as it is found, or all of a day or week together.")
    hour: int = Field(8, ge=0, le=23, description="The hour at which a digest goes out.")
    weekday: int = Field(0, ge=0, le=6, description="The day of a weekly digest; 0 is Monday.")
    zone: str = Field("UTC", max_length=60, description="The time zone of hours, such as Europe/Amsterdam.")
    quiet: str = Field("", max_length=20, description="Send nothing in these hours: 22:00-07:00.")

    def wish(self) -> Wish:
        """What is wished, not checked yet."""
        begin, _, end = self.quiet.partition("-")
        given = (self.language, self.pace, self.hour, self.weekday, self.zone)
        return Wish(kind_of(self.address), self.address.strip(), *given, begin or None, end or None)


@router.get("/channels", response_class=Json, response_model=shapes.Items[shapes.ChannelRead])
def channels(bench: Here, person: Who, some: Some) -> Json:
    """Where you are told of what moves, and how sending goes there, in the order in which they were made."""
    fields = _Fields(bench)
    return listed(some.of(Channels(bench.team).of(person.account), lambda one: str(one.id)), fields)


@router.post(
    "/channels",
    response_class=Json,
    response_model=shapes.MadeChannel,
    status_code=HTTPStatus.CREATED,
    responses=conflict("You are told of what moves there already."),
)
def add(bench: Here, person: Who, body: NewChannel) -> Json:
    """Have yourself told of what moves, by e-mail or at a webhook. Of a webhook `secret` signs what is sent;
    the API tells it this once."""
    try:
        wish = check_wish(body.wish(), alert_settings()[0], account=person.account)
    except WishRefused as refused:
        wrong = {"parameter": refused.field, "detail": str(refused)}
        raise Problem(HTTPStatus.BAD_REQUEST, str(refused), errors=(wrong,)) from None
    made = Channels(bench.team).add(person.account, wish)
    answer = Json({**_Fields(bench)(made), "secret": made.secret or None}, HTTPStatus.CREATED)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.delete("/channels/{id}", status_code=HTTPStatus.NO_CONTENT, response_class=Response)
def remove(bench: Here, person: Who, id: Number) -> Response:
    """Take a channel of yours away, with what waits to be sent there."""
    removed(bench, person, id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/channels/{id}/test", response_class=Json, response_model=shapes.Tested)
def try_it(bench: Here, person: Who, id: Number) -> Json:
    """Send a test by a channel of yours: whether it was sent, else why not."""
    error = send_test(bench.team, alert_settings()[0], channel_asked(bench, person, id))
    return Json({"sent": error is None, "error": error})


class _Fields:
    """What is told of a channel, with how sending by it goes."""

    def __init__(self, bench: Bench) -> None:
        outbox = Outbox(bench.team)
        self._sent, self._later = outbox.sent(), outbox.later()

    def __call__(self, one: Channel) -> shapes.ChannelRead:
        """The fields of one."""
        sent, last = self._sent.get(one.id, (0, None))
        waiting, due = self._later.get(one.id, (0, None))
        return {
            **channel_fields(one),
            "sent": sent,
            "last_sent": last.isoformat(timespec="seconds") if last else None,
            "waiting": waiting,
            "due": due.isoformat(timespec="seconds") if due else None,
        }
