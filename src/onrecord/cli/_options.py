"""What several commands share: their common options, and the ledger that they open."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._output import Format, note

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

_BEHIND = timedelta(minutes=1)
"""How far a clock may be behind the ledger before it is told: two machines never agree to the second."""

_SHORTEST = 4
"""Digits by which an id is asked for at least: shorter ones are words, or fit too many."""
_DIGITS = re.compile(r"[0-9a-f]{1,64}")
"""What an id is made of; a page's whole digest is one too."""

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
KnownAtOption = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar="TIME",
        help="Only what this ledger held by then: 2019-02-01, 2019-02-01T16:30 (UTC unless a zone is given).",
        show_default=False,
    ),
]
WhoOption = Annotated[
    str | None,
    typer.Option(
        "--who",
        metavar="NAME",
        envvar="ONRECORD_WHO",
        show_envvar=False,
        help="Who judges. Else what ONRECORD_WHO names, else your name on this machine.",
        show_default=False,
    ),
]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, in a sentence.")]
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


def known(moment: str | None) -> datetime | None:
    """The moment that `--known-at` names: a day means its end. `Failure` (USAGE) where it names none."""
    if moment is None:
        return None
    try:
        found = datetime.fromisoformat(moment)
        if len(moment) == len("2019-02-01"):
            found = datetime.combine(found, time.max)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Failure(
            Code.USAGE, f"'{moment}' is no moment. Write a day or a moment as 2019-02-01 or 2019-02-01T16:30."
        ) from None


def may_be_id(told: str) -> bool:
    """Whether it may be the beginning of a statement's or page's id. `no_id` says of what is too short."""
    return len(told) >= _SHORTEST and _DIGITS.fullmatch(told) is not None


def no_id(told: str, name: str) -> Failure | None:
    """The `Failure` (NOT_FOUND) for what nobody is called (`name`: as what it was looked up) and begins an
    id, but with too few digits; None for all else."""
    if len(told) >= _SHORTEST or _DIGITS.fullmatch(told) is None:
        return None
    return Failure(
        Code.NOT_FOUND, f"the ledger has no {name} '{told}'; of an id, give at least {_SHORTEST} digits."
    )


def whoever(who: str | None) -> str:
    """Who judges: the name that was given, else that of the user on this machine."""
    return who or getpass.getuser()


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

    What the ledger reports becomes a `Failure`: LEDGER, or NOT_FOUND or USAGE where the question itself was
    wrong.
    """
    from onrecord.ledger import AmbiguousId, BadDate, Ledger, LedgerError, NoSuchJudgement, NotJudged

    try:
        with Ledger(ledger or ctx.obj, create=create) as open_ledger:
            _look_at_the_clock(open_ledger)
            yield open_ledger
    except NoSuchJudgement as error:
        raise Failure(Code.NOT_FOUND, str(error)) from error
    except (AmbiguousId, BadDate, NotJudged) as error:
        raise Failure(Code.USAGE, str(error)) from error
    except LedgerError as error:
        raise Failure(Code.LEDGER, str(error)) from error


def _look_at_the_clock(record: Ledger) -> None:
    """Say so where this machine's clock is behind the ledger: what is written meanwhile is dated by the
    ledger's last entry, and who asks what it held at a moment gets another answer than they think."""
    from onrecord.ledger import LedgerCorrupt

    try:
        last = record.latest()
    except LedgerCorrupt:  # whatever is asked for says so itself, and the audit says where
        return
    if last is not None and last - datetime.now(UTC) > _BEHIND:
        note(
            f"This machine's clock is behind the ledger, whose last entry is of {last:%Y-%m-%d %H:%M} UTC. "
            "What is written until then is dated so too. Set the clock right; or, if that entry was written "
            "under a wrong clock, start a new ledger from a backup that is older."
        )


def named(record: Ledger, name: str) -> str:
    """The key of the entity of that name. `Failure` (NOT_FOUND) with the nearest names if there is none."""
    found = record.entity(name)
    if found is None:
        raise _nobody(record, name)
    return found.entity.key


def meant(record: Ledger, name: str) -> str:
    """The key of whom a person means of whom they judge: on record, or else in the catalogue or a state.
    `Failure` (NOT_FOUND) with the nearest names where nobody is."""
    found = record.meant(name)
    if found is None:
        raise _nobody(record, name)
    return found.key


def _nobody(record: Ledger, name: str) -> Failure:
    near = ", ".join(one.entity.key for one in record.nearest_entities(name))
    hint = f" Did you mean {near}?" if near else ""
    return Failure(Code.NOT_FOUND, f"nothing is on record about '{name}'.{hint}")


def examples(*lines: str) -> str:
    """The examples below a command's help."""
    return "\n".join(["[bold]Examples[/bold]", "", *(f"  [cyan]{line}[/cyan]" for line in lines)])
