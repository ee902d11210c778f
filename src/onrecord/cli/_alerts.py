"""`onrecord alerts`: what moved is found and sent, and how sending went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli import _alerts_channels
from onrecord.cli._failure import Code, Failure
from onrecord.cli._follow import kept
from onrecord.cli._options import FormatOption, LedgerOption, examples
from onrecord.cli._output import counted, note, show_json, show_table, write

if TYPE_CHECKING:
    from onrecord.alerts import Pass, Sent, Settings
    from onrecord.team import Channel, Message

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="A YAML file with the mail server. Else what ONRECORD_ALERTS names.",
        show_default=False,
    ),
]
PublicUrlOption = Annotated[
    str | None,
    typer.Option(
        "--public-url",
        metavar="URL",
        help="Where readers find the workbench. Else what ONRECORD_PUBLIC_URL names.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(no_args_is_help=False)
    group.callback(
        invoke_without_command=True,
        epilog=examples("onrecord alerts run", "onrecord alerts status", "onrecord alerts channels"),
    )(alerts)
    group.command(
        "run",
        epilog=examples(
            "onrecord alerts run",
            "onrecord alerts run --dry-run               # what would be sent",
            "onrecord alerts run --config /etc/onrecord/alerts.yaml --public-url https://record.example.org",
        ),
    )(run)
    group.command("status", epilog=examples("onrecord alerts status"))(status)
    _alerts_channels.register(group)
    app.add_typer(group, name="alerts")


def alerts(
    ctx: typer.Context,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """What moves for the suppliers that are followed, told by mail or webhook: once each, never an article.

    Alone it says how sending goes, as `alerts status` does.
    """
    ctx.obj = ledger or ctx.obj
    if ctx.invoked_subcommand is None:
        status(ctx, output, ledger)


@contextmanager
def asked(config: Path | None, public_url: str | None) -> Iterator[Settings]:
    """The settings; `Failure` (USAGE) where they cannot be used."""
    from onrecord.alerts import SettingsError, settings_of

    try:
        yield settings_of(config, public_url=public_url)
    except SettingsError as error:
        raise Failure(Code.USAGE, str(error)) from error


def run(
    ctx: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the messages; send and keep nothing.")
    ] = False,
    config: ConfigOption = None,
    public_url: PublicUrlOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Make one pass: find what moved for all that is followed, by whomever, and send what is due.

    For cron or a systemd timer. Two passes at once do no harm, nor does one that breaks off.
    """
    from onrecord.alerts import run as run_it

    with asked(config, public_url) as settings, kept(ctx, ledger) as (record, team):
        signer = settings.smtp.signer if settings.smtp is not None else None
        if signer is not None and (warning := signer.warning(datetime.now(UTC))):
            note(warning)
        done = run_it(record, team, settings, dry=dry_run)
    if output == "json":
        show_json(_pass_data(done))
    else:
        for one in done.sent:
            _show(one, whole=dry_run)
        note(_summary(done))
    if done.failed:
        raise Failure(
            Code.NOT_SENT, f"{counted(done.failed, 'message')} not taken. See: onrecord alerts status"
        )


def status(
    ctx: typer.Context,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """List all channels with how sending goes: what was sent, what waits, what failed and why."""
    from onrecord.team import Channels, Outbox

    with kept(ctx, ledger) as (_, team):
        channels, outbox = Channels(team).all(), Outbox(team)
        waiting, lost = outbox.waiting(), outbox.given_up()
        sent, later = outbox.sent(), outbox.later()
    rows = [_channel_data(one, waiting, sent.get(one.id), later.get(one.id)) for one in channels]
    given_up: list[dict[str, Any]] = [
        {
            "channel": one.channel,
            "at": one.given_up_at.isoformat() if one.given_up_at else None,
            "tries": one.tries,
            "error": one.error,
            "suppliers": [notice["supplier"] for notice in one.notices],
        }
        for one in lost
    ]
    if output == "json":
        show_json({"channels": rows, "given_up": given_up})
        return
    show_table(
        ["#", "kind", "address", "sent", "last", "waiting", "next", "failing since", "error"],
        (
            [str(row[name] if row[name] is not None else "") for name in (
                "id", "kind", "address", "sent", "last_sent", "waiting", "next", "failing", "error"
            )]
            for row in rows
        ),
    )  # fmt: skip
    for one in given_up:
        names = ", ".join(one["suppliers"])
        note(f"Given up at {one['at']} after {counted(one['tries'], 'try')}: {names}: {one['error']}")
    if not channels:
        note("There is no channel yet. Add one with: onrecord alerts channels add ADDRESS")


def _channel_data(
    channel: Channel,
    waiting: tuple[Message, ...],
    sent: tuple[int, Any] | None,
    later: tuple[int, Any] | None,
) -> dict[str, Any]:
    """How sending by a channel goes, as JSON has it."""
    mine = [one for one in waiting if one.channel == channel.id]
    moments = [one.next_at for one in mine] + ([later[1]] if later else [])
    errors = [one.error for one in mine if one.error]
    return {
        "id": channel.id,
        "account": channel.account,
        "kind": channel.wish.kind,
        "address": channel.wish.address,
        "stopped": channel.stopped,
        "sent": sent[0] if sent else 0,
        "last_sent": sent[1].isoformat(timespec="seconds") if sent else None,
        "waiting": len(mine) + (later[0] if later else 0),
        "next": min(moments).isoformat(timespec="seconds") if moments else None,
        "failing": channel.failing.isoformat(timespec="seconds") if channel.failing else None,
        "error": channel.error or (errors[-1] if errors else None),
    }


def _pass_data(done: Pass) -> dict[str, Any]:
    return {
        "dry_run": done.dry,
        "follows": done.follows,
        "moved": done.moved,
        "waiting": done.waiting,
        "messages": [
            {
                "id": one.message.key,
                "channel": one.channel.id,
                "kind": one.channel.wish.kind,
                "address": one.channel.wish.address,
                "subject": one.composed.subject,
                "sent": not done.dry and one.error is None,
                "error": one.error,
                "given_up": one.given_up,
                "message": one.composed.json,
            }
            for one in done.sent
        ],
    }


def _show(one: Sent, *, whole: bool) -> None:
    to = f"{one.channel.wish.kind} {one.channel.wish.address}"
    if whole:
        write(f"To: {to}\nSubject: {one.composed.subject}\n\n{one.composed.text}\n")
    elif one.error is None:
        write(f"sent\t{to}\t{one.composed.subject}\n")
    else:
        left = "given up" if one.given_up else "failed"
        write(f"{left}\t{to}\t{one.composed.subject}\t{one.error}\n")


def _summary(done: Pass) -> str:
    looked = f"{counted(done.follows, 'follow')} looked at, {done.moved} moved"
    if done.dry:
        return f"{looked}; {counted(len(done.sent), 'message')} would be sent. Nothing was sent or kept."
    return f"{looked}; {len(done.sent) - done.failed} sent, {done.failed} failed, {done.waiting} waiting."
