"""`onrecord rules`: the packs of rules that a check goes by, and the rules of one with their citations."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LanguageOption, examples, spoken
from onrecord.cli._output import show_json, show_table, write

if TYPE_CHECKING:
    from onrecord.exposure import Pack, Rule


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

    try:
        found = packs(folder)
    except PackError as error:
        raise Failure(Code.USAGE, str(error)) from error
    today = datetime.now(UTC).date()
    if pack is None:
        if form == "json":
            show_json([_head(one, today) for one in found])
        else:
            show_table(
                ["id", "jurisdiction", "checked", "age in days", "rules", "title"],
                [
                    [
                        one.id,
                        one.jurisdiction,
                        one.checked,
                        str(_age(one, today)),
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
        show_json(_whole(asked, today, code))
    else:
        write(_told(asked, today, code))


def _age(pack: Pack, today: date) -> int:
    return (today - date.fromisoformat(pack.checked)).days


def _head(pack: Pack, today: date) -> dict[str, Any]:
    return {
        "id": pack.id,
        "title": pack.title,
        "jurisdiction": pack.jurisdiction,
        "checked": pack.checked,
        "age_days": _age(pack, today),
        "rule_count": len(pack.rules),
    }


def _says(rule: Rule, language: str) -> str:
    return rule.says.get(language, rule.says["en"])


def _whole(pack: Pack, today: date, language: str) -> dict[str, Any]:
    """A pack as JSON: its head, its texts and its rules."""
    return _head(pack, today) | {
        "note": pack.note,
        "texts": [
            {"key": text.key, "title": text.title, "citation": text.citation, "url": text.url}
            for text in pack.texts
        ],
        "rules": [
            {
                "id": rule.id,
                "effect": rule.effect,
                "since": rule.since,
                "until": rule.until,
                "deadline": rule.deadline,
                "unverified": list(rule.unverified),
                "says": _says(rule, language),
                "applies": _conditions(rule),
                "cites": [{"text": cite.text.key, "at": cite.at} for cite in rule.cites],
            }
            for rule in pack.rules
        ],
    }


def _conditions(rule: Rule) -> dict[str, Any]:
    """The conditions that are set, by the names that they have in a pack's file."""
    applies = rule.applies
    named = {
        "sorts": list(applies.sorts),
        "states": list(applies.states),
        "group": applies.group.key if applies.group else None,
        "outside": applies.outside.key if applies.outside else None,
        "layers": list(applies.layers),
        "parties": list(applies.parties),
        "listed": applies.listed,
        "above": applies.above,
        "at_least": applies.at_least,
        "unknown": applies.unknown,
        "began_from": applies.began_from,
    }
    return {name: value for name, value in named.items() if value not in (None, [])}


def _told(pack: Pack, today: date, language: str) -> str:
    """A pack for the eye: its head, each rule with its days and citations, and the texts' addresses."""
    lines = [
        pack.title,
        f"{pack.id}, {pack.jurisdiction}, checked up to {pack.checked}, {_age(pack, today)} days ago",
        *([pack.note] if pack.note else []),
    ]
    for rule in pack.rules:
        days = [f"since {rule.since}"]
        days += [f"until {rule.until}"] if rule.until else []
        days += [f"deadline {rule.deadline}"] if rule.deadline else []
        days += [f"not verified: {', '.join(rule.unverified)}"] if rule.unverified else []
        conditions = "; ".join(
            f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
            for name, value in _conditions(rule).items()
        )
        lines += [
            "",
            f"{rule.id} ({rule.effect}; {'; '.join(days)})",
            f"  {_says(rule, language)}",
            f"  applies to: {conditions}",
            *(f"  {cite}" for cite in rule.cites),
        ]
    lines += ["", *(f"{text.citation}: {text.title}\n  {text.url}" for text in pack.texts)]
    return "\n".join(lines) + "\n"
