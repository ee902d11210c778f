"""`onrecord position`: where somebody stands on a supplier, set by a person."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli._judge import report
from onrecord.cli._options import (
    FormatOption,
    LedgerOption,
    WhoOption,
    WhyOption,
    examples,
    meant,
    opened,
    whoever,
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "position",
        epilog=examples(
            "onrecord position Denmark Huawei restricts --since 2019-05 --why 'the law is in force'",
            "onrecord position US Huawei permits --scope trade --since 2019-07-09 --why 'licences are given'",
            "onrecord position GB Huawei permits --scope radio --since 2020-01-28 --why 'up to 35 percent'",
            "onrecord undo 12                  # what held before holds again",
        ),
    )(position)


def _codes(incomplete: str) -> list[str]:
    from onrecord.standing import position_codes

    return [code for code in position_codes() if code.startswith(incomplete)]


def _scopes(incomplete: str) -> list[str]:
    from onrecord.standing import position_scopes

    return [scope for scope in position_scopes() if scope.startswith(incomplete)]


def position(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="Who stands so, by any of its names.")],
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help="On whom, by any of its names.")],
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            help="How: restricts, permits, will-restrict … Another word gets the list of all.",
            autocompletion=_codes,
        ),
    ],
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="DATE", help="Since when: 2019, 2019-05 or 2019-05-15.", show_default=False
        ),
    ],
    scope: Annotated[
        str,
        typer.Option(
            "--scope",
            metavar="SCOPE",
            help="In what: networks, core, radio, devices, apps or trade.",
            autocompletion=_scopes,
        ),
    ] = "networks",
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Set by hand where somebody stands on a supplier: it holds over what was read, which stays beside it."""
    from onrecord.standing import check_position

    with opened(ctx, ledger) as record:
        check_position(scope, code)
        passed = record.set_position(
            meant(record, actor),
            meant(record, supplier),
            scope=scope,
            code=code,
            since=since,
            who=whoever(who),
            why=why,
        )
    report(passed, output)
