"""Exposure: the user's register in, findings out: which line is touched, by what, with the evidence."""

from onrecord.exposure._model import (
    BadLine,
    Check,
    Finding,
    FindingKind,
    Layer,
    Looked,
    Register,
    RegisterError,
    RegisterLine,
    Sort,
    Step,
)
from onrecord.exposure.rules import Pack, PackError, Rule, packs, rule_findings

__all__ = [
    "BadLine",
    "Check",
    "Finding",
    "FindingKind",
    "Layer",
    "Looked",
    "Pack",
    "PackError",
    "Register",
    "RegisterError",
    "RegisterLine",
    "Rule",
    "Sort",
    "Step",
    "packs",
    "rule_findings",
]
