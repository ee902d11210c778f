"""`onrecord dossier` and `onrecord standing`: what is on record about a supplier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import (
    AsOfOption,
    KnownAtOption,
    LanguageOption,
    LedgerOption,
    examples,
    known,
    opened,
    spoken,
)
from onrecord.cli._output import console, write, write_file

if TYPE_CHECKING:
    from onrecord.standing import Dossier

    class Render(Protocol):
        """`onrecord.present.render`, `render_standing` or `render_over_time`."""

        def __call__(
            self,
            dossier: Dossier,
            format: DossierFormat,
            *,
            language: str = ...,
            width: int = ...,
            colour: bool = ...,
        ) -> str: ...


DossierFormat = Literal["terminal", "html", "markdown", "json"]
"""How a dossier is rendered; the formats of `onrecord.present`."""


NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="The supplier, by any of its names.", show_default=False)
]
DossierFormatOption = Annotated[DossierFormat, typer.Option("--format", "-f", help="How to render it.")]
OverTimeOption = Annotated[
    bool, typer.Option("--over-time", help="How many stood where in each period, and who turned when.")
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to FILE and name it.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "dossier",
        epilog=examples(
            "onrecord dossier Huawei",
            "onrecord dossier Huawei --as-of 2019-02-01",
            "onrecord dossier Huawei --format html -o huawei.html",
            "onrecord dossier Huawei --language da",
            "onrecord dossier ZTE --format json",
        ),
    )(dossier)
    app.command(
        "standing",
        epilog=examples(
            "onrecord standing Huawei",
            "onrecord standing Huawei --as-of 2019",
            "onrecord standing Huawei --known-at 2019-03-01   # as this ledger knew it then",
            "onrecord standing Huawei --over-time        # how many stood where, and who turned when",
            "onrecord standing Huawei --format json",
        ),
    )(standing)


def dossier(
    ctx: typer.Context,
    name: NameArgument,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    form: DossierFormatOption = "terminal",
    output: OutputOption = None,
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Everything on record about a supplier: positions, disputes, promises, cases, dates.

    Each line leads to the pages, dates and quotes that it rests on.
    """
    from onrecord.present import render

    code = spoken(language)
    _print(render, _about(ctx, ledger, name, as_of, known_at), form, output, code)


def standing(
    ctx: typer.Context,
    name: NameArgument,
    over_time: OverTimeOption = False,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    form: DossierFormatOption = "terminal",
    output: OutputOption = None,
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Where each state, body and operator stands on a supplier: the matrix of the dossier alone.

    With --over-time, how positions moved: how many stood where in each period, and the changes in turn.
    """
    from onrecord.present import render_over_time, render_standing

    code = spoken(language)
    render = render_over_time if over_time else render_standing
    _print(render, _about(ctx, ledger, name, as_of, known_at), form, output, code)


def _about(
    ctx: typer.Context, ledger: str | None, name: str, as_of: str | None, known_at: str | None
) -> Dossier:
    """The dossier from the ledger. `Failure` (NOT_FOUND) with the nearest names where the ledger lacks it."""
    moment = known(known_at)
    with opened(ctx, ledger) as record:
        from onrecord.standing import UnknownEntity, standing_of

        try:
            return standing_of(record, name, as_of=as_of, known_at=moment)
        except UnknownEntity as error:
            raise Failure(Code.NOT_FOUND, str(error)) from error


def _print(render: Render, about: Dossier, form: DossierFormat, output: Path | None, language: str) -> None:
    """Render to standard output, or to a file whose name is then printed."""
    screen = console()
    if output is not None:
        write_file(output, render(about, form, language=language))
        write(f"{output}\n")
    elif screen.is_terminal:
        write(render(about, form, language=language, width=screen.width, colour=not screen.no_color))
    else:
        # In a pipe the width is always the same, so that the same ledger gives the same text.
        write(render(about, form, language=language))
