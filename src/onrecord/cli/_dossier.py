"""`onrecord dossier` and `onrecord standing`: what is on record about a supplier."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
from onrecord.cli._output import put
from onrecord.cli._standings import KindOption, MostOption, SuppliersOption, without_name

if TYPE_CHECKING:
    from onrecord.lists import Mark
    from onrecord.standing import Dossier

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
            "onrecord standing                           # of all states, on all suppliers",
            "onrecord standing --suppliers Huawei,ZTE --kind state --kind company",
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
    found, marks = _about(ctx, ledger, name, as_of, known_at, marked=True)
    put(partial(render, found, form, language=code, marks=marks), output)


def standing(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="The supplier, by any of its names. Without it, all states on the most told suppliers.",
            show_default=False,
        ),
    ] = None,
    over_time: OverTimeOption = False,
    suppliers: SuppliersOption = None,
    kind: KindOption = None,
    most: MostOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    form: DossierFormatOption = "terminal",
    output: OutputOption = None,
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Where each state, body and operator stands on a supplier: the matrix of the dossier alone.

    With --over-time, how positions moved: how many stood where in each period, and the changes in turn.
    Without NAME, where all states stand on all suppliers: a table with a sign for each position.
    """
    code = spoken(language)
    if name is None:
        if over_time:
            raise Failure(
                Code.USAGE, "--over-time goes with a NAME, for instance onrecord standing Huawei --over-time."
            )
        put(
            without_name(ctx, ledger, form, suppliers, kind, most, as_of, known_at, code),
            output,
        )
        return
    for option, value in (("--suppliers", suppliers), ("--kind", kind), ("--most", most)):
        if value is not None:
            raise Failure(Code.USAGE, f"{option} goes without a NAME. Leave out '{name}', or {option}.")
    from onrecord.present import render_over_time, render_standing

    render = render_over_time if over_time else render_standing
    found, _ = _about(ctx, ledger, name, as_of, known_at, marked=False)
    put(partial(render, found, form, language=code), output)


def _about(
    ctx: typer.Context,
    ledger: str | None,
    name: str,
    as_of: str | None,
    known_at: str | None,
    *,
    marked: bool,
) -> tuple[Dossier, dict[str, tuple[Mark, ...]]]:
    """The dossier from the ledger, and where it is to be `marked`, the entries of lists that its entities
    have. `Failure` (NOT_FOUND) with the nearest names where the ledger lacks it."""
    moment = known(known_at)
    with opened(ctx, ledger) as record:
        from onrecord.standing import UnknownEntity, standing_of

        try:
            found = standing_of(record, name, as_of=as_of, known_at=moment)
        except UnknownEntity as error:
            raise Failure(Code.NOT_FOUND, str(error)) from error
        if not marked:
            return found, {}
        from onrecord.lists import marks_of

        return found, marks_of(record, found)
