"""Exposure: the user's register in, findings out: which line is touched, by what, with the evidence."""

from onrecord.exposure._cells import state_code
from onrecord.exposure._check import check
from onrecord.exposure._findings import Outline, by_lines, outlines
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
from onrecord.exposure._register import read_register
from onrecord.exposure._template import TemplateForm, register_template
from onrecord.exposure._touch import finding_sentence, note_sentence
from onrecord.exposure.rules import Pack, PackError, Rule, packs, rule_findings

__all__ = [
    "BadLine",
    "Check",
    "Finding",
    "FindingKind",
    "Layer",
    "Looked",
    "Note",
    "Outline",
    "Pack",
    "PackError",
    "Register",
    "RegisterError",
    "RegisterLine",
    "Rule",
    "Sort",
    "Step",
    "TemplateForm",
    "by_lines",
    "check",
    "finding_sentence",
    "note_sentence",
    "outlines",
    "packs",
    "read_register",
    "register_template",
    "rule_findings",
    "state_code",
]
