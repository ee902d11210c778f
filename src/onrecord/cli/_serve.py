"""`onrecord serve`: the workbench in a browser, on this machine alone."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import LedgerOption, WhoOption, examples, opened
from onrecord.cli._output import note, write


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "serve",
        epilog=examples(
            "onrecord serve",
            "onrecord serve --port 9000",
            "onrecord --ledger postgresql://user@host/record serve",
        ),
    )(serve)


def serve(
    ctx: typer.Context,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8321,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="An address of this machine's loopback.")
    ] = "127.0.0.1",
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Open the workbench: read, judge and watch in a browser, and an HTTP API to the same.

    It asks for nothing, and answers this machine alone. It prints its address and serves until Ctrl-C.
    """
    import sys

    from onrecord.team import Team, alone
    from onrecord.web import HostRefused, check_host
    from onrecord.web import serve as serve_it

    def ready(address: str) -> None:
        write(f"{address}\n")
        sys.stdout.flush()
        note("Serving until Ctrl-C.")

    try:
        check_host(host)
        with (
            opened(ctx, ledger) as record,
            Team(ledger or ctx.obj) as team,
            suppress(KeyboardInterrupt),
        ):
            serve_it(record, team, person=alone(who), host=host, port=port, ready=ready)
    except HostRefused as error:
        raise Failure(Code.USAGE, str(error)) from error
    note("Stopped.")
