"""`onrecord show`: one statement in its sentence, one page with its statements, or one entity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LedgerOption, examples, opened
from onrecord.cli._output import Format, show, show_json
from onrecord.cli._pages import page_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.entities import Entity
    from onrecord.ledger import Ledger, StoredEntity, StoredPage, StoredStatement
    from onrecord.pages import Page, Run

_ID = re.compile(r"[0-9a-f]{4,64}")
"""What may be the beginning of an id; a page's whole digest is one too."""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "show",
        epilog=examples(
            "onrecord show 3f9a1c20b7de        # a statement or a page, by its id",
            "onrecord show 3f9a                # the beginning of an id does, while it fits one thing only",
            "onrecord show 81bc44de90aa --dropped",
            "onrecord show 'Deutsche Telekom'",
        ),
    )(show_one)


def show_one(
    ctx: typer.Context,
    identifier: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A statement's or page's id, or an entity's name.", show_default=False
        ),
    ],
    dropped: Annotated[
        bool, typer.Option("--dropped", help="Of a page, what was dropped from it, each run with its reason.")
    ] = False,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Show a statement in its sentence, a page with its statements, or an entity with its names."""
    with opened(ctx, ledger) as record:
        may_be_id = _ID.fullmatch(identifier) is not None
        statement = record.statement(identifier) if may_be_id else None
        page = record.page(identifier) if may_be_id else None
        entity = record.entity(identifier)
        if statement and page:
            raise Failure(
                Code.USAGE,
                f"'{identifier}' begins statement {statement.id} and page {page.id}. Give more of it.",
            )
        if dropped and not page:
            raise Failure(Code.USAGE, f"'{identifier}' is no page, and only pages have dropped runs.")
        if statement:
            _show_statement(statement, record, output)
        elif page:
            content = record.content(page.id)
            assert content is not None, "a page that is held has content"
            if dropped:
                _show_dropped(content, output)
            else:
                _show_page(page, content, record, output)
        elif entity:
            _show_entity(entity, record, output)
        else:
            raise _unknown(identifier, record)


def _unknown(identifier: str, record: Ledger) -> Failure:
    nearest = ", ".join(stored.entity.name for stored in record.nearest_entities(identifier))
    hint = f"Did you mean {nearest}?" if nearest else "`onrecord pages` lists the pages that it holds."
    return Failure(Code.NOT_FOUND, f"the ledger has no statement, page or entity '{identifier}'. {hint}")


def statement_fields(stored: StoredStatement, names: Mapping[str, Entity]) -> dict[str, Any]:
    """A statement as JSON gives it."""
    from onrecord.present import sentence

    said = stored.statement
    return {
        "id": stored.id,
        "page": stored.page_id,
        "locator": stored.locator,
        "outlet": stored.outlet,
        "title": stored.title,
        "published": stored.published and stored.published.value,
        "language": stored.language,
        "reads": sentence(said, names),
        "quote": said.quote,
        "start": said.start,
        "end": said.end,
        "sentence": stored.sentence,
        "type": said.type,
        "actor": said.actor,
        "target": said.target,
        "status": said.status,
        "topic": said.topic,
        "source": list(said.source),
        "when": said.when,
        "confidence": said.confidence,
        "rule": said.rule,
        "reader": stored.reader,
        "version": stored.version,
    }


def _names(record: Ledger) -> dict[str, Entity]:
    return {stored.entity.key: stored.entity for stored in record.entities()}


def _where(*parts: str | None) -> str:
    from onrecord.present import plain

    return plain(", ".join(part for part in parts if part))


def _show_statement(stored: StoredStatement, record: Ledger, output: Format) -> None:
    fields = statement_fields(stored, _names(record))
    if output == "json":
        show_json(fields)
        return
    from rich.text import Text

    from onrecord.present import plain

    before, _, after = stored.sentence.partition(stored.statement.quote)
    show(Text(f"statement {stored.id}", "bold"))
    show(Text(fields["reads"]))
    show(
        Text.assemble(
            "\n", plain(before), " " if before else "", (plain(stored.statement.quote), "bold"), plain(after)
        )
    )
    show(Text(_where(stored.outlet, fields["published"], stored.title, stored.locator), "dim"))
    show(Text())
    rows = ("type", "actor", "target", "status", "topic", "source", "when", "confidence", "rule")
    for name in rows:
        value = " via ".join(fields[name]) if name == "source" else fields[name]
        show(Text(f"{name:11} {'' if value is None else plain(str(value))}".rstrip()))
    show(Text(f"{'page':11} {stored.page_id}  characters {fields['start']} to {fields['end']}"))
    show(Text(f"{'read by':11} {stored.reader} {stored.version}"))


def _show_page(page: StoredPage, content: Page, record: Ledger, output: Format) -> None:
    names = _names(record)
    statements = [statement_fields(stored, names) for stored in record.statements(page=page.id)]
    left = record.unread(page=page.id)
    if output == "json":
        unread = [{"sentence": one.sentence, "names": list(one.unread.names)} for one in left]
        show_json(
            {**page_fields(page), "text": content.text, "statements": statements, "unread_sentences": unread}
        )
        return
    from rich.text import Text

    from onrecord.present import plain

    show(Text(f"page {page.id}", "bold"))
    for row in _page_rows(page):
        show(Text(row))
    for block in content.blocks:
        style = "" if block.kind == "body" else "bold"
        show(Text("\n" + plain(content.text[block.start : block.end]), style))
    show(Text(f"\n{len(statements)} statements", "bold"))
    for fields in statements:
        show(
            Text.assemble(
                (fields["id"], "cyan"),
                "  ",
                fields["reads"],
                "\n              ",
                (plain(fields["quote"]), "dim"),
            )
        )
    if left:
        show(Text(f"\n{len(left)} sentences that name somebody and from which nothing was read", "bold"))
        for one in left:
            show(Text("- " + plain(one.sentence)))
    dropped = sum(not run.kept for run in content.runs)
    show(Text(f"\n{dropped} runs were dropped; see them with: onrecord show {page.id} --dropped", "dim"))


def _page_rows(page: StoredPage) -> Sequence[str]:
    from onrecord.present import plain

    published = page.published
    dated = (
        f"{published.value}  ({published.evidence}, confidence {published.confidence:.2f})"
        if published
        else "not known"
    )
    rows = [
        ("title", page.title or ""),
        ("outlet", page.outlet or ""),
        ("published", dated),
        ("language", f"{page.language}  (confidence {page.language_confidence:.2f})"),
        ("encoding", page.encoding),
        *(("found at", locator) for locator in page.locators),
        ("read by", f"{page.reader} {page.version}"),
    ]
    return [f"{name:11} {plain(value)}".rstrip() for name, value in rows]


def _show_dropped(content: Page, output: Format) -> None:
    runs: list[Run] = [run for run in content.runs if not run.kept]
    if output == "json":
        show_json(
            [
                {
                    "start": r.start,
                    "end": r.end,
                    "reason": r.reason,
                    "text": content.original[r.start : r.end],
                }
                for r in runs
            ]
        )
        return
    from rich.text import Text

    from onrecord.present import plain

    if not runs:
        show(Text("nothing was dropped from this page"))
    for run in runs:
        show(Text.assemble((run.reason, "bold"), f"  characters {run.start} to {run.end}\n  "))
        show(Text("  " + plain(content.original[run.start : run.end])))


def _show_entity(stored: StoredEntity, record: Ledger, output: Format) -> None:
    entity = stored.entity
    names = _names(record)
    statements = [statement_fields(one, names) for one in record.statements(entity=entity.key)]
    if output == "json":
        show_json(
            {
                "key": entity.key,
                "kind": entity.kind,
                "name": entity.name,
                "names": list(entity.names),
                "country": entity.country,
                "pages": stored.pages,
                "statements": statements,
            }
        )
        return
    from rich.text import Text

    from onrecord.present import plain

    show(Text(plain(entity.name), "bold"))
    rows = (
        ("key", entity.key),
        ("kind", entity.kind),
        ("country", entity.country or ""),
        ("names", "; ".join(entity.names)),
    )
    for name, value in rows:
        show(Text(f"{name:11} {plain(value)}".rstrip()))
    show(Text(f"\n{len(statements)} statements on {stored.pages} pages", "bold"))
    for fields in statements:
        show(Text.assemble((fields["id"], "cyan"), "  ", fields["reads"]))
