"""`onrecord serve`: the workbench in a browser, for one on this machine alone or for a team."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
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
            "onrecord serve --public-url https://record.example.org     # behind a proxy",
            "onrecord serve --host 0.0.0.0 --public-url https://record.example.org:8321 "
            "--certificate c.pem --key k.pem",
        ),
    )(serve)


def serve(
    ctx: typer.Context,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8321,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar="HOST",
            help="An address of this machine; of its loopback alone where there are no accounts.",
        ),
    ] = "127.0.0.1",
    public_url: Annotated[
        str | None,
        typer.Option(
            "--public-url",
            metavar="URL",
            help="Under which name people get there: the https:// "
            "address of the proxy, or of this machine with a certificate.",
            show_default=False,
        ),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="Serve by HTTPS with this certificate (PEM), where no proxy does.",
            show_default=False,
        ),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="The certificate's key (PEM).", show_default=False),
    ] = None,
    openid: Annotated[
        Path | None,
        typer.Option(
            "--openid",
            metavar="FILE",
            envvar="ONRECORD_OPENID",
            show_envvar=False,
            help="People sign in at the OpenID provider that this file describes. Else what "
            "ONRECORD_OPENID names.",
            show_default=False,
        ),
    ] = None,
    makers: Annotated[
        int | None,
        typer.Option(
            "--makers",
            metavar="N",
            min=0,
            max=64,
            help="Processes beside the server that make the dossiers of a large ledger. Else one fewer than "
            "there are processors, at most 4.",
            show_default=False,
        ),
    ] = None,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Open the workbench: read, judge and watch in a browser, and an HTTP API to the same.

    Where there are no accounts it asks for nothing, and answers this machine alone; where there are
    (`onrecord accounts`) everybody signs in. It prints its address and serves until Ctrl-C.
    """
    import sys

    from onrecord.team import Team, alone
    from onrecord.web import (
        HostRefused,
        Makers,
        OpenIdError,
        Provider,
        check_public_url,
        processors,
        read_settings,
    )
    from onrecord.web import serve as serve_it

    def ready(address: str) -> None:
        write(f"{address}\n")
        sys.stdout.flush()
        note("Serving until Ctrl-C.")

    if (certificate is None) != (key is None):
        raise Failure(Code.USAGE, "--certificate and --key go together: name both files.")
    beside = processors() if makers is None else makers
    files = (certificate, key) if certificate is not None and key is not None else None
    try:
        if public_url is not None:
            check_public_url(public_url)
        provider = Provider(read_settings(openid)) if openid is not None else None
        with (
            opened(ctx, ledger) as record,
            Team(ledger or ctx.obj, passing=True) as team,
            suppress(KeyboardInterrupt),
        ):
            if team.passing:
                note(
                    f"{team.place} cannot be written: what is kept beside the record, such as who is signed "
                    "in, is gone when the server ends."
                )
            serve_it(
                record,
                team,
                person=alone(who),
                host=host,
                port=port,
                ready=ready,
                public_url=public_url,
                certificate=files,
                provider=provider,
                makers=Makers(ledger or ctx.obj, beside) if beside else None,
            )
    except (HostRefused, OpenIdError) as error:
        raise Failure(Code.USAGE, str(error)) from error
    note("Stopped.")
