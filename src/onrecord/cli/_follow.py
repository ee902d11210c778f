"""`onrecord follow`, `unfollow` and `following`: the suppliers of which one wants to be told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LedgerOption, examples, named, opened
from onrecord.cli._output import note, show_json, show_table

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.team import Team

NamesArgument = Annotated[
    list[str], typer.Argument(metavar="NAME...", help="Suppliers, by any of their names.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for name, command, lines in (
        ("follow", follow, ("onrecord follow Huawei", "onrecord follow Huawei ZTE")),
        ("unfollow", unfollow, ("onrecord unfollow ZTE",)),
        ("following", following, ("onrecord following", "onrecord following --format json")),
    ):
        app.command(name, epilog=examples(*lines))(command)


@contextmanager
def kept(ctx: typer.Context, ledger: str | None) -> Iterator[tuple[Ledger, Team]]:
    """The ledger, and what is kept beside it."""
    from onrecord.team import Team

    with opened(ctx, ledger) as record, Team(ledger or ctx.obj) as team:
        yield record, team


def follow(ctx: typer.Context, names: NamesArgument, ledger: LedgerOption = None) -> None:
    """Follow suppliers: what moves for them from now on is told by your channels and on the workbench's
    watch page. See `onrecord alerts`."""
    from onrecord.team import Watching

    with kept(ctx, ledger) as (record, team):
        keys = [named(record, name) for name in names]
        for key in keys:
            found = record.entity(key)
            if found is not None and found.entity.kind != "company":
                raise Failure(Code.USAGE, f"'{found.entity.name}' is no company. Suppliers are followed.")
        for key in keys:
            new = Watching(team).follow(None, key, knew=record.latest())
            note(f"You follow {key}." if new else f"You follow {key} already.")


def unfollow(ctx: typer.Context, names: NamesArgument, ledger: LedgerOption = None) -> None:
    """Follow suppliers no longer."""
    from onrecord.team import Watching

    with kept(ctx, ledger) as (record, team):
        watching = Watching(team)
        held = {one.supplier for one in watching.follows(None)}
        keys = [name if name in held else named(record, name) for name in names]
        if strange := [key for key in keys if key not in held]:
            raise Failure(Code.NOT_FOUND, f"you do not follow {', '.join(strange)}. See: onrecord following")
        for key in keys:
            watching.unfollow(None, key)
            note(f"You follow {key} no longer.")


def following(ctx: typer.Context, output: FormatOption = "terminal", ledger: LedgerOption = None) -> None:
    """List the suppliers that you follow, since when, and what moved since you last looked at them in the
    workbench."""
    from onrecord.alerts import moved, touched
    from onrecord.present import ENGLISH
    from onrecord.team import Watching

    with kept(ctx, ledger) as (record, team):
        held = Watching(team).follows(None)
        until = record.latest()
        may = touched(record, {one.supplier: one.before for one in held}, until=until)
        moves = {
            one.supplier: (moved(record, one.supplier, since=one.before, until=until) or {}).get("moves", [])
            if one.supplier in may
            else []
            for one in held
        }
    if output == "json":
        show_json(
            [
                {
                    "supplier": one.supplier,
                    "since": one.since.isoformat(),
                    "seen": one.before.isoformat(),
                    "moved": [move["told"][ENGLISH] for move in moves[one.supplier]],
                }
                for one in held
            ]
        )
        return
    show_table(
        ["supplier", "since", "moved since your last look"],
        (
            (
                one.supplier,
                f"{one.since:%Y-%m-%d}",
                "; ".join(move["told"][ENGLISH] for move in moves[one.supplier]) or "nothing",
            )
            for one in held
        ),
    )
    if not held:
        note("You follow nobody yet. Follow a supplier with: onrecord follow NAME")
