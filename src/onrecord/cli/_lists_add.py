"""`onrecord lists add`: lists from files and URLs, kept as versions, or refused with every reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LedgerOption, examples, opened, whoever
from onrecord.cli._output import note, show, show_json

if TYPE_CHECKING:
    from onrecord.cli._lists_files import Given
    from onrecord.ledger import Ledger
    from onrecord.lists import ListVersion

_TOLD = 20
"""Entries that cannot be used, named one by one; `--format json` names all."""


def register(group: typer.Typer) -> None:
    """Add the command to its group."""
    group.command(
        "add",
        epilog=examples(
            "onrecord lists add UN_consolidated.xml",
            "onrecord lists add sdn.csv add.csv alt.csv      # the parts of one list",
            "onrecord lists add lists/                       # all that is in a folder",
            "onrecord lists add https://example.org/list.xml",
            "onrecord lists add sdn.csv --issued 2019-01-05   # a list that does not say its day",
            "onrecord lists add suppliers-we-avoid.csv --as avoid --keep-good",
        ),
    )(add)


def add(
    ctx: typer.Context,
    places: Annotated[
        list[str], typer.Argument(metavar="FILE|URL...", help="Files, folders or URLs of lists.")
    ],
    name: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="Keep it under this short name.", show_default=False),
    ] = None,
    issued: Annotated[
        str | None,
        typer.Option(
            "--issued",
            metavar="DATE",
            help="The day it was issued, where it does not say so itself.",
            show_default=False,
        ),
    ] = None,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="Take the entries that can be used, and leave the others.")
    ] = False,
    shrunk: Annotated[
        bool, typer.Option("--accept-shrunk", help="Take it though it lost more than a tenth of its entries.")
    ] = False,
    who: Annotated[
        str | None,
        typer.Option(
            "--who",
            metavar="NAME",
            envvar="ONRECORD_WHO",
            show_envvar=False,
            help="Who adds it. Else what ONRECORD_WHO names, else your name on this machine.",
            show_default=False,
        ),
    ] = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Add lists, each as a new version of itself: its format is recognised, and nothing that is kept is
    lost. What has entries that cannot be used is refused as a whole, unless you say otherwise."""
    from onrecord.cli._lists_files import given
    from onrecord.ledger import BadDate, CannotBe, begun
    from onrecord.lists import ListError

    try:
        found = given(places)
    except ListError as error:
        raise Failure(Code.NOTHING_READ, str(error)) from error
    for option, value in (("--as", name), ("--issued", issued)):
        if value is not None and len(found) != 1:
            raise Failure(
                Code.USAGE, f"{option} is of one list; these are {len(found)}. Add them one by one."
            )
    if issued is not None:
        try:
            begun(issued, "issued")
        except (BadDate, CannotBe) as error:
            raise Failure(Code.USAGE, str(error)) from error
    how = _How(name, issued, whoever(who), keep_good, shrunk)
    with opened(ctx, ledger, create=True) as record:
        told = [_add(record, files, how) for files in found]
    _tell(told, output)


@dataclass(frozen=True, slots=True)
class _How:
    """What the user says of lists to be added."""

    name: str | None
    issued: str | None
    who: str
    keep_good: bool
    shrunk: bool


def _add(record: Ledger, files: Given, how: _How) -> dict[str, Any]:
    """Add one list; what came of it, as JSON has it."""
    from onrecord.cli._lists_fields import problem_fields, version_fields
    from onrecord.cli._lists_files import read
    from onrecord.lists import ListError, ListRefused, add_list, list_versions

    told: dict[str, Any] = {"from": [place for _, place in files.places]}
    try:
        found = read(files, how.name, how.issued)
        before = list_versions(record, found.list)
        version = add_list(record, found, who=how.who, keep_good=how.keep_good, shrunk=how.shrunk)
    except ListRefused as refused:
        problems = [problem_fields(problem) for problem in refused.problems]
        return {**told, "outcome": "refused", "message": str(refused), "problems": problems}
    except ListError as error:
        return {**told, "outcome": "unreadable", "message": str(error), "problems": []}
    return {
        **told,
        "outcome": "unchanged" if version in before else "added",
        **version_fields(version),
        **_news(record, before, version),
        "older": any(other.day > version.day for other in before),
        "problems": [problem_fields(problem) for problem in found.problems],
    }


def _news(record: Ledger, before: Sequence[ListVersion], version: ListVersion) -> dict[str, Any]:
    """How much a new version brought against the one before it by its day."""
    from onrecord.lists import changes_between, list_versions

    versions = list_versions(record, version.list)
    place = versions.index(version)
    if version in before or place == 0:
        return {"against": None}
    found = changes_between(record, versions[place - 1], version)
    return {
        "against": found.before.day,
        "added": len(found.added),
        "removed": len(found.removed),
        "changed": len(found.changed),
    }


def _tell(told: Sequence[dict[str, Any]], output: Any) -> None:
    """Print what came of each list, and end with the code of the worst."""
    from rich.text import Text

    from onrecord.present import plain

    if output == "json":
        show_json(told)
    for one in told:
        if output != "json" and one["outcome"] in ("added", "unchanged"):
            show(Text(plain(_sentence(one))))
        if one["problems"]:
            _name(one["problems"], ", ".join(one["from"]))
    bad = [one for one in told if one["outcome"] in ("refused", "unreadable")]
    if not bad:
        return
    message = "\n".join(plain(f"{', '.join(one['from'])}: {one['message']}") for one in bad)
    if any(one["outcome"] == "refused" for one in bad):
        raise Failure(Code.REFUSED, message)
    raise Failure(Code.NOTHING_READ if len(bad) == len(told) else Code.SOME_UNREADABLE, message)


def _sentence(one: dict[str, Any]) -> str:
    issued = f"issued {one['issued']}" if one["issued"] else "which does not say its day"
    what = f"{one['list']}: {one['entries']} entries, {issued}"
    if one["outcome"] == "unchanged":
        return f"{what}, was kept already (version {one['version']})."
    parts = [f"{what}, kept as version {one['version']} ({one['title']})."]
    if one["against"] is not None:
        parts.append(
            f"Against {one['against']}: {one['added']} added, {one['removed']} removed, "
            f"{one['changed']} changed."
        )
    if not one["issued"]:
        parts.append("It counts from today; --issued says otherwise.")
    if one["older"]:
        parts.append("Newer versions are held; it takes its place among them by its day.")
    return " ".join(parts)


def _name(problems: Sequence[dict[str, Any]], place: str) -> None:
    """Name entries that cannot be used, by line."""
    from onrecord.present import plain

    for problem in problems[:_TOLD]:
        id = f" ({problem['id']})" if problem["id"] else ""
        note(plain(f"{place}, line {problem['line']}{id}: {problem['message']}"))
    if len(problems) > _TOLD:
        note(f"{place}: {len(problems) - _TOLD} more cannot be used; --format json names all.")
