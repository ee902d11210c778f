"""Where the evidence of a finding is shown: its statements, the entry of a list, the text of a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.exposure import Finding


@dataclass(frozen=True, slots=True)
class Among:
    """Statements of an entity, by its key; as far as given those with another one, and those of a type."""

    about: str
    other: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The addresses, as segments of a path, of what a finding rests on: `statements` by their ids, of `told`
    in all; where these are more, `among` which statements all of them are; the `entry` of a list (its name
    and the list's own id); the `rule` (its pack and id)."""

    statements: tuple[str, ...]
    told: int
    among: tuple[Among, ...]
    entry: tuple[str, str] | None
    rule: tuple[str, str] | None


def evidence_of(finding: Finding) -> Evidence:
    """What a finding rests on."""
    entry = dict(finding.values).get("entry")
    name = finding.source.rpartition(" ")[0]
    pack, slash, rest = finding.source.partition("/")
    rule = (pack, rest.partition(",")[0]) if finding.kind == "rule" and slash else None
    told = max(finding.told, len(finding.statements))
    among = tuple(_among(finding)) if told > len(finding.statements) else ()
    return Evidence(finding.statements, told, among, (name, entry) if entry and name else None, rule)


def _among(finding: Finding) -> Iterator[Among]:
    value = dict(finding.values)
    party, other = value.get("party", ""), value.get("other", "")
    match finding.kind:
        case "chain":
            for step in finding.steps:
                if step.statements:
                    yield Among(step.actor, step.target, step.by)
        case "dispute":
            yield Among(party, other, value.get("matter", ""))
        case "case":
            yield Among(party, other)
        case "restriction" | "permission" if finding.code == "position":
            yield Among(party, value["actor"])
        case "restriction":
            yield Among(party, type="restriction")
