"""`onrecord screen`: whether names stand on the restriction lists of the ledger."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import AsOfOption, KnownAtOption, LedgerOption, examples, known, opened
from onrecord.cli._output import counted, note, show, to_json, write, write_bytes

if TYPE_CHECKING:
    from datetime import datetime

    from onrecord.ledger import Ledger
    from onrecord.lists import Hit, Screener

ScreenFormat = Literal["terminal", "json", "csv"]
_AT_ONCE = 2_000
"""Names screened between two steps of the progress bar."""


class Kind(StrEnum):
    """The kinds of `onrecord.entities.matching.NameKind`, as Typer takes a list of choices."""

    COMPANY = "company"
    PERSON = "person"
    OTHER = "other"


class Worth(StrEnum):
    """What ends the command with `FOUND`."""

    SAME = "same"
    AFFILIATE = "affiliate"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "screen",
        epilog=examples(
            "onrecord screen 'Huawei Technologies Deutschland GmbH'",
            "onrecord screen --from customers.csv --column company -o screened.csv --format csv",
            "onrecord screen 'Panda International' --as-of 2016 --list us-csl",
            "onrecord screen --from customers.csv --fail-on same --format json > hits.json",
        ),
    )(screen)


def screen(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="The names.", show_default=False)
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="A CSV file with names, one a row.", show_default=False),
    ] = None,
    column: Annotated[
        str,
        typer.Option("--column", metavar="NAME", help="The heading over the names in it."),
    ] = "name",
    kind: Annotated[Kind, typer.Option("--kind", help="What the names are of.")] = Kind.COMPANY,
    lists: Annotated[
        list[str] | None,
        typer.Option(
            "--list", metavar="LIST", help="Only this list. Can be given several times.", show_default=False
        ),
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Show also parties whose names are merely alike.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="How many candidates a name gets at most.")
    ] = 5,
    fail_on: Annotated[
        list[Worth] | None,
        typer.Option(
            "--fail-on", metavar="WHAT", help="End with 8 where a name is found: same, affiliate.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    form: Annotated[
        ScreenFormat, typer.Option("--format", "-f", help="How to print the result.")
    ] = "terminal",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file.", show_default=False),
    ] = None,
    ledger: LedgerOption = None,
) -> None:  # fmt: skip
    """Look names up on the restriction lists: who they may mean, how surely, since when, by which law.

    A name that is a listed party's own is `same`; one of a company that bears a listed party's name, or that
    its entry names as such, is `affiliate`.
    """
    asked = [*(names or []), *(_names_in(source, column) if source else [])]
    if not asked:
        raise Failure(Code.USAGE, "say which names to screen, or the file that holds them with --from.")
    moment = known(known_at)
    with opened(ctx, ledger) as record:
        screener = screener_of(record, lists, as_of, moment)
    found = list(_screened(screener, asked, kind, limit, near))
    _tell(asked, found, form, output)
    worth = {one.value for one in fail_on or ()}
    marked = sum(any(hit.relation in worth for hit in hits) for hits in found)
    if marked:
        raise Failure(Code.FOUND, f"{counted(marked, 'name')} found on the lists.")


def screener_of(
    record: Ledger, lists: Sequence[str] | None, as_of: str | None, known_at: datetime | None
) -> Screener:
    """A screener over the versions that held on a day, of all lists or of some. `Failure` (NOT_FOUND) where
    the ledger holds none."""
    from onrecord.lists import Screener, current_lists, parties_of

    versions = current_lists(record, as_of=as_of, known_at=known_at)
    held = sorted(version.list for version in versions)
    if not held:
        raise Failure(
            Code.NOT_FOUND, "the ledger holds no restriction list. Add one: onrecord lists add FILE"
        )
    for name in lists or ():
        if name not in held:
            raise Failure(Code.NOT_FOUND, f"the ledger holds no list '{name}'. It holds: {', '.join(held)}.")
    return Screener((v, parties_of(record, v)) for v in versions if not lists or v.list in lists)


def _names_in(path: Path, column: str) -> list[str]:
    """The names under a heading of a CSV file; blank cells are left out. `Failure` (USAGE) where the file
    cannot be read so."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise Failure(Code.USAGE, f"cannot read {path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise Failure(Code.USAGE, f"{path} is not in UTF-8. Save it as CSV in UTF-8.") from error
    first = text.partition("\n")[0]
    comma = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=comma)
    try:
        if column not in (rows.fieldnames or ()):
            there = ", ".join(filter(None, rows.fieldnames or ())) or "none"
            raise Failure(
                Code.USAGE, f"{path} has no column '{column}'. It has: {there}. Name one with --column."
            )
        return [name.strip() for row in rows if (name := row[column]) and name.strip()]
    except csv.Error as error:
        raise Failure(Code.USAGE, f"{path}, line {rows.line_num}: {error}.") from error


def _screened(
    screener: Screener, asked: Sequence[str], kind: Kind, limit: int, near: bool
) -> Iterator[tuple[Hit, ...]]:
    from rich.console import Console
    from rich.progress import Progress

    few = len(asked) <= _AT_ONCE or not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), transient=True, disable=few) as bar:
        task = bar.add_task("Screening", total=len(asked))
        for at in range(0, len(asked), _AT_ONCE):
            some = asked[at : at + _AT_ONCE]
            yield from screener.screen_all(some, kind=kind.value, limit=limit, near=near)
            bar.advance(task, len(some))


def _tell(
    asked: Sequence[str], found: Sequence[tuple[Hit, ...]], form: ScreenFormat, output: Path | None
) -> None:
    from onrecord.present import SCREENED, csv_table, hit_row, screened_fields

    pairs = list(zip(asked, found, strict=True))
    if form == "terminal" and output is None:
        for name, hits in pairs:
            show(_lines(name, hits))
        hit = sum(bool(hits) for hits in found)
        note(f"{counted(len(asked), 'name')} screened, {hit} with candidates.")
        return
    if form == "json":
        data = to_json([screened_fields(name, hits) for name, hits in pairs]).encode("utf-8", "replace")
    else:
        rows: list[dict[str, Any]] = [hit_row(name, hit) for name, hits in pairs for hit in hits or (None,)]
        data = csv_table(SCREENED, rows)
    if output is not None:
        write_bytes(output, data)
        write(f"{output}\n")
    else:
        write(data.decode("utf-8-sig"))


def _lines(name: str, hits: Sequence[Hit]) -> Any:
    """A name with its candidates, for the eye."""
    from rich.text import Text

    from onrecord.present import hit_lines, plain

    told = Text(plain(name), style="bold")
    if not hits:
        return told.append("\n  on none of these lists, as far as names tell", style="dim")
    for hit in hits:
        first, *rest = hit_lines(name, hit)
        told.append(f"\n  {first}", style="red" if hit.relation == "same" else "yellow")
        for line in rest:
            told.append(f"\n             {line}", style="not bold")
    return told
