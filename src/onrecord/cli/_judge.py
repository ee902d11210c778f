"""`onrecord accept`, `reject`, `correct`, `merge`, `split`, `withdraw`, `undo`: what a person judges; and
`onrecord judgements`, `audit`: what was judged, and whether the record is as its log says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._fields import audit_fields, judgement_fields
from onrecord.cli._options import (
    FormatOption,
    LedgerOption,
    WhoOption,
    WhyOption,
    examples,
    meant,
    opened,
    whoever,
)
from onrecord.cli._output import counted, show, show_json

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.ledger import Judgement, Ledger, StoredStatement

StatementArgument = Annotated[str, typer.Argument(metavar="STATEMENT", help="A statement's id.")]
StatementsArgument = Annotated[
    list[str], typer.Argument(metavar="STATEMENT...", help="The ids of one statement or several.")
]
_WHY = "--why 'it says *may*, not *will*'"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command, lines in (
        (accept, ("onrecord accept 3f9a1c20b7de", "onrecord accept 3f9a1c20b7de 77d0a1b2c3d4")),
        (reject, ("onrecord reject 3f9a1c20b7de --why 'that is another company of the name'",)),
        (
            correct,
            (
                f"onrecord correct 3f9a1c20b7de --set status=possible {_WHY}",
                "onrecord correct 3f9a1c20b7de --set actor=DK --set when=2019-05",
                "onrecord correct 3f9a1c20b7de --set scope=core",
                "onrecord correct 3f9a1c20b7de --set source=Reuters,Ritzau --set topic=",
            ),
        ),
        (merge, ("onrecord merge 'Huawei Technologies' Huawei --why 'its full name'",)),
        (split, ("onrecord split Huawei 81bc44de90aa Honor --why 'sold by then'",)),
        (withdraw, ("onrecord withdraw 81bc44de90aa --on 2019-03-02 --why 'retracted by the paper'",)),
        (undo, ("onrecord undo 12", "onrecord judgements        # their numbers")),
        (
            judgements,
            ("onrecord judgements", "onrecord judgements --unplaced", "onrecord judgements --format json"),
        ),
        (
            audit,
            (
                "onrecord audit && onrecord standing Huawei",
                "onrecord audit --expect 9f2c61d0a7b3        # of an entry that was the last",
            ),
        ),
    ):
        app.command(epilog=examples(*lines))(command)


def accept(
    ctx: typer.Context,
    statements: StatementsArgument,
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Accept a statement, or several as one judgement: a person has read them and found them right."""
    _judge_all(ctx, "accept", statements, who, why, output, ledger)


def reject(
    ctx: typer.Context,
    statements: StatementsArgument,
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Reject a statement, or several as one judgement: they stay visible as rejected, and count no longer."""
    _judge_all(ctx, "reject", statements, who, why, output, ledger)


def correct(
    ctx: typer.Context,
    statement: StatementArgument,
    changes: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="A field with its right value, nothing for none; several sources parted by commas.",
        ),
    ],
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Correct fields of a statement; what was read stays beside it."""
    told = dict(_change(change) for change in changes)
    with opened(ctx, ledger) as record:
        found = _statement(record, statement)
        for field in told.keys() & {"actor", "target", "source"}:
            value = told[field]
            several = isinstance(value, list)
            told[field] = [meant(record, one) for one in value] if several else value and meant(record, value)
        passed = record.judge("correct", found.id, who=whoever(who), why=why, changes=told or None)
    report(passed, output)


def merge(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ENTITY", help="The entity that is another.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entity that it is.")],
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Say that two entities are one."""
    with opened(ctx, ledger) as record:
        key, other = meant(record, name), meant(record, into)
        if key == other:
            raise Failure(Code.USAGE, f"'{name}' and '{into}' are one already, {key}.")
        passed = record.merge(key, other, who=whoever(who), why=why)
    report(passed, output)


def split(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ENTITY", help="The entity that was read.")],
    page: Annotated[str, typer.Argument(metavar="PAGE", help="The id of the page on which it is another.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entity that is meant there.")],
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Say that on one page an entity's name means another."""
    with opened(ctx, ledger) as record:
        key = meant(record, name)
        passed = record.split(key, _page(record, page), meant(record, into), who=whoever(who), why=why)
    report(passed, output)


def withdraw(
    ctx: typer.Context,
    page: Annotated[str, typer.Argument(metavar="PAGE", help="The id of the page.")],
    on: Annotated[
        str,
        typer.Option("--on", metavar="DATE", help="The day on which it was withdrawn.", show_default=False),
    ],
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Note that a page was withdrawn by its publisher: from that day on what it says does not count."""
    with opened(ctx, ledger) as record:
        passed = record.withdraw(_page(record, page), on, who=whoever(who), why=why)
    report(passed, output)


def undo(
    ctx: typer.Context,
    judgement: Annotated[int, typer.Argument(metavar="NUMBER", help="The judgement's number.")],
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Undo a judgement: what held before it holds again."""
    with opened(ctx, ledger) as record:
        passed = record.undo(judgement, who=whoever(who), why=why)
    report(passed, output)


def judgements(
    ctx: typer.Context,
    unplaced: Annotated[
        bool,
        typer.Option("--unplaced", help="Only those of statements that the newest reading no longer gives."),
    ] = False,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """List what persons judged, the latest last."""
    with opened(ctx, ledger) as record:
        found = record.unplaced() if unplaced else record.judgements()
    if output == "json":
        show_json([judgement_fields(judgement) for judgement in found])
        return
    for judgement in found:
        show(_line(judgement))
    show(counted(len(found), "judgement"))


def audit(
    ctx: typer.Context,
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect",
            metavar="DIGEST",
            help="The digest of an entry that was once the last; a fault where it is gone.",
            show_default=False,
        ),
    ] = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """See whether everything in the ledger is as its log says: the hash chain, readings, judgements,
    what other rooms keep in it, and what is derived; and how far the log goes.
    """
    from onrecord.ledger import DIGEST

    if expect is not None and not re.fullmatch(DIGEST, expect):
        raise Failure(
            Code.USAGE, f"'{expect}' is no digest. Give what an audit told, or at least 12 letters of it."
        )
    with opened(ctx, ledger) as record:
        end = record.log_end()
        faults = record.audit(expect)
    if output == "json":
        show_json(audit_fields(end, faults))
    else:
        if not faults:
            show(
                "Clean: every entry follows from the one before it, every reading, judgement and deposit "
                "is as logged."
            )
        if end.digest is not None:
            entries = counted(end.entries, "entry", "entries")
            show(f"The log has {entries}, the last with the digest {end.digest}")
    if faults:
        told = "\n".join(f"  {fault.kind} {fault.subject} {fault.message}" for fault in faults)
        raise Failure(Code.FAULTS, f"{len(faults)} faults: the ledger was changed behind its log.\n{told}")


def _judge_all(
    ctx: typer.Context,
    kind: Literal["accept", "reject"],
    prefixes: list[str],
    who: str | None,
    why: str,
    output: Any,
    ledger: str | None,
) -> None:
    with opened(ctx, ledger) as record:
        ids = [_statement(record, prefix).id for prefix in prefixes]
        passed = record.judge_all(kind, ids, who=whoever(who), why=why)
    report(passed, output)


def _change(told: str) -> tuple[str, Any]:
    """A field and its value from FIELD=VALUE."""
    name, parted, value = told.partition("=")
    if not parted:
        raise Failure(Code.USAGE, f"'{told}' sets nothing. Write for instance --set status=possible.")
    if name == "source":
        return name, [part.strip() for part in value.split(",") if part.strip()]
    return name, value or None


def _statement(record: Ledger, prefix: str) -> StoredStatement:
    found = record.statement(prefix)
    if found is None:
        raise Failure(
            Code.NOT_FOUND, f"there is no statement '{prefix}'. `onrecord show PAGE` lists a page's."
        )
    return found


def _page(record: Ledger, prefix: str) -> str:
    found = record.page(prefix)
    if found is None:
        raise Failure(Code.NOT_FOUND, f"there is no page '{prefix}'. `onrecord pages` lists them.")
    return found.id


def report(judgement: Judgement, output: Any) -> None:
    """Print a judgement that was passed."""
    if output == "json":
        show_json(judgement_fields(judgement))
    else:
        show(_line(judgement))
        if judgement.kind != "undo":
            show(f"To take it back: onrecord undo {judgement.id}")


def _line(judgement: Judgement) -> Text:
    from rich.text import Text

    from onrecord.present import plain

    payload = ", ".join(
        f"{name} {' '.join(value) if name == 'statements' else value}"
        for name, value in judgement.payload.items()
    )
    undone = f" (undone by {judgement.undone_by})" if judgement.undone_by else ""
    told = f"{judgement.who}: {judgement.kind} {judgement.subject}"
    why = f": {judgement.why}" if judgement.why else ""
    words = plain("".join((told, f" [{payload}]" if payload else "", why, undone)))
    return Text(f"{judgement.id:>5}  {judgement.at:%Y-%m-%d %H:%M}  {words}")
