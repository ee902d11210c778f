"""Packs of rules that a check goes by, and what a register is to look like."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict


class RulePack(TypedDict):
    """A pack of rules: `jurisdiction` is a state's code, or "international"; its texts were followed up to
    the day `checked`, which is `age_days` ago."""

    id: str
    title: str
    jurisdiction: str
    checked: str
    age_days: int
    rule_count: int


class RuleText(TypedDict):
    """A law, decision or notice, and its official address."""

    key: str
    title: str
    citation: str
    url: str


class RuleCite(TypedDict):
    """A place in the text of that key."""

    text: str
    at: str


class Rule(TypedDict):
    """A rule: what it `says` in the language that was asked for, which lines it `applies` to (only the
    conditions that are set), since when it is in force, and where that stands; `unverified` are its parts
    that could not be read in the text."""

    id: str
    effect: str
    since: str
    until: str | None
    deadline: str | None
    unverified: list[str]
    says: str
    applies: dict[str, Any]
    cites: list[RuleCite]


class RulePackRead(RulePack):
    """A pack with its texts and rules."""

    note: str
    texts: list[RuleText]
    rules: list[Rule]


class TemplateColumn(TypedDict):
    """A column of a register: the `field` that it is for, its heading and what belongs into it in the
    language that was asked for; whether no register is without it (`must`), and the words of which it takes
    one, where it does."""

    field: str
    heading: str
    help: str
    must: bool
    choices: list[str]


class RegisterTemplate(TypedDict):
    """What a register is to look like."""

    language: str
    columns: list[TemplateColumn]
