"""`onrecord read`: pages into the ledger."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._options import FormatOption, LedgerOption, examples, opened
from onrecord.cli._output import console, counted, show_json, write
from onrecord.cli._unread import settle, unread_fields

if TYPE_CHECKING:
    from onrecord.engine import Progress, Summary


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "read",
        epilog=examples(
            "onrecord read page.html",
            "onrecord read pages/ 'more/*.txt'",
            "onrecord --ledger team.db read pages/ --format json",
        ),
    )(read)


def read(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders and globs.", show_default=False),
    ],
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Read pages into the ledger, which is made where there is none yet.

    A page that was read before is left as it is; what was broken off is completed by the same command again.
    What cannot be read is listed with the reason, and all else is read all the same.
    """
    with opened(ctx, ledger, create=True) as record:
        from onrecord.engine import read as read_into

        failed: set[str] = set()
        start = time.monotonic()
        with _bar(paths) as advance, _stoppable() as stop_if_asked:

            def progress(done: Progress) -> None:
                if done.done == "unreadable":
                    failed.add(done.locator)
                advance(done)
                stop_if_asked()

            summary = read_into(paths, into=record, progress=progress)
        seconds = time.monotonic() - start
        unread = [one for one in record.unreadable() if one.locator in failed]
        place = str(record.place)
    readable = summary.read + summary.unchanged + summary.superseded
    if output == "json":
        show_json(
            {
                "ledger": place,
                "seen": summary.seen,
                "read": summary.read,
                "unchanged": summary.unchanged,
                "superseded": summary.superseded,
                "unreadable": [unread_fields(one) for one in unread],
                "statements": summary.statements,
                "seconds": round(seconds, 3),
            }
        )
    elif summary.seen:
        write(_told(summary, seconds, place))
    settle(readable, unread)


def _told(summary: Summary, seconds: float, place: str) -> str:
    unreadable = sum(summary.unreadable.values())
    return (
        f"{counted(summary.seen, 'page')}: {summary.read} read, {summary.unchanged} unchanged, "
        f"{summary.superseded} superseded, {unreadable} unreadable\n"
        f"{counted(summary.statements, 'statement')} in {seconds:.1f} s, kept in {place}\n"
    )


@contextmanager
def _stoppable() -> Iterator[Callable[[], None]]:
    """Lets Ctrl-C end the work at once, or after the page in hand where a library swallows it, as callbacks
    from compiled code do."""
    asked = False

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        raise KeyboardInterrupt

    def stop_if_asked() -> None:
        if asked:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop_if_asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(paths: list[str]) -> Iterator[Callable[[Progress], None]]:
    """A progress bar with pages, statements and rate; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from onrecord.sources import count_items

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages  {task.fields[statements]} statements  {task.fields[rate]:.1f} pages/s"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=count_items(*paths), statements=0, rate=0.0)
        start = time.monotonic()

        def advance(done: Progress) -> None:
            rate = done.seen / max(time.monotonic() - start, 1e-3)
            bar.update(task, completed=done.seen, statements=done.statements, rate=rate)

        yield advance
