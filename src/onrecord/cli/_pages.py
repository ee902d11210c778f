"""`onrecord pages`: what the ledger holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._fields import page_fields, published_value
from onrecord.cli._options import FormatOption, LedgerOption, examples, opened
from onrecord.cli._output import Format, counted, note, show_json, show_table

if TYPE_CHECKING:
    from onrecord.ledger import StoredPage, Unreadable


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "pages",
        epilog=examples(
            "onrecord pages",
            "onrecord pages --language da",
            "onrecord pages --unreadable",
            "onrecord pages --format json",
        ),
    )(pages)


def pages(
    ctx: typer.Context,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="Only pages in this language.", show_default=False),
    ] = None,
    unreadable: Annotated[
        bool, typer.Option("--unreadable", help="List what could not be read, and why, instead.")
    ] = False,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """List the pages that the ledger holds, oldest first, or what could not be read."""
    with opened(ctx, ledger) as record:
        if unreadable:
            _list_unreadable(record.unreadable(), output)
        else:
            held = [page for page in record.pages() if language in (None, page.language)]
            _list_pages(held, output)


def _list_pages(held: list[StoredPage], output: Format) -> None:
    if output == "json":
        show_json([page_fields(page) for page in held])
        return
    rows = [
        (
            page.id,
            published_value(page.published) or "",
            page.language or "",
            str(page.statements),
            str(page.unread),
            page.outlet or "",
            page.title or page.locator,
        )
        for page in held
    ]
    show_table(("id", "published", "language", "statements", "unread", "outlet", "title"), rows)
    note(f"{counted(len(held), 'page')}, {counted(sum(page.statements for page in held), 'statement')}")


def _list_unreadable(found: Sequence[Unreadable], output: Format) -> None:
    if output == "json":
        keys = ("locator", "digest", "code", "message")
        show_json([{key: getattr(one, key) for key in keys} for one in found])
        return
    show_table(("where", "why"), [(one.locator, one.message) for one in found])
    note(f"{len(found)} could not be read")
