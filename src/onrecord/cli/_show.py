"""`onrecord show`: one statement in its sentence, one page with its statements, or one entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._fields import entity_fields, page_fields, statement_fields
from onrecord.cli._options import (
    FormatOption,
    LanguageOption,
    LedgerOption,
    examples,
    may_be_id,
    no_id,
    opened,
    spoken,
)
from onrecord.cli._output import Format, counted, show, show_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from onrecord.entities import Entity
    from onrecord.ledger import Ledger, StoredEntity, StoredPage, StoredStatement
    from onrecord.pages import Page

_MARKS = {"accept": "accepted: ", "reject": "rejected: ", "correct": "corrected: "}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "show",
        epilog=examples(
            "onrecord show 3f9a1c20b7de        # a statement or a page, by its id",
            "onrecord show 3f9a                # the beginning of an id does, while it fits one thing only",
            "onrecord show 81bc44de90aa --dropped",
            "onrecord show 'Deutsche Telekom'",
            "onrecord show 3f9a1c20b7de --language nl",
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
    language: LanguageOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show a statement in its sentence, a page with its statements, or an entity with its names."""
    code = spoken(language)
    with opened(ctx, ledger) as record:
        whole = may_be_id(identifier)
        statement = record.statement(identifier) if whole else None
        page = record.page(identifier) if whole else None
        entity = record.entity(identifier)
        if statement and page:
            raise Failure(
                Code.USAGE,
                f"'{identifier}' begins statement {statement.id} and page {page.id}. Give more of it.",
            )
        if dropped and not page and (statement or entity):
            raise Failure(Code.USAGE, f"'{identifier}' is no page, and only pages have dropped runs.")
        if statement:
            _show_statement(statement, record, output, code)
        elif page:
            content = record.content(page.id)
            assert content is not None, "a page that is held has content"
            if dropped:
                _show_dropped(content, output)
            else:
                _show_page(page, content, record, output, code)
        elif entity:
            _show_entity(entity, record, output, code)
        else:
            raise no_id(identifier, "entity") or _unknown(identifier, record)


def _unknown(identifier: str, record: Ledger) -> Failure:
    nearest = ", ".join(stored.entity.name for stored in record.nearest_entities(identifier))
    hint = f"Did you mean {nearest}?" if nearest else "`onrecord pages` lists the pages that it holds."
    return Failure(Code.NOT_FOUND, f"the ledger has no statement, page or entity '{identifier}'. {hint}")


def _names(record: Ledger) -> dict[str, Entity]:
    return {stored.entity.key: stored.entity for stored in record.entities()}


def _show_statement(stored: StoredStatement, record: Ledger, output: Format, language: str) -> None:
    fields = statement_fields(stored, _names(record), language)
    if output == "json":
        show_json(fields)
        return
    from rich.text import Text

    from onrecord.present import plain

    sentence = Text(plain(stored.sentence))
    sentence.highlight_words([plain(stored.statement.quote)], "bold")
    where = (stored.outlet, fields["published"], stored.title, stored.locator)
    show(Text(f"statement {stored.id}", "bold"))
    show(Text(fields["reads"]))
    show(Text.assemble("\n", sentence))
    show(Text(plain(", ".join(part for part in where if part)) + "\n", "dim"))
    names = ("type", "actor", "target", "status", "topic", "scope", "when", "confidence", "rule")
    told = dict(fields)
    _show_rows((name, str(told[name] or "")) for name in names)
    _show_rows(
        [
            ("source", " via ".join(fields["source"])),
            ("page", f"{stored.page_id}, characters {fields['start']} to {fields['end']}"),
            ("read by", f"{stored.reader} {stored.version}"),
            *_judged_rows(stored),
        ]
    )


def _judged_rows(stored: StoredStatement) -> Iterator[tuple[str, str]]:
    """What a person judged of a statement, and what was read where that was a correction."""
    for judgement in filter(None, (stored.said, stored.judgement, stored.withdrawn)):
        why = f": {judgement.why}" if judgement.why else ""
        told = f"{judgement.kind} by {judgement.who}, {judgement.at:%Y-%m-%d %H:%M} UTC{why}"
        yield "judged", f"{told} (judgement {judgement.id})"
        if judgement.kind == "correct" and stored.as_read is not None:
            was = (f"{name} {getattr(stored.as_read, name) or '-'}" for name in judgement.changes)
            yield "as read", ", ".join(was)


def _show_page(page: StoredPage, content: Page, record: Ledger, output: Format, language: str) -> None:
    names = _names(record)
    statements = [statement_fields(stored, names, language) for stored in record.statements(page=page.id)]
    left = record.unread(page=page.id)
    if output == "json":
        unread = [{"sentence": one.sentence, "names": list(one.unread.names)} for one in left]
        told = {"text": content.text, "statements": statements, "unread_sentences": unread}
        show_json({**page_fields(page), **told})
        return
    from rich.text import Text

    from onrecord.present import plain

    show(Text(f"page {page.id}", "bold"))
    _show_rows(_page_rows(page))
    for block in content.blocks:
        style = "" if block.kind == "body" else "bold"
        show(Text("\n" + plain(content.text[block.start : block.end]), style))
    show(Text(f"\n{counted(len(statements), 'statement')}", "bold"))
    for fields in statements:
        _show_briefly(fields)
        show(Text(" " * 14 + plain(fields["quote"]), "dim"))
    if left:
        show(Text(f"\n{counted(len(left), 'sentence')} naming somebody, from which nothing was read", "bold"))
        for one in left:
            show(Text("- " + plain(one.sentence)))
    dropped = sum(not run.kept for run in content.runs)
    show(Text(f"\n{counted(dropped, 'dropped run')}; see: onrecord show {page.id} --dropped", "dim"))


def _page_rows(page: StoredPage) -> Iterator[tuple[str, str]]:
    published = page.published
    yield "title", page.title or ""
    yield "outlet", page.outlet or ""
    if published:
        yield "published", f"{published.value} ({published.evidence}, confidence {published.confidence:.2f})"
    else:
        yield "published", "not known"
    yield "language", f"{page.language} (confidence {page.language_confidence:.2f})"
    yield "encoding", page.encoding
    for locator in page.locators:
        yield "found at", locator
    yield "read by", f"{page.reader} {page.version}"


def _show_dropped(content: Page, output: Format) -> None:
    dropped = [run for run in content.runs if not run.kept]
    if output == "json":
        keys = ("start", "end", "reason")
        text = content.original
        show_json(
            [{k: getattr(run, k) for k in keys} | {"text": text[run.start : run.end]} for run in dropped]
        )
        return
    from rich.text import Text

    from onrecord.present import plain

    if not dropped:
        show(Text("nothing was dropped from this page"))
    for run in dropped:
        show(Text.assemble((run.reason, "bold"), f"  characters {run.start} to {run.end}"))
        show(Text("  " + plain(content.original[run.start : run.end])))


def _show_entity(stored: StoredEntity, record: Ledger, output: Format, language: str) -> None:
    names = _names(record)
    statements = [
        statement_fields(one, names, language) for one in record.statements(entity=stored.entity.key)
    ]
    if output == "json":
        show_json({**entity_fields(stored), "statements": statements})
        return
    from rich.text import Text

    from onrecord.present import plain

    entity = stored.entity
    show(Text(plain(entity.name), "bold"))
    _show_rows([("key", entity.key), ("kind", entity.kind), ("country", entity.country or "")])
    _show_rows([("names", "; ".join(entity.names))])
    show(Text(f"\n{counted(len(statements), 'statement')}; named on {counted(stored.pages, 'page')}", "bold"))
    for fields in statements:
        _show_briefly(fields)


def _show_briefly(fields: Mapping[str, Any]) -> None:
    from rich.text import Text

    kind = fields["judgement"]["kind"] if fields["judgement"] else ""
    mark = _MARKS.get(kind) or ("" if fields["counts"] else "withdrawn: ")
    show(Text.assemble((fields["id"], "cyan"), "  ", (mark, "bold"), fields["reads"]))


def _show_rows(rows: Iterable[tuple[str, str]]) -> None:
    from rich.text import Text

    from onrecord.present import plain

    for name, value in rows:
        show(Text(f"{name:11} {plain(value)}".rstrip()))
