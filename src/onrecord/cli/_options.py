"""What several commands share: their common options, and the ledger that they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._output import Format

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        "-l",
        metavar="FILE",
        help="The ledger: a file, or a sqlite:/// or postgresql:// URL. Else what ONRECORD_LEDGER names, "
        "else record.db in your data folder.",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Only what had been published by then: 2019, 2019-02 or 2019-02-01.",
        show_default=False,
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        "-L",
        metavar="CODE",
        envvar="ONRECORD_LANGUAGE",
        show_envvar=False,
        help="The language of the sentences, by its two-letter code. "
        "Else what ONRECORD_LANGUAGE names, else English.",
        show_default=False,
    ),
]


def spoken(language: str | None) -> str:
    """The language that sentences are to be in; English where none is named. `Failure` (USAGE) with the ones
    that there are, where it is none of them.
    """
    from onrecord.present import ENGLISH, languages

    code = (language or ENGLISH).lower()
    if code not in languages():
        raise Failure(
            Code.USAGE,
            f"there are no sentences in the language '{language}'. Name one of: {', '.join(languages())}.",
        )
    return code


@contextmanager
def opened(ctx: typer.Context, ledger: str | None, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger that the command names, else the one named before the command, else the default.

    What the ledger reports becomes a `Failure`: LEDGER, or USAGE where the question itself was wrong.
    """
    from onrecord.ledger import AmbiguousId, BadDate, Ledger, LedgerError

    try:
        with Ledger(ledger or ctx.obj, create=create) as open_ledger:
            yield open_ledger
    except (AmbiguousId, BadDate) as error:
        raise Failure(Code.USAGE, str(error)) from error
    except LedgerError as error:
        raise Failure(Code.LEDGER, str(error)) from error


def examples(*lines: str) -> str:
    """The examples below a command's help."""
    return "\n".join(["[bold]Examples[/bold]", "", *(f"  [cyan]{line}[/cyan]" for line in lines)])
