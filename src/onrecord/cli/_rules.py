"""`onrecord rules`: the packs of rules that a check goes by, and the rules of one with their citations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LanguageOption, examples, spoken
from onrecord.cli._output import show_json, show_table, write

if TYPE_CHECKING:
    from onrecord.exposure import Pack


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "rules",
        epilog=examples(
            "onrecord rules",
            "onrecord rules us-de-minimis",
            "onrecord rules dk-supplier-security --language da",
            "onrecord rules --folder our-rules/ --format json | jq '.[] | select(.age_days > 365) | .id'",
        ),
    )(rules)


def rules(
    pack: Annotated[
        str | None,
        typer.Argument(
            metavar="[PACK]", help="The id of a pack; without it, all packs are listed.", show_default=False
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="DIR",
            help="Your own packs beside those of the program: all *.yaml files in DIR.",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = "terminal",
    language: LanguageOption = None,
) -> None:
    """List the packs of rules with the day up to which each was checked, or show the rules of one."""
    code = spoken(language)
    from onrecord.exposure import PackError, packs
    from onrecord.present import pack_fields, pack_read_fields

    try:
        found = packs(folder)
    except PackError as error:
        raise Failure(Code.USAGE, str(error)) from error
    if pack is None:
        if form == "json":
            show_json([pack_fields(one) for one in found])
        else:
            show_table(
                ["id", "jurisdiction", "checked", "age in days", "rules", "title"],
                [
                    [
                        one.id,
                        one.jurisdiction,
                        one.checked,
                        str(pack_fields(one)["age_days"]),
                        str(len(one.rules)),
                        one.title,
                    ]
                    for one in found
                ],
            )
        return
    asked = next((one for one in found if one.id == pack), None)
    if asked is None:
        raise Failure(
            Code.NOT_FOUND, f"there is no pack '{pack}'. There are {', '.join(one.id for one in found)}."
        )
    if form == "json":
        show_json(pack_read_fields(asked, code))
    else:
        write(_told(asked, code))


def _told(pack: Pack, language: str) -> str:
    """A pack for the eye: its head, each rule with its days and citations, and the texts' addresses."""
    from onrecord.present import pack_fields, rule_conditions, rule_says

    age = pack_fields(pack)["age_days"]
    lines = [
        pack.title,
        f"{pack.id}, {pack.jurisdiction}, checked up to {pack.checked}, {age} days ago",
        *([pack.note] if pack.note else []),
    ]
    for rule in pack.rules:
        days = [f"since {rule.since}"]
        days += [f"until {rule.until}"] if rule.until else []
        days += [f"deadline {rule.deadline}"] if rule.deadline else []
        days += [f"not verified: {', '.join(rule.unverified)}"] if rule.unverified else []
        conditions = "; ".join(
            f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
            for name, value in rule_conditions(rule).items()
        )
        lines += [
            "",
            f"{rule.id} ({rule.effect}; {'; '.join(days)})",
            f"  {rule_says(rule, language)}",
            f"  applies to: {conditions}",
            *(f"  {cite}" for cite in rule.cites),
        ]
    lines += ["", *(f"{text.citation}: {text.title}\n  {text.url}" for text in pack.texts)]
    return "\n".join(lines) + "\n"
