"""`onrecord check`: what touches the lines of one's own register."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import (
    AsOfOption,
    KnownAtOption,
    LanguageOption,
    LedgerOption,
    examples,
    known,
    opened,
    spoken,
    whoever,
)
from onrecord.cli._output import console, counted, note, put, write, write_bytes

if TYPE_CHECKING:
    from onrecord.exposure import BadLine, Check, Finding, Register

CheckForm = Literal["terminal", "html", "json", "xlsx"]
TemplateForm = Literal["csv", "xlsx"]
"""As `onrecord.exposure.TemplateForm`."""
SortName = Literal["supplier", "customer", "partner", "deployment", "shipment"]
"""As `onrecord.exposure.Sort`."""

_NEW = "new-"
_ANY = "any"
_LISTED = 20
"""Lines that are named when a register is refused; the report of a check names all."""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "check",
        epilog=examples(
            "onrecord check --template xlsx -o register.xlsx",
            "onrecord check register.xlsx",
            "onrecord check register.csv --format html -o check.html --language da",
            "onrecord check vendors.csv --map 'Vendor no=id' --map Firm=party --sort supplier",
            "onrecord check register.csv --fail-on list-hit,new-restriction   # for a scheduler",
        ),
    )(check)


def check(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[REGISTER]", help="The register: CSV or XLSX.", show_default=False),
    ] = None,
    template: Annotated[
        TemplateForm | None,
        typer.Option("--template", help="Write an empty register to fill in instead.", show_default=False),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    form: Annotated[
        CheckForm, typer.Option("--format", "-f", help="As a table, HTML, JSON, or a workbook.")
    ] = "terminal",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file.", show_default=False),
    ] = None,
    language: LanguageOption = None,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="Check the lines that can be used, and name the others.")
    ] = False,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADING=COLUMN",
            help="What a column is for, by its heading, or #3 for the third: id, sort, party, operator, "
            "state, layer, goods, us_share, since, until or note. Once for each.",
            show_default=False,
        ),
    ] = None,
    sort: Annotated[
        SortName | None,
        typer.Option("--sort", help="What lines tell of that do not say so themselves.", show_default=False),
    ] = None,
    home: Annotated[
        str | None,
        typer.Option(
            "--home",
            metavar="STATE",
            help="Your own state, by name or code: its positions concern every line.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="KINDS",
            help="End with 8 where one of these was found: list-hit, affiliate-hit, restriction, permission, "
            "case, chain, dispute, rule, any; with new- before it, what the last check did not find. Commas "
            "between them.",
            show_default=False,
        ),
    ] = None,
    who: Annotated[
        str | None,
        typer.Option(
            "--who",
            metavar="NAME",
            envvar="ONRECORD_WHO",
            show_envvar=False,
            help="Who checks. Else what ONRECORD_WHO names, else your name on this machine.",
            show_default=False,
        ),
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Check a register of suppliers, customers, partners, deployments and shipments.

    It tells what touches each line on the lists, in the record and in the rules, how, since when and by whose
    word; and what was not looked at.

    The check is kept under the file's name, so that the next one can say what is new.
    """
    code = spoken(language)
    if template is not None:
        _write_template(path, template, output, code)
        return
    if path is None:
        raise Failure(
            Code.USAGE,
            "name a register, a CSV or XLSX file. `onrecord check --template xlsx -o register.xlsx` makes an "
            "empty one.",
        )
    if form == "xlsx" and output is None:
        raise Failure(Code.USAGE, "a workbook needs a file: add -o check.xlsx.")
    asked, moment = _kinds(fail_on), known(known_at)
    at_home = _state(home)
    found = _read(path, keep_good, _columns(mapped or []), sort)
    with opened(ctx, ledger) as record, _bar("checking") as progress:
        from onrecord.exposure import check as check_register

        checked: Check = check_register(
            record,
            found,
            as_of=as_of,
            known_at=moment,
            who=whoever(who),
            progress=progress,
            home=at_home,
            name=path.name,
        )
    _tell(checked, found, form, output, code)
    wanted = [finding for finding in checked.findings if _wanted(finding, asked)]
    if wanted:
        note(f"onrecord: {counted(len(wanted), 'finding')} of a kind that --fail-on names.")
        raise typer.Exit(Code.FOUND)


def _write_template(path: Path | None, form: TemplateForm, output: Path | None, language: str) -> None:
    if path is not None:
        raise Failure(
            Code.USAGE, f"--template makes an empty register; leave out {path}, or name it with -o."
        )
    from onrecord.exposure import register_template

    data = register_template(form, language)
    if output is None and form == "xlsx":
        raise Failure(Code.USAGE, "a workbook needs a file: add -o register.xlsx.")
    if output is None:
        write(data.decode("utf-8-sig").replace("\r\n", "\n"))
    elif output.exists():
        raise Failure(Code.OUTPUT, f"{output} is there already. Name another file, or take it away first.")
    else:
        write_bytes(output, data)
        write(f"{output}\n")


def _kinds(fail_on: str | None) -> frozenset[str]:
    """The kinds that `--fail-on` names. `Failure` (USAGE) where one is none."""
    if fail_on is None:
        return frozenset()
    from onrecord.exposure import FindingKind

    kinds = (*get_args(FindingKind), _ANY)
    named = frozenset(filter(None, (kind.strip() for kind in fail_on.split(","))))
    unknown = sorted(kind for kind in named if kind.removeprefix(_NEW) not in kinds)
    if unknown or not named:
        wrong = f"--fail-on names '{unknown[0]}', which is no kind" if unknown else "--fail-on names no kind"
        raise Failure(
            Code.USAGE, f"{wrong} of finding. There are: {', '.join(kinds)}, each also with {_NEW} before it."
        )
    return named


def _state(home: str | None) -> str | None:
    """The code of the state that `--home` names. `Failure` (USAGE) where it is none."""
    if home is None:
        return None
    from onrecord.exposure import RegisterError, state_code

    try:
        return state_code(home)
    except RegisterError as error:
        raise Failure(Code.USAGE, f"--home: {error}.") from error


def _columns(mapped: list[str]) -> dict[str, str]:
    """What `--map` says of columns. `Failure` (USAGE) where it does not say what one is for."""
    found = {}
    for told in mapped:
        heading, equals, field = told.rpartition("=")
        if not equals or not heading.strip():
            raise Failure(
                Code.USAGE, f"--map '{told}' says of no column what it is for. Write HEADING=COLUMN."
            )
        found[heading.strip()] = field.strip()
    return found


def _wanted(finding: Finding, kinds: frozenset[str]) -> bool:
    names = {finding.kind, _ANY}
    return bool(names & kinds or (finding.new and {f"{_NEW}{name}" for name in names} & kinds))


def _read(path: Path, keep_good: bool, columns: dict[str, str], sort: SortName | None) -> Register:
    """The register. `Failure`: NOTHING_READ where there is no such file, REFUSED where it cannot be used, or
    not all of it and `keep_good` is not given."""
    from onrecord.exposure import RegisterError, read_register

    if not path.is_file():
        raise Failure(Code.NOTHING_READ, f"there is no file {path}. Name a register, a CSV or XLSX file.")
    try:
        with _bar("reading") as progress:
            found = read_register(path, progress, columns=columns, sort=sort)
    except RegisterError as error:
        raise Failure(Code.REFUSED, str(error)) from error
    if found.bad and not (keep_good and found.lines):
        raise Failure(Code.REFUSED, _refused(path, found.bad, len(found.lines)))
    return found


def _refused(path: Path, bad: tuple[BadLine, ...], good: int) -> str:
    from onrecord.present import plain

    told = [
        f"  line {one.line}{f', column {plain(one.column)}' if one.column else ''}: {plain(one.message)}"
        for one in bad[:_LISTED]
    ]
    if len(bad) > _LISTED:
        told.append(f"  and {len(bad) - _LISTED:,} more")
    way = "Mend them"
    if good:
        way += f", or check the {counted(good, 'other line')} alone with --keep-good"
    head = f"{path.name}: {counted(len(bad), 'line')} cannot be used, and nothing was checked. {way}."
    return "\n".join([head, *told])


def _tell(checked: Check, found: Register, form: CheckForm, output: Path | None, language: str) -> None:
    from onrecord.present import check_workbook, render_check

    if form != "xlsx":
        put(partial(render_check, checked, form, register=found, language=language), output)
    elif output is not None:
        write_bytes(output, check_workbook(checked, found, language=language))
        write(f"{output}\n")


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
