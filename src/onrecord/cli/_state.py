"""`onrecord state`: a person says what some words of a page say, where no reader did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._judge import report
from onrecord.cli._options import FormatOption, LedgerOption, WhoOption, WhyOption, examples, opened, whoever

if TYPE_CHECKING:
    from onrecord.entities import EntityKind
    from onrecord.pages import Page

_SHOWN = 40
"""Characters shown on either side of words that stand in several places."""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        epilog=examples(
            "onrecord state 81bc44de90aa 'will not use equipment from Huawei' \\",
            "  --type restriction --actor Telenor --target Huawei --topic network",
            "onrecord state 81bc44de90aa 'it is feared' --at 412 --type risk --status alleged \\",
            "  --actor Huawei --source 'Ola Example,Ritzau' --kind 'Ola Example=person'",
        )
    )(state)


def state(
    ctx: typer.Context,
    page: Annotated[str, typer.Argument(metavar="PAGE", help="The page whose id begins so.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The words of the page that say it.")],
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPE", help="What is said to be so.", show_default=False)
    ],
    actor: Annotated[str | None, typer.Option("--actor", metavar="NAME", help="Who does it.")] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="NAME", help="To whom it is done.", show_default=False)
    ] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="With what force it is said.")
    ] = "asserted",
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="What it is about.", show_default=False)
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope",
            metavar="SCOPE",
            help="In what a restriction or permission holds: core, radio, devices, apps, networks or trade.",
            show_default=False,
        ),
    ] = None,
    when: Annotated[
        str | None,
        typer.Option("--when", metavar="DATE", help="When: 2019, 2019-02 or 2019-02-01.", show_default=False),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="NAMES",
            help="Who says so, nearest to the fact first, with commas between.",
            show_default=False,
        ),
    ] = "",
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="NAME=KIND",
            help="What a new name is: company (without this), person, body, outlet or role.",
            show_default=False,
        ),
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(
            "--at",
            metavar="N",
            help="Where the words begin in the page's original, where they stand in several places.",
            show_default=False,
        ),
    ] = None,
    why: WhyOption = "",
    who: WhoOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Say what some words of a page say, where no reader did. It counts as any other statement."""
    with opened(ctx, ledger) as record:
        content = record.content(page)
        if content is None:
            raise Failure(Code.NOT_FOUND, f"there is no page '{page}'. `onrecord pages` lists them.")
        start, end = _place(content, words, at)
        passed = record.add_statement(
            content.digest,
            start,
            end,
            type=type_,
            actor=actor,
            target=target,
            status=status,
            topic=topic,
            scope=scope,
            when=when,
            source=[part.strip() for part in source.split(",") if part.strip()],
            kinds=dict(_kind(told) for told in kind or ()),
            who=whoever(who),
            why=why,
        )
    report(passed, output)


def _place(content: Page, words: str, at: int | None) -> tuple[int, int]:
    """Where the words stand in the original. `Failure` where they stand nowhere, or in several places."""
    from onrecord.pages import find_words
    from onrecord.present import plain

    places = find_words(content, words)
    if not places:
        raise Failure(
            Code.NOT_FOUND,
            "these words do not stand in the page's text. Copy them from `onrecord show PAGE`.",
        )
    if at is None and len(places) == 1:
        return places[0]
    for start, end in places:
        if start == at:
            return start, end
    told = "\n".join(
        f"  --at {start}  {plain(content.original[max(start - _SHOWN, 0) : end + _SHOWN])}"
        for start, end in places
    )
    raise Failure(Code.USAGE, f"these words stand in {len(places)} places. Say which:\n{told}")


def _kind(told: str) -> tuple[str, EntityKind]:
    """A new name and its kind from NAME=KIND."""
    name, _, kind = told.rpartition("=")
    if not name:
        raise Failure(Code.USAGE, f"'{told}' gives no kind. Write for instance --kind 'Ola Example=person'.")
    return name.strip(), kind.strip()  # type: ignore[return-value]
