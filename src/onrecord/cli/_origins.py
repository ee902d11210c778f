"""`onrecord origins`: from whom a supplier's most told lines descend, or one statement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import (
    AsOfOption,
    FormatOption,
    KnownAtOption,
    LanguageOption,
    LedgerOption,
    examples,
    known,
    may_be_id,
    no_id,
    opened,
    spoken,
)
from onrecord.cli._output import console, write, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from onrecord.ledger import Ledger, StoredStatement
    from onrecord.standing import Dossier, Line


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "origins",
        epilog=examples(
            "onrecord origins Huawei",
            "onrecord origins Huawei --most 3 --as-of 2019-06",
            "onrecord origins 3f9a1c20b7de        # one statement: who had it first, who added what",
            "onrecord origins Huawei --format json | jq '.lines[].tree'",
        ),
    )(origins)


def origins(
    ctx: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A supplier, by any of its names, or a statement's id.", show_default=False
        ),
    ],
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, help="At most N origins and N lines.")
    ] = 10,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    form: FormatOption = "terminal",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE and name it.", show_default=False),
    ] = None,
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show from whom lines descend: who had it first, who took it over, who added what.

    Of a supplier, the lines that the most pages tell. Of a statement, the line it is told in.
    """
    code, moment = spoken(language), known(known_at)
    from onrecord.present import render_origins
    from onrecord.standing import UnknownEntity, standing_of

    lines: list[Line] | None = None
    with opened(ctx, ledger) as record:
        stored = record.statement(subject) if may_be_id(subject) else None
        if stored is not None:
            dossier, line = _told_in(record, stored, as_of, moment)
            lines = [line]
        else:
            try:
                dossier = standing_of(record, subject, as_of=as_of, known_at=moment)
            except UnknownEntity as error:
                raise no_id(subject, "supplier") or Failure(Code.NOT_FOUND, str(error)) from error
    screen = console()
    if output is not None:
        write_file(output, render_origins(dossier, form, lines=lines, most=most, language=code))
        write(f"{output}\n")
    elif screen.is_terminal:
        width, colour = screen.width, not screen.no_color
        write(
            render_origins(dossier, form, lines=lines, most=most, language=code, width=width, colour=colour)
        )
    else:
        write(render_origins(dossier, form, lines=lines, most=most, language=code))


def _told_in(
    record: Ledger, stored: StoredStatement, as_of: str | None, known_at: datetime | None
) -> tuple[Dossier, Line]:
    """The line that tells a statement, with its dossier. `Failure` (NOT_FOUND) where none does."""
    from onrecord.standing import standing_of

    said = stored.statement
    fields = (said.type, said.actor, said.target, said.status, said.topic, said.scope, said.source, said.when)
    for key in _parties(record, stored) if stored.counts else ():
        dossier = standing_of(record, key, as_of=as_of, known_at=known_at)
        for line in dossier.lines:
            told = (line.type, line.actor, line.target, line.status, line.topic, line.scope)
            if fields == (*told, line.source, line.when):
                return dossier, line
    why = (
        "it was rejected, or its page was withdrawn"
        if not stored.counts
        else "it was published, taken in or replaced at another time, or it names nobody"
    )
    raise Failure(
        Code.NOT_FOUND,
        f"statement {stored.id} stands in no dossier: {why}. `onrecord show {stored.id}` shows it.",
    )


def _parties(record: Ledger, stored: StoredStatement) -> Iterator[str]:
    """Whose dossiers may tell a statement: companies first, since dossiers are about them."""
    said = stored.statement
    found = [record.entity(key) for key in (said.target, said.actor, *said.source) if key]
    entities = [one.entity for one in found if one is not None]
    yield from (entity.key for entity in sorted(entities, key=lambda entity: entity.kind != "company"))
