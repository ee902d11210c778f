"""`onrecord alerts channels`: where one is told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._follow import kept
from onrecord.cli._options import FormatOption, LanguageOption, LedgerOption, examples, spoken
from onrecord.cli._output import note, show_json, show_table

NumberArgument = Annotated[int, typer.Argument(metavar="N", help="The channel's number.")]
_SHOWN = ("id", "kind", "address", "pace", "hour", "zone", "quiet", "language")
Pace = Literal["at-once", "daily", "weekly"]


def register(group: typer.Typer) -> None:
    """Add the commands to `onrecord alerts`."""
    channels = typer.Typer(no_args_is_help=False)
    channels.callback(
        invoke_without_command=True,
        epilog=examples("onrecord alerts channels", "onrecord alerts channels add desk@example.org"),
    )(list_alone)
    for name, command, lines in (
        (
            "add",
            add,
            (
                "onrecord alerts channels add desk@example.org",
                "onrecord alerts channels add desk@example.org --pace daily --zone Europe/Copenhagen",
                "onrecord alerts channels add https://example.org/hook --quiet 22:00-07:00",
            ),
        ),
        ("list", list_all, ("onrecord alerts channels list",)),
        ("remove", remove, ("onrecord alerts channels remove 2",)),
        ("test", try_it, ("onrecord alerts channels test 2",)),
    ):
        channels.command(name, epilog=examples(*lines))(command)
    group.add_typer(channels, name="channels")


def list_alone(ctx: typer.Context, output: FormatOption = "terminal", ledger: LedgerOption = None) -> None:
    """Where you are told: e-mail addresses and webhooks. Alone it lists them."""
    ctx.obj = ledger or ctx.obj
    if ctx.invoked_subcommand is None:
        list_all(ctx, output, ledger)


def add(
    ctx: typer.Context,
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="An e-mail address, or the URL of a webhook.")
    ],
    pace: Annotated[
        Pace, typer.Option("--pace", help="Each change as it is found, or all of a day or week together.")
    ] = "at-once",
    hour: Annotated[
        int, typer.Option("--hour", metavar="N", min=0, max=23, help="When a digest goes out.")
    ] = 8,
    weekday: Annotated[
        int, typer.Option("--weekday", metavar="N", min=0, max=6, help="On which day: 0 is Monday.")
    ] = 0,
    zone: Annotated[
        str, typer.Option("--zone", metavar="ZONE", help="The time zone of hours, such as Europe/Amsterdam.")
    ] = "UTC",
    quiet: Annotated[
        str | None,
        typer.Option(
            "--quiet", metavar="FROM-TO", help="Send nothing in these hours: 22:00-07:00.", show_default=False
        ),
    ] = None,
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Add a channel. For a webhook the secret is printed by which its messages are signed."""
    from onrecord.alerts import Settings, WishRefused, check_wish
    from onrecord.team import AccountError, Channels, Wish

    begin, _, end = quiet.partition("-") if quiet is not None else (None, "", None)
    wish = Wish(
        "webhook" if "://" in address else "email",
        address,
        language=spoken(language),
        pace=pace,
        hour=hour,
        weekday=weekday,
        zone=zone,
        quiet_from=begin,
        quiet_to=end,
    )
    with kept(ctx, ledger) as (_, team):
        try:
            made = Channels(team).add(None, check_wish(wish, Settings(), account=None))
        except (WishRefused, AccountError) as error:
            raise Failure(Code.USAGE, str(error)) from error
    note(f"Channel {made.id} is there. Try it with: onrecord alerts channels test {made.id}")
    if made.secret:
        typer.echo(made.secret)


def list_all(ctx: typer.Context, output: FormatOption = "terminal", ledger: LedgerOption = None) -> None:
    """List your channels."""
    from onrecord.team import Channels, channel_fields

    with kept(ctx, ledger) as (_, team):
        held = Channels(team).of(None)
    rows = [channel_fields(one) for one in held]
    if output == "json":
        show_json(rows)
        return
    show_table(
        ["#", *_SHOWN[1:]],
        (
            [
                str(row[name])
                for name in ("id", "kind", "address", "pace", "hour", "zone", "quiet", "language")
            ]
            for row in rows
        ),
    )
    if not held:
        note("There is no channel yet. Add one with: onrecord alerts channels add ADDRESS")


def remove(ctx: typer.Context, number: NumberArgument, ledger: LedgerOption = None) -> None:
    """Take a channel away, with what waits to be sent there."""
    from onrecord.team import Channels

    with kept(ctx, ledger) as (_, team):
        if not Channels(team).remove(None, number):
            raise Failure(Code.NOT_FOUND, f"you have no channel {number}. See: onrecord alerts channels list")
    note(f"Channel {number} is gone.")


def try_it(
    ctx: typer.Context,
    number: NumberArgument,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", metavar="FILE", help="A YAML file with the mail server.", show_default=False
        ),
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Send a test by a channel."""
    from onrecord.alerts import send_test
    from onrecord.cli._alerts import asked
    from onrecord.team import Channels

    with asked(config, None) as settings, kept(ctx, ledger) as (_, team):
        found = next((one for one in Channels(team).of(None) if one.id == number), None)
        if found is None:
            raise Failure(Code.NOT_FOUND, f"you have no channel {number}. See: onrecord alerts channels list")
        error = send_test(team, settings, found)
    if error is not None:
        raise Failure(Code.NOT_SENT, error)
    note(f"Sent to {found.wish.address}.")
