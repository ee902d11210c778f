"""Where the evidence of a finding is shown: the statements, the entry of a list, the text of a rule."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.exposure import Finding


@dataclass(frozen=True, slots=True)
class Evidence:
    """The addresses, as segments of a path, of what a finding rests on: `statements` by their ids; the
    `entry` of a list (its name and the list's own id); the `rule` (its pack and id)."""

    statements: tuple[str, ...]
    entry: tuple[str, str] | None
    rule: tuple[str, str] | None


def evidence_of(finding: Finding) -> Evidence:
    """What a finding rests on."""
    entry = dict(finding.values).get("entry")
    name = finding.source.rpartition(" ")[0]
    pack, slash, rest = finding.source.partition("/")
    rule = (pack, rest.partition(",")[0]) if finding.kind == "rule" and slash else None
    return Evidence(finding.statements, (name, entry) if entry and name else None, rule)
