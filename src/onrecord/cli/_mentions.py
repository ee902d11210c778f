"""`onrecord mentions`, `recognise`, `dismiss`: names that wait to become entities, and what a person says of
them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._judge import report
from onrecord.cli._options import (
    FormatOption,
    LedgerOption,
    WhoOption,
    WhyOption,
    examples,
    meant,
    named,
    opened,
    whoever,
)
from onrecord.cli._output import counted, note, show_json, show_table

if TYPE_CHECKING:
    from onrecord.ledger import Waiting


class Kind(StrEnum):
    """What a mention can be recognised as, as Typer takes a list of choices."""

    COMPANY = "company"
    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command, lines in (
        (
            mentions,
            (
                "onrecord mentions",
                "onrecord mentions --kind company -n 50",
                "onrecord mentions --format json",
            ),
        ),
        (
            recognise,
            (
                "onrecord recognise 'Nordlys Fiber' --kind company --country DK",
                "onrecord recognise 'Huawei Danmark' --part-of Huawei --why 'its register entry'",
                "onrecord merge 'Panda Intl' 'Panda International'    # where it is one that is known",
            ),
        ),
        (dismiss, ("onrecord dismiss 'Black Friday' --why 'no name of anybody'",)),
    ):
        app.command(epilog=examples(*lines))(command)


def mentions(
    ctx: typer.Context,
    kind: Annotated[
        list[Kind] | None,
        typer.Option("--kind", help="Only of this kind. Can be given several times.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to show at most.")] = 20,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """List the names that wait to be recognised as entities, those told of most first.

    Beside each stands the known entity whose name comes nearest, how near (0 to 1), and what it would take to
    be the same.
    """
    with opened(ctx, ledger) as record:
        wanted = {one.value for one in kind or Kind}
        waiting = [one for one in record.mentions() if one.stored.entity.kind in wanted]
    shown = waiting[:limit]
    if output == "json":
        from onrecord.present import mention_fields

        show_json([mention_fields(one) for one in shown])
        return
    show_table(
        ("name", "kind", "state", "statements", "pages", "nearest", "score", "to be the same"),
        [_row(one) for one in shown],
    )
    left = f", {limit} shown" if len(waiting) > limit else ""
    names = counted(len(waiting), "name")
    note(f"{names} waiting{left}. Say what one is: onrecord recognise, merge, dismiss.")


def recognise(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The mention.")],
    kind: Annotated[
        Kind | None, typer.Option("--kind", help="What it is, if not what was read.", show_default=False)
    ] = None,
    called: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="The name it goes by.", show_default=False),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also",
            metavar="NAME",
            help="Another name of it. Can be given several times.",
            show_default=False,
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="CODE", help="Its state's code, such as DK.", show_default=False),
    ] = None,
    part_of: Annotated[
        str | None,
        typer.Option("--part-of", metavar="ENTITY", help="The entity it belongs to.", show_default=False),
    ] = None,
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Say that a mention is an entity, and what it is; what is not said stays as it was read."""
    with opened(ctx, ledger) as record:
        passed = record.recognise(
            named(record, name),
            kind=kind.value if kind else None,
            name=called,
            names=also or (),
            country=country,
            part_of=meant(record, part_of) if part_of else None,
            who=whoever(who),
            why=why,
        )
    report(passed, output)


def dismiss(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The mention.")],
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Say that a mention is no entity: it waits no longer. What was read of it stays, to be judged by
    itself."""
    with opened(ctx, ledger) as record:
        passed = record.dismiss(named(record, name), who=whoever(who), why=why)
    report(passed, output)


def _row(one: Waiting) -> tuple[str, ...]:
    entity, near = one.stored.entity, one.nearest
    told = (near.key, f"{near.likeness.score:.2f}", near.likeness.wanting) if near else ("", "", "")
    counts = (str(one.stored.statements), str(one.stored.pages))
    return entity.key, entity.kind, entity.country or "", *counts, *told
