"""Packs of rules as the structures that JSON has."""

from __future__ import annotations

from datetime import date
from typing import Any

from onrecord import shapes
from onrecord.exposure import Pack, Rule
from onrecord.present._catalogue import ENGLISH
from onrecord.present._lists_fields import today


def pack_fields(pack: Pack) -> shapes.RulePack:
    """A pack without its rules, with its age in days."""
    return {
        "id": pack.id,
        "title": pack.title,
        "jurisdiction": pack.jurisdiction,
        "checked": pack.checked,
        "age_days": (today() - date.fromisoformat(pack.checked)).days,
        "rule_count": len(pack.rules),
    }


def pack_read_fields(pack: Pack, language: str) -> shapes.RulePackRead:
    """A pack with its texts and rules."""
    return {
        **pack_fields(pack),
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
                "says": rule_says(rule, language),
                "applies": rule_conditions(rule),
                "cites": [{"text": cite.text.key, "at": cite.at} for cite in rule.cites],
            }
            for rule in pack.rules
        ],
    }


def rule_says(rule: Rule, language: str) -> str:
    """What a rule says, in English where the language has no sentence for it."""
    return rule.says.get(language, rule.says[ENGLISH])


def rule_conditions(rule: Rule) -> dict[str, Any]:
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
