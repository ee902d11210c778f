"""`onrecord lists`: restriction lists, their versions, what each brought, and who stands on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import _lists_add
from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import (
    AsOfOption,
    FormatOption,
    KnownAtOption,
    LedgerOption,
    examples,
    known,
    opened,
)
from onrecord.cli._output import counted, note, show_json, show_table

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.lists import ListChanges, ListVersion, Party

ListArgument = Annotated[str, typer.Argument(metavar="NAME", help="The list's short name.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(no_args_is_help=False)
    group.callback(
        invoke_without_command=True,
        epilog=examples(
            "onrecord lists",
            "onrecord lists --as-of 2019-06-01      # the versions that held on that day",
            "onrecord lists add sdn.csv",
        ),
    )(lists)
    _lists_add.register(group)
    for name, command, lines in (
        ("versions", versions, ("onrecord lists versions us-csl",)),
        (
            "changes",
            changes,
            (
                "onrecord lists changes us-csl                    # what the newest version brought",
                "onrecord lists changes us-csl --since 2023-01-01",
                "onrecord lists changes us-csl --from 3 --format json",
            ),
        ),
        (
            "show",
            show,
            ("onrecord lists show us-csl 15273", "onrecord lists show us-csl 15273 --on 2014-09-01"),
        ),
    ):
        group.command(name, epilog=examples(*lines))(command)
    app.add_typer(group, name="lists")


def lists(
    ctx: typer.Context,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Restriction lists: which ones are kept, in which version, and how old each is.

    Alone it shows the version of each list that holds now, or held on the day of --as-of.
    """
    ctx.obj = ledger or ctx.obj
    if ctx.invoked_subcommand is not None:
        return
    from onrecord.cli._lists_fields import version_fields
    from onrecord.lists import current_lists

    moment = known(known_at)
    with opened(ctx, ledger) as record:
        found = current_lists(record, as_of=as_of, known_at=moment)
    if output == "json":
        show_json([version_fields(version) for version in found])
        return
    _show_versions(found, named=True)
    for version in found:
        if version.early:
            note(f"No version of {version.list} from before {as_of} is held; the first one is shown.")
    if not found:
        note("No list was added yet. Add one with: onrecord lists add FILE")


def versions(
    ctx: typer.Context,
    name: ListArgument,
    known_at: KnownAtOption = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """List the versions of a list that are kept, by the day they were issued, the newest last."""
    from onrecord.cli._lists_fields import version_fields
    from onrecord.lists import versions_of

    moment = known(known_at)
    with asked(ctx, ledger) as record:
        found = versions_of(record, name, known_at=moment)
    if output == "json":
        show_json([version_fields(version) for version in found])
        return
    _show_versions(found, named=False)
    note(counted(len(found), "version"))


def changes(
    ctx: typer.Context,
    name: ListArgument,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="DATE", help="Against the version that held on that day.", show_default=False
        ),
    ] = None,
    start: Annotated[
        int | None,
        typer.Option("--from", metavar="VERSION", help="Against the version of that number."),
    ] = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Tell what the newest version of a list brought against the one before it, or against an earlier one:
    who was added, removed, and told of differently."""
    from onrecord.cli._lists_fields import changes_fields
    from onrecord.lists import list_changes

    if since is not None and start is not None:
        raise Failure(Code.USAGE, "--since and --from both say what to compare with. Leave out one of them.")
    with asked(ctx, ledger) as record:
        found = list_changes(record, name, since=since, start=start)
    if output == "json":
        show_json(changes_fields(found))
        return
    show_table(("change", "id", "name", "since", "what"), _rows(found))
    if since is not None and found.before.early:
        note(f"No version of {name} from before {since} is held; this is against the first one.")
    note(_told(found))


def show(
    ctx: typer.Context,
    name: ListArgument,
    id: Annotated[str, typer.Argument(metavar="ID", help="The list's own id of the entry.")],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", help="Say too whether it stood on the list that day.", show_default=False
        ),
    ] = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """Show an entry of a list with all that it says; of one that is gone, as it last stood there."""
    from onrecord.cli._lists_fields import listing_fields, party_fields, version_fields
    from onrecord.lists import parties_of, party_of, versions_of, was_listed

    with asked(ctx, ledger) as record:
        held = versions_of(record, name)
        version, party = next(
            ((version, party) for version in reversed(held) if (party := party_of(record, version, id))),
            (held[-1], None),
        )
        if party is None:
            raise Failure(
                Code.NOT_FOUND,
                f"no version of {name} has an entry '{id}'. `onrecord lists changes` names some.",
            )
        others = [other for other in parties_of(record, version) if other.affiliate_of == id]
        listing = was_listed(record, name, id, on) if on is not None else None
    if output == "json":
        show_json(
            {
                "version": version_fields(version),
                "current": version == held[-1],
                "party": party_fields(party),
                "affiliates": [{"id": other.id, "name": other.name} for other in others],
                **({} if listing is None else listing_fields(listing)),
            }
        )
        return
    gone = [("no longer listed", f"it stands in no version since that of {version.day}")]
    rows = [*([] if version == held[-1] else gone), *_lines(party, others)]
    if listing is not None:
        rows.append((f"listed on {listing.day}", f"{listing.answer}: {'; '.join(listing.rests)}"))
    show_table(("what", "as the list has it"), rows)


@contextmanager
def asked(ctx: typer.Context, ledger: str | None) -> Iterator[Ledger]:
    """The ledger, for a question about a list. `Failure` (NOT_FOUND) where there is no such list, version or
    nothing to compare with."""
    from onrecord.lists import ListError

    with opened(ctx, ledger) as record:
        try:
            yield record
        except ListError as error:
            raise Failure(Code.NOT_FOUND, str(error)) from error


def _show_versions(found: tuple[ListVersion, ...], *, named: bool) -> None:
    from onrecord.cli._lists_fields import today

    rows = [
        (
            *([version.list] if named else []),
            str(version.id),
            version.issued or "not said",
            str(version.age(today())),
            str(version.size),
            str(version.problems),
            f"{version.learned_at:%Y-%m-%d}",
            version.who,
            version.title,
        )
        for version in found
    ]
    heads = ("version", "issued", "age in days", "entries", "problems", "added", "by", "title")
    show_table((*(["list"] if named else []), *heads), rows)


def _rows(changes: ListChanges) -> Iterator[tuple[str, ...]]:
    for word, parties in (("added", changes.added), ("removed", changes.removed)):
        for party in parties:
            yield word, party.id, party.name, party.since or "", ", ".join(party.programs) or party.source
    for change in changes.changed:
        party = change.after
        yield "changed", party.id, party.name, party.since or "", ", ".join(change.fields)


def _told(changes: ListChanges) -> str:
    return (
        f"{changes.list} of {changes.after.day} against {changes.before.day}: {len(changes.added)} added, "
        f"{len(changes.removed)} removed, {len(changes.changed)} changed"
    )


def _lines(party: Party, affiliates: list[Party]) -> Iterator[tuple[str, str]]:
    """An entry as rows of what is told and what the list says; what it does not say is left out."""
    first, *others = party.names
    yield "name", first.text
    for listed in others:
        yield f"{listed.quality} name" if listed.quality != "strong" else "other name", listed.text
    parts = (
        ("kind", party.kind),
        ("part of the list", party.source),
        ("programs", ", ".join(party.programs)),
        ("by", "; ".join(party.citations)),
        ("since", party.since or ""),
        ("until", party.until or ""),
        ("countries", ", ".join(party.countries)),
        *(("address", address) for address in party.addresses),
        *(identifier for identifier in party.identifiers),
        ("affiliate of", party.affiliate_of or ""),
        *(("affiliate", f"{other.name} ({other.id})") for other in affiliates),
        ("remarks", party.remarks),
        ("see", party.url or ""),
        ("line in the file", str(party.line or "")),
    )
    yield from ((what, told) for what, told in parts if told)
