"""`onrecord backup`, `restore` and `copy`: a whole ledger to another place, verified row for row."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LedgerOption, examples, opened
from onrecord.cli._output import Format, beside, counted, show, show_json

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command, lines in (
        (
            backup,
            ("onrecord backup record-2026-11-28.db", "onrecord backup team.db -l postgresql://db/record"),
        ),
        (restore, ("onrecord restore record-2026-11-28.db --ledger new.db",)),
        (copy, ("onrecord copy record.db postgresql://anna@db.example/record",)),
    ):
        app.command(epilog=examples(*lines))(command)


def backup(
    ctx: typer.Context, file: FileArgument, output: FormatOption = "terminal", ledger: LedgerOption = None
) -> None:
    """Write the ledger as it is now into a new file, which is a ledger itself; others may write meanwhile."""
    with beside(file, new=True) as part, opened(ctx, ledger) as record:
        rows = _copied(record, str(part), Code.OUTPUT)
    _told(rows, str(file), output)


def restore(
    ctx: typer.Context, file: FileArgument, output: FormatOption = "terminal", ledger: LedgerOption = None
) -> None:
    """Copy a backup into a ledger that is new or empty."""
    if not file.is_file():
        raise Failure(Code.LEDGER, f"there is no backup at {file}. Name what `onrecord backup` wrote.")
    with opened(ctx, ledger, create=True) as record, opened(ctx, str(file)) as kept:
        with _bar() as progress:
            rows = kept.copy_into(record, progress)
        place = str(record.place)
    _told(rows, place, output)


def copy(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="A ledger: a file or URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new or empty one.")],
    output: FormatOption = "terminal",
) -> None:
    """Copy a ledger to another place, from SQLite to PostgreSQL or back."""
    with opened(ctx, source) as record:
        rows = _copied(record, target, Code.LEDGER)
    _told(rows, target, output)


def _copied(record: Ledger, place: str, unwritable: Code) -> dict[str, int]:
    """Copy a ledger to a place, and bring all into one file there; `unwritable` is the code of a place that
    can't be written."""
    from onrecord.ledger import Ledger, LedgerError, LedgerUnwritable

    try:
        with Ledger(place) as other:
            with _bar() as progress:
                rows = record.copy_into(other, progress)
            other.settle()
            return rows
    except LedgerUnwritable as error:
        raise Failure(unwritable, str(error)) from error
    except LedgerError as error:
        raise Failure(Code.LEDGER, str(error)) from error


def _told(rows: dict[str, int], place: str, output: Format) -> None:
    if output == "json":
        show_json({"ledger": place, "rows": rows})
        return
    total = sum(rows.values())
    show(
        f"{place}: {counted(rows['page'], 'page')}, {counted(rows['statement'], 'statement')}, "
        f"{counted(rows['judgement'], 'judgement')}; all {counted(total, 'row')} compared and the same."
    )


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar of the table that is being copied; nothing where standard error is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("")

        def advance(table: str, done: int, total: int) -> None:
            bar.update(task, description=table, completed=done, total=total)

        yield advance
