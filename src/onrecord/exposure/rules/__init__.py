"""Rule packs: dated data with citations, for what can be computed from a line of a register."""

from onrecord.exposure.rules._evaluate import rule_findings
from onrecord.exposure.rules._model import Applies, Cite, Effect, Group, Member, Pack, PackError, Rule, Text
from onrecord.exposure.rules._packs import packs

__all__ = [
    "Applies",
    "Cite",
    "Effect",
    "Group",
    "Member",
    "Pack",
    "PackError",
    "Rule",
    "Text",
    "packs",
    "rule_findings",
]
