"""Exposure: the user's register in, findings out: which line is touched, by what, with the evidence."""

from onrecord.exposure._cells import state_code
from onrecord.exposure._model import (
    BadLine,
    Check,
    Finding,
    FindingKind,
    Layer,
    Looked,
    Note,
    Register,
    RegisterError,
    RegisterLine,
    Sort,
    Step,
)
from onrecord.exposure.rules import Pack, PackError, Rule, packs, rule_findings
from onrecord.exposure._register import read_register
from onrecord.exposure._template import TemplateForm, register_template

__all__ = [
    "BadLine",
    "Check",
    "Finding",
    "FindingKind",
    "Layer",
    "Looked",
    "Pack",
    "PackError",
    "Note",
    "Register",
    "RegisterError",
    "RegisterLine",
    "Rule",
    "Sort",
    "Step",
    "packs",
    "rule_findings",
    "TemplateForm",
    "read_register",
    "register_template",
    "state_code",
]
