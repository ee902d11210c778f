"""The application: its global options, its commands, and the one place where failures become words.

Commands import what they need when they run, so that `--help` and completion answer at once.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.cli import (
    _accounts,
    _alerts,
    _annotate,
    _changes,
    _check,
    _copying,
    _dossier,
    _explain,
    _export,
    _follow,
    _judge,
    _lists,
    _mentions,
    _origins,
    _pages,
    _position,
    _read,
    _rules,
    _screen,
    _search,
    _serve,
    _show,
    _state,
)
from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import LedgerOption, examples
from onrecord.cli._output import NO_ROOM

_UNWRITABLE = (*NO_ROOM, errno.EIO)
"""What the system says of standard output that goes into a file for which the disk has no room, or fails."""


class Commands(TyperGroup):
    """The group of all commands: turns every expected end into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except Failure as failure:
            typer.echo(f"onrecord: {failure.message}", err=True)
            raise typer.Exit(failure.code) from failure
        except KeyboardInterrupt as stop:
            typer.echo("\nonrecord: stopped. Pages that were read are kept; run it again to go on.", err=True)
            raise typer.Exit(Code.INTERRUPTED) from stop
        except BrokenPipeError as end:
            # Whoever reads the pipe has seen enough (`onrecord pages | head`).
            _drop_output()
            raise typer.Exit(Code.OK) from end
        except OSError as error:
            if error.errno not in _UNWRITABLE:
                raise
            _drop_output()
            typer.echo(
                f"onrecord: the output cannot be written: {error.strerror}. Make room, or send it elsewhere.",
                err=True,
            )
            raise typer.Exit(Code.OUTPUT) from error
        return result


def _drop_output() -> None:
    """Let what is still buffered for standard output go nowhere, since it can't be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    name="onrecord",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "onrecord read pages/",
        "onrecord dossier Huawei",
        "onrecord dossier Huawei --as-of 2019-02-01 --format html -o huawei.html",
        "onrecord --ledger team.db search sanctions",
    ),
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def _onrecord(
    ctx: typer.Context,
    ledger: LedgerOption = None,
    version: Annotated[  # noqa: ARG001  (its callback has done all)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """The record of what is said about technology suppliers, by whom, in whose words."""
    ctx.obj = ledger


for _module in (
    _read,
    _dossier,
    _changes,
    _origins,
    _show,
    _search,
    _screen,
    _check,
    _pages,
    _judge,
    _state,
    _mentions,
    _position,
    _lists,
    _follow,
    _alerts,
    _serve,
    _accounts,
    _export,
    _copying,
    _annotate,
    _explain,
    _rules,
):
    _module.register(app)


def main() -> None:
    """The command `onrecord`."""
    app()
