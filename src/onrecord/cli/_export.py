"""`onrecord export`: the record for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import (
    AsOfOption,
    KnownAtOption,
    LanguageOption,
    LedgerOption,
    examples,
    known,
    named,
    opened,
    spoken,
)
from onrecord.cli._output import counted, show, write_bytes

ExportFormat = Literal["csv", "parquet", "jsonl", "ftm", "prov"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "export",
        epilog=examples(
            "onrecord export statements.csv",
            "onrecord export huawei.ftm.json --format ftm --about Huawei",
            "onrecord export record.parquet --format parquet --as-of 2019",
        ),
    )(export)


def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write.", show_default=False)],
    form: Annotated[
        ExportFormat,
        typer.Option("--format", "-f", help="CSV, Parquet, JSON Lines, FollowTheMoney or W3C PROV."),
    ] = "csv",
    about: Annotated[
        str | None,
        typer.Option(
            "--about", metavar="NAME", help="Only statements that name this one.", show_default=False
        ),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write statements into a file for a spreadsheet, a notebook or another tool.

    Those that a person rejected and those of withdrawn pages are among them and say so; FollowTheMoney leaves
    them out.
    """
    code, moment = spoken(language), known(known_at)
    with opened(ctx, ledger) as record:
        from onrecord.present import MissingLibrary, left_out
        from onrecord.present import export as exported
        from onrecord.standing import ends_of

        key = named(record, about) if about is not None else None
        statements = record.statements(entity=key, as_of=as_of, known_at=moment)
        entities = {stored.entity.key: stored.entity for stored in record.entities()}
        ends = ends_of(record, statements, as_of=as_of, known_at=moment) if form == "ftm" else None
        try:
            data = exported(statements, entities, form, language=code, ends=ends)
        except MissingLibrary as error:
            raise Failure(Code.OUTPUT, str(error)) from error
    write_bytes(file, data)
    without = left_out(statements, form)
    written = len(statements) - sum(without.values())
    told = ", ".join(f"{number} {why}" for why, number in sorted(without.items()))
    show(f"{file}: {counted(written, 'statement')}" + (f"; left out: {told}" if told else ""))
