"""`onrecord search`: full text over pages and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._fields import hit_fields, published_value
from onrecord.cli._options import FormatOption, LedgerOption, examples, opened
from onrecord.cli._output import show, show_json

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.ledger import SearchHit


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "search",
        epilog=examples(
            "onrecord search sanctions",
            "onrecord search licens Huawei --language da",
            "onrecord search '\"zonder bewijs\"'",
            "onrecord search network --format json",
        ),
    )(search)


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="What to look for.", show_default=False)
    ],
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="Only in this language.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many places to show at most.")] = 20,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Find the pages and quotes that hold all WORDS, in any of their forms.

    Each language is searched by its own grammar: a word finds its other endings. Words within double quotes
    must stand next to each other.
    """
    with opened(ctx, ledger) as record:
        hits = record.search(" ".join(words), language=language, limit=limit)
    if not hits:
        if output == "json":
            show_json([])
        raise Failure(
            Code.NOT_FOUND,
            f"nothing in the ledger holds all of: {' '.join(words)}. Try fewer words, or another language's.",
        )
    if output == "json":
        show_json([hit_fields(hit) for hit in hits])
        return
    for hit in hits:
        show(_lines(hit))


def _lines(hit: SearchHit) -> Text:
    """A hit as two lines: where it is, and its words with those that were asked for in bold."""
    from rich.text import Text

    from onrecord.present import plain

    kind = f"statement {hit.statement_id}" if hit.statement_id else f"page {hit.page_id}"
    where = [
        part
        for part in (hit.outlet, published_value(hit.published), hit.language, hit.title or hit.locator)
        if part
    ]
    # Whatever could steer a terminal becomes a blank, one for one, so that the marks stay where they are.
    snippet = Text("".join(c if c.isprintable() else " " for c in hit.snippet))
    for start, end in hit.marks:
        snippet.stylize("bold", start, end)
    return Text.assemble((kind, "cyan"), "  ", plain(", ".join(where)), "\n  ", snippet)
