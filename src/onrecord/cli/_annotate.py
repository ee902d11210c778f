"""`onrecord annotate`: what is read from pages, as one JSON file a page (docs/statements.md)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, examples
from onrecord.cli._output import counted, show_json, to_json, write, write_file
from onrecord.cli._unread import settle, unread_fields

if TYPE_CHECKING:
    from onrecord.entities import Entity
    from onrecord.pages import Page
    from onrecord.statements import Reading


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "annotate",
        epilog=examples(
            "onrecord annotate page.txt --out annotated/",
            "onrecord annotate pages/ 'more/*.html' --out annotated/",
        ),
    )(annotate)


def annotate(
    paths: Annotated[
        list[str], typer.Argument(metavar="PAGES...", help="Files, folders and globs.", show_default=False)
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="The folder for the JSON files; made if need be.", show_default=False
        ),
    ],
    output: FormatOption = "terminal",
) -> None:
    """Write what is read from each page to a JSON file of its name; no ledger is touched.

    docs/statements.md describes the form: text, entities, and statements with their quotes and offsets.
    """
    _make_folder(out)
    from onrecord.engine import Failed, read_each

    written: dict[str, str] = {}
    failed: list[Failed] = []
    for taken in read_each(paths):
        name = f"{Path(taken.locator).stem}.json"
        if isinstance(taken, Failed):
            failed.append(taken)
        elif name in written:
            why = f"{written[name]} was written to {out / name} already; annotate it into another folder."
            failed.append(Failed(taken.locator, taken.digest, "same-name", why))
        else:
            write_file(out / name, to_json(annotation(taken.page, taken.reading)))
            written[name] = taken.locator
    if output == "json":
        files = [{"page": locator, "file": str(out / name)} for name, locator in written.items()]
        show_json({"written": files, "unreadable": [unread_fields(one) for one in failed]})
    elif written:
        write(f"{counted(len(written), 'page')} annotated in {out}\n")
    settle(len(written), failed)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(
            Code.OUTPUT,
            f"cannot make the folder {folder}: {error.strerror or error}. Name one that you may write to.",
        ) from error


def annotation(page: Page, reading: Reading) -> dict[str, Any]:
    """A page and what was read from it, in the form of docs/statements.md."""
    return {
        "page": Path(page.locator).name,
        "language": page.language,
        "title": page.title,
        "published": page.published.value if page.published else None,
        "text": page.text,
        "entities": {entity.key: _names(entity) for entity in reading.entities},
        "statements": [
            {
                "quote": s.quote,
                "start": s.start,
                "type": s.type,
                "actor": s.actor,
                "target": s.target,
                "status": s.status,
                "topic": s.topic,
                "source": list(s.source),
                "when": s.when,
                "confidence": s.confidence,
            }
            for s in reading.statements
        ],
    }


def _names(entity: Entity) -> list[str]:
    """The names of an entity, the one that a reader is shown first."""
    return list(dict.fromkeys((entity.name, *entity.names)))
