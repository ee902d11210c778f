"""`onrecord changes`: what moved between two dates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import KnownAtOption, LanguageOption, LedgerOption, examples, known, opened, spoken
from onrecord.cli._output import write, write_file

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

ChangesFormat = Literal["terminal", "json", "atom"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "changes",
        epilog=examples(
            "onrecord changes Huawei --since 2019-01-01",
            "onrecord changes Huawei ZTE --since 2019 --until 2019-06",
            "onrecord changes --since 2019-01-01 --format atom -o changes.xml   # of every company",
        ),
    )(changes)


def changes(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Suppliers. Without one, every company on record."),
    ] = None,
    since: Annotated[
        str,
        typer.Option("--since", metavar="DATE", help="What was not on record yet on this day: 2019-01-01."),
    ] = "",
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="DATE", help="Only what had been published by then.", show_default=False
        ),
    ] = None,
    known_at: KnownAtOption = None,
    form: Annotated[
        ChangesFormat, typer.Option("--format", "-f", help="As text, JSON, or an Atom feed.")
    ] = "terminal",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file.", show_default=False),
    ] = None,
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List what moved between two dates: positions, accusations, denials. One entry a move, never one a
    page."""
    if not since:
        raise Failure(Code.USAGE, "say since when, for instance --since 2019-01-01.")
    code, moment = spoken(language), known(known_at)
    from onrecord.present import render_changes
    from onrecord.standing import UnknownEntity, changes_of

    with opened(ctx, ledger) as record:
        try:
            found = [
                changes_of(record, name, since=since, until=until, known_at=moment)
                for name in names or _companies(record)
            ]
        except UnknownEntity as error:
            raise Failure(Code.NOT_FOUND, str(error)) from error
    # Of two names of one supplier it is told once.
    shown = {one.dossier.supplier.key: one for one in found if names or one.moves}
    told = render_changes(list(shown.values()), form, language=code, of="" if names else "every company")
    if output is not None:
        write_file(output, told)
        write(f"{output}\n")
    else:
        write(told)


def _companies(record: Ledger) -> list[str]:
    """The companies of which something is said."""
    return [e.entity.key for e in record.entities() if e.entity.kind == "company" and e.statements]
